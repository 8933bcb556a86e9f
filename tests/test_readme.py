"""The README names everything there is: settings, endpoints, filters, commands and their options."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from app.cli import app as cli
from app.main import create_app
from app.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
OPENAPI = create_app().openapi()
OPERATIONS = {
    f"{method.upper()} {re.sub(r'{[^}]+}', '{id}', path)}": operation
    for path, methods in OPENAPI["paths"].items()
    for method, operation in methods.items()
}
FILTERS = {
    parameter["name"]
    for operation in OPERATIONS.values()
    for parameter in operation.get("parameters", [])
    if parameter["in"] == "query"
}


def _commands() -> dict[str, list[str]]:
    """Each command with its options."""
    found, groups = {}, [("onrecord", typer.main.get_command(cli))]
    for name, command in groups:
        if subcommands := getattr(command, "commands", None):
            groups += [(f"{name} {sub}", subcommand) for sub, subcommand in subcommands.items()]
        else:
            found[name] = [max(p.opts, key=len) for p in command.params if p.opts[0].startswith("-")]
    return found


COMMANDS = _commands()


@pytest.mark.parametrize("setting", [f"ONRECORD_{name.upper()}" for name in Settings.model_fields])
def test_names_every_setting(setting: str):
    assert f"`{setting}`" in README


@pytest.mark.parametrize("operation", OPERATIONS)
def test_names_every_endpoint(operation: str):
    assert f"`{operation}`" in README


@pytest.mark.parametrize("metric", sorted(one.name for one in create_app().state.metrics.registry.collect()))
def test_names_every_metric_of_its_own(metric: str):
    assert not metric.startswith("onrecord_") or f"`{metric}" in README


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_names_every_filter(name: str):
    assert f"`{name}`" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_names_every_command(command: str):
    assert command in README


@pytest.mark.parametrize("option", sorted({option for options in COMMANDS.values() for option in options} - {"--help"}))
def test_names_every_option(option: str):
    assert option in README

"""Whatever a client makes of the description, the service answers as the description says: every check of Schemathesis.

Over HTTP, from the service as it is started, with an extractor that needs no model.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.keys.schemas import Scope
from tests.keys import key_of, served

COMMAND = Path(sys.executable).with_name("schemathesis")
PROJECT = Path(__file__).parents[2]
OPTIONS = [
    "--checks=all",
    "--max-examples=10",
    "--generation-deterministic",
    "--no-color",
    "--phases=examples,coverage,fuzzing,stateful",
]


def checked(url: str, directory: Path, *options: str) -> None:
    """Run Schemathesis with all of its checks."""
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.faults.accepted", "PYTHONPATH": str(PROJECT)}
    command = [COMMAND, "run", f"{url}/openapi.json", *OPTIONS, *options]
    done = subprocess.run(command, env=environment, cwd=directory, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_service_keeps_to_its_description(settings, tmp_path):
    with served(settings) as url:
        checked(url, tmp_path)


def test_the_service_keeps_to_its_description_where_it_asks_for_keys(settings, tmp_path):
    key = key_of(settings, Scope.ADMIN)
    with served(settings.model_copy(update={"auth": "required"})) as url:
        # The key must not revoke itself.
        checked(url, tmp_path, "--header", f"Authorization: Bearer {key}", "--exclude-path-regex", "^/keys")

"""The commands around extraction: help, models, migrations."""

from __future__ import annotations

import subprocess
import sys

import pytest
import requests
import stanza


def test_help_loads_nothing_heavy():
    probe = (
        "import sys; from app.cli import app; app(['--help'], standalone_mode=False);"
        "sys.exit(bool({'torch', 'stanza', 'transformers', 'fastapi'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Who said what" in done.stdout


@pytest.fixture
def fetched(monkeypatch):
    calls = []
    monkeypatch.setattr(stanza, "download", lambda language, **options: calls.append((language, options["model_dir"])))
    return calls


def test_downloads_every_language_asked_for(run, fetched, tmp_path):
    result = run("models", "download", "--language", "en", "--language", "it", "--dir", tmp_path)
    assert result.exit_code == 0
    assert fetched == [("en", str(tmp_path)), ("it", str(tmp_path))]


@pytest.mark.parametrize(
    ("failure", "words"),
    [(requests.ConnectionError("no route"), "Is there a network?"), (ValueError("xx"), "no packages for 'xx'")],
)
def test_a_failed_download_is_told_in_a_sentence(run, monkeypatch, tmp_path, failure, words):
    def fail(*_arguments, **_options):
        raise failure

    monkeypatch.setattr(stanza, "download", fail)
    result = run("models", "download", "--language", "xx", "--dir", tmp_path)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [("serve",), ("extract", "-"), ("migrate",)])
def test_a_wrong_model_folder_is_told_at_start(command, monkeypatch, tmp_path):
    from typer.testing import CliRunner

    from app.cli import app

    monkeypatch.setenv("ONRECORD_ATTRIBUTION_MODEL", str(tmp_path))
    result = CliRunner().invoke(app, command, input=b"a")
    assert result.exit_code == 2
    assert "body.onnx is not in it; name a folder that onrecord train has written" in result.stderr


def test_a_worker_without_a_broker_says_what_it_needs(run, monkeypatch):
    monkeypatch.delenv("ONRECORD_BROKER_URL", raising=False)
    result = run("worker")
    assert (result.exit_code, "ONRECORD_BROKER_URL" in result.stderr) == (2, True)


def test_a_broker_with_sqlite_is_refused_at_start(run, monkeypatch):
    monkeypatch.setenv("ONRECORD_BROKER_URL", "redis://127.0.0.1/0")
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "sqlite:///archive.db")
    for command in ("serve", "worker"):
        result = run(command)
        assert (result.exit_code, "use PostgreSQL" in result.stderr) == (2, True)

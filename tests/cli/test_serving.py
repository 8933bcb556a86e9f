"""`onrecord serve`, up to where it would listen."""

import gc

import pytest
import uvicorn
from typer.testing import CliRunner

from app.cli import app


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    """How many objects are out of collections when the service would begin to listen."""
    told = []
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///{tmp_path / 'onrecord.db'}")
    monkeypatch.setattr(uvicorn, "run", lambda *_args, **_options: told.append(gc.get_freeze_count()))
    yield told
    gc.unfreeze()


def test_the_application_is_left_out_of_collections_before_it_listens(frozen):
    assert CliRunner().invoke(app, ["serve"]).exit_code == 0
    assert frozen[0] > 10_000

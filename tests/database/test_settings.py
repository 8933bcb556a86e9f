"""Settings that cannot be meant are refused at start."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_the_defaults_serve_one_machine(monkeypatch):
    monkeypatch.delenv("ONRECORD_DATABASE_URL", raising=False)
    assert Settings().database_url == "sqlite:///onrecord.db"
    assert Settings().host == "127.0.0.1"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_address_of_postgresql_is_taken(scheme):
    url = Settings(database_url=f"{scheme}://me:p%40ss@db:5433/archive").database_url
    assert url == "postgresql+psycopg://me:p%40ss@db:5433/archive"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "archive.db"),
        ("database_url", "mysql://db/archive"),
        ("database_url", "sqlite://"),
        ("database_url", "sqlite:///:memory:"),
        ("broker_url", "http://broker"),
        ("broker_queue", "a queue"),
        ("port", "70000"),
        ("auth", "maybe"),
        ("rate_limit", "many"),
        ("cors_origins", "*"),
        ("body_timeout", "0"),
        ("log_format", "xml"),
        ("max_text_bytes", "0"),
        ("models", "best"),
        ("attribution_model", "/nowhere"),
    ],
)
def test_what_cannot_be_meant_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(f"ONRECORD_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_a_broker_asks_for_a_database_that_machines_can_share():
    with pytest.raises(ValidationError, match="cannot share a SQLite file"):
        Settings(broker_url="redis://127.0.0.1/0")
    assert (
        Settings(broker_url="redis://127.0.0.1/0", database_url="postgresql://me@db/archive").broker_queue == "onrecord"
    )

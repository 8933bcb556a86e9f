"""Health tells the truth: alive at once, ready when everything is there."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.database import Database
from app.main import create_app
from app.settings import Settings
from app.workers.inline import InlineExtraction
from tests.archive import fresh_database
from tests.live import free_port
from tests.said import SaidExtractor


class Loading(InlineExtraction):
    loaded = False


def test_a_service_with_everything_is_ready(client):
    assert client.get("/health/live").json() == {"status": "live"}
    ready = client.get("/health/ready").json()
    assert ready["status"] == "ready"
    assert ready["checks"] == [
        {"name": name, "ok": True, "reason": None} for name in ("database", "migrations", "extractor")
    ]


def not_ready(settings: Settings, extraction) -> str:
    """What is missing, by the answer of a service that lives."""
    with TestClient(create_app(settings, extraction)) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:onrecord:problem:not-ready")
        problem = answer.json()
        failed = [check for check in problem["checks"] if not check["ok"]]
        assert [{"field": check["name"], "message": check["reason"]} for check in failed] == problem["errors"]
        assert {check["name"] for check in problem["checks"]} == {"database", "migrations", "extractor"}
        return " ".join(check["name"] for check in failed)


def test_not_before_the_extractor_is_loaded(settings):
    assert not_ready(settings, Loading(SaidExtractor())) == "extractor"


def test_not_before_the_migrations_have_run(database_server, tmp_path):
    with fresh_database(database_server, tmp_path) as url:
        assert not_ready(Settings(database_url=url), InlineExtraction(SaidExtractor())) == "migrations"


def test_not_with_migrations_of_another_version(settings):
    database = Database(settings.database_url)
    with database.read() as session:
        head = session.scalar(text("SELECT version_num FROM alembic_version"))
    database.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = 'future'")))
    try:
        assert not_ready(settings, InlineExtraction(SaidExtractor())) == "migrations"
    finally:
        back = text("UPDATE alembic_version SET version_num = :head")
        database.write(lambda session: session.execute(back, {"head": head}))
        database.dispose()


def test_not_without_its_broker(settings):
    if settings.database_url.startswith("sqlite"):
        pytest.skip("a broker needs a PostgreSQL")
    settings = Settings(database_url=settings.database_url, broker_url=f"amqp://127.0.0.1:{free_port()}//")
    with TestClient(create_app(settings, InlineExtraction(SaidExtractor()))) as client:
        problem = client.get("/health/ready").json()
        assert [error["field"] for error in problem["errors"]] == ["broker"]


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/none"])
def test_not_without_a_database(url):
    assert not_ready(Settings(database_url=url), InlineExtraction(SaidExtractor())) == "database migrations"

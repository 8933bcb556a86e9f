"""What all tests may use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.workers.inline import InlineExtraction
from tests.archive import empty, fresh_database, migrated_database
from tests.live import Server, running_server
from tests.said import SaidExtractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        default=os.environ.get("ONRECORD_TEST_DATABASE_URL"),
        help="a PostgreSQL database to run on, as postgresql://postgres@127.0.0.1/test; SQLite where it is left out",
    )


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> str | None:
    """The PostgreSQL server of this run; None where it runs on SQLite."""
    return pytestconfig.getoption("database")


@pytest.fixture(scope="session")
def migrated(database_server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The database of this test worker."""
    with migrated_database(database_server, tmp_path_factory.mktemp("archive")) as settings:
        yield settings


@pytest.fixture
def settings(migrated: Settings) -> Iterator[Settings]:
    """Settings that name a database without a row."""
    yield migrated
    empty(migrated)


@pytest.fixture
def extractor() -> SaidExtractor:
    """The extractor of `client`."""
    return SaidExtractor()


@pytest.fixture
def client(settings: Settings, extractor: SaidExtractor) -> Iterator[TestClient]:
    """The service over an empty archive; a fault of it is answered, not raised."""
    with TestClient(create_app(settings, InlineExtraction(extractor)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def server(database_server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real service with the real models and an empty database. Its tests share `xdist_group("live")`."""
    directory = tmp_path_factory.mktemp("server")
    with fresh_database(database_server, directory) as url, running_server(directory, url) as running:
        yield running

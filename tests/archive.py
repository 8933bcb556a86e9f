"""An archive for tests: a fresh schema made by Alembic."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, delete, event, make_url, text

from app.database import Database, migrate
from app.models import Alias, ApiKey, Article, Change, IdempotencyKey, Job, NameWord, Utterance
from app.models import Speaker as SpeakerRow
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient


@contextmanager
def fresh_database(server: str | None, directory: Path) -> Iterator[str]:
    """The URL of an empty database: a SQLite file, or one beside the given PostgreSQL database, dropped at the end."""
    if server is None:
        yield f"sqlite:///{directory / 'archive.db'}"
        return
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"onrecord_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}_{directory.name}".lower()
    name = re.sub(r"\W", "_", name)[:60]
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        engine.dispose()


@contextmanager
def migrated_database(server: str | None, directory: Path) -> Iterator[Settings]:
    """Settings that name an empty database with the schema in it."""
    with fresh_database(server, directory) as url:
        settings = Settings(database_url=url)
        migrate(settings)
        yield settings


def empty(settings: Settings) -> None:
    """Remove every row: code under test commits, on connections of its own."""
    database = Database(settings.database_url)
    try:
        for table in (IdempotencyKey, Job, Change, Article, Utterance, Alias, SpeakerRow, ApiKey):
            database.write(lambda session, table=table: session.execute(delete(table)))
    finally:
        database.dispose()


def row_counts(client: TestClient) -> dict[str, int]:
    """How many rows each table has."""
    with client.app.state.database.read() as session:
        tables = NameWord.metadata.tables
        return {name: session.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables}


@contextmanager
def counted_queries(engine: Engine) -> Iterator[list[str]]:
    """The statements run inside."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)

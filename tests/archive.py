"""An archive for tests: a fresh schema made by Alembic, and an extractor that needs no model."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, delete, event, make_url, text

from app.database import Database, migrate
from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind
from app.models import ApiKey, Article, IdempotencyKey, Job, NameWord, Utterance
from app.models import Speaker as SpeakerRow
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient

SAID = re.compile(r"“(?P<words>[^”]*)”(?: (?P<cue>said|read) (?P<name>[^.“”]+)\.)?")
KINDS = {"Ministry": SpeakerKind.ORGANIZATION, "the statement": SpeakerKind.DOCUMENT, "officials": SpeakerKind.UNNAMED}


class SaidExtractor:
    """Takes `“Words” said Full Name.` for a quote; `read` for `said` makes it a mixed one, of half the confidence.

    `answers` holds what it finds in a text instead, an exception to raise included; `texts` what it was asked.
    """

    version = "said-1"

    def __init__(self) -> None:
        self.answers: dict[str, Extraction | Exception] = {}
        self.texts: list[str] = []

    def extract(self, text: str, language: str | None = None) -> Extraction:
        self.texts.append(text)
        answer = self.answers.get(text)
        if isinstance(answer, Exception):
            raise answer
        quotes = [quote_of(found) for found in SAID.finditer(text) if found["words"]]
        return answer or Extraction(language or "en", tuple(quotes), "said-1", ("Read by a test.",))


def quote_of(found: re.Match[str]) -> Quote:
    """The quote in a match of SAID."""
    is_said = found["cue"] != "read"
    return Quote(
        segments=(Span(*found.span("words")),),
        kind=QuoteKind.DIRECT if is_said else QuoteKind.MIXED,
        speaker=speaker_of(found["name"]) if found["name"] else None,
        mention=Span(*found.span("name")) if found["name"] else None,
        cue=Span(*found.span("cue")) if found["cue"] else None,
        confidence=0.9 if is_said else 0.45,
        reason="a test says so",
    )


def speaker_of(name: str) -> Speaker:
    """A speaker, of the kind its name tells; persons go by their last word too."""
    kind = next((kind for word, kind in KINDS.items() if word in name), SpeakerKind.PERSON)
    aliases = (name.split()[-1],) if kind is SpeakerKind.PERSON and " " in name else ()
    return Speaker(name, kind, aliases)


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
        for table in (IdempotencyKey, Job, Article, Utterance, SpeakerRow, ApiKey):
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

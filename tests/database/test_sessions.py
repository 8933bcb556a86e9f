"""Reading and writing are two things, on both databases."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError

from app.database import Database, insert_ignoring
from app.models import Article, Quote, Speaker

NOW = datetime(2024, 3, 5, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.dispose()


def add_speaker(session, name: str = "Ada", identity: str | None = None, created_at: datetime = NOW) -> int | None:
    """Add a speaker; None where its identity is taken."""
    return insert_ignoring(
        session, Speaker.id, name=name, kind="person", key=name.lower(), identity=identity, created_at=created_at
    )


def count(database: Database) -> int | None:
    """How many speakers there are."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Speaker))


def test_a_read_session_cannot_write(database):
    with database.read() as session, pytest.raises(DBAPIError):
        session.execute(delete(Speaker))


def test_a_write_that_fails_leaves_nothing(database):
    def work(session):
        add_speaker(session)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write(work)
    assert count(database) == 0


def test_a_row_that_is_there_is_left_as_it_is(database):
    first = database.write(lambda session: add_speaker(session, "Ada", "person:ada"))
    assert first
    assert database.write(lambda session: add_speaker(session, "Eve", "person:ada")) is None
    assert database.write(lambda session: add_speaker(session, "Eve")) > first
    assert count(database) == 2


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=5))])
def test_a_moment_comes_back_as_it_was(database, zone):
    database.write(lambda session: add_speaker(session, created_at=NOW.astimezone(zone)))
    with database.read() as session:
        stored = session.scalars(select(Speaker.created_at)).one()
    assert (stored, stored.utcoffset()) == (NOW, timedelta(0))


def test_nothing_is_loaded_that_was_not_asked_for(database):
    database.write(lambda session: add_speaker(session))
    with database.read() as session, pytest.raises(InvalidRequestError):
        _ = session.scalars(select(Speaker)).one().aliases
    assert Article.__mapper__.attrs["text"].raiseload
    assert all(
        relation.lazy == "raise" for mapped in (Article, Quote, Speaker) for relation in mapped.__mapper__.relationships
    )


def test_foreign_keys_are_kept(database):
    with pytest.raises(IntegrityError):
        database.write(lambda session: session.execute(Quote.__table__.insert().values(**orphan())))


def orphan() -> dict:
    """The values of a quote whose article does not exist."""
    needed = {column.name: 1 for column in Quote.__table__.columns if not column.nullable and column.name != "id"}
    texts = dict.fromkeys(("text", "kind", "reason", "snippet_text", "language", "words"), "x")
    return {**needed, **texts, "article_id": 999_999, "ordered_at": NOW}


def test_readers_go_on_while_a_writer_writes(database):
    inside, seen = threading.Event(), threading.Event()

    def work(session):
        add_speaker(session)
        inside.set()
        assert seen.wait(10)

    writer = threading.Thread(target=database.write, args=(work,))
    writer.start()
    assert inside.wait(10)
    assert count(database) == 0
    seen.set()
    writer.join()
    assert count(database) == 1


def test_writers_that_read_first_wait_for_each_other(database, settings):
    others = [
        Database(settings.database_url) for _ in range(4)
    ]  # as other processes are: with connections of their own

    def work(session):
        session.scalar(select(func.count()).select_from(Speaker))
        time.sleep(0.02)
        add_speaker(session)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda other: other.write(work), others * 3))
    for other in others:
        other.dispose()
    assert count(database) == 12

"""A database that turns read-only or full: writes are refused with the reason, and searches go on."""

from __future__ import annotations

import json
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import InternalError, OperationalError, TimeoutError

NDJSON = {"Content-Type": "application/x-ndjson"}


@contextmanager
def read_only(database):
    """A database that takes no writes for a while, and connections made meanwhile."""
    if database.url.startswith("sqlite"):
        yield from _with_pragma(database, "query_only = ON", "query_only = OFF")
        return
    name = make_url(database.url).database
    engine = create_engine(
        database.url, isolation_level="AUTOCOMMIT", connect_args={"options": "-c default_transaction_read_only=off"}
    )
    try:
        with engine.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        database.dispose()
        yield
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'))
        engine.dispose()


@contextmanager
def full(database):
    """A SQLite file that has no free page and may not grow for a while."""
    connection = database.write_engine.raw_connection()
    connection.cursor().execute("VACUUM")
    connection.close()
    yield from _with_pragma(database, "max_page_count = 1", "max_page_count = 1000000")


def _with_pragma(database, begin: str, end: str):
    """On the one connection that writes."""
    for pragma in (begin, end):
        connection = database.write_engine.raw_connection()
        connection.cursor().execute(f"PRAGMA {pragma}")
        connection.close()
        if pragma is begin:
            yield


def said(number: int) -> dict:
    """An article of more than a page of SQLite."""
    return {"text": f"Page {number}. “Yes,” said Olof Berg. {'x ' * 5000}"}


def writes(client, number: int):
    """An article that is read now, one that is read later, and a batch."""
    yield client.post("/articles", json=said(number))
    yield client.post("/articles", json=said(number + 1), headers={"Prefer": "respond-async"})
    yield client.post("/articles/batch", content=json.dumps(said(number + 2)) + "\n", headers=NDJSON)


@pytest.mark.parametrize("fault", [read_only, full])
def test_writes_are_refused_with_the_reason_and_searches_go_on(client, fault):
    database = client.app.state.database
    if fault is full and not database.url.startswith("sqlite"):
        pytest.skip("filling a PostgreSQL takes a disk: see tests.faults")
    assert client.post("/articles", json=said(0)).status_code == 201
    with fault(database):
        for answer in writes(client, 10):
            assert answer.status_code == 503
            assert answer.json()["type"] == f"urn:onrecord:problem:database-{fault.__name__.replace('_', '-')}"
            assert answer.headers["Retry-After"] == "30"
        assert len(client.get("/quotes").json()["items"]) == 1
    assert [answer.status_code for answer in writes(client, 20)] == [201, 202, 202]


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [
        (OperationalError("INSERT", {}, psycopg.errors.DiskFull()), 503, "database-full"),
        (InternalError("INSERT", {}, psycopg.errors.ReadOnlySqlTransaction()), 503, "database-read-only"),
        (InternalError("SELECT", {}, psycopg.errors.DataCorrupted()), 500, "internal"),
        (TimeoutError("no connection is free"), 503, "database-unavailable"),
    ],
)
def test_a_failure_of_the_database_is_told_from_a_fault_of_the_service(client, monkeypatch, error, status, name):
    def fail(*_args):
        raise error

    monkeypatch.setattr("app.articles.service.page", fail)
    answer = client.get("/articles")
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:onrecord:problem:{name}")


def test_what_takes_too_long_is_given_up_and_says_so(client):
    if client.app.state.database.url.startswith("sqlite"):
        pytest.skip("SQLite has no time limit for a statement")
    with client.app.state.database.read() as session:
        assert session.scalar(text("SHOW statement_timeout")) == "1min"

    def slow(_connection, cursor, _statement, _parameters, _context, _many):
        cursor.execute("SET LOCAL statement_timeout = 10")
        return "SELECT pg_sleep(60)", ()

    event.listen(client.app.state.database.read_engine, "before_cursor_execute", slow, retval=True)
    answer = client.get("/speakers")
    event.remove(client.app.state.database.read_engine, "before_cursor_execute", slow)
    assert answer.status_code == 503
    assert answer.json()["detail"] == "It worked on this for too long and gave it up. Ask for less."
    assert client.get("/speakers").status_code == 200

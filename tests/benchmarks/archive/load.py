"""Rows into an empty, migrated database in bulk: by COPY on PostgreSQL, in one transaction; indexes are made last."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from app.database import Database
from app.settings import Settings
from tests.benchmarks.archive.rows import Articles, Row, Size, speakers

COUNTED = ("articles", "speakers", "aliases", "quotes", "utterances")
"""Tables whose next id PostgreSQL has to be told of."""
SQLITE_MADE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
POSTGRESQL_MADE = """SELECT 'index', indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)"""


def load(settings: Settings, size: Size) -> None:
    """Fill the archive."""
    database = Database(settings.database_url)
    try:
        on_sqlite = database.write_engine.dialect.name == "sqlite"
        (_load_sqlite if on_sqlite else _load_postgresql)(database.write_engine, size)
    finally:
        database.dispose()


def _tables(size: Size) -> Iterator[tuple[str, Sequence[Row]]]:
    yield from speakers(size)
    for batch in Articles(size).batches():
        yield from ((table, rows) for table, rows in batch if rows)


def _load_sqlite(engine: Engine, size: Size) -> None:
    with engine.connect() as connection:  # a load that fails is begun anew: nothing is kept for taking it back
        connection.connection.driver_connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    with engine.begin() as connection, _made_last(connection, SQLITE_MADE, "DROP {kind} {name}"):
        raw = connection.connection.driver_connection
        for table, rows in _tables(size):
            marks = ", ".join("?" * len(rows[0]))
            raw.executemany(f"INSERT INTO {table} ({_columns(rows)}) VALUES ({marks})", [_plain(row) for row in rows])
        connection.exec_driver_sql("INSERT INTO quotes_fts(quotes_fts) VALUES ('rebuild')")
        words = "SELECT DISTINCT '  ' || word || ' ' FROM name_words"
        connection.exec_driver_sql(f"INSERT INTO name_trigrams(word) {words}")
    with engine.connect() as connection:
        connection.connection.driver_connection.executescript("ANALYZE; PRAGMA journal_mode = WAL;")


@contextmanager
def _made_last(connection: Connection, made: str, drop: str) -> Iterator[None]:
    """What is made of rows, dropped before they come and made again as it was: at once it takes a fraction."""
    kept = connection.exec_driver_sql(made).all()
    for kind, name, _ in kept:
        connection.exec_driver_sql(drop.format(kind=kind, name=name))
    yield
    for _, _, sql in kept:
        connection.exec_driver_sql(sql)


def _load_postgresql(engine: Engine, size: Size) -> None:
    with engine.begin() as connection, _made_last(connection, POSTGRESQL_MADE, "DROP {kind} {name}"):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # an index of a million takes its minutes
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # the rows point to rows there are
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
        cursor = connection.connection.driver_connection.cursor()
        for table, rows in _tables(size):
            with cursor.copy(f"COPY {table} ({_columns(rows)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([json.dumps(v) if isinstance(v, list) else v for v in row.values()])
        for table in COUNTED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM ANALYZE")


def _columns(rows: Sequence[Row]) -> str:
    return ", ".join(f'"{name}"' for name in rows[0])


def _plain(row: Row) -> list[Any]:
    return [_value(value) for value in row.values()]


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return json.dumps(value) if isinstance(value, list) else value

"""Engines, sessions and migrations, on SQLite and PostgreSQL alike.

Reading and writing are two types of session on two engines: a read session cannot write, and on SQLite a write takes
the lock when it begins, because a deferred transaction that reads and then writes fails whatever the busy timeout.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    ExceptionContext,
    Integer,
    MetaData,
    Row,
    Select,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, QueryableAttribute, Session
from sqlalchemy.types import UserDefinedType

import migrations
from app.database_errors import READ_ONLY, is_read_only
from app.settings import Settings

BUSY_SECONDS = 10
CONNECTIONS, MORE_CONNECTIONS = 10, 40
"""That an engine keeps, and that it opens beside them when there is much to do."""
READERS = 40
"""Requests that may read at once. There are more connections than that: a request that reads waits for a thread now and
then, and whoever has the threads must not wait for its connection."""
QUICK_READERS = 2
"""Requests that begin to read side by side, see `app.turns`: one computes while the database answers the other."""
WRITERS = 5
"""Requests that may write at once, or wait in a thread until they may: readers need the other threads. With the readers
they are fewer than the connections."""
ATTEMPTS = 6
# Readers share the system's cache of the file; SQLite's own is 2 MB for each connection.
MAPPED_BYTES = 2**33
# One plan for every value is a bad one where words and names are rare or frequent; compiling plans costs more than it
# saves.
# A statement that a planner is wrong about goes on for hours, long after whoever asked has gone.
POSTGRESQL_OPTIONS = "-c timezone=UTC -c plan_cache_mode=force_custom_plan -c jit=off -c statement_timeout=60s"
# serialization failure, deadlock, and a row that another transaction removed or added meanwhile
CONFLICTS = {"40001", "40P01", "23503", "23505"}
AGAIN = (IntegrityError, InternalError, OperationalError)
# Rows are read by the places of their values: to look them up by the columns of a statement that was compiled before,
# SQLAlchemy would compare each column with every one of it that hashes the same, a quarter of the work of a page. The
# ORM says so of its own statements; where a release does not know the word, it costs what it did.
BY_PLACE = {"_result_disable_adapt_to_context": True}

T = TypeVar("T")
Attribute = InstrumentedAttribute[Any]
NumberColumn = ColumnElement[int] | QueryableAttribute[int]
BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The root of all tables; its naming convention makes every constraint droppable by name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. It is kept in UTC and always comes back with its zone, also from SQLite, which keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return (value if value.tzinfo else value.replace(tzinfo=UTC)) if value else None


class Numbers(UserDefinedType[list[int]]):
    """Numbers in one value to bind, as the database writes them: psycopg would write a list number by number."""

    cache_ok = True

    def get_col_spec(self) -> str:
        return "BIGINT[]"

    def bind_processor(self, dialect: Dialect) -> Callable[[list[int]], str]:
        return json.dumps if dialect.name == "sqlite" else lambda numbers: f"{{{','.join(map(str, numbers))}}}"


class ReadSession(Session):
    """A session on an engine that refuses to write; one consistent view from its first query on."""


class WriteSession(Session):
    """A session inside a transaction that `Database.write` commits; nobody else does."""


def _sqlite_engine(url: str, *, writes: bool) -> Engine:
    # One writer at a time is SQLite's rule: let writers queue for the connection rather than poll for the lock.
    kept, more = (1, 0) if writes else (CONNECTIONS, MORE_CONNECTIONS)
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=kept,
        max_overflow=more,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the begin event below opens transactions, not the driver
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL" if writes else "PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _engines(url: str) -> tuple[Engine, Engine]:
    """The read engine and the write engine."""
    if url.startswith("sqlite"):
        return _sqlite_engine(url, writes=False), _sqlite_engine(url, writes=True)
    engine = create_engine(
        url,
        hide_parameters=True,  # an error in the log names no one's words and no key's hash
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        connect_args={"options": POSTGRESQL_OPTIONS, "connect_timeout": 5},
    )
    event.listen(engine, "checkout", _leave_to_server)
    event.listen(engine, "handle_error", _forget_read_only)
    return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ"), engine


def _leave_to_server(connection: Any, *_: Any) -> None:
    """Say no more that a connection is to write: SQLAlchemy does so once it was used for reading, which overrides what
    is said of the database, and is an error on a standby."""
    connection.read_only = None


def _forget_read_only(context: ExceptionContext) -> None:
    """Connect anew where a server takes no writes: a connection may stay read-only when its server no longer is."""
    if is_read_only(context.original_exception):
        context.is_disconnect = True


def _is_passing(error: DBAPIError) -> bool:
    """Whether the same may succeed at once, on another connection where a server took no writes."""
    return getattr(error.orig, "sqlstate", None) in {*CONFLICTS, READ_ONLY}


class Database:
    """The archive's database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.read_engine, self.write_engine = _engines(url)
        self.readers, self.writers = asyncio.Semaphore(READERS), asyncio.Semaphore(WRITERS)
        self.quick_readers = asyncio.Semaphore(QUICK_READERS)

    def read_session(self) -> ReadSession:
        """A session for reads, which connects at the first of them; close it."""
        return ReadSession(self.read_engine, autoflush=False)

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        """A session for one request's reads."""
        with self.read_session() as session:
            yield session

    def write(self, work: Callable[[WriteSession], T]) -> T:
        """Run `work` in one transaction and commit it. Where another transaction was in the way it is run again."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with WriteSession(self.write_engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except AGAIN as error:
                if attempt == ATTEMPTS or not _is_passing(error):
                    raise
        raise AssertionError("unreachable")

    def dispose(self) -> None:
        """Close every connection."""
        self.read_engine.dispose()
        self.write_engine.dispose()


def insert_ignoring(session: WriteSession, returning: InstrumentedAttribute[T], **values: Any) -> T | None:
    """Insert a row and return its `returning` column; None where a unique constraint says it is there already."""
    statement = _inserting(session, returning.class_).values(**values).on_conflict_do_nothing().returning(returning)
    return session.execute(statement).scalar_one_or_none()


def insert_new(session: WriteSession, rows: Sequence[Mapping[str, Any]], *returning: Attribute) -> Sequence[Row[Any]]:
    """Insert rows and return these columns of each, but of those that a unique constraint says are there already."""
    if not rows:
        return []
    statement = _inserting(session, returning[0].class_).on_conflict_do_nothing().returning(*returning)
    return session.connection().execute(statement, rows).all()


def insert_rows(session: WriteSession, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows by one statement: psycopg sends each by itself, unless something is to be returned."""
    if rows:
        table = model.__table__
        session.connection().execute(insert(table).returning(*table.primary_key), rows)


def _inserting(session: WriteSession, into: Any) -> sqlite.Insert | postgresql.Insert:
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(into)


def among(session: Session, column: NumberColumn, ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column has one of these numbers: one value to bind, however many there are."""
    dialect = session.get_bind().dialect.name
    return _listed(dialect, column, bindparam(None, list(ids), Numbers()))


def _listed(dialect: str, column: NumberColumn, ids: BindParameter[Any]) -> ColumnElement[bool]:
    if dialect == "sqlite":
        return column.in_(select(func.json_each(ids).table_valued("value").c.value))
    return column == func.any(ids)


class ByIds:
    """The rows of a statement in which a column has one of some numbers.

    It is built once: to build a statement takes SQLAlchemy longer than many a database takes to run it.
    """

    def __init__(self, statement: Select[Any], column: NumberColumn) -> None:
        self._built = {
            dialect: statement.where(_listed(dialect, column, bindparam("ids", type_=Numbers())))
            for dialect in ("sqlite", "postgresql")
        }

    def rows(self, session: Session, ids: Iterable[int]) -> Sequence[Row[Any]]:
        """The rows with these ids."""
        dialect = session.get_bind().dialect.name
        return rows(session, self._built[dialect], ids=list(ids))


def rows(session: Session, statement: Select[Any], **values: Any) -> Sequence[Row[Any]]:
    """Rows of columns, the session's own handling of each of their values aside."""
    return session.connection().execute(statement, values, execution_options=BY_PLACE).all()


def clock(session: Session) -> datetime:
    """The time now by the clock that all holders of leases share: PostgreSQL's, or this machine's over SQLite."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    return session.execute(select(func.clock_timestamp())).scalar_one()


def alembic_config(**attributes: Any) -> Config:
    """Alembic's configuration, wherever the package is installed."""
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    return config


def migrate(settings: Settings, revision: str = "head") -> None:
    """Bring the schema up to `revision`; harmless where it is there already, and where two do it at once."""
    database = Database(settings.database_url)
    try:
        with database.write_engine.begin() as connection:
            if connection.dialect.name != "sqlite":  # an index over millions of quotes takes its time
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            command.upgrade(alembic_config(connection=connection), revision)
    finally:
        database.dispose()


def is_at_head(session: ReadSession) -> bool:
    """Whether the schema is the one this version of the service knows. Raises what the database raises."""
    current = MigrationContext.configure(session.connection()).get_current_heads()
    return set(current) == _heads()


@cache
def _heads() -> set[str]:
    return set(ScriptDirectory.from_config(alembic_config()).get_heads())

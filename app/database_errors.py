"""A database that fails, and what is answered then: 503, with what is wrong with it, until it is well again."""

import logging
import sqlite3

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, TimeoutError

from app.errors import OnRecordError, rendered

log = logging.getLogger(__name__)
TRANSIENT = (InterfaceError, InternalError, OperationalError, TimeoutError)
"""What a database raises that does not answer, is full, or takes no writes: it may do so again."""
READ_ONLY, DISK_FULL, CANCELED = "25006", "53100", "57014"
"""PostgreSQL's codes, of its appendix A."""


class DatabaseUnavailableError(OnRecordError):
    """The database does not answer, or is too busy to."""

    status, name, title = 503, "database-unavailable", "The database does not answer"


class DatabaseReadOnlyError(OnRecordError):
    """The database takes no writes."""

    status, name, title = 503, "database-read-only", "The database takes no writes"


class DatabaseFullError(OnRecordError):
    """The database has no room for more."""

    status, name, title = 503, "database-full", "The database is full"


ERRORS = (DatabaseUnavailableError, DatabaseReadOnlyError, DatabaseFullError)


def is_read_only(error: BaseException | None) -> bool:
    """Whether the driver says that the database takes no writes."""
    return _sqlite_code(error) == sqlite3.SQLITE_READONLY or getattr(error, "sqlstate", None) == READ_ONLY


def is_full(error: BaseException | None) -> bool:
    """Whether the driver says that there is no room for more."""
    return _sqlite_code(error) == sqlite3.SQLITE_FULL or getattr(error, "sqlstate", None) == DISK_FULL


def install(app: FastAPI) -> None:
    """Make the failures of the database problem documents."""
    for error in TRANSIENT:
        app.add_exception_handler(error, _on_failure)


async def _on_failure(_request: Request, error: Exception) -> JSONResponse:
    log.error("the database failed", exc_info=error)
    return rendered(_problem(error))


def _problem(error: Exception) -> OnRecordError:
    """Raises the error itself where it is no failure of the database as a whole."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    later = {"Retry-After": "30"}
    if is_read_only(cause):
        detail = "It is read-only: searches go on. Send it again when it is writable."
        return DatabaseReadOnlyError(detail, headers=later)
    if is_full(cause):
        detail = "Its disk is full: searches go on. Send it again when there is room."
        return DatabaseFullError(detail, headers=later)
    if getattr(cause, "sqlstate", None) == CANCELED:
        return DatabaseUnavailableError("It worked on this for too long and gave it up. Ask for less.", headers=later)
    if isinstance(error, InternalError):
        raise error
    return DatabaseUnavailableError(
        "Try again in a moment; GET /health/ready tells more.", headers={"Retry-After": "2"}
    )


def _sqlite_code(error: BaseException | None) -> int | None:
    """SQLite's code, of its extended ones the general one."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF

"""Whether the service lives, and whether it is ready to serve."""

from collections.abc import Iterator
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import SQLAlchemyError

from app.database import Database, is_at_head
from app.dependencies import DatabaseOf, DispatcherOf, ExtractionOf
from app.errors import FieldError, OnRecordError, declared
from app.workers.protocol import Dispatcher, ExtractionBackend

router = APIRouter(prefix="/health", tags=["health"])
EXAMPLE = {"name": "database", "ok": True, "reason": None}


class NotReadyError(OnRecordError):
    """Something the service needs is not there (yet)."""

    status, name, title = 503, "not-ready", "The service is not ready"


class Live(BaseModel):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "live"}]})

    status: Literal["live"] = "live"


class Check(BaseModel):
    """One thing the service needs."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    name: str = Field(description="`database`, `migrations`, `extractor` or, where one is set, `broker`.")
    ok: bool
    reason: str | None = Field(default=None, description="What is wrong; null where nothing is.")


class Ready(BaseModel):
    """Everything the service needs is there."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ready", "checks": [EXAMPLE]}]})

    status: Literal["ready"] = "ready"
    checks: list[Check]


@router.get("/live", summary="Whether the process answers")
async def live() -> Live:
    return Live()


@router.get("/ready", summary="Whether articles can be read and stored", responses=declared(NotReadyError))
def ready(database: DatabaseOf, extraction: ExtractionOf, dispatcher: DispatcherOf) -> Ready:
    checks = [*_database(database), _extractor(extraction), *_broker(dispatcher)]
    if failed := [check for check in checks if not check.ok]:
        raise _not_ready(checks, failed)
    return Ready(checks=checks)


def _database(database: Database) -> Iterator[Check]:
    """Whether the database answers, and has the schema of this version."""
    try:
        with database.read() as session:
            at_head = is_at_head(session)
    except SQLAlchemyError:
        yield _check("database", "The database does not answer.")
        yield _check("migrations", "The database does not say what it was migrated to.")
        return
    yield _check("database")
    yield _check("migrations", None if at_head else "The database is of another version; run onrecord migrate.")


def _extractor(extraction: ExtractionBackend) -> Check:
    return _check("extractor", None if extraction.loaded else "The extractor is not loaded; it may still be loading.")


def _broker(dispatcher: Dispatcher) -> Iterator[Check]:
    """Whether the broker answers, where there is one."""
    answers = dispatcher.reaches_broker()
    if answers is not None:
        yield _check("broker", None if answers else "The broker does not answer; what is sent to be read later waits.")


def _check(name: str, reason: str | None = None) -> Check:
    return Check(name=name, ok=reason is None, reason=reason)


def _not_ready(checks: list[Check], failed: list[Check]) -> NotReadyError:
    """The problem document names what failed in `errors`, as any does, and every check in `checks`."""
    problem = NotReadyError(" ".join(check.reason or "" for check in failed), headers={"Retry-After": "1"})
    problem.errors = [FieldError(field=check.name, message=check.reason or "") for check in failed]
    problem.members = {"checks": [check.model_dump() for check in checks]}
    return problem

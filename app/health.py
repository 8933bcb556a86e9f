"""Whether the service lives, and whether it is ready to serve."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import SQLAlchemyError

from app.database import Database, is_at_head
from app.dependencies import DatabaseOf, ExtractionOf
from app.errors import OnRecordError, declared

router = APIRouter(prefix="/health", tags=["health"])


class NotReadyError(OnRecordError):
    """Something the service needs is not there (yet)."""

    status, name, title = 503, "not-ready", "The service is not ready"


class Live(BaseModel):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "live"}]})

    status: Literal["live"] = "live"


class Ready(BaseModel):
    """Database, schema and extractor are there."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ready"}]})

    status: Literal["ready"] = "ready"


@router.get("/live", summary="Whether the process answers")
async def live() -> Live:
    return Live()


@router.get("/ready", summary="Whether articles can be read and stored", responses=declared(NotReadyError))
def ready(database: DatabaseOf, extraction: ExtractionOf) -> Ready:
    if not _is_migrated(database):
        raise NotReadyError("The database is not migrated to this version; run the migrations.", field="migrations")
    if not extraction.loaded:
        raise NotReadyError("The extractor is not loaded.", field="extractor", headers={"Retry-After": "1"})
    return Ready()


def _is_migrated(database: Database) -> bool:
    try:
        with database.read() as session:
            return is_at_head(session)
    except SQLAlchemyError:
        raise NotReadyError("The database does not answer.", field="database") from None

"""The web application: settings, lifespan, routers; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from app import errors, models, openapi  # noqa: F401
from app.articles.endpoints import extract_router
from app.articles.endpoints import router as articles_router
from app.changes.endpoints import router as changes_router
from app.database import Database
from app.dependencies import refuse_repeated
from app.errors import DatabaseUnavailableError, OnRecordError, declared
from app.health import router as health_router
from app.quotes.correction_endpoints import router as corrections_router
from app.quotes.endpoints import router as quotes_router
from app.quotes.endpoints import timeline_router
from app.settings import Settings
from app.speakers.edit_endpoints import router as speaker_edits_router
from app.speakers.endpoints import router as speakers_router
from app.utterances.endpoints import router as utterances_router
from app.workers.pool import ExtractionPool
from app.workers.protocol import ExtractionBackend

ROUTERS = (
    articles_router,
    extract_router,
    quotes_router,
    corrections_router,
    utterances_router,
    speakers_router,
    timeline_router,
    speaker_edits_router,
    changes_router,
    health_router,
)


def create_app(settings: Settings | None = None, extractor: ExtractionBackend | None = None) -> FastAPI:
    """The service. `extractor` takes the place of the worker process, for tests.

    Raises pydantic's ValidationError where the settings are wrong.
    """
    settings = settings or Settings()
    app = FastAPI(
        title="On Record",
        version="0.1.0",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(refuse_repeated)],
        responses=declared(OnRecordError, DatabaseUnavailableError),
    )
    app.state.settings = settings
    app.state.database = Database(settings.database_url)
    app.state.extraction = extractor or ExtractionPool.of(settings)
    for router in ROUTERS:
        app.include_router(router)
    errors.install(app)
    openapi.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Reading starts at once; the extractor loads meanwhile, and /health/ready tells when it is there."""
    await app.state.extraction.start()
    try:
        yield
    finally:
        await app.state.extraction.stop()
        app.state.database.dispose()

"""The web application: settings, lifespan, routers; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool

from app import database_errors, errors, middleware, models, openapi  # noqa: F401
from app.access import guarded
from app.articles.endpoints import extract_router
from app.articles.endpoints import router as articles_router
from app.changes.endpoints import router as changes_router
from app.database import Database
from app.dependencies import refuse_repeated
from app.errors import OnRecordError, declared
from app.health import router as health_router
from app.jobs.endpoints import batch_router
from app.jobs.endpoints import router as jobs_router
from app.keys.endpoints import router as keys_router
from app.keys.last_use import LastUse
from app.keys.schemas import Scope
from app.measuring import MeasuredExtraction
from app.metrics import Metrics
from app.metrics import router as metrics_router
from app.quotes.correction_endpoints import router as corrections_router
from app.quotes.endpoints import router as quotes_router
from app.quotes.endpoints import timeline_router
from app.rate_limits import RateLimiter
from app.settings import Settings
from app.speakers.edit_endpoints import router as speaker_edits_router
from app.speakers.endpoints import router as speakers_router
from app.utterances.endpoints import router as utterances_router
from app.workers.dispatcher import EmbeddedDispatcher
from app.workers.pool import ExtractionPool
from app.workers.protocol import Dispatcher, ExtractionBackend

ROUTERS = (
    batch_router,
    articles_router,
    extract_router,
    quotes_router,
    corrections_router,
    utterances_router,
    speakers_router,
    timeline_router,
    speaker_edits_router,
    changes_router,
    jobs_router,
    metrics_router,
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
        responses=declared(OnRecordError, *database_errors.ERRORS),
    )
    app.state.settings = settings
    app.state.database = Database(settings.database_url)
    backend = extractor or ExtractionPool.of(settings)
    app.state.last_use = LastUse(app.state.database)
    app.state.rate_limiter = RateLimiter(settings.rate_limit) if settings.rate_limit else None
    app.state.metrics = Metrics(backend)
    app.state.extraction = MeasuredExtraction(backend, app.state.metrics)
    app.state.dispatcher = _dispatcher(settings, app.state.database, app.state.extraction)
    for router in ROUTERS:
        app.include_router(router, **guarded(settings))
    app.include_router(keys_router, **guarded(settings, Scope.ADMIN))
    app.include_router(health_router)
    errors.install(app)
    database_errors.install(app)
    openapi.install(app)
    middleware.install(app)
    return app


def _dispatcher(settings: Settings, database: Database, extraction: ExtractionBackend) -> Dispatcher:
    if settings.broker_url is None:
        return EmbeddedDispatcher(database, extraction, settings.workers)
    from app.workers.broker import celery_of
    from app.workers.remote import RemoteDispatcher

    return RemoteDispatcher(database, celery_of(settings))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Reading starts at once; the extractor loads meanwhile, and /health/ready tells when it is there."""
    await app.state.extraction.start()
    await app.state.dispatcher.start()
    try:
        yield
    finally:
        await app.state.dispatcher.stop()
        await app.state.extraction.stop()
        await run_in_threadpool(app.state.last_use.stop)
        app.state.database.dispose()

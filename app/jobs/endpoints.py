"""POST /articles/batch, and GET /jobs."""

import asyncio
from collections.abc import AsyncIterable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from app.articles.submission import MediaTypeError
from app.database import Database
from app.dependencies import DatabaseOf, DispatcherOf, Id, Reads, SettingsOf
from app.errors import BodyMalformedError, InvalidRequestError, declared
from app.idempotency import service as idempotency
from app.idempotency.service import Answer, OwnKey
from app.jobs import receiving, service
from app.jobs.receiving import Receiver
from app.jobs.schemas import JobItemList, JobItemsQuery, JobList, JobOut, JobsQuery
from app.jobs.service import JobNotFoundError
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.patience import BodyTooSlowError, chunks_of
from app.turns import write_in_turn

router = APIRouter(prefix="/jobs", tags=["jobs"])
batch_router = APIRouter(prefix="/articles", tags=["jobs"])
POLL_SECONDS = 1.0


@batch_router.post(
    "/batch",
    status_code=202,
    summary="Take in many articles, to be read later",
    responses=declared(MediaTypeError, BodyMalformedError, BodyTooSlowError, InvalidRequestError, *idempotency.ERRORS),
    openapi_extra=receiving.BODY,
)
async def post_batch(
    request: Request,
    response: Response,
    settings: SettingsOf,
    database: DatabaseOf,
    dispatcher: DispatcherOf,
    key: OwnKey,
) -> JobOut:
    receiving.refuse_other_types(request)
    if key and not await write_in_turn(database, partial(idempotency.note, key=key, fingerprint=None)):
        job_id = await _taken_before(request, database, key)
    else:
        async with idempotency.freed_where_it_fails(database, key):
            job_id = await write_in_turn(database, service.start_batch)
            receiver = Receiver(database, job_id, settings.max_text_bytes, dispatcher.wake, key)
            fingerprint = await receiver.receive(chunks_of(request))
        if key:
            answer = Answer(202, job_id=job_id)
            remember = partial(idempotency.remember, key=key, fingerprint=fingerprint, answer=answer)
            await write_in_turn(database, remember)
    response.headers["Location"] = f"/jobs/{job_id}"
    return await run_in_threadpool(_job, database, job_id)


async def _taken_before(request: Request, database: Database, key: str) -> int:
    fingerprint = await receiving.fingerprint_of(chunks_of(request))
    find = partial(idempotency.earlier, key=key, fingerprint=fingerprint)
    answer = await write_in_turn(database, find)
    assert answer.job_id is not None
    return answer.job_id


def _job(database: Database, job_id: int) -> JobOut:
    with database.read() as session:
        return service.get(session, job_id)


@router.get(
    "",
    summary="List jobs, the last one first",
    response_model=JobList,
    responses=declared(InvalidRequestError, CursorInvalidError, CursorMismatchError),
)
def list_jobs(
    request: Request, response: Response, query: Annotated[JobsQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.get("/{job_id}", summary="Show how far a job is", responses=declared(InvalidRequestError, JobNotFoundError))
def get_job(job_id: Id, session: Reads) -> JobOut:
    return service.get(session, job_id)


@router.get(
    "/{job_id}/items",
    summary="List what a job's lines became, or what is wrong with them",
    response_model=JobItemList,
    responses=declared(InvalidRequestError, JobNotFoundError, CursorInvalidError, CursorMismatchError),
)
def list_job_items(
    job_id: Id, request: Request, response: Response, query: Annotated[JobItemsQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.items(session, job_id, query))


def _existing(job_id: Id, database: DatabaseOf) -> int:
    _job(database, job_id)  # on a session that ends before the stream begins
    return job_id


@router.get(
    "/{job_id}/events",
    summary="Follow a job as server-sent events",
    response_class=EventSourceResponse,
    responses=declared(InvalidRequestError, JobNotFoundError),
)
async def follow_job(
    job_id: Annotated[int, Depends(_existing)], database: DatabaseOf
) -> AsyncIterable[ServerSentEvent]:
    """`progress` whenever something has changed, `end` with the job as it ended; then the stream ends. The data is
    the job, as GET /jobs/{id} shows it."""
    shown = None
    while shown is None or shown.finished_at is None:
        job = await run_in_threadpool(_job, database, job_id)
        if job != shown:
            shown = job
            yield ServerSentEvent(event="end" if job.finished_at else "progress", data=job)
        else:
            await asyncio.sleep(POLL_SECONDS)

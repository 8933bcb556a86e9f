"""POST, GET and DELETE /articles, and POST /extract."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from app import bodies
from app.articles import reextraction, service, submission
from app.articles.posting import Posting
from app.articles.schemas import (
    ArticleCorrection,
    ArticleList,
    ArticleMetadata,
    ArticleOut,
    ArticlesQuery,
    ExtractionOut,
    Reextraction,
)
from app.database import Database
from app.dependencies import ClientExtractionOf, DatabaseOf, DispatcherOf, Id, Reads, SettingsOf, Who
from app.errors import InvalidRequestError, declared
from app.etags import IfMatch, IfMatchOptional, PreconditionFailedError, PreconditionRequiredError
from app.idempotency import service as idempotency
from app.idempotency.service import OwnKey
from app.jobs.schemas import JobOut
from app.moments import DateInvalidError
from app.negotiation import RESPOND_ASYNC, PreferHeader, asks_for_async
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.quotes.service import unstored
from app.text import LanguageUnknownError, TextEmptyError, TextHasNulError, TextHasSurrogateError
from app.turns import write_in_turn
from app.workers.protocol import READING_ERRORS

router = APIRouter(prefix="/articles", tags=["articles"])
extract_router = APIRouter(tags=["articles"])
READING = declared(
    *submission.ERRORS,
    InvalidRequestError,
    TextEmptyError,
    TextHasNulError,
    TextHasSurrogateError,
    LanguageUnknownError,
    DateInvalidError,
    *READING_ERRORS,
)
LATER = {202: {"model": JobOut, "description": "With Prefer: respond-async: the job that will read it"}}
SAME = {200: {"model": ArticleOut, "description": "The same text is there already: this is its article"}}
Metadata = Annotated[ArticleMetadata, Query(description="For text/plain bodies; JSON carries these as fields.")]


@router.post(
    "",
    status_code=201,
    summary="Store an article and find its quotes",
    response_model=ArticleOut,
    responses={**SAME, **LATER, **READING, **declared(*idempotency.ERRORS)},
    openapi_extra=submission.BODY,
)
async def post_article(
    request: Request,
    response: Response,
    _metadata: Metadata,
    settings: SettingsOf,
    database: DatabaseOf,
    extraction: ClientExtractionOf,
    dispatcher: DispatcherOf,
    key: OwnKey,
    prefer: PreferHeader = None,
) -> ArticleOut | Response:
    submitted = await submission.read_submission(request, settings.max_text_bytes)
    posting = Posting(submitted, database, extraction, dispatcher)
    response.status_code, shown = await posting.answer(key, later=asks_for_async(prefer))
    if isinstance(shown, ArticleOut):
        response.headers["Location"] = f"/articles/{shown.id}"
        return shown
    headers = {"Location": f"/jobs/{shown.id}", "Preference-Applied": RESPOND_ASYNC}
    return JSONResponse(shown.model_dump(mode="json"), response.status_code, headers)


@router.get(
    "",
    summary="List articles, the last stored first",
    response_model=ArticleList,
    responses=declared(
        InvalidRequestError,
        TextHasNulError,
        TextHasSurrogateError,
        LanguageUnknownError,
        DateInvalidError,
        CursorInvalidError,
        CursorMismatchError,
    ),
)
def list_articles(
    request: Request, response: Response, query: Annotated[ArticlesQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.get(
    "/{article_id:id}",
    summary="Show an article with its text and quotes",
    responses=declared(InvalidRequestError, service.ArticleNotFoundError),
)
def get_article(article_id: Id, response: Response, session: Reads) -> ArticleOut:
    article = service.get(session, article_id)
    response.headers["ETag"] = service.tag_of(article)
    return article


@router.patch(
    "/{article_id:id}",
    summary="Say where an article comes from",
    responses=declared(
        *bodies.ERRORS,
        InvalidRequestError,
        TextHasNulError,
        TextHasSurrogateError,
        DateInvalidError,
        service.ArticleNotFoundError,
        PreconditionFailedError,
        PreconditionRequiredError,
    ),
    openapi_extra=bodies.described(ArticleCorrection),
)
async def patch_article(
    article_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> ArticleOut:
    sent = await bodies.read_json(request, ArticleCorrection)
    work = partial(service.correct, article_id=article_id, correction=sent, who=who, if_match=if_match)
    article = await write_in_turn(database, work)
    response.headers["ETag"] = service.tag_of(article)
    return article


@router.delete(
    "/{article_id:id}",
    status_code=204,
    summary="Remove an article with its quotes",
    responses=declared(InvalidRequestError, service.ArticleNotFoundError, PreconditionFailedError),
)
async def delete_article(article_id: Id, database: DatabaseOf, who: Who, if_match: IfMatchOptional) -> None:
    await write_in_turn(database, partial(service.remove, article_id=article_id, if_match=if_match, who=who))


@router.post(
    "/{article_id:id}/reextract",
    summary="Read a stored article again by the current extractor",
    responses=declared(
        InvalidRequestError,
        service.ArticleNotFoundError,
        PreconditionFailedError,
        reextraction.ArticleUnreadError,
        *READING_ERRORS,
    ),
)
async def reextract_article(
    article_id: Id, database: DatabaseOf, extraction: ClientExtractionOf, if_match: IfMatchOptional
) -> Reextraction:
    article = await run_in_threadpool(_read_before, database, article_id)
    found = await extraction.extract(article.text, article.language)
    work = partial(reextraction.store, article_id=article_id, found=found, if_match=if_match)
    return await write_in_turn(database, work)


def _read_before(database: Database, article_id: int) -> ArticleOut:
    with database.read() as session:
        article = service.get(session, article_id)
    reextraction.refuse_unread(article.id, article.state)
    return article


@extract_router.post(
    "/extract",
    summary="Find the quotes of a text and store nothing",
    responses=READING,
    openapi_extra=submission.BODY,
)
async def extract(
    request: Request, _metadata: Metadata, settings: SettingsOf, extraction: ClientExtractionOf
) -> ExtractionOut:
    submitted = await submission.read_submission(request, settings.max_text_bytes)
    found = await extraction.extract(submitted.text, submitted.language)
    return ExtractionOut(
        language=found.language,
        extractor=found.extractor,
        warnings=list(found.warnings),
        quotes=await run_in_threadpool(unstored, submitted.text, found),
    )

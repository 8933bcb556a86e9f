"""POST, GET and DELETE /articles, and POST /extract."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.articles import reextraction, service, submission
from app.articles.schemas import ArticleList, ArticleMetadata, ArticleOut, ArticlesQuery, ExtractionOut, Reextraction
from app.database import Database
from app.dependencies import DatabaseOf, ExtractionOf, Id, Reads, SettingsOf
from app.errors import InvalidRequestError, declared
from app.etags import IfMatchOptional, PreconditionFailedError
from app.moments import DateInvalidError
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.quotes.service import unstored
from app.text import LanguageUnknownError, TextEmptyError, TextHasNulError, TextHasSurrogateError
from app.workers.protocol import ExtractionFailedError, ExtractorUnavailableError

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
    ExtractionFailedError,
    ExtractorUnavailableError,
)
SAME = {200: {"model": ArticleOut, "description": "The same text is there already: this is its article"}}
Metadata = Annotated[ArticleMetadata, Query(description="For text/plain bodies; JSON carries these as fields.")]


@router.post(
    "",
    status_code=201,
    summary="Store an article and find its quotes",
    responses={**SAME, **READING},
    openapi_extra=submission.BODY,
)
async def post_article(
    request: Request,
    response: Response,
    _metadata: Metadata,
    settings: SettingsOf,
    database: DatabaseOf,
    extraction: ExtractionOf,
) -> ArticleOut:
    submitted = await submission.read_submission(request, settings.max_text_bytes)
    article, is_new = await run_in_threadpool(_known, database, submitted.text), False
    if article is None:
        found = await extraction.extract(submitted.text, submitted.language)
        work = partial(service.store, submitted=submitted, found=found)
        article, is_new = await run_in_threadpool(database.write, work)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/articles/{article.id}"
    return article


def _known(database: Database, text: str) -> ArticleOut | None:
    with database.read() as session:
        return service.with_text(session, text)


@router.get(
    "",
    summary="List articles, the last stored first",
    response_model=ArticleList,
    responses=declared(InvalidRequestError, CursorInvalidError, CursorMismatchError),
)
def list_articles(
    request: Request, response: Response, query: Annotated[ArticlesQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.get(
    "/{article_id}",
    summary="Show an article with its text and quotes",
    responses=declared(InvalidRequestError, service.ArticleNotFoundError),
)
def get_article(article_id: Id, response: Response, session: Reads) -> ArticleOut:
    article = service.get(session, article_id)
    response.headers["ETag"] = service.tag_of(article)
    return article


@router.delete(
    "/{article_id}",
    status_code=204,
    summary="Remove an article with its quotes",
    responses=declared(InvalidRequestError, service.ArticleNotFoundError, PreconditionFailedError),
)
def delete_article(article_id: Id, database: DatabaseOf, if_match: IfMatchOptional) -> None:
    database.write(partial(service.remove, article_id=article_id, if_match=if_match))


@router.post(
    "/{article_id}/reextract",
    summary="Read a stored article again by the current extractor",
    responses=declared(
        InvalidRequestError,
        service.ArticleNotFoundError,
        PreconditionFailedError,
        ExtractionFailedError,
        ExtractorUnavailableError,
    ),
)
async def reextract_article(
    article_id: Id, database: DatabaseOf, extraction: ExtractionOf, if_match: IfMatchOptional
) -> Reextraction:
    article = await run_in_threadpool(_article, database, article_id)
    found = await extraction.extract(article.text, article.language)
    work = partial(reextraction.store, article_id=article_id, found=found, if_match=if_match)
    return await run_in_threadpool(database.write, work)


def _article(database: Database, article_id: int) -> ArticleOut:
    with database.read() as session:
        return service.get(session, article_id)


@extract_router.post(
    "/extract",
    summary="Find the quotes of a text and store nothing",
    responses=READING,
    openapi_extra=submission.BODY,
)
async def extract(
    request: Request, _metadata: Metadata, settings: SettingsOf, extraction: ExtractionOf
) -> ExtractionOut:
    submitted = await submission.read_submission(request, settings.max_text_bytes)
    found = await extraction.extract(submitted.text, submitted.language)
    return ExtractionOut(
        language=found.language,
        extractor=found.extractor,
        warnings=list(found.warnings),
        quotes=await run_in_threadpool(unstored, submitted.text, found),
    )

"""GET /quotes in every format, GET /quotes/{id}, and GET /speakers/{id}/timeline."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.answering import answer
from app.dependencies import Id, Reads
from app.errors import InvalidRequestError, declared
from app.moments import DateInvalidError
from app.negotiation import NotAcceptableError
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.quotes import answers, corrections, service
from app.quotes.media import Format, FormatUnknownError, chosen
from app.quotes.schemas import FacetsOut, FacetsQuery, QuoteList, QuoteOut, QuotesQuery, Timeline, TimelineQuery
from app.speakers.service import NameInvalidError, SpeakerNotFoundError
from app.text import LanguageUnknownError

router = APIRouter(prefix="/quotes", tags=["quotes"])
timeline_router = APIRouter(prefix="/speakers", tags=["speakers"])
FILTER_ERRORS = (InvalidRequestError, service.SearchInvalidError, DateInvalidError, LanguageUnknownError)
LIST_ERRORS = declared(
    *FILTER_ERRORS,
    NameInvalidError,
    CursorInvalidError,
    CursorMismatchError,
    FormatUnknownError,
    NotAcceptableError,
)


# HEAD says what GET would, and reads no more than a page for it.
@router.head("", response_model=QuoteList, include_in_schema=False)
@router.get("", summary="Search who said what", response_model=QuoteList, responses={**LIST_ERRORS, **answers.DECLARED})
def list_quotes(request: Request, response: Response, query: Annotated[QuotesQuery, Query()], session: Reads) -> Any:
    kind, media_type = chosen(query.format, request.headers.getlist("accept"))
    response.headers["Vary"] = "Accept"
    if kind is Format.JSON:
        found = listing(request, response, service.page(session, query))
        return answer(session, response, QuoteList, found)
    return answers.ANSWERS[kind](request, session, query, media_type)


@router.get(
    "/facets",
    summary="Count quotes by speaker, outlet, month, kind and language",
    response_model=FacetsOut,
    responses=declared(*FILTER_ERRORS, NameInvalidError),
)
def count_quotes(response: Response, query: Annotated[FacetsQuery, Query()], session: Reads) -> Response:
    return answer(session, response, FacetsOut, service.facets(session, query))


@router.get("/{quote_id}", summary="Show a quote", responses=declared(InvalidRequestError, service.QuoteNotFoundError))
def get_quote(quote_id: Id, response: Response, session: Reads) -> QuoteOut:
    quote = QuoteOut.model_validate(service.get(session, quote_id))
    response.headers["ETag"] = corrections.tag_of(quote)
    return quote


@timeline_router.get(
    "/{speaker_id}/timeline",
    summary="Count a speaker's quotes by day, week or month",
    responses=declared(*FILTER_ERRORS, SpeakerNotFoundError),
)
def get_timeline(speaker_id: Id, query: Annotated[TimelineQuery, Query()], session: Reads) -> Timeline:
    return service.timeline(session, speaker_id, query)

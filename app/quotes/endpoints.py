"""GET /quotes and GET /quotes/{id}."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.dependencies import Id, Reads
from app.errors import InvalidRequestError, declared
from app.moments import DateInvalidError
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.quotes import corrections, service
from app.quotes.schemas import QuoteList, QuoteOut, QuotesQuery
from app.speakers.service import NameInvalidError
from app.text import LanguageUnknownError

router = APIRouter(prefix="/quotes", tags=["quotes"])
LIST_ERRORS = declared(
    InvalidRequestError,
    NameInvalidError,
    service.SearchInvalidError,
    DateInvalidError,
    LanguageUnknownError,
    CursorInvalidError,
    CursorMismatchError,
)


@router.get("", summary="Search who said what", response_model=QuoteList, responses=LIST_ERRORS)
def list_quotes(
    request: Request, response: Response, query: Annotated[QuotesQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.get("/{quote_id}", summary="Show a quote", responses=declared(InvalidRequestError, service.QuoteNotFoundError))
def get_quote(quote_id: Id, response: Response, session: Reads) -> QuoteOut:
    quote = QuoteOut.model_validate(service.get(session, quote_id))
    response.headers["ETag"] = corrections.tag_of(quote)
    return quote

"""PATCH /quotes/{id}."""

from functools import partial

from fastapi import APIRouter, Request, Response

from app import bodies
from app.dependencies import DatabaseOf, Id, Who
from app.errors import InvalidRequestError, declared
from app.etags import IfMatch, PreconditionFailedError, PreconditionRequiredError
from app.quotes import corrections
from app.quotes.schemas import QuoteCorrection, QuoteOut
from app.quotes.service import QuoteNotFoundError
from app.turns import write_in_turn

router = APIRouter(prefix="/quotes", tags=["quotes"])
ERRORS = declared(
    *bodies.ERRORS, InvalidRequestError, QuoteNotFoundError, PreconditionFailedError, PreconditionRequiredError
)


@router.patch(
    "/{quote_id:id}",
    summary="Say who said it, or whether it is right",
    responses=ERRORS,
    openapi_extra=bodies.described(QuoteCorrection),
)
async def patch_quote(
    quote_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> QuoteOut:
    sent = await bodies.read_json(request, QuoteCorrection)
    work = partial(corrections.correct, quote_id=quote_id, correction=sent, who=who, if_match=if_match)
    quote = await write_in_turn(database, work)
    response.headers["ETag"] = corrections.tag_of(quote)
    return quote

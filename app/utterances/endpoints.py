"""GET /utterances/{id}."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.dependencies import Id, Reads
from app.errors import InvalidRequestError, OnRecordError, declared
from app.pagination import CursorInvalidError, CursorMismatchError, PageQuery, listing
from app.quotes import service as quotes
from app.quotes.schemas import AppearanceList, QuotesQuery, Sort
from app.utterances.summaries import summaries

router = APIRouter(prefix="/utterances", tags=["quotes"])


class UtteranceNotFoundError(OnRecordError):
    """No utterance has this id."""

    status, name, title = 404, "utterance-not-found", "No such utterance"


@router.get(
    "/{utterance_id}",
    summary="Show an utterance with its appearances, the first seen first",
    response_model=AppearanceList,
    responses=declared(InvalidRequestError, CursorInvalidError, CursorMismatchError, UtteranceNotFoundError),
)
def get_utterance(
    utterance_id: Id, request: Request, response: Response, query: Annotated[PageQuery, Query()], session: Reads
) -> dict[str, Any]:
    found = summaries(session, [utterance_id])
    if not found:
        raise UtteranceNotFoundError(f"There is no utterance {utterance_id}.")
    appearances = QuotesQuery(utterance_id=utterance_id, sort=Sort.OLDEST, **query.model_dump())
    return {"utterance": found[utterance_id], **listing(request, response, quotes.page(session, appearances))}

"""GET /speakers and GET /speakers/{id}."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.answering import answer
from app.dependencies import Id, Reads
from app.errors import InvalidRequestError, declared
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.speakers import editing, service
from app.speakers.schemas import SpeakerDetail, SpeakerList, SpeakersQuery

router = APIRouter(prefix="/speakers", tags=["speakers"])


@router.get(
    "",
    summary="List speakers by name",
    response_model=SpeakerList,
    responses=declared(InvalidRequestError, service.NameInvalidError, CursorInvalidError, CursorMismatchError),
)
def list_speakers(
    request: Request, response: Response, query: Annotated[SpeakersQuery, Query()], session: Reads
) -> Response:
    return answer(session, response, SpeakerList, listing(request, response, service.page(session, query)))


@router.get(
    "/{speaker_id}",
    summary="Show a speaker with every known name and role",
    responses=declared(InvalidRequestError, service.SpeakerNotFoundError, service.SpeakerMovedError),
)
def get_speaker(speaker_id: Id, response: Response, session: Reads) -> SpeakerDetail:
    speaker = service.get(session, speaker_id)
    response.headers["ETag"] = editing.tag_of(session, speaker)
    return speaker

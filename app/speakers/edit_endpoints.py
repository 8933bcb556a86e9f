"""PATCH /speakers/{id}, its aliases, POST /speakers/{id}/merge and /split."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app import bodies
from app.bodies import read_json
from app.database import Database, WriteSession
from app.dependencies import DatabaseOf, Id, Who
from app.errors import InvalidRequestError, declared
from app.etags import IfMatch, PreconditionFailedError, PreconditionRequiredError
from app.speakers import editing
from app.speakers.schemas import SpeakerDetail, SpeakerMerge, SpeakerRename, SpeakerSplit
from app.speakers.service import NameInvalidError, SpeakerNotFoundError
from app.text import SpeakerName, TextHasNulError, TextHasSurrogateError
from app.turns import write_in_turn

router = APIRouter(prefix="/speakers/{speaker_id}", tags=["speakers"])
EDITING = (
    InvalidRequestError,
    NameInvalidError,
    TextHasNulError,
    TextHasSurrogateError,
    SpeakerNotFoundError,
    editing.SpeakerMergedError,
    PreconditionFailedError,
    PreconditionRequiredError,
)
SENDING = (*bodies.ERRORS, *EDITING)


@router.patch(
    "", summary="Rename a speaker", responses=declared(*SENDING), openapi_extra=bodies.described(SpeakerRename)
)
async def rename_speaker(
    speaker_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> SpeakerDetail:
    sent = await read_json(request, SpeakerRename)
    work = partial(editing.rename, speaker_id=speaker_id, name=sent.name, who=who, if_match=if_match)
    return await _edited(database, response, work)


@router.post(
    "/aliases", summary="Add an alias", responses=declared(*SENDING), openapi_extra=bodies.described(SpeakerRename)
)
async def post_alias(
    speaker_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> SpeakerDetail:
    sent = await read_json(request, SpeakerRename)
    work = partial(editing.add_alias, speaker_id=speaker_id, name=sent.name, who=who, if_match=if_match)
    return await _edited(database, response, work)


@router.delete("/aliases", summary="Remove an alias", responses=declared(editing.AliasNotFoundError, *EDITING))
async def delete_alias(
    speaker_id: Id,
    name: Annotated[SpeakerName, Query(description="The alias, as the speaker's `aliases` have it.")],
    response: Response,
    database: DatabaseOf,
    who: Who,
    if_match: IfMatch,
) -> SpeakerDetail:
    work = partial(editing.remove_alias, speaker_id=speaker_id, name=name, who=who, if_match=if_match)
    return await _edited(database, response, work)


@router.post(
    "/merge",
    summary="Merge a speaker into another",
    responses=declared(editing.MergeRefusedError, *SENDING),
    openapi_extra=bodies.described(SpeakerMerge),
)
async def merge_speaker(
    speaker_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> SpeakerDetail:
    sent = await read_json(request, SpeakerMerge)
    work = partial(editing.merge, source_id=speaker_id, target_id=sent.into, who=who, if_match=if_match)
    return await _edited(database, response, work)


@router.post(
    "/split",
    status_code=201,
    summary="Give some quotes of a speaker to a new one",
    responses=declared(*SENDING),
    openapi_extra=bodies.described(SpeakerSplit),
)
async def split_speaker(
    speaker_id: Id, request: Request, response: Response, database: DatabaseOf, who: Who, if_match: IfMatch
) -> SpeakerDetail:
    sent = await read_json(request, SpeakerSplit)
    work = partial(
        editing.split, speaker_id=speaker_id, name=sent.name, quote_ids=sent.quotes, who=who, if_match=if_match
    )
    speaker = await _edited(database, response, work)
    response.headers["Location"] = f"/speakers/{speaker.id}"
    return speaker


async def _edited(
    database: Database, response: Response, work: Callable[[WriteSession], SpeakerDetail]
) -> SpeakerDetail:
    def tagged(session: WriteSession) -> tuple[SpeakerDetail, str]:
        speaker = work(session)
        return speaker, editing.tag_of(session, speaker)

    speaker, response.headers["ETag"] = await write_in_turn(database, tagged)
    return speaker

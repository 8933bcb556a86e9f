"""GET /keys and DELETE /keys/{id}. Keys are made on the command line alone: no key can make another."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.dependencies import DatabaseOf, Id, Reads
from app.errors import InvalidRequestError, declared
from app.keys import service
from app.keys.schemas import KeyList, KeysQuery
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.turns import write_in_turn

router = APIRouter(prefix="/keys", tags=["keys"])


@router.get(
    "",
    summary="List API keys, the oldest first",
    response_model=KeyList,
    responses=declared(InvalidRequestError, CursorInvalidError, CursorMismatchError),
)
def list_keys(
    request: Request, response: Response, query: Annotated[KeysQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.delete(
    "/{key_id}",
    status_code=204,
    summary="Revoke an API key",
    responses=declared(InvalidRequestError, service.KeyNotFoundError),
)
async def revoke_key(key_id: Id, database: DatabaseOf) -> None:
    await write_in_turn(database, partial(service.revoke, key_id=key_id))

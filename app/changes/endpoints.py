"""GET /changes and POST /changes/{id}/undo."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.changes import service
from app.changes.schemas import ChangeList, ChangeOut, ChangesQuery
from app.dependencies import DatabaseOf, Id, Reads, Who
from app.errors import InvalidRequestError, declared
from app.pagination import CursorInvalidError, CursorMismatchError, listing
from app.turns import write_in_turn

router = APIRouter(prefix="/changes", tags=["changes"])


@router.get(
    "",
    summary="List what people changed, the last first",
    response_model=ChangeList,
    responses=declared(InvalidRequestError, CursorInvalidError, CursorMismatchError),
)
def list_changes(
    request: Request, response: Response, query: Annotated[ChangesQuery, Query()], session: Reads
) -> dict[str, Any]:
    return listing(request, response, service.page(session, query))


@router.post(
    "/{change_id}/undo",
    summary="Undo a change",
    responses=declared(InvalidRequestError, service.ChangeNotFoundError, service.ChangeSupersededError),
)
async def undo_change(change_id: Id, database: DatabaseOf, who: Who) -> ChangeOut:
    return await write_in_turn(database, partial(service.undo, change_id=change_id, who=who))

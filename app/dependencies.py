"""What endpoints ask of the application.

What does not wait is a coroutine: each plain function would be a trip to a thread and back of its own, and among busy
threads a trip waits for Python's lock on either way.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from anyio import CancelScope
from fastapi import Depends, Header, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor

from app.database import Database, ReadSession
from app.errors import InvalidRequestError
from app.pagination import MAX_ID
from app.settings import Settings
from app.turns import reading_turn
from app.workers.client import ClientExtraction
from app.workers.protocol import Dispatcher, ExtractionBackend


class IdConvertor(StringConvertor):
    """An id in a path, well formed or not, but none of the names that stand in the same place.

    Without it a wrong method of `/quotes/facets` would be taken for one on the quote `facets`.
    """

    regex = "(?!(?:batch|facets)(?:/|$))[^/]+"


register_url_convertor("id", IdConvertor())


async def _settings(request: Request) -> Settings:
    return request.app.state.settings


async def _database(request: Request) -> Database:
    return request.app.state.database


async def _extraction(request: Request) -> ExtractionBackend:
    return request.app.state.extraction


async def _dispatcher(request: Request) -> Dispatcher:
    return request.app.state.dispatcher


async def _client_extraction(request: Request) -> ClientExtraction:
    return ClientExtraction(request.app.state.extraction, request)


async def _turn(request: Request) -> AsyncIterator[None]:
    """Wait until fewer requests read than may. Raises DatabaseUnavailableError."""
    async with reading_turn(request.app.state.database):
        yield


async def _read_session(request: Request, _turn: Annotated[None, Depends(_turn)]) -> AsyncIterator[ReadSession]:
    """A session for one request's reads. To close it waits only where the endpoint has not ended its transaction."""
    session = request.app.state.database.read_session()
    try:
        yield session
    finally:
        if session.in_transaction():
            with CancelScope(shield=True):
                await run_in_threadpool(session.close)


async def refuse_repeated(request: Request) -> None:
    """Raises InvalidRequestError where a parameter stands twice: the service would have to drop one."""
    names = [name for name, _ in request.query_params.multi_items()]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise InvalidRequestError("is given more than once; send it once", field=repeated)


SettingsOf = Annotated[Settings, Depends(_settings)]
DatabaseOf = Annotated[Database, Depends(_database)]
ExtractionOf = Annotated[ExtractionBackend, Depends(_extraction)]
DispatcherOf = Annotated[Dispatcher, Depends(_dispatcher)]
ClientExtractionOf = Annotated[ClientExtraction, Depends(_client_extraction)]
Reads = Annotated[ReadSession, Depends(_read_session)]
Id = Annotated[int, Path(ge=1, le=MAX_ID, description="The id, as lists give it.")]


async def _who(
    request: Request,
    x_forwarded_user: Annotated[
        str | None, Header(max_length=200, description="Who makes the change; a proxy with a login sets it.")
    ] = None,
) -> str | None:
    """The user's name and the key's behind it; the key's alone where no user is named."""
    user, key = _user(x_forwarded_user), getattr(request.state, "key_name", None)
    return f"{user} ({key})" if user and key else user or key


def _user(header: str | None) -> str | None:
    """Headers arrive as Latin-1; what is UTF-8 is read as such."""
    try:
        return (header or "").strip().encode("latin-1").decode() or None
    except UnicodeError:
        return header


Who = Annotated[str | None, Depends(_who)]

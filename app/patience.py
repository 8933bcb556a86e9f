"""How long a client may let the service wait for the next piece of a body."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyMalformedError, OnRecordError


class BodyTooSlowError(OnRecordError):
    """A body that stopped coming."""

    status, name, title = 408, "body-too-slow", "The body did not come"


async def chunks_of(request: Request) -> AsyncIterator[bytes]:
    """The pieces of a body. Raises BodyMalformedError where the client goes away, which is no fault of the service."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise BodyMalformedError("The body broke off; send it again.") from None


class Patience:
    """Gives up a body of which nothing comes for `seconds`; one that keeps coming may take as long as it likes."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_whole = False

        async def in_time() -> Message:
            nonlocal is_whole
            if is_whole:
                return await receive()  # the client's leaving, which may be long in coming
            try:
                message = await asyncio.wait_for(receive(), self.seconds)
            except TimeoutError:
                detail = f"Nothing of the body came for {self.seconds:g} s; send it again."
                raise BodyTooSlowError(detail, headers={"Connection": "close"}) from None
            is_whole = not message.get("more_body", False)
            return message

        await self.app(scope, in_time if scope["type"] == "http" else receive, send)

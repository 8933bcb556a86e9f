"""How many requests one client may send: counted per key, or per address where no key is asked for.

Each process counts for itself. What is left is told in the headers of draft-ietf-httpapi-ratelimit-headers-10.
"""

import math
import time

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import OnRecordError

POLICY = '"default"'


class TooManyRequestsError(OnRecordError):
    """A client that sent more than the limit allows."""

    status, name, title = 429, "too-many-requests", "Too many requests"


class RateLimiter:
    """Counts requests against one limit, in the notation of the library `limits`, as `600/minute`."""

    def __init__(self, limit: str) -> None:
        self._limit = parse(limit)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._policy = f"{POLICY};q={self._limit.amount};w={self._limit.get_expiry()}"

    def count(self, request: Request, client: str) -> None:
        """Count a request of this client. Raises TooManyRequestsError."""
        allowed = self._limiter.hit(self._limit, client)
        reset, remaining = self._limiter.get_window_stats(self._limit, client)
        seconds = max(1, math.ceil(reset - time.time()))
        request.state.rate_limit = {
            "RateLimit-Policy": self._policy,
            "RateLimit": f"{POLICY};r={remaining};t={seconds}",
        }
        if not allowed:
            detail = f"The limit is {self._limit.amount} requests in {self._limit.get_expiry()} s; try again later."
            raise TooManyRequestsError(detail, headers={"Retry-After": str(seconds)})


class RateLimitHeaders:
    """Tells every client that was counted what it has left, whatever the answer is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(state.get("rate_limit", {}))
            await send(message)

        await self.app(scope, receive, telling)

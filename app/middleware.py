"""What every request passes on its way in and every answer on its way out, outermost first.

1. The request id: all that is logged and answered further in has it.
2. The metrics: they see what the client gets, refusals and faults included.
3. Security headers, on every answer.
4. CORS, where origins are named: a preflight has no key, and a refusal must be readable from another origin, too.
5. The headers of the rate limit that `app.access` has counted.
6. Patience with bodies that stop coming.

All of them stand around the handler of faults, so that a 500 has the same headers as any answer. They are plain ASGI
and pass an answer on piece by piece: an export is not held back.
"""

import re

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from app.measuring import MeasuredRequests
from app.patience import Patience
from app.rate_limits import RateLimitHeaders
from app.security_headers import SecurityHeaders
from app.settings import Settings

REQUEST_ID = re.compile(r"[\w.:/+=@-]{1,128}", re.ASCII)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SENT = ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Prefer", "X-Request-ID")
"""The headers a page of another origin may send, beside those that any may."""
READ = (
    "ETag",
    "Link",
    "Location",
    "Preference-Applied",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
)
"""The headers of an answer that it may read, beside those that any may."""


def install(app: FastAPI) -> None:
    """Put the middlewares around `app`, and around what Starlette puts around it."""
    inner = app.build_middleware_stack
    app.build_middleware_stack = lambda: _around(inner(), app)  # type: ignore[method-assign]


def _around(stack: ASGIApp, app: FastAPI) -> ASGIApp:
    settings: Settings = app.state.settings
    stack = RateLimitHeaders(Patience(stack, settings.body_timeout))
    if settings.cors_origins:
        stack = CORSMiddleware(
            stack, settings.cors_origins, allow_methods=METHODS, allow_headers=SENT, expose_headers=READ, max_age=3600
        )
    stack = MeasuredRequests(SecurityHeaders(stack), app.state.metrics)
    return CorrelationIdMiddleware(stack, validator=_is_sane)


def _is_sane(request_id: str) -> bool:
    """Whether an id that a client sends may stand in the logs."""
    return REQUEST_ID.fullmatch(request_id) is not None

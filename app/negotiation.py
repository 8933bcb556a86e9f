"""What a client asks for beside the thing itself: by Accept (RFC 9110 section 12.5.1) and Prefer (RFC 7240)."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import mimeparse
from fastapi import Header

from app.errors import OnRecordError

ANYTHING = "*/*"
RESPOND_ASYNC = "respond-async"
PreferHeader = Annotated[
    str | None, Header(description="`respond-async`: answer 202 with a job at once, and do the work later.")
]


class NotAcceptableError(OnRecordError):
    """The client takes none of what there is."""

    status, name, title = 406, "not-acceptable", "There is no such format"


def best(accepts: Iterable[str], offered: Sequence[str]) -> str:
    """The media type of `offered` that the Accept headers like best; at a tie, the first. Raises NotAcceptableError."""
    accept = ", ".join(accepts).lower()
    try:
        found = mimeparse.best_match(list(reversed(offered)), accept if accept.strip(", ") else ANYTHING)
    except mimeparse.MimeTypeParseException:
        found = ""
    if not found:
        raise NotAcceptableError(
            f"Send Accept with one of {', '.join(offered)}, or leave it out and say format= in the URL.",
            headers={"Vary": "Accept"},
        )
    return found


def asks_for_async(prefer: str | None) -> bool:
    """Does a Prefer header (RFC 7240) ask for an answer before the work is done?"""
    preferences = (one.partition(";")[0].partition("=")[0] for one in (prefer or "").split(","))
    return any(one.strip().lower() == RESPOND_ASYNC for one in preferences)

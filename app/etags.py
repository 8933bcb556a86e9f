"""ETag and If-Match: nobody overwrites a change they have not seen.

A tag is made of what people can edit, so that counts and the like, which change by themselves, do not void it.
"""

import hashlib
import json
from typing import Annotated, Any

from fastapi import Depends, Header

from app.errors import OnRecordError


class PreconditionFailedError(OnRecordError):
    """What If-Match names is not how it is now."""

    status, name, title = 412, "precondition-failed", "It has changed meanwhile"


class PreconditionRequiredError(OnRecordError):
    """An edit that does not say which state it was made on."""

    status, name, title = 428, "precondition-required", "If-Match is missing"


def etag(state: Any) -> str:
    """The tag of a state that JSON can write."""
    plain = json.dumps(state, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(plain.encode()).hexdigest()[:20]}"'


def refuse_outdated(if_match: str | None, current: str) -> None:
    """Raises PreconditionFailedError where `if_match` is given and names neither `current` nor `*`."""
    if if_match is None or if_match.strip() == "*":
        return
    if current not in (tag.strip() for tag in if_match.split(",")):
        raise PreconditionFailedError("Get it again, look at what changed, and send the new ETag in If-Match.")


async def _optional(
    if_match: Annotated[str | None, Header(description="The ETag of what is meant to be changed, or `*`.")] = None,
) -> str | None:
    return if_match


async def _required(
    if_match: Annotated[
        str | None, Header(description="Required: the ETag of what is edited, as GET gives it; `*` for whatever it is.")
    ] = None,
) -> str:
    if if_match is None:
        raise PreconditionRequiredError("Send the ETag that GET gave in If-Match, or `*` to edit whatever is there.")
    return if_match


IfMatch = Annotated[str, Depends(_required)]
IfMatchOptional = Annotated[str | None, Depends(_optional)]

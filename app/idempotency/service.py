"""Idempotency-Key: a request that is sent again gets the answer it had, and does nothing twice.

After the IETF's draft, draft-ietf-httpapi-idempotency-key-header. What is kept is where the answer is, not the answer.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request

from app.database import Database, WriteSession
from app.errors import OnRecordError
from app.idempotency import repository
from app.turns import write_in_turn

KEPT = timedelta(hours=24)
IN_PROGRESS = timedelta(minutes=10)
"""After this a request that is still in progress counts as dead, unless it says otherwise before."""


async def _own_key(
    request: Request,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=255,
            description="A key of your choice, such as a UUID. Sent again with it, within 24 hours, the same request "
            "gets the same answer and does nothing.",
        ),
    ] = None,
) -> str | None:
    """The key as it is kept: what the holders of two API keys choose is never the same."""
    holder = getattr(request.state, "key_id", None)
    return hashlib.sha256(f"{holder} {key}".encode()).hexdigest() if key and holder else key


OwnKey = Annotated[str | None, Depends(_own_key)]


class KeyReusedError(OnRecordError):
    """A key that came with another request before."""

    status, name, title = 422, "idempotency-key-reused", "The key belongs to another request"


class KeyInProgressError(OnRecordError):
    """A key whose first request has no answer yet."""

    status, name, title = 409, "request-in-progress", "The same request is in progress"


ERRORS = (KeyReusedError, KeyInProgressError)


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer is: its status, and what it shows."""

    status: int
    article_id: int | None = None
    job_id: int | None = None


def begin(session: WriteSession, key: str, fingerprint: str) -> Answer | None:
    """Begin a request; the answer where it had one before. Raises KeyReusedError, KeyInProgressError."""
    return None if note(session, key, fingerprint) else earlier(session, key, fingerprint)


def note(session: WriteSession, key: str, fingerprint: str | None) -> bool:
    """Begin a request whose payload may not be known yet; False where the key came before."""
    repository.remove_expired(session)
    return repository.add(session, key, fingerprint, IN_PROGRESS)


def earlier(session: WriteSession, key: str, fingerprint: str) -> Answer:
    """The answer of a key that came before. Raises KeyReusedError, KeyInProgressError."""
    known = repository.get(session, key)
    if known is None or known.status is None:
        detail = "The request with this Idempotency-Key is being worked on; send it again later for its answer."
        raise KeyInProgressError(detail, headers={"Retry-After": "5"})
    if known.fingerprint != fingerprint:
        detail = "This Idempotency-Key came with another request before; send a new key with a new request."
        raise KeyReusedError(detail, field="Idempotency-Key")
    return Answer(known.status, known.article_id, known.job_id)


def hold(session: WriteSession, key: str) -> None:
    """The request is still in progress."""
    repository.extend(session, key, IN_PROGRESS)


def remember(session: WriteSession, key: str, fingerprint: str, answer: Answer) -> None:
    """The request was answered."""
    values = {"status": answer.status, "article_id": answer.article_id, "job_id": answer.job_id}
    repository.extend(session, key, KEPT, fingerprint=fingerprint, **values)


def forget(session: WriteSession, key: str) -> None:
    """The request failed: it may be sent again."""
    repository.remove(session, key)


@asynccontextmanager
async def freed_where_it_fails(database: Database, key: str | None) -> AsyncIterator[None]:
    """Forget the key, if there is one, where what is done inside raises or is cancelled: it may be sent again."""
    try:
        yield
    except BaseException:
        if key:
            await write_in_turn(database, partial(forget, key=key))
        raise


def sweep(session: WriteSession) -> None:
    """Forget the keys whose time is over."""
    repository.remove_expired(session)

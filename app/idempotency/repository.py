"""The SQL of idempotency keys."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.database import WriteSession, clock, insert_ignoring
from app.idempotency.models import IdempotencyKey


def add(session: WriteSession, key: str, fingerprint: str | None, valid_for: timedelta) -> bool:
    """Note a key; False where it is known."""
    values = {"fingerprint": fingerprint, "expires_at": clock(session) + valid_for}
    return insert_ignoring(session, IdempotencyKey.key, key=key, **values) is not None


def get(session: WriteSession, key: str) -> IdempotencyKey | None:
    """What is known of a key."""
    return session.scalar(select(IdempotencyKey).where(IdempotencyKey.key == key))


def extend(session: WriteSession, key: str, valid_for: timedelta, **values: Any) -> None:
    """Keep a key that much longer."""
    noted = update(IdempotencyKey).where(IdempotencyKey.key == key)
    session.execute(noted.values(expires_at=clock(session) + valid_for, **values))


def remove(session: WriteSession, key: str) -> None:
    """Forget a key."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.key == key))


def remove_expired(session: WriteSession) -> None:
    """Forget the keys whose time is over."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.expires_at < clock(session)))

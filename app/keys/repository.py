"""The SQL of API keys."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from app.database import ReadSession, WriteSession
from app.keys.models import ApiKey
from app.keys.schemas import KeysQuery
from app.pagination import Keyset, Page

OLDEST = Keyset((ApiKey.id,))


def add(session: WriteSession, key: ApiKey) -> None:
    """Store a new key."""
    session.add(key)
    session.flush()


def with_prefix(session: ReadSession, prefix: str) -> ApiKey | None:
    """The key with this prefix that is not revoked."""
    return session.scalar(select(ApiKey).where(ApiKey.prefix == prefix, ApiKey.revoked_at.is_(None)))


def page(session: ReadSession, query: KeysQuery) -> Page[ApiKey]:
    """Keys, the oldest first, revoked ones included."""
    return OLDEST.page(session, select(ApiKey), query)


def every(session: ReadSession) -> Sequence[ApiKey]:
    """All keys, the oldest first."""
    return session.scalars(select(ApiKey).order_by(ApiKey.id)).all()


def count_valid(session: ReadSession) -> int:
    """How many keys are not revoked."""
    return session.scalar(select(func.count()).where(ApiKey.revoked_at.is_(None))) or 0


def revoke(session: WriteSession, key_id: int, now: datetime) -> bool:
    """Revoke a key; False where there is none that was valid."""
    valid = update(ApiKey).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
    return session.scalar(valid.values(revoked_at=now).returning(ApiKey.id)) is not None


def touch(session: WriteSession, key_id: int, now: datetime) -> None:
    """Note that a key was used."""
    session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))

"""The table of idempotency keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class IdempotencyKey(Base):
    """What was answered to a request under its Idempotency-Key, by reference; see `app.idempotency.service`."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """The SHA-256 of the payload; None as long as it is being received."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """When the key is forgotten; while the request is in progress, when it counts as dead."""
    status: Mapped[int | None] = mapped_column(Integer)
    """The HTTP status of the answer; None while the request is in progress."""
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)

"""The table of articles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, BigId, UtcDateTime

if TYPE_CHECKING:
    from app.quotes.models import Quote


class ArticleState(StrEnum):
    """How far an article is: it waits to be read, is being read, has been read, or could not be."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Article(Base):
    """A text as it was sent, and what its sender said about it.

    `text` is never altered and is loaded only where it is asked for. The row is the only record of whether the text was
    read: what waits in `state` is read sooner or later, whatever died meanwhile.
    """

    __tablename__ = "articles"
    # An id is never given twice, so that an old URL never shows another article.
    __table_args__ = (
        Index(None, "state", "priority", "id"),
        Index(None, "outlet_key", "id"),
        Index(None, "language", "id"),
        Index(None, "published_at", "id"),
        # Of addresses a B-tree of PostgreSQL refuses the longest.
        Index(None, "url", postgresql_using="hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    outlet: Mapped[str | None] = mapped_column(Text)
    outlet_key: Mapped[str | None] = mapped_column(Text)
    """The outlet's name without case and accents, for the filter."""
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(8))
    """Before it was read: what the sender said, or the empty string."""
    extractor: Mapped[str] = mapped_column(Text)
    """Empty before it was read."""
    warnings: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), server_default=ArticleState.DONE.value)
    priority: Mapped[int] = mapped_column(Integer, server_default="0")
    """Lower numbers are read first; among equals the one that came first."""
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    """How often it was in hand when its holder died; from then on it is read with nothing else in the same hand."""
    request_id: Mapped[str | None] = mapped_column(String(128))
    """The request it came with, by which the logs of its reading are found; None where it came by no request."""
    failure: Mapped[str | None] = mapped_column(Text)
    """Why it could not be read; None unless it failed."""
    lease: Mapped[str | None] = mapped_column(String(32))
    """Who has it in hand: a random name that no two holders share."""
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the holder counts as dead unless it says otherwise before."""

    quotes: Mapped[list[Quote]] = relationship(
        back_populates="article", lazy="raise", order_by="Quote.position", passive_deletes=True
    )

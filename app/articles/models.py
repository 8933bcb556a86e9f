"""The table of articles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, BigId, UtcDateTime

if TYPE_CHECKING:
    from app.quotes.models import Quote


class Article(Base):
    """A text as it was sent, and what its sender said about it.

    `text` is never altered and is loaded only where it is asked for.
    """

    __tablename__ = "articles"
    # An id is never given twice, so that an old URL never shows another article.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    outlet: Mapped[str | None] = mapped_column(Text)
    outlet_key: Mapped[str | None] = mapped_column(Text, index=True)
    """The outlet's name without case and accents, for the filter."""
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(8))
    extractor: Mapped[str] = mapped_column(Text)
    warnings: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    quotes: Mapped[list[Quote]] = relationship(
        back_populates="article", lazy="raise", order_by="Quote.position", passive_deletes=True
    )

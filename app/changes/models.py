"""The tables of changes: what people did to articles, quotes and speakers, who, when, and what was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, BigId, UtcDateTime


class Change(Base):
    """One change by a person. Articles and quotes may go; what was done to them stays."""

    __tablename__ = "changes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str | None] = mapped_column(Text)
    """As the request says; None where it does not."""
    action: Mapped[str] = mapped_column(String(16))
    # Plain numbers: ids are never given twice, so they tell what is gone, too.
    article_id: Mapped[int | None] = mapped_column(BigId, index=True)
    """The article, or that of the quote."""
    quote_id: Mapped[int | None] = mapped_column(BigId, index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    other_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    """The speaker that another was merged into, or split off as."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(BigId)
    undone_by_id: Mapped[int | None] = mapped_column(BigId)


class MovedQuote(Base):
    """A quote that a split, or its undoing, gave to another speaker. It may be gone."""

    __tablename__ = "moved_quotes"

    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True)
    quote_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False, index=True)
    article_id: Mapped[int] = mapped_column(BigId, index=True)

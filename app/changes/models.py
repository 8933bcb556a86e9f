"""The table of changes: what people did to quotes and speakers, who, when, and what was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, BigId, UtcDateTime


class Change(Base):
    """One change by a person. It goes with the quote or the speaker it is about."""

    __tablename__ = "changes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str | None] = mapped_column(Text)
    """As the request says; None where it does not."""
    action: Mapped[str] = mapped_column(String(16))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    other_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    """The speaker that another was merged into, or split off as."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(BigId)
    undone_by_id: Mapped[int | None] = mapped_column(BigId)

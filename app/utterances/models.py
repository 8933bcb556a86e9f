"""The tables of utterances: what was said once, in however many articles it stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, BigId, UtcDateTime


class Utterance(Base):
    """What somebody said once. Its founder, the quote it was first known by, is what others are compared with."""

    __tablename__ = "utterances"
    # An id is never given twice, so that an old URL never shows another utterance.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    identity: Mapped[str | None] = mapped_column(String(32), unique=True)
    """What equal words of the same speaker share, see `app.utterances.sayings`; None where they do not tell."""
    speaker_key: Mapped[str | None] = mapped_column(Text)
    """Who says it, see `app.utterances.sayings`; None where no article tells."""
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id", ondelete="SET NULL"), index=True)
    """None only until the transaction that removes the founder names another."""


class UtteranceBand(Base):
    """A band of the founder's signature: quotes much alike share at least one, see `app.utterances.signatures`."""

    __tablename__ = "utterance_bands"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    utterance_id: Mapped[int] = mapped_column(
        ForeignKey("utterances.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Appearance(Base):
    """A quote as one appearance of its utterance. `ordered_at` is the quote's, so that an index has them in order."""

    __tablename__ = "appearances"
    __table_args__ = (Index(None, "utterance_id", "ordered_at", "quote_id"),)

    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True)
    utterance_id: Mapped[int] = mapped_column(ForeignKey("utterances.id"))
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    variant: Mapped[str] = mapped_column(String(32))
    """What appearances in the same words share."""

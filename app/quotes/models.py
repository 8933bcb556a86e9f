"""The tables of quotes and their segments. Offsets count code points of the article's text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy import text as text_of
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, BigId, UtcDateTime

if TYPE_CHECKING:
    from app.articles.models import Article
    from app.speakers.models import Speaker
    from app.utterances.models import Appearance
    from app.utterances.schemas import UtteranceOut


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str


class Status(StrEnum):
    """What people say of a quote: nothing yet, that it is right, that it is none."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


REJECTED = text_of("status = 'rejected'")


class Quote(Base):
    """One act of saying: its segments under one attribution."""

    __tablename__ = "quotes"
    __table_args__ = (
        UniqueConstraint("article_id", "position"),
        Index(None, "ordered_at", "id"),
        Index(None, "confidence", "id"),
        Index(None, "speaker_id", "ordered_at", "id"),
        Index(None, "language", "ordered_at", "id"),
        Index("ix_quotes_rejected_speaker_id", "speaker_id", sqlite_where=REJECTED, postgresql_where=REJECTED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    """The segments' texts, joined by one space."""
    kind: Mapped[str] = mapped_column(String(16))
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))
    mention_start: Mapped[int | None]
    mention_end: Mapped[int | None]
    mention_text: Mapped[str | None] = mapped_column(Text)
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    cue_text: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float] = mapped_column(Float(53))
    reason: Mapped[str] = mapped_column(Text)
    snippet_start: Mapped[int]
    snippet_end: Mapped[int]
    snippet_text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the article was published; None where it does not say."""
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """`said_at`, or when the article was stored: where the quote stands in a list by date."""
    words: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    """What search keeps of the text, see `app.search.words`."""
    extractor: Mapped[str] = mapped_column(Text, server_default=text_of("''"))
    """Which version of the extractor found it last."""
    status: Mapped[str] = mapped_column(String(16), server_default="found")
    """`found`, or what a person says of it: `confirmed`, `rejected`."""
    found_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    """Whom the article's words stand for. `speaker_id` is this one or a person's correction, all merges followed."""
    corrected_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    speaker_corrected: Mapped[bool] = mapped_column(Boolean, server_default=text_of("false"))
    """Whether a person settled the speaker; nobody is an answer, too."""

    article: Mapped[Article] = relationship(back_populates="quotes", lazy="raise")
    speaker: Mapped[Speaker | None] = relationship(lazy="raise", foreign_keys=[speaker_id])
    segments: Mapped[list[Segment]] = relationship(lazy="raise", order_by="Segment.position", passive_deletes=True)
    appearance: Mapped[Appearance | None] = relationship(lazy="raise", viewonly=True)

    highlights = ()
    """What of the segments answers a search, as `Passage`s; set by it."""
    utterance: ClassVar[UtteranceOut | None] = None
    """What the quote is an appearance of; set where a list is grouped by it."""

    @property
    def utterance_id(self) -> int | None:
        """The utterance that the quote is an appearance of."""
        return self.appearance and self.appearance.utterance_id

    @property
    def mention(self) -> Passage | None:
        """The words that name the speaker."""
        return passage(self.mention_start, self.mention_end, self.mention_text)

    @property
    def cue(self) -> Passage | None:
        """The words that report."""
        return passage(self.cue_start, self.cue_end, self.cue_text)

    @property
    def snippet(self) -> Passage:
        """The quote with some of the article around it."""
        return Passage(self.snippet_start, self.snippet_end, self.snippet_text)


class Segment(Base):
    """What stands between one pair of marks."""

    __tablename__ = "segments"

    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


def passage(start: int | None, end: int | None, text: str | None) -> Passage | None:
    """The stretch, where there is one."""
    return None if start is None or end is None or text is None else Passage(start, end, text)

"""Quotes as lists show them: plain rows. To have the ORM make its objects of them takes longer than all the queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from app.articles.models import Article
from app.database import ByIds, rows
from app.quotes.models import Passage, Quote, Segment, passage
from app.speakers.models import Speaker
from app.utterances.models import Appearance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.utterances.schemas import UtteranceOut

QUOTE = (
    Quote.id,
    Quote.article_id,
    Quote.text,
    Quote.kind,
    Quote.confidence,
    Quote.reason,
    Quote.language,
    Quote.said_at,
    Quote.ordered_at,
    Quote.extractor,
    Quote.status,
    Quote.speaker_corrected,
)
PASSAGES = tuple(
    getattr(Quote, f"{name}_{part}") for name in ("mention", "cue", "snippet") for part in ("start", "end", "text")
)
ARTICLE = (
    Article.id,
    Article.title,
    Article.url,
    Article.outlet,
    Article.published_at,
    Article.created_at,
    Article.content_hash,
)
SPEAKER = (Speaker.id, Speaker.name, Speaker.kind)
SHOWN = (
    select(Appearance.utterance_id, *SPEAKER, *ARTICLE, *PASSAGES, *QUOTE)
    .select_from(Quote)
    .join(Article, Article.id == Quote.article_id)
    .outerjoin(Speaker, Speaker.id == Quote.speaker_id)
    .outerjoin(Appearance, Appearance.quote_id == Quote.id)
)
"""All that is shown of quotes but their segments, for conditions and an order to be added."""


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """The article a quote stands in."""

    id: int
    title: str | None
    url: str | None
    outlet: str | None
    published_at: datetime | None
    created_at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """Whom a quote belongs to."""

    id: int
    name: str
    kind: str


@dataclass(slots=True)
class ShownQuote:
    """A stored quote, see `app.quotes.models.Quote`."""

    utterance_id: int | None
    speaker: ShownSpeaker | None
    article: ShownArticle
    mention: Passage | None
    cue: Passage | None
    snippet: Passage
    id: int
    article_id: int
    text: str
    kind: str
    confidence: float
    reason: str
    language: str
    said_at: datetime | None
    ordered_at: datetime
    extractor: str
    status: str
    speaker_corrected: bool
    segments: list[Passage] = field(default_factory=list)
    highlights: Sequence[Passage] = ()
    """What of the segments answers a search; set by it."""
    utterance: UtteranceOut | None = None
    """What the quote is an appearance of; set where a list is grouped by it."""

    @property
    def speaker_id(self) -> int | None:
        """The id of the speaker."""
        return self.speaker and self.speaker.id


_SHOWN_BY_ID = ByIds(SHOWN, Quote.id)
_SEGMENTS = ByIds(
    select(Segment.quote_id, Segment.start, Segment.end, Segment.text).order_by(Segment.quote_id, Segment.position),
    Segment.quote_id,
)


def shown_in_order(session: Session, ids: Sequence[int]) -> list[ShownQuote]:
    """The quotes with these ids, in their order."""
    found = {quote.id: quote for quote in _with_segments(session, _SHOWN_BY_ID.rows(session, ids))}
    return [found[one] for one in ids]


def shown(session: Session, statement: Select[Any]) -> list[ShownQuote]:
    """The quotes of a statement that was made of SHOWN, with their segments."""
    return _with_segments(session, rows(session, statement))


def shown_by(session: Session, statement: Select[Any], batch: int) -> Iterator[list[ShownQuote]]:
    """The same, so many at a time. On PostgreSQL this is a server-side cursor: close what is not read to its end."""
    with session.connection().execute(statement, execution_options={"yield_per": batch}) as found:
        for some in found.partitions():
            yield _with_segments(session, some)


def _with_segments(session: Session, found: Sequence[Any]) -> list[ShownQuote]:
    quotes = [_quote(*row) for row in found]
    if quotes:
        segments = _segments(session, [quote.id for quote in quotes])
        for quote in quotes:
            quote.segments = segments[quote.id]
    return quotes


def _segments(session: Session, quote_ids: Sequence[int]) -> dict[int, list[Passage]]:
    segments = defaultdict(list)
    for quote_id, start, end, text in _SEGMENTS.rows(session, quote_ids):
        segments[quote_id].append(Passage(start, end, text))
    return segments


def _quote(utterance_id: int | None, *row: Any) -> ShownQuote:
    speaker, article, passages, quote = row[:3], row[3:10], row[10:19], row[19:]
    return ShownQuote(
        utterance_id,
        None if speaker[0] is None else ShownSpeaker(*speaker),
        ShownArticle(*article),
        passage(*passages[:3]),
        passage(*passages[3:6]),
        Passage(*passages[6:]),
        *quote,
    )

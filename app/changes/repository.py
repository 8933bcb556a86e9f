"""The SQL of changes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, literal, or_, select
from sqlalchemy.orm import Session

from app.changes.models import Change, MovedQuote
from app.changes.schemas import Action, ChangesQuery
from app.database import ReadSession, WriteSession, insert_rows
from app.pagination import Keyset, Page
from app.quotes.models import Quote

NEWEST = Keyset((Change.id,), descending=True)


def record(session: WriteSession, action: Action, who: str | None, **values: Any) -> Change:
    """Keep a change: `before`, `after` and what it is about."""
    change = Change(made_at=datetime.now(UTC), who=who, action=action, **values)
    session.add(change)
    session.flush()
    return change


def note_moved(session: WriteSession, change: Change, quotes: Iterable[Quote]) -> None:
    """Let the trail of each of these quotes have the change."""
    moved = [{"change_id": change.id, "quote_id": quote.id, "article_id": quote.article_id} for quote in quotes]
    insert_rows(session, MovedQuote, moved)


def note_moved_back(session: WriteSession, change: Change, undoing: Change) -> None:
    """Let the trail of each quote that the change moved have its undoing, too."""
    moved = select(literal(undoing.id), MovedQuote.quote_id, MovedQuote.article_id)
    moved = moved.where(MovedQuote.change_id == change.id)
    session.execute(insert(MovedQuote).from_select(["change_id", "quote_id", "article_id"], moved))


def last_of_speaker(session: Session, speaker_id: int) -> int | None:
    """The id of the last change that a speaker took part in."""
    parts = (Change.speaker_id, Change.other_speaker_id)
    last = (session.scalar(select(func.max(Change.id)).where(part == speaker_id)) for part in parts)
    return max(filter(None, last), default=None)


def locked(session: WriteSession, change_id: int) -> Change | None:
    """A change that nobody else can undo meanwhile."""
    return session.scalar(select(Change).where(Change.id == change_id).with_for_update())


def page(session: ReadSession, query: ChangesQuery) -> Page[Change]:
    """Changes that pass the filters, the last first."""
    statement = select(Change)
    if query.quote is not None:
        moving = select(MovedQuote.change_id).where(MovedQuote.quote_id == query.quote)
        statement = statement.where(or_(Change.quote_id == query.quote, Change.id.in_(moving)))
    if query.speaker_id is not None:
        about = (Change.speaker_id == query.speaker_id, Change.other_speaker_id == query.speaker_id)
        statement = statement.where(or_(*about))
    if query.article is not None:
        moving = select(MovedQuote.change_id).where(MovedQuote.article_id == query.article)
        statement = statement.where(or_(Change.article_id == query.article, Change.id.in_(moving)))
    return NEWEST.page(session, statement, query)

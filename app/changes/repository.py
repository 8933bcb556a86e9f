"""The SQL of changes."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select

from app.changes.models import Change
from app.changes.schemas import Action, ChangesQuery
from app.database import ReadSession, WriteSession
from app.pagination import Keyset, Page
from app.quotes.models import Quote

NEWEST = Keyset((Change.id,), descending=True)


def record(session: WriteSession, action: Action, who: str | None, **values: Any) -> Change:
    """Keep a change: `before`, `after` and what it is about."""
    change = Change(made_at=datetime.now(UTC), who=who, action=action, **values)
    session.add(change)
    session.flush()
    return change


def locked(session: WriteSession, change_id: int) -> Change | None:
    """A change that nobody else can undo meanwhile."""
    return session.scalar(select(Change).where(Change.id == change_id).with_for_update())


def page(session: ReadSession, query: ChangesQuery) -> Page[Change]:
    """Changes that pass the filters, the last first."""
    statement = select(Change)
    if query.quote is not None:
        statement = statement.where(Change.quote_id == query.quote)
    if query.speaker_id is not None:
        about = (Change.speaker_id == query.speaker_id, Change.other_speaker_id == query.speaker_id)
        statement = statement.where(or_(*about))
    if query.article is not None:
        statement = statement.where(Change.quote_id.in_(select(Quote.id).where(Quote.article_id == query.article)))
    return NEWEST.page(session, statement, query)

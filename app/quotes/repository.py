"""The SQL of quotes."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.articles.models import Article
from app.database import ReadSession
from app.pagination import Keyset, Page
from app.quotes.models import Quote
from app.quotes.schemas import QuotesQuery, Sort
from app.search.protocol import search_of
from app.search.words import fold, terms
from app.speakers.repository import said_by

BY_DATE = (Quote.ordered_at, Quote.id)
ORDERS = {
    Sort.NEWEST: Keyset(BY_DATE, descending=True),
    Sort.OLDEST: Keyset(BY_DATE),
    Sort.CONFIDENCE: Keyset((Quote.confidence, Quote.id), descending=True),
    Sort.STORED: Keyset((Quote.id,), descending=True),
}
BATCH = 200
"""Quotes that an export holds in memory at a time."""


def whole() -> Select[tuple[Quote]]:
    """Quotes with all that is shown of them."""
    return select(Quote).options(
        joinedload(Quote.article, innerjoin=True), joinedload(Quote.speaker), selectinload(Quote.segments)
    )


def get(session: ReadSession, quote_id: int) -> Quote | None:
    """A quote with all that is shown of it."""
    return session.scalar(whole().where(Quote.id == quote_id))


def of_article(session: Session, article_id: int) -> list[Quote]:
    """The quotes of an article, in reading order."""
    return list(session.scalars(whole().where(Quote.article_id == article_id).order_by(Quote.position)))


def page(session: ReadSession, query: QuotesQuery) -> Page[Quote]:
    """A page of the quotes that pass the filters."""
    return ORDERS[query.sort].page(session, whole().where(*_conditions(session, query)), query)


def batches(session: ReadSession, query: QuotesQuery) -> Generator[Sequence[Quote], None, None]:
    """All quotes that pass the filters, from the cursor on, of one moment, few at a time.

    On PostgreSQL this is a server-side cursor, so close what is not read to its end before its session.
    """
    statement = ORDERS[query.sort].ordered(whole().where(*_conditions(session, query)), query)
    with closing(session.scalars(statement.execution_options(yield_per=BATCH))) as found:
        yield from found.partitions()


def counts_by_day(session: ReadSession, query: QuotesQuery) -> Sequence[tuple[str | None, int]]:
    """How many quotes were said on each day in UTC, as `2024-03-05`; on None, those of articles without a date."""
    # The session's time zone is UTC on PostgreSQL, and SQLite keeps moments in UTC.
    day = func.date(Quote.said_at)
    counted = select(day, func.count()).where(*_conditions(session, query)).group_by(day).order_by(day)
    return [(found and str(found), count) for found, count in session.execute(counted)]


def _conditions(session: ReadSession, query: QuotesQuery) -> Iterator[ColumnElement[bool]]:
    if query.speaker is not None:
        yield said_by(query.speaker)
    if query.q is not None:
        yield search_of(session).matching(terms(query.q))
    if query.outlet is not None:
        yield Quote.article_id.in_(select(Article.id).where(Article.outlet_key == fold(query.outlet)))
    for value, column in (
        (query.kind, Quote.kind),
        (query.language, Quote.language),
        (query.article, Quote.article_id),
    ):
        if value is not None:
            yield column == value
    if query.said_after is not None:
        yield Quote.said_at >= query.said_after
    if query.said_before is not None:
        yield Quote.said_at < query.said_before
    if query.min_confidence is not None:
        yield Quote.confidence >= query.min_confidence

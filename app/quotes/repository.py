"""The SQL of quotes."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from app.articles.models import Article
from app.database import ReadSession, WriteSession, rows
from app.pagination import Keyset, Page, ranked_page
from app.quotes import facets as facet_counts
from app.quotes.models import Quote, Segment, Status
from app.quotes.schemas import FacetsOut, FacetsQuery, Group, QuoteFilters, QuotesQuery, Sort, SpokenFilters
from app.quotes.shown import SHOWN, ShownQuote, shown, shown_by, shown_in_order
from app.search.dialects import search_of
from app.search.protocol import BY_DATE, Asked, Row
from app.search.relevance import Relevance
from app.search.syntax import Node
from app.search.words import fold
from app.speakers.models import Speaker
from app.speakers.search_repository import said_by
from app.utterances.grouping import is_first_seen, of_utterance

ORDERS = {
    Sort.NEWEST: Keyset(BY_DATE, descending=True),
    Sort.OLDEST: Keyset(BY_DATE),
    Sort.CONFIDENCE: Keyset((Quote.confidence, Quote.id), descending=True),
    Sort.STORED: Keyset((Quote.id,), descending=True),
}
LAST_FIRST = tuple(one.desc() for one in BY_DATE)
BATCH = 200
"""Quotes that an export holds in memory at a time."""
MOST_RANKED = 1000
"""Quotes that are put in the order of relevance: the last said of those that match, at a bounded cost."""


def _all_languages() -> Select[tuple[str | None]]:
    known = select(func.min(Quote.language).label("language")).cte("known", recursive=True)
    following = select(func.min(Quote.language)).where(Quote.language > known.c.language).scalar_subquery()
    known = known.union_all(select(following).where(known.c.language.is_not(None)))
    return select(known.c.language)


# Built once: to build it takes several times as long as to run it.
LANGUAGES = _all_languages()


def whole() -> Select[tuple[Quote]]:
    """Quotes with all that is shown of them."""
    return select(Quote).options(
        joinedload(Quote.article, innerjoin=True),
        joinedload(Quote.speaker),
        joinedload(Quote.appearance),
        selectinload(Quote.segments),
    )


def get(session: Session, quote_id: int) -> Quote | None:
    """A quote with all that is shown of it."""
    return session.scalar(whole().where(Quote.id == quote_id))


def of_article(session: Session, article_id: int) -> list[Quote]:
    """The quotes of an article but the rejected ones, in reading order."""
    kept = whole().where(Quote.article_id == article_id, Quote.status != Status.REJECTED)
    return list(session.scalars(kept.order_by(Quote.position)))


def ids_of_article(session: Session, article_id: int) -> list[int]:
    """The ids of the quotes of an article, rejected ones included."""
    return list(session.scalars(select(Quote.id).where(Quote.article_id == article_id)))


def locked(session: WriteSession, quote_id: int) -> Quote | None:
    """A quote that nobody else can change meanwhile."""
    # First the lock, then the look: what another one changed before is seen.
    session.execute(select(Quote.id).where(Quote.id == quote_id).with_for_update())
    return get(session, quote_id)


def locked_of_speaker(session: WriteSession, speaker_id: int, quote_ids: list[int]) -> list[Quote]:
    """Those of the quotes that are the speaker's, locked."""
    session.execute(select(Quote.id).where(Quote.id.in_(quote_ids)).order_by(Quote.id).with_for_update())
    found = whole().where(Quote.id.in_(quote_ids), Quote.speaker_id == speaker_id)
    return list(session.scalars(found.order_by(Quote.id)))


def page(session: ReadSession, query: QuotesQuery, tree: Node | None) -> Page[ShownQuote]:
    """A page of the quotes that pass the filters; `tree` is what `q` searches for."""
    if tree and query.sort is Sort.RELEVANCE:
        return _by_relevance(session, query, tree)
    if tree and query.sort is Sort.NEWEST and query.group is None:
        return _by_date(session, query, tree)
    statement = select(Quote.id).where(*_selected(session, query, tree))
    return ORDERS[query.sort].page(session, statement, query, whole=SHOWN, load=shown)


def batches(session: ReadSession, query: QuotesQuery, tree: Node | None) -> Generator[Sequence[ShownQuote], None, None]:
    """All quotes that pass the filters, from the cursor on, of one moment, few at a time.

    On PostgreSQL this is a server-side cursor, so close what is not read to its end before its session.
    """
    if tree and query.sort is Sort.RELEVANCE:
        yield from _ranked_batches(session, query, tree)
        return
    statement = ORDERS[query.sort].ordered(SHOWN.where(*_selected(session, query, tree)), query)
    with closing(shown_by(session, statement, BATCH)) as found:
        yield from found


def counts_by_day(session: ReadSession, query: QuotesQuery, tree: Node | None) -> Sequence[tuple[str | None, int]]:
    """How many quotes were said on each day in UTC, as `2024-03-05`; on None, those of articles without a date."""
    # The session's time zone is UTC on PostgreSQL, and SQLite keeps moments in UTC.
    day = func.date(Quote.said_at)
    counted = select(day, func.count()).where(*_selected(session, query, tree)).group_by(day).order_by(day)
    return [(found and str(found), count) for found, count in session.execute(counted)]


def facets(session: ReadSession, query: FacetsQuery, tree: Node | None) -> FacetsOut:
    """How the quotes that pass the filters are spread: the last said."""
    columns, most = facet_counts.COLUMNS, facet_counts.MOST + 1
    if tree:
        newest = _last_said(session, query, tree, most, columns)
    else:
        selected = select(*columns).where(*_conditions(session, query))
        newest = rows(session, selected.order_by(*LAST_FIRST).limit(most))
    return facet_counts.count(session, newest, query.limit)


def _last_said(
    session: ReadSession, query: SpokenFilters, tree: Node, most: int, columns: Sequence[Any]
) -> Sequence[Row]:
    """These columns of the quotes said last that answer the search."""
    found = search_of(session).last_said(session, asked := _asked(session, query, tree), most, columns)
    if found is not None:
        return found
    matches = search_of(session).matching(session, tree, asked.languages)
    statement = select(*columns).where(*asked.within, *asked.conditions, matches)
    return rows(session, statement.order_by(*LAST_FIRST).limit(most))


def _asked(session: ReadSession, query: SpokenFilters, tree: Node, beyond: ColumnElement[bool] | None = None) -> Asked:
    within = [one for one in (_dates(query), beyond) if one is not None]
    is_narrow = any(one is not None for one in (query.speaker, query.article, query.utterance_id, query.outlet))
    conditions = list(_conditions(session, query))
    if isinstance(query, QuotesQuery) and query.group is Group.UTTERANCE:
        conditions.append(is_first_seen(_answering(session, query, tree)))
    return Asked(tree, _languages(session, query), within, conditions, is_narrow)


def _by_date(session: ReadSession, query: QuotesQuery, tree: Node) -> Page[ShownQuote]:
    order, search = ORDERS[Sort.NEWEST], search_of(session)
    asked = _asked(session, query, tree, order.beyond(query))
    found = search.last_said(session, asked, query.limit + 1, (Quote.id,))
    if found is not None:
        return order.first(shown_in_order(session, [row[0] for row in found]), query)
    matches = search.matching(session, tree, asked.languages)
    statement = select(Quote.id).where(*asked.conditions, matches)
    return order.page(session, statement, query, whole=SHOWN, load=shown)


def _by_relevance(session: ReadSession, query: QuotesQuery, tree: Node) -> Page[ShownQuote]:
    ranked = _ranked(session, query, tree)
    return Page(shown_in_order(session, ranked.rows), ranked.cursor)


def _ranked_batches(session: ReadSession, query: QuotesQuery, tree: Node) -> Iterator[Sequence[ShownQuote]]:
    ids = _ranked(session, query.model_copy(update={"limit": MOST_RANKED}), tree).rows
    for begin in range(0, len(ids), BATCH):
        yield shown_in_order(session, ids[begin : begin + BATCH])


def _ranked(session: ReadSession, query: QuotesQuery, tree: Node) -> Page[int]:
    """The ids of the quotes that answer the search, the best answers first."""
    found = _last_said(session, query, tree, MOST_RANKED, (Quote.id, Quote.words, Quote.language))
    relevance = Relevance(tree, _languages(session, query))
    return ranked_page((((-relevance.of(words, language), -one), one) for one, words, language in found), query)


def _languages(session: ReadSession, query: QuoteFilters) -> tuple[str, ...]:
    """The languages to search in: the one asked for, or all there are, by one step each in their index."""
    if query.language is not None:
        return (query.language,)
    return tuple(one for (one,) in rows(session, LANGUAGES) if one is not None)


def _selected(session: ReadSession, query: QuotesQuery, tree: Node | None) -> list[ColumnElement[bool]]:
    """What holds of the quotes that are listed."""
    answering = _answering(session, query, tree)
    return [*answering, is_first_seen(answering)] if query.group is Group.UTTERANCE else answering


def _answering(session: ReadSession, query: QuotesQuery, tree: Node | None) -> list[ColumnElement[bool]]:
    """What holds of the quotes that pass the filters and answer the search."""
    conditions = list(_conditions(session, query))
    if tree:
        conditions.append(search_of(session).matching(session, tree, _languages(session, query)))
    return conditions


def _conditions(session: ReadSession, query: SpokenFilters) -> Iterator[ColumnElement[bool]]:
    if query.speaker is not None:
        yield said_by(session, query.speaker)
    if query.outlet is not None:
        yield Quote.article_id.in_(select(Article.id).where(Article.outlet_key == fold(query.outlet)))
    if query.utterance_id is not None:
        yield of_utterance(query.utterance_id)
    for value, column in (
        (query.kind, Quote.kind),
        (query.language, Quote.language),
        (query.article, Quote.article_id),
        (query.status, Quote.status),
    ):
        if value is not None:
            yield column == value
    if (dates := _dates(query)) is not None:
        yield and_(dates, Quote.said_at.is_not(None))
    if query.status is None:
        yield Quote.status != Status.REJECTED
    if query.min_confidence is not None:
        yield Quote.confidence >= query.min_confidence


def _dates(query: SpokenFilters) -> ColumnElement[bool] | None:
    """The dates, of quotes that have one: `ordered_at` is it, and in the indexes that lists are read from."""
    after = [] if query.said_after is None else [Quote.ordered_at >= query.said_after]
    before = [] if query.said_before is None else [Quote.ordered_at < query.said_before]
    return and_(*after, *before) if after or before else None


def out_of_order(session: WriteSession, article_id: int) -> list[Quote]:
    """Every quote of an article in reading order, locked; their positions are free to be given anew."""
    mine = Quote.article_id == article_id
    session.execute(select(Quote.id).where(mine).order_by(Quote.id).with_for_update())
    session.execute(update(Quote).where(mine).values(position=-1 - Quote.position))
    return list(session.scalars(whole().where(mine).order_by(Quote.position.desc())))


def remove(session: WriteSession, quote_ids: list[int]) -> None:
    """Remove quotes."""
    session.execute(delete(Quote).where(Quote.id.in_(quote_ids)).execution_options(synchronize_session=False))


def date(session: WriteSession, article_id: int, said_at: datetime | None, ordered_at: datetime) -> None:
    """Give the quotes of an article another date."""
    dated = update(Quote).where(Quote.article_id == article_id).values(said_at=said_at, ordered_at=ordered_at)
    session.execute(dated.execution_options(synchronize_session="fetch"))


def replace_segments(session: WriteSession, quote: Quote, segments: list[Segment]) -> None:
    """Give a quote other segments."""
    session.execute(delete(Segment).where(Segment.quote_id == quote.id).execution_options(synchronize_session=False))
    for segment in quote.segments:
        session.expunge(segment)
    for position, segment in enumerate(segments):
        segment.quote_id, segment.position = quote.id, position
    session.add_all(segments)
    session.flush()
    session.expire(quote, ["segments"])
    session.refresh(quote, ["segments"])


def with_ids(session: WriteSession, quote_ids: Iterable[int]) -> dict[int, Quote]:
    """Quotes by their ids, as they are now."""
    session.expire_all()
    return {quote.id: quote for quote in session.scalars(whole().where(Quote.id.in_(quote_ids)))}


def articles_with_corrections(session: ReadSession) -> list[int]:
    """The ids of articles in which a person has settled a quote."""
    settled = or_(Quote.speaker_corrected, Quote.status != Status.FOUND)
    return list(session.scalars(select(Quote.article_id).where(settled).distinct().order_by(Quote.article_id)))


def all_of_article(session: ReadSession, article_id: int) -> list[Quote]:
    """The quotes of an article, rejected ones included, with every name of their speakers."""
    with_names = joinedload(Quote.speaker).selectinload(Speaker.aliases)
    return list(
        session.scalars(whole().options(with_names).where(Quote.article_id == article_id).order_by(Quote.position))
    )

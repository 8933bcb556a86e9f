"""The SQL of quotes."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from app.articles.models import Article
from app.database import ReadSession, WriteSession
from app.pagination import Keyset, Page
from app.quotes.models import Quote, Segment, Status
from app.quotes.schemas import QuotesQuery, Sort
from app.search.protocol import search_of
from app.search.words import fold, terms
from app.speakers.models import Speaker
from app.speakers.repository import said_by

BY_DATE = (Quote.ordered_at, Quote.id)
ORDERS = {
    Sort.NEWEST: Keyset(BY_DATE, descending=True),
    Sort.OLDEST: Keyset(BY_DATE),
    Sort.CONFIDENCE: Keyset((Quote.confidence, Quote.id), descending=True),
}


def whole() -> Select[tuple[Quote]]:
    """Quotes with all that is shown of them."""
    return select(Quote).options(
        joinedload(Quote.article, innerjoin=True), joinedload(Quote.speaker), selectinload(Quote.segments)
    )


def get(session: Session, quote_id: int) -> Quote | None:
    """A quote with all that is shown of it."""
    return session.scalar(whole().where(Quote.id == quote_id))


def of_article(session: Session, article_id: int) -> list[Quote]:
    """The quotes of an article but the rejected ones, in reading order."""
    kept = whole().where(Quote.article_id == article_id, Quote.status != Status.REJECTED)
    return list(session.scalars(kept.order_by(Quote.position)))


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


def page(session: ReadSession, query: QuotesQuery) -> Page[Quote]:
    """A page of the quotes that pass the filters."""
    return ORDERS[query.sort].page(session, whole().where(*_conditions(session, query)), query)


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
        (query.status, Quote.status),
    ):
        if value is not None:
            yield column == value
    if query.said_after is not None:
        yield Quote.said_at >= query.said_after
    if query.said_before is not None:
        yield Quote.said_at < query.said_before
    if query.status is None:
        yield Quote.status != Status.REJECTED
    if query.min_confidence is not None:
        yield Quote.confidence >= query.min_confidence


def out_of_order(session: WriteSession, article_id: int) -> list[Quote]:
    """Every quote of an article in reading order, locked; their positions are free to be given anew."""
    mine = Quote.article_id == article_id
    session.execute(select(Quote.id).where(mine).order_by(Quote.id).with_for_update())
    session.execute(update(Quote).where(mine).values(position=-1 - Quote.position))
    return list(session.scalars(whole().where(mine).order_by(Quote.position.desc())))


def remove(session: WriteSession, quote_ids: list[int]) -> None:
    """Remove quotes."""
    session.execute(delete(Quote).where(Quote.id.in_(quote_ids)).execution_options(synchronize_session=False))


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

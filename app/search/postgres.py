"""Search by PostgreSQL: the generated column `quotes.words_vector`, and pg_trgm over the words of names.

See `migrations.quote_search` and `migrations.name_search`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, column, func, select
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from app.database import rows
from app.quotes.models import Quote
from app.search.protocol import BY_DATE, Asked, Row
from app.search.syntax import Node, Term, render
from app.speakers.models import NameWord

SAMPLE, CLOSE = 1000, 5
"""Of the quotes said last so many tell whether hits lie close, if they have at least `CLOSE`."""
RARE = 5_000
"""Hits from which on a search is not rare, wherever they lie."""
FEW = 300
"""Hits up to which all are looked up at once."""
WALKED = 300
"""Quotes said last that tell how close hits lie."""
WALKED_ON = 4_000
"""Where the hits wanted lie in so many of the quotes said last, the dates lead to them."""
SPARE = 2
"""How many times as far is looked as that tells."""
FAR, FURTHEST = 30_000, 100_000
"""Quotes said last among which hits are looked for, where none is among the first or they lie apart."""
LAST_FIRST = tuple(one.desc() for one in BY_DATE)
VECTOR = column("words_vector", TSVECTOR, _selectable=Quote.__table__)


class VectorSearch:
    """Words hold neither quotation marks nor backslashes: inside marks nothing is syntax of a tsquery."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        # The planner thinks that hits are as many as its statistics can tell at most, and would walk the dates of the
        # whole archive for a rare word: it is made to look hits up first where the quotes said last have few.
        # Those may be of another kind than the rest, though, and looking up many hits would take minutes.
        if _hits_of_last(session, tree, languages) < CLOSE and not _has(session, matches, RARE):
            return _is_among(select(Quote.id).where(matches))
        return matches

    def last_said(self, session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> Sequence[Row] | None:
        walk = select(_matches(asked.tree, asked.languages)).where(*asked.within, *asked.conditions)
        walked = session.scalars(walk.order_by(*LAST_FIRST).limit(WALKED)).all()
        hits = sum(walked)
        if len(walked) < WALKED or hits * WALKED_ON >= most * WALKED:
            return _along_dates(session, asked, most, columns)
        if asked.is_narrow:
            return None
        if not hits and not _has(session, _matches(asked.tree, asked.languages), FEW):
            return _few(session, asked, most, columns)
        for span in _spans(most, hits):
            if span <= FURTHEST and (near := _looked_up(session, asked, most, columns, span)):
                return near
        return _looked_up(session, asked, most, columns)

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        session.execute(select(func.set_config("pg_trgm.similarity_threshold", str(least), True)))
        likeness = func.max(func.similarity(NameWord.word, word))
        found = select(NameWord.word).where(NameWord.word.op("%")(word)).group_by(NameWord.word)
        return list(session.scalars(found.order_by(likeness.desc()).limit(limit)))


def _spans(most: int, hits: int) -> Iterator[int]:
    """Among how many of the quotes said last to look for the hits wanted, by the hits among the first `WALKED`."""
    if hits:
        yield SPARE * WALKED * most // hits
    else:
        # The few said last may be of another kind than the rest: the next ones are looked at before many are.
        yield WALKED_ON
        yield FAR


def _is_among(ids: Select[Any]) -> ColumnElement[bool]:
    return Quote.id == func.any(func.array(ids.correlate(None).scalar_subquery()))


def _hits(asked: Asked, columns: Sequence[Any]) -> Select[Any]:
    return select(*columns).where(_matches(asked.tree, asked.languages), *asked.within, *asked.conditions)


def _along_dates(session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> Sequence[Row]:
    return rows(session, _hits(asked, columns).order_by(*LAST_FIRST).limit(most))


def _few(session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> Sequence[Row]:
    """The last said of few hits, each looked at whatever else holds of it: a year has more quotes than they are."""
    few = select(*columns).where(_is_among(select(Quote.id).where(_matches(asked.tree, asked.languages))))
    return rows(session, few.where(*asked.within, *asked.conditions).order_by(*LAST_FIRST).limit(most))


def _looked_up(
    session: Session, asked: Asked, most: int, columns: Sequence[Any], span: int | None = None
) -> Sequence[Row] | None:
    """The last said hits, looked up in the index of words and sorted.

    With a span they are looked for among so many of the quotes said last, by the bitmaps of both indexes; None where
    that is not enough.
    """
    hits = _hits(asked, (*BY_DATE, *columns))
    if span is not None:
        since = select(Quote.ordered_at).where(*asked.within).order_by(*LAST_FIRST).offset(span).limit(1)
        if (begin := session.scalar(since)) is not None:
            hits = hits.where(Quote.ordered_at >= begin)
    # Materialized, or the planner would rather walk the dates and read every vector, which costs more than it thinks.
    found = hits.cte("hits").prefix_with("MATERIALIZED")
    ordered_at, one, *wanted = found.c
    last = rows(session, select(*wanted).order_by(ordered_at.desc(), one.desc()).limit(most))
    return last if span is None or len(last) == most else None


def _hits_of_last(session: Session, tree: Node, languages: tuple[str, ...]) -> int:
    last = select(VECTOR).order_by(Quote.ordered_at.desc(), Quote.id.desc()).limit(SAMPLE).subquery()
    found = last.c.words_vector.op("@@")(_query(tree, languages))
    return session.scalar(select(func.count()).select_from(last).where(found)) or 0


def _has(session: Session, matches: ColumnElement[bool], many: int) -> bool:
    """Has the whole archive so many hits? To count no further costs little either way: frequent words are soon met."""
    # Materialized, or the planner would read the table from its beginning, where it expects so many soon.
    hits = select(Quote.id).where(matches).cte("hits").prefix_with("MATERIALIZED")
    return (session.scalar(select(func.count()).select_from(select(hits).limit(many).subquery())) or 0) >= many


def _matches(tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
    return VECTOR.op("@@")(_query(tree, languages))


def _query(tree: Node, languages: tuple[str, ...]) -> ColumnElement[Any]:
    def term(one: Term) -> str:
        rows = (" <-> ".join(f"'{word}'" for word in row) + ":*" * one.prefix for row in one.rows(languages))
        return "(" + " | ".join(f"({row})" for row in rows) + ")"

    return cast(render(tree, term, " & ", " | ", " & !"), TSQUERY)

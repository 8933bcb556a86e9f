"""Search by PostgreSQL: the generated column `quotes.words_vector`, and pg_trgm over the words of names.

See `migrations.quote_search` and `migrations.name_search`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ClauseElement,
    ColumnElement,
    Executable,
    Select,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

from app.quotes.models import Quote
from app.search.syntax import Node, Term, render
from app.speakers.models import NameWord

SAMPLE, CLOSE = 1000, 5
"""Of the quotes said last so many tell whether hits lie close, if they have at least `CLOSE`."""
MANY = 20_000
"""Up to so many hits are looked up and sorted."""
SPARE = 2
"""How many times as many quotes are looked at as are wanted: for each word the planner counts its stems again."""
VECTOR = column("words_vector", TSVECTOR, _selectable=Quote.__table__)


class VectorSearch:
    """Words hold neither quotation marks nor backslashes: inside marks nothing is syntax of a tsquery."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        # The planner thinks that hits are as many as its statistics can tell at most, and would walk the dates of the
        # whole archive for a rare word: it is made to look hits up first where the quotes said last have few.
        if _hits_of_last(session, tree, languages) < CLOSE:
            return _is_among(select(Quote.id).where(matches))
        return matches

    def newest(
        self,
        session: Session,
        statement: Select[Any],
        tree: Node,
        languages: tuple[str, ...],
        most: int,
        dates: ColumnElement[bool] | None = None,
    ) -> Select[Any]:
        hits = statement.where(_matches(tree, languages)).with_only_columns(Quote.id)
        newest = _newest_ids(session, hits, most, dates)
        if newest is None:
            found = statement.where(_is_among(hits))
        else:
            found = statement.where(Quote.id == func.any(bindparam(None, newest, type_=ARRAY(BigInteger))))
        return found.order_by(Quote.id.desc()).limit(most)

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        session.execute(select(func.set_config("pg_trgm.similarity_threshold", str(least), True)))
        likeness = func.max(func.similarity(NameWord.word, word))
        found = select(NameWord.word).where(NameWord.word.op("%")(word)).group_by(NameWord.word)
        return list(session.scalars(found.order_by(likeness.desc()).limit(limit)))


class _Plan(Executable, ClauseElement):
    """What PostgreSQL plans for a statement, as JSON."""

    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Plan)
def _explain(plan: _Plan, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(plan.statement, **options)}"


def _is_among(ids: Select[Any]) -> ColumnElement[bool]:
    return Quote.id == func.any(func.array(ids.correlate(None).scalar_subquery()))


def _newest_ids(session: Session, hits: Select[Any], most: int, dates: ColumnElement[bool] | None) -> list[int] | None:
    """The ids of the last stored of many hits; None where they are few, or fewer than the planner tells.

    To read vectors costs more than the planner thinks, who would walk down the ids and read every one: above a certain
    id it is made to put the bitmaps of both indexes together.
    """
    rows = session.scalars(_Plan(hits)).one()[0]["Plan"]["Plan Rows"]
    if rows <= max(MANY, SPARE * most):
        return None
    first, last = _bounds(session, dates)
    above = hits.where(Quote.id > last - (last - first) * SPARE * most // rows, Quote.id <= last)
    session.execute(select(func.set_config("enable_indexscan", "off", True)))
    ids = session.scalars(above.order_by(Quote.id.desc()).limit(most)).all()
    session.execute(select(func.set_config("enable_indexscan", "on", True)))
    return list(ids) if len(ids) == most else None


def _bounds(session: Session, dates: ColumnElement[bool] | None) -> tuple[int, int]:
    """The first and the last id of quotes of these dates: ids go along with dates more or less."""
    if dates is None:
        return 0, session.scalar(select(func.max(Quote.id))) or 0
    one = Quote.id + 0  # not the bare id, or the planner walks down all ids until one has such a date
    first, last = session.execute(select(func.min(one), func.max(one)).where(dates)).one()
    return first or 0, last or 0


def _hits_of_last(session: Session, tree: Node, languages: tuple[str, ...]) -> int:
    last = select(VECTOR).order_by(Quote.ordered_at.desc(), Quote.id.desc()).limit(SAMPLE).subquery()
    found = last.c.words_vector.op("@@")(_query(tree, languages))
    return session.scalar(select(func.count()).select_from(last).where(found)) or 0


def _matches(tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
    return VECTOR.op("@@")(_query(tree, languages))


def _query(tree: Node, languages: tuple[str, ...]) -> ColumnElement[Any]:
    def term(one: Term) -> str:
        rows = (" <-> ".join(f"'{word}'" for word in row) + ":*" * one.prefix for row in one.rows(languages))
        return "(" + " | ".join(f"({row})" for row in rows) + ")"

    return cast(render(tree, term, " & ", " | ", " & !"), TSQUERY)

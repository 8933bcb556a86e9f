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
from app.search.syntax import Node, Term, render, wanted
from app.speakers.models import NameWord

SAMPLE = 1000
SPARE = 2
"""How many times as many quotes are looked at as are wanted: for each word the planner counts its stems again."""
VECTOR = column("words_vector", TSVECTOR, _selectable=Quote.__table__)


class VectorSearch:
    """Words hold neither quotation marks nor backslashes: inside marks nothing is syntax of a tsquery."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        # The planner knows how frequent words are, but guesses at prefixes, and at phrases by their words: it may walk
        # the dates of the whole archive for a rare one. So these are looked up first where the last said have few.
        guessed = any(term.prefix or len(term.words) > 1 for term in wanted(tree))
        if guessed and _hits_of_last(session, tree, languages) < SAMPLE // 200:
            return Quote.id == func.any(func.array(select(Quote.id).where(matches).correlate(None).scalar_subquery()))
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
        found = statement.where(_matches(tree, languages))
        newest = _newest_ids(session, found, most)
        if newest is not None:
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


def _newest_ids(session: Session, found: Select[Any], most: int) -> list[int] | None:
    """The ids of the last stored of many quotes; None where they are few, or fewer than the planner tells.

    To read vectors costs more than the planner thinks, who would walk down the ids and read every one: above a certain
    id it is made to put the bitmaps of both indexes together.
    """
    rows = session.scalars(_Plan(found)).one()[0]["Plan"]["Plan Rows"]
    if rows <= SPARE * most:
        return None
    last = session.scalar(select(func.max(Quote.id))) or 0
    above = found.with_only_columns(Quote.id).where(Quote.id > last - last * SPARE * most // rows)
    session.execute(select(func.set_config("enable_indexscan", "off", True)))
    ids = session.scalars(above.order_by(Quote.id.desc()).limit(most)).all()
    session.execute(select(func.set_config("enable_indexscan", "on", True)))
    return list(ids) if len(ids) == most else None


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

"""Search by SQLite's FTS5: `quotes_fts` over what was said, `name_trigrams` over the words of names.

See `migrations.quote_search` and `migrations.name_search`.
"""

import json
from collections.abc import Sequence
from os.path import commonprefix
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    column,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from app.database import among
from app.quotes.models import Quote
from app.search.protocol import BY_DATE, Asked, Row
from app.search.syntax import AnyOf, Node, Term, render
from app.search.trigrams import trigrams
from app.search.words import MARK

FTS = table("quotes_fts", column("rowid"), column("quotes_fts"))
NAMES = table("name_trigrams", column("word"), column("name_trigrams"))
FEW = 5_000
"""Up to so many hits are looked up and sorted; more lie so close that a walk in order soon meets a page of them."""
LAST, MANY = 10_000, 50
"""Of the quotes stored last so many tell whether hits lie close, if they have more than `MANY`."""
WALKED = 300
"""Quotes along the dates that are looked at before the index of words is."""
FIRST = 100
"""The ids of so many quotes said last tell where in the index of words to begin."""
LOOKED_UP = 4_000
"""Hits that are looked up beside those that are wanted, to find as many that meet the conditions."""
WALKED_TO_PROVE, STRAYS = 50_000, 200
"""Entries of the index of dates that are read to prove an order, and quotes whose ids do not go along with it."""
LAST_FIRST = tuple(one.desc() for one in BY_DATE)


class Fts5Search:
    """Words hold neither quotation marks nor spaces: inside marks nothing is FTS5 syntax."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        last = (session.scalar(select(func.max(Quote.id))) or 0) - LAST
        if _has_more(session, and_(matches, FTS.c.rowid > last), MANY) or _has_more(session, matches, FEW):
            return _holds(tree, languages)
        return Quote.id.in_(select(FTS.c.rowid).where(matches))

    def last_said(self, session: Session, asked: Asked, most: int, columns: Sequence[Any] = ()) -> list[Row] | None:
        if most <= WALKED and (met := _met_along_dates(session, asked, most, columns)) is not None:
            return met
        return None if asked.is_narrow else _LookedUp(session, asked, most, columns).rows()

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        # Hardly a word shares its first letter alone and is still like this one, and many share it.
        shared = sorted(one for one in trigrams(word) if not one.startswith("  "))
        expression = " OR ".join(f'"{one}"' for one in shared)
        found = select(func.trim(NAMES.c.word)).where(NAMES.c.name_trigrams.op("MATCH")(expression))
        return list(session.scalars(found.order_by(literal_column("rank")).limit(limit)))


def _met_along_dates(session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> list[Row] | None:
    """What a short walk along the dates meets; None where it meets neither enough nor the end."""
    along = select(Quote.id).where(*asked.within, *asked.conditions).order_by(*LAST_FIRST).limit(WALKED)
    walk = along.subquery()
    holding = select(*columns).select_from(walk).join(Quote, Quote.id == walk.c.id)
    holding = holding.where(_holds(asked.tree, asked.languages)).order_by(*LAST_FIRST).limit(most)
    met = session.execute(holding).all()
    if len(met) == most or (session.scalar(select(func.count()).select_from(walk)) or 0) < WALKED:
        return list(met)
    return None


class _LookedUp:
    """The last hits by the index of words, which has them by their ids, proven to be the last said.

    Ids go along with dates more or less. Hits are read down from the id that the last said quotes have; then what was
    said later than the last of them but has an id outside of those read is found in the index of dates, and looked at.
    """

    def __init__(self, session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> None:
        self.session, self.asked, self.most = session, asked, most
        self.columns = (*BY_DATE, *columns)
        self.conditions = and_(true(), *asked.within, *asked.conditions)
        self.matches = _matches(asked.tree, asked.languages)

    def rows(self) -> list[Row] | None:
        """The rows; None where too much would have to be looked at."""
        first = select(Quote.id).where(*self.asked.within).order_by(*LAST_FIRST).limit(FIRST)
        top = max(self.session.scalars(first), default=0)
        found, low = self._below(top)
        if low is None or (low == 0 and not self._add_above(top, found)):
            return None
        found.sort(key=lambda row: row[:2], reverse=True)
        if low and not self._add_strays(found, low, top):
            return None
        return [row[len(BY_DATE) :] for row in found[: self.most]]

    def _below(self, top: int) -> tuple[list[Row], int | None]:
        """Hits down from an id and down to which: 0 where all are read, None where they are too many."""
        found: list[Row] = []
        looked_at, step = 0, 2 * self.most
        while looked_at <= LOOKED_UP + self.most:
            read = self._hits(FTS.c.rowid <= top, step)
            found += [row[1:] for row in read if row[1] is not None]
            if len(read) < step:
                return found, 0
            top, looked_at = read[-1][0] - 1, looked_at + step
            if len(found) >= self.most:
                return found, top + 1
            step = LOOKED_UP
        return found, None

    def _hits(self, among_ids: ColumnElement[bool], limit: int) -> Sequence[Row]:
        """The ids of hits, the greatest first, each with its row where it meets the conditions."""
        last = select(FTS.c.rowid).where(self.matches, among_ids).order_by(FTS.c.rowid.desc()).limit(limit).subquery()
        rows = select(last.c.rowid, *self.columns).select_from(last)
        met = rows.outerjoin(Quote, and_(Quote.id == last.c.rowid, self.conditions))
        return self.session.execute(met.order_by(last.c.rowid.desc())).all()

    def _add_above(self, top: int, found: list[Row]) -> bool:
        """Add the hits above an id; False where they are too many."""
        above = self._hits(FTS.c.rowid > top, LOOKED_UP + 1)
        found += [row[1:] for row in above if row[1] is not None]
        return len(above) <= LOOKED_UP

    def _add_strays(self, found: list[Row], low: int, top: int) -> bool:
        """Add what was said after the last of the rows wanted and has an id that was not read, and put all in order.

        False where that is too much.
        """
        bound = tuple_(*(literal(value, one.type) for value, one in zip(found[self.most - 1], BY_DATE, strict=False)))
        after = select(Quote.id).where(tuple_(*BY_DATE) > bound, *self.asked.within).order_by(*LAST_FIRST)
        walk = after.limit(WALKED_TO_PROVE).subquery()
        outside = not_(walk.c.id.between(low, top))
        told = select(func.count(), func.json_group_array(walk.c.id).filter(outside)).select_from(walk)
        walked, listed = self.session.execute(told).one()
        strays = json.loads(listed)
        if walked == WALKED_TO_PROVE or len(strays) > STRAYS:
            return False
        if strays:
            holding = self.conditions, _holds(self.asked.tree, self.asked.languages)
            found += self.session.execute(select(*self.columns).where(among(self.session, Quote.id, strays), *holding))
            found.sort(key=lambda row: row[:2], reverse=True)
        return True


def _has_more(session: Session, matches: ColumnElement[bool], than: int) -> bool:
    first = select(literal_column("1")).select_from(FTS).where(matches).limit(than + 1).subquery()
    return (session.scalar(select(func.count()).select_from(first)) or 0) > than


def _holds(node: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
    """The same condition, read from a quote's own row: to be asked about one row takes FTS5 a hundred times as long."""
    if isinstance(node, Term):
        return _has_term(node, languages)
    parts = [_holds(part, languages) for part in node.parts]
    if isinstance(node, AnyOf):
        return or_(*parts)
    return and_(*parts, *(not_(_holds(part, languages)) for part in node.without))


def _has_term(term: Term, languages: tuple[str, ...]) -> ColumnElement[bool]:
    text, end = literal(" ").concat(Quote.words).concat(" "), "" if term.prefix else " "
    rows = term.rows(languages)
    found = or_(*(func.instr(text, f" {' '.join(row)}{end}") > 0 for row in rows))
    # Most rows have nothing of the word: what all its forms share is looked for first, and alone.
    shared = commonprefix([row[0].rpartition(MARK)[2] for row in rows])  # noqa: RUF071 - of words
    return and_(func.instr(Quote.words, shared) > 0, found) if shared and len(rows) > 1 else found


def _matches(tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
    def term(one: Term) -> str:
        rows = " OR ".join('"' + " ".join(row) + '"' + " *" * one.prefix for row in one.rows(languages))
        return f"({rows})"

    return FTS.c.quotes_fts.op("MATCH")(render(tree, term, " AND ", " OR ", " NOT "))

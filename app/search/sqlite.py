"""Search by SQLite's FTS5: `quotes_fts` over what was said, `name_trigrams` over the words of names.

See `migrations.quote_search`, `migrations.quote_blocks` and `migrations.name_search`.
"""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from os.path import commonprefix
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.database import among, rows
from app.quotes.models import Quote
from app.search.protocol import BY_DATE, Asked, Row
from app.search.syntax import AnyOf, Node, Term, render
from app.search.trigrams import trigrams
from app.search.words import MARK

FTS = table("quotes_fts", column("rowid"), column("quotes_fts"))
BLOCKS = table("quote_blocks", column("block", Integer), column("first_said"), column("last_said"))
IDS = 256
"""Ids of a block, see `migrations.quote_blocks`."""
NAMES = table("name_trigrams", column("word"), column("name_trigrams"))
FEW = 5_000
"""Up to so many hits are looked up and sorted; more lie so close that a walk in order soon meets a page of them."""
LAST, MANY = 10_000, 50
"""Of the quotes stored last so many tell whether hits lie close, if they have more than `MANY`."""
LAST_HITS = 200
"""Hits that are read first: mostly all there are, or they tell how far apart they lie."""
WALKED, SPARE = 300, 2
"""Quotes along the dates that are looked at, at most, where in half as many there should be the hits wanted."""
FIRST = 100
"""The ids of so many quotes said last tell where in the index of words to begin."""
MOST_BLOCKS = 50
"""Blocks of ids that are looked through for hits among the dates of those read."""
LOOKED_UP = 20_000
"""Where that is too little, up to so many hits are all looked up."""
SAID = type_coerce(Quote.ordered_at, Text)
"""The moment as it is kept, which sorts the same, and is not made a date of for each of many rows."""
LAST_FIRST = tuple(one.desc() for one in BY_DATE)
# Built once: to build a statement takes SQLAlchemy longer than SQLite takes to run it.
LAST_STORED = (
    select(FTS.c.rowid)
    .where(FTS.c.quotes_fts.op("MATCH")(bindparam("words")))
    .order_by(FTS.c.rowid.desc())
    .limit(bindparam("most", type_=Integer))
)
BLOCKS_BESIDE = (
    select(BLOCKS.c.block)
    .where(or_(BLOCKS.c.block <= bindparam("lowest"), BLOCKS.c.block >= bindparam("highest")))
    .where(BLOCKS.c.last_said >= bindparam("since"), BLOCKS.c.first_said <= bindparam("until"))
    .limit(bindparam("most", type_=Integer))
)
"""Blocks of ids that reach into some dates and are not between two others."""


class Fts5Search:
    """Words hold neither quotation marks nor spaces: inside marks nothing is FTS5 syntax."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        last = (session.scalar(select(func.max(Quote.id))) or 0) - LAST
        if _has_more(session, and_(matches, FTS.c.rowid > last), MANY) or _has_more(session, matches, FEW):
            return _holds(tree, languages)
        return Quote.id.in_(select(FTS.c.rowid).where(matches))

    def last_said(self, session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> Sequence[Row] | None:
        last = rows(session, LAST_STORED, words=_expression(asked.tree, asked.languages), most=LAST_HITS)
        if len(last) < LAST_HITS:
            known = among(session, Quote.id, [one for (one,) in last])
            return _all_hits(session, asked, most, select(*columns).where(known))
        apart = (last[0][0] - last[-1][0]) / LAST_HITS
        far = WALKED if asked.is_narrow else int(SPARE * apart * most)
        if far <= WALKED:
            met = _met_along_dates(session, asked, most, columns, far)
            if met is not None or asked.is_narrow:
                return met
        looked_up = _LookedUp(session, asked, most, columns)
        if (found := looked_up.rows()) is not None:
            return found
        if _has_more(session, looked_up.matches, LOOKED_UP):
            return None
        hits = select(*columns).join(FTS, FTS.c.rowid == Quote.id).where(looked_up.matches)
        return _all_hits(session, asked, most, hits)

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        # Hardly a word shares its first letter alone and is still like this one, and many share it.
        shared = sorted(one for one in trigrams(word) if not one.startswith("  "))
        expression = " OR ".join(f'"{one}"' for one in shared)
        found = select(func.trim(NAMES.c.word)).where(NAMES.c.name_trigrams.op("MATCH")(expression))
        return list(session.scalars(found.order_by(literal_column("rank")).limit(limit)))


def _has_more(session: Session, matches: ColumnElement[bool], than: int) -> bool:
    first = select(literal_column("1")).select_from(FTS).where(matches).limit(than + 1).subquery()
    return (session.scalar(select(func.count()).select_from(first)) or 0) > than


def _met_along_dates(
    session: Session, asked: Asked, most: int, columns: Sequence[Any], far: int
) -> Sequence[Row] | None:
    """What a walk along the dates meets that goes so far; None where it meets neither enough nor the end."""
    along = select(Quote.id).where(*asked.within, *asked.conditions).order_by(*LAST_FIRST).limit(far)
    walk = along.subquery()
    holding = select(*columns).select_from(walk).join(Quote, Quote.id == walk.c.id)
    holding = holding.where(_holds(asked.tree, asked.languages)).order_by(*LAST_FIRST).limit(most)
    met = rows(session, holding)
    if len(met) == most or (session.scalar(select(func.count()).select_from(walk)) or 0) < far:
        return met
    return None


def _all_hits(session: Session, asked: Asked, most: int, hits: Select[Any]) -> Sequence[Row]:
    met = hits.where(*asked.within, *asked.conditions)
    return rows(session, met.order_by(*LAST_FIRST).limit(most))


class _LookedUp:
    """The last hits by the index of words, which has them by their ids, proven to be the last said.

    Ids go along with dates more or less. Hits are read down from the id that the last said quotes have; then the blocks
    of other ids that reach into the dates of those hits are looked through, mostly one.
    """

    def __init__(self, session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> None:
        self.session, self.asked, self.most = session, asked, most
        self.columns = columns
        self.conditions = and_(true(), *asked.within, *asked.conditions)
        self.matches = _matches(asked.tree, asked.languages)
        self.found: list[Row] = []

    def rows(self) -> list[Row] | None:
        """The rows; None where they are too few, or too much would have to be looked at."""
        first = select(SAID, Quote.id).where(*self.asked.within).order_by(*LAST_FIRST).limit(FIRST)
        ends = rows(self.session, first)
        top = max((one for _, one in ends), default=0)
        low = self._read_down(top)
        if low is None or not self._add_strays(low, top, ends[0][0]):
            return None
        return [row[2:] for row in self._sorted()[: self.most]]

    def _sorted(self) -> list[Row]:
        self.found.sort(key=itemgetter(0, 1), reverse=True)
        return self.found

    def _read_down(self, top: int) -> int | None:
        """Read hits down from an id until there are enough. Down to which; None where there are not enough."""
        step = self.most + self.most // 8 + 1
        while True:
            below = select(FTS.c.rowid).where(self.matches, FTS.c.rowid <= top)
            hits = below.order_by(FTS.c.rowid.desc()).limit(step).subquery()
            met = select(SAID, hits.c.rowid, *self.columns).select_from(hits)
            met = met.outerjoin(Quote, and_(Quote.id == hits.c.rowid, self.conditions))
            read = rows(self.session, met)
            low = min((row[1] for row in read), default=0)
            self.found += [row for row in read if row[0] is not None]
            if len(self.found) >= self.most:
                return low
            if len(read) < step or step > LOOKED_UP:
                return None
            top, step = low - 1, step * 4

    def _add_strays(self, low: int, top: int, until: str) -> bool:
        """Add hits that were said after the last of those wanted and have an id that was not read.

        False where too many blocks of ids may have such.
        """
        since = self._sorted()[self.most - 1][0]
        ends = {"lowest": low // IDS, "highest": top // IDS, "since": since, "until": until}
        blocks = rows(self.session, BLOCKS_BESIDE, most=MOST_BLOCKS + 1, **ends)
        if len(blocks) > MOST_BLOCKS:
            return False
        known = among(self.session, BLOCKS.c.block, [one for (one,) in blocks])
        within = Quote.id.between(BLOCKS.c.block * IDS, BLOCKS.c.block * IDS + IDS - 1)
        strays = select(SAID, Quote.id.label("one"), *self.columns).select_from(BLOCKS).join(Quote, within).where(known)
        strays = strays.where(since <= SAID, not_(Quote.id.between(low, top)), self.conditions)
        self.found += rows(self.session, strays.where(_holds(self.asked.tree, self.asked.languages)))
        return True


@lru_cache(1000)
def _holds(node: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
    """The same condition, read from a quote's own row: to be asked about one row takes FTS5 a hundred times as long.

    Kept, for a search comes again: for its facets, for its next page.
    """
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
    return FTS.c.quotes_fts.op("MATCH")(_expression(tree, languages))


def _expression(tree: Node, languages: tuple[str, ...]) -> str:
    """The search in FTS5's own words."""

    def term(one: Term) -> str:
        rows = " OR ".join('"' + " ".join(row) + '"' + " *" * one.prefix for row in one.rows(languages))
        return f"({rows})"

    return render(tree, term, " AND ", " OR ", " NOT ")

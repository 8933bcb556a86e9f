"""Search by SQLite's FTS5: `quotes_fts` over what was said, `name_trigrams` over the words of names.

See `migrations.quote_search` and `migrations.name_search`.
"""

from os.path import commonprefix
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, column, func, literal, literal_column, not_, or_, select, table
from sqlalchemy.orm import Session

from app.quotes.models import Quote
from app.search.syntax import AnyOf, Node, Term, render
from app.search.trigrams import trigrams
from app.search.words import MARK

FTS = table("quotes_fts", column("rowid"), column("quotes_fts"))
NAMES = table("name_trigrams", column("word"), column("name_trigrams"))
FEW = 5_000
"""Up to so many hits are looked up and sorted; more lie so close that a walk in order soon meets a page of them."""
LAST, MANY = 10_000, 50
"""Of the quotes stored last so many tell whether hits lie close, if they have more than `MANY`."""


class Fts5Search:
    """Words hold neither quotation marks nor spaces: inside marks nothing is FTS5 syntax."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        matches = _matches(tree, languages)
        last = (session.scalar(select(func.max(Quote.id))) or 0) - LAST
        if _has_more(session, and_(matches, FTS.c.rowid > last), MANY) or _has_more(session, matches, FEW):
            return _holds(tree, languages)
        return Quote.id.in_(select(FTS.c.rowid).where(matches))

    def newest(
        self,
        session: Session,
        statement: Select[Any],
        tree: Node,
        languages: tuple[str, ...],
        most: int,
        dates: ColumnElement[bool] | None = None,
    ) -> Select[Any]:
        found = statement.join(FTS, FTS.c.rowid == Quote.id).where(_matches(tree, languages))
        if dates is not None:
            # Ids go along with dates more or less: the index of hits need not be read outside of them.
            first, last = session.execute(select(func.min(Quote.id), func.max(Quote.id)).where(dates)).one()
            found = found.where(FTS.c.rowid.between(first or 0, last or 0))
        return found.order_by(FTS.c.rowid.desc()).limit(most)

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        # Hardly a word shares its first letter alone and is still like this one, and many share it.
        shared = sorted(one for one in trigrams(word) if not one.startswith("  "))
        expression = " OR ".join(f'"{one}"' for one in shared)
        found = select(func.trim(NAMES.c.word)).where(NAMES.c.name_trigrams.op("MATCH")(expression))
        return list(session.scalars(found.order_by(literal_column("rank")).limit(limit)))


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

"""What the rest of the service asks of full-text search; a dialect a database."""

from typing import Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.search import postgres, sqlite


class QuoteSearch(Protocol):
    """A full-text index over what was said."""

    def matching(self, terms: list[list[str]]) -> ColumnElement[bool]:
        """The condition that a quote has every term, each a row of words (see `app.search.words.terms`)."""
        ...


def search_of(session: Session) -> QuoteSearch:
    """The search of the session's database."""
    return sqlite.Fts5Search() if session.get_bind().dialect.name == "sqlite" else postgres.VectorSearch()

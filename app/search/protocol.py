"""What the rest of the service asks of search; a dialect a database."""

from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from app.search import postgres, sqlite
from app.search.syntax import Node


class Search(Protocol):
    """A full-text index over what was said, and an index of the words of names by their trigrams."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition that a quote in one of `languages` matches, for a list by another order."""
        ...

    def newest(
        self,
        session: Session,
        statement: Select[Any],
        tree: Node,
        languages: tuple[str, ...],
        most: int,
        dates: ColumnElement[bool] | None = None,
    ) -> Select[Any]:
        """Of the statement's quotes that match the last stored, at most so many, the last first.

        `dates` says again to which dates the statement keeps, where it does.
        """
        ...

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        """Words of names that share trigrams with `word`, those that share most first."""
        ...


def search_of(session: Session) -> Search:
    """The search of the session's database."""
    return sqlite.Fts5Search() if session.get_bind().dialect.name == "sqlite" else postgres.VectorSearch()

"""What the rest of the service asks of search; a dialect a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.quotes.models import Quote
from app.search.syntax import Node

BY_DATE = (Quote.ordered_at, Quote.id)
"""The order of quotes as they were said; the last comes first."""

Row = Sequence[Any]


@dataclass(frozen=True)
class Asked:
    """A search, and what else holds of the quotes that are looked for."""

    tree: Node
    languages: tuple[str, ...]
    within: Sequence[ColumnElement[bool]] = ()
    """Conditions on BY_DATE alone: its index tells them."""
    conditions: Sequence[ColumnElement[bool]] = ()
    """All other conditions."""
    is_narrow: bool = False
    """Whether another index leads to few quotes."""


class Search(Protocol):
    """A full-text index over what was said, and an index of the words of names by their trigrams."""

    def matching(self, session: Session, tree: Node, languages: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition that a quote in one of `languages` matches, for a list by any order."""
        ...

    def last_said(self, session: Session, asked: Asked, most: int, columns: Sequence[Any]) -> Sequence[Row] | None:
        """These columns of the quotes said last, at most so many, the last first.

        None where neither the dates nor the index of words lead to them in few steps.
        """
        ...

    def similar_words(self, session: Session, word: str, least: float, limit: int) -> list[str]:
        """Words of names that share trigrams with `word`, those that share most first."""
        ...

"""The conditions by which quotes are listed an utterance at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, false, func, inspect, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from app.quotes.models import Quote
from app.utterances.models import Appearance

# Built once: to build them takes longer than to run them.
HERE, OTHER, OTHER_QUOTE = aliased(Appearance), aliased(Appearance), aliased(Quote)
OTHER_TABLE = inspect(OTHER_QUOTE).selectable
FIRST = (
    select(OTHER.quote_id)
    .join(HERE, HERE.utterance_id == OTHER.utterance_id)
    .join(OTHER_QUOTE, OTHER_QUOTE.id == OTHER.quote_id)
    .where(HERE.quote_id == Quote.id)
    .order_by(OTHER.ordered_at, OTHER.quote_id)
    .limit(1)
)


def of_utterance(utterance_id: int) -> ColumnElement[bool]:
    """The condition that a quote is an appearance of an utterance."""
    return Quote.id.in_(select(Appearance.quote_id).where(Appearance.utterance_id == utterance_id))


def is_first_seen(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The condition that of the appearances of its utterance that meet `conditions` a quote is the first seen.

    It is asked about one quote at a time, so that a list is still read in its order and its pages cost the same.
    """
    first = FIRST.where(*map(_of_other, conditions)) if conditions else FIRST
    # PostgreSQL takes one row in 200 for equal to what a query gives, and sorts thousands where a walk meets a page
    # soon; inside a function it takes half of them, and most quotes are the first seen.
    return func.coalesce(Quote.id == first.correlate(Quote).scalar_subquery(), false())


def _of_other(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition on the quote of the other appearance."""

    def moved(element: Any, **_kw: Any) -> Any:
        if getattr(element, "table", None) is None or element.table.name != Quote.__tablename__:
            return None
        return OTHER_TABLE.c.get(element.key, column(element.name, element.type, _selectable=OTHER_TABLE))

    return replacement_traverse(condition, {}, moved)

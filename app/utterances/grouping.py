"""The conditions by which quotes are listed an utterance at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, inspect, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from app.quotes.models import Quote
from app.utterances.models import Appearance


def of_utterance(utterance_id: int) -> ColumnElement[bool]:
    """The condition that a quote is an appearance of an utterance."""
    return Quote.id.in_(select(Appearance.quote_id).where(Appearance.utterance_id == utterance_id))


def is_first_seen(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The condition that of the appearances of its utterance that meet `conditions` a quote is the first seen.

    It is asked about one quote at a time, so that a list is still read in its order and its pages cost the same.
    """
    here, other, quote = aliased(Appearance), aliased(Appearance), aliased(Quote)
    first = select(other.quote_id).join(here, here.utterance_id == other.utterance_id).where(here.quote_id == Quote.id)
    if conditions:
        first = first.join(quote, quote.id == other.quote_id).where(*(_of(quote, one) for one in conditions))
    first = first.order_by(other.ordered_at, other.quote_id).limit(1)
    return Quote.id == first.correlate(Quote).scalar_subquery()


def _of(quote: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition on another quote."""
    table = inspect(quote).selectable

    def moved(element: Any, **_kw: Any) -> Any:
        if getattr(element, "table", None) is None or element.table.name != Quote.__tablename__:
            return None
        return table.c.get(element.key, column(element.name, element.type, _selectable=table))

    return replacement_traverse(condition, {}, moved)

"""The SQL that sums up utterances for those who read them: a few queries, however many are asked for."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.articles.models import Article
from app.database import rows
from app.quotes.models import Quote, Status
from app.utterances.models import Appearance
from app.utterances.schemas import MOST_SHOWN, OutletCount, UtteranceOut, Variant

MANY = func.count().label("many")
IS_ONE = Quote.status != Status.REJECTED
"""Whether a quote is an appearance: one that a person rejected is none."""
Rows = dict[int, list[Any]]


def summaries(session: Session, utterance_ids: Collection[int]) -> dict[int, UtteranceOut]:
    """Each of the utterances; those that are not there are left out."""
    ids = list(utterance_ids)
    outlets, variants = _by_utterance(session, OUTLETS, ids), _by_utterance(session, VARIANTS, ids)
    return {
        one: UtteranceOut(
            id=one,
            appearances=many,
            first_seen=first_seen,
            outlets=[OutletCount(outlet=row.outlet, appearances=row.many) for row in outlets[one][:MOST_SHOWN]],
            outlet_count=sum(row.outlet is not None for row in outlets[one]),
            variants=[Variant(text=row.text, quote_id=row.id, appearances=row.many) for row in variants[one]],
            variant_count=variants[one][0].all if variants[one] else 0,
        )
        for one, many, first_seen in rows(session, APPEARANCES, ids=ids)
    }


def _quotes(*columns: Any) -> Select[Any]:
    """What is asked of the quotes of utterances, `ids`."""
    asked = select(Appearance.utterance_id, *columns).join(Quote, Quote.id == Appearance.quote_id)
    return asked.where(Appearance.utterance_id.in_(bindparam("ids", expanding=True)))


def _appearances() -> Select[Any]:
    """How many appearances each utterance has, and the first; where all are rejected, when the first of those was."""
    first = func.coalesce(func.min(Appearance.ordered_at).filter(IS_ONE), func.min(Appearance.ordered_at))
    return _quotes(func.count().filter(IS_ONE), first).group_by(Appearance.utterance_id)


def _counted(*columns: Any) -> Select[Any]:
    """What is counted of the appearances of utterances, `ids`."""
    return _quotes(*columns).where(IS_ONE)


def _outlets() -> Select[Any]:
    """The outlets of each utterance, those with most appearances first."""
    counted = _counted(func.min(Article.outlet).label("outlet"), MANY).join(Article, Article.id == Quote.article_id)
    by_outlet = counted.group_by(Appearance.utterance_id, Article.outlet_key)
    return by_outlet.order_by(MANY.desc(), Article.outlet_key.asc().nulls_last())


def _variants() -> Select[Any]:
    """The wordings of each utterance, those with most appearances first, and how many there are of `all`."""
    within = {"partition_by": Appearance.utterance_id}
    first = func.min(Appearance.quote_id).label("first")
    place = func.row_number().over(**within, order_by=(func.count().desc(), func.min(Appearance.quote_id)))
    counted = _counted(first, MANY, place.label("place"), func.count().over(**within).label("all"))
    ranked = counted.group_by(Appearance.utterance_id, Appearance.variant).subquery()
    listed = select(ranked.c.utterance_id, ranked.c.many, ranked.c.all, Quote.id, Quote.text).join(
        ranked, ranked.c.first == Quote.id
    )
    return listed.where(ranked.c.place <= MOST_SHOWN).order_by(ranked.c.place)


# Built once: to build them takes longer than to run them.
APPEARANCES, OUTLETS, VARIANTS = _appearances(), _outlets(), _variants()


def _by_utterance(session: Session, statement: Select[Any], ids: list[int]) -> Rows:
    by_utterance: Rows = defaultdict(list)
    for row in rows(session, statement, ids=ids):
        by_utterance[row.utterance_id].append(row)
    return by_utterance

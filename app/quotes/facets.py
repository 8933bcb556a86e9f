"""The SQL of facets: how the newest quotes of a selection are spread."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Text, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.articles.models import Article
from app.quotes.models import Quote
from app.quotes.schemas import Count, FacetsOut, SpeakerCount
from app.speakers.models import Speaker
from app.speakers.schemas import SpeakerRef

MOST = 2_000
"""Quotes that are counted: what a reader narrows a search by shows in the newest two thousand, at a bounded cost."""
COUNT = func.count()
COLUMNS = (Quote.speaker_id, Quote.article_id, Quote.kind, Quote.language, Quote.said_at)


def count(session: Session, selection: Select[Any], limit: int) -> FacetsOut:
    """The facets of a selection of COLUMNS, of `MOST` quotes at most."""
    chosen = selection.cte("chosen")
    rows: dict[str, list[Any]] = {}
    for row in session.execute(union_all(*(select(facet) for facet in _facets(chosen, limit)))):
        rows.setdefault(row.facet, []).append(row)
    counted = rows["all"][0].count
    listed = {name: [_count(row) for row in rows.get(name, [])] for name in ("outlets", "months", "kinds", "languages")}
    return FacetsOut(
        counted=counted, complete=counted < MOST, speakers=_speakers(session, rows.get("speakers", [])), **listed
    )


def _facets(chosen: CTE, limit: int) -> list[Any]:
    # Text before the month, as `2023-04-27 …`, on both databases: connections keep their time in UTC.
    month = func.substr(cast(chosen.c.said_at, Text), 1, 7)
    every = select(literal("all").label("facet"), null().label("value"), func.count().label("count"))
    by_article = select(chosen.c.article_id, func.count().label("count")).group_by(chosen.c.article_id).subquery()
    many = func.sum(by_article.c.count)
    # Each article once: the planner, told of every quote, would read the whole table of articles.
    by_outlet = (
        _facet("outlets", Article.outlet_key, func.min(Article.outlet), many)
        .select_from(by_article)
        .join(Article, Article.id == by_article.c.article_id)
    )
    return [
        every.select_from(chosen).subquery(),
        _first(_facet("speakers", cast(chosen.c.speaker_id, Text)), limit),
        _first(by_outlet, limit, many),
        _facet("months", month).order_by(month.desc().nulls_last()).limit(limit).subquery(),
        _first(_facet("kinds", chosen.c.kind), limit),
        _first(_facet("languages", chosen.c.language), limit),
    ]


def _facet(
    name: str, value: ColumnElement[Any] | Any, shown: ColumnElement[Any] | None = None, many: Any = COUNT
) -> Select[Any]:
    label = value if shown is None else shown
    return select(literal(name).label("facet"), label.label("value"), many.label("count")).group_by(value)


def _first(facet: Select[Any], limit: int, many: Any = COUNT) -> Any:
    value = list(facet.selected_columns)[1]
    return facet.order_by(many.desc(), value.asc().nulls_last()).limit(limit).subquery()


def _count(row: Any) -> Count:
    return Count(value=row.value, count=row.count)


def _speakers(session: Session, rows: list[Any]) -> list[SpeakerCount]:
    ids = [int(row.value) for row in rows if row.value is not None]
    known = {one.id: one for one in session.scalars(select(Speaker).where(Speaker.id.in_(ids)))}
    shown = ((known.get(int(row.value)) if row.value else None, row.count) for row in rows)
    return [SpeakerCount(speaker=speaker and SpeakerRef.model_validate(speaker), count=many) for speaker, many in shown]

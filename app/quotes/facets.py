"""Facets: how the newest quotes of a selection are spread.

Their rows are counted here: to have the database group them six ways takes it longer than to hand them over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from app.articles.models import Article
from app.database import ByIds
from app.quotes.models import Quote
from app.quotes.schemas import Count, FacetsOut, SpeakerCount
from app.speakers.models import Speaker
from app.speakers.schemas import SpeakerRef

MOST = 1_000
"""Quotes that are counted: what a reader narrows a search by shows in the newest thousand, at a bounded cost."""
# Text before the month, as `2023-04-27 …`, on both databases: connections keep their time in UTC.
MONTH = func.substr(cast(Quote.said_at, Text), 1, 7)
COLUMNS = (Quote.speaker_id, Quote.article_id, Quote.kind, Quote.language, MONTH)
_OUTLETS = ByIds(select(Article.id, Article.outlet_key, Article.outlet), Article.id)
_SPEAKERS = ByIds(select(Speaker.id, Speaker.name, Speaker.kind), Speaker.id)

Counted = list[tuple[Any, int]]
"""Values and how many have each."""


def count(session: Session, newest: Sequence[Sequence[Any]], limit: int) -> FacetsOut:
    """The facets of the first `MOST` of rows of COLUMNS; one row more tells that there are others."""
    counted = newest[:MOST]
    speakers, articles, kinds, languages, months = (
        map(Counter, zip(*counted, strict=True)) if counted else [Counter()] * 5
    )
    return FacetsOut(
        counted=len(counted),
        complete=len(newest) == len(counted),
        speakers=_speakers(session, _most(speakers, limit)),
        outlets=_outlets(session, articles, limit),
        months=_counts(sorted(months.items(), key=_last_first, reverse=True)[:limit]),
        kinds=_counts(_most(kinds, limit)),
        languages=_counts(_most(languages, limit)),
    )


def _most(counter: Counter[Any], limit: int) -> Counted:
    """The most frequent values; of equally many the lesser first, and none at all last."""
    return sorted(counter.items(), key=lambda one: (-one[1], one[0] is None, one[0]))[:limit]


def _last_first(month: tuple[str | None, int]) -> tuple[bool, str]:
    return month[0] is not None, month[0] or ""


def _outlets(session: Session, articles: Counter[int], limit: int) -> list[Count]:
    """The outlets by their folded names, each under the least of the names it goes by."""
    counter: Counter[str | None] = Counter()
    names: dict[str | None, str | None] = {}
    for article_id, key, outlet in _OUTLETS.rows(session, articles):
        counter[key] += articles[article_id]
        names[key] = min(names.get(key) or outlet, outlet) if outlet else outlet
    return _counts((names[key], many) for key, many in _most(counter, limit))


def _counts(counted: Iterable[tuple[str | None, int]]) -> list[Count]:
    return [Count(value=value, count=many) for value, many in counted]


def _speakers(session: Session, counted: Sequence[tuple[int | None, int]]) -> list[SpeakerCount]:
    ids = [speaker_id for speaker_id, _ in counted if speaker_id is not None]
    known = {row.id: SpeakerRef.model_validate(row) for row in _SPEAKERS.rows(session, ids)}
    return [SpeakerCount(speaker=known.get(one), count=many) for one, many in counted]

"""The SQL of articles."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session, undefer

from app.articles.models import Article, ArticleState
from app.articles.schemas import ArticlesQuery
from app.database import ReadSession, WriteSession, among, insert_ignoring
from app.pagination import Keyset, Page
from app.quotes.models import Quote, Status
from app.search.words import fold

NEWEST = Keyset((Article.id,), descending=True)


def _whole() -> Select[tuple[Article]]:
    return select(Article).options(undefer(Article.text))


def get(session: Session, article_id: int) -> Article | None:
    """An article with its text."""
    return session.scalar(_whole().where(Article.id == article_id))


def with_text(session: Session, text: str) -> Article | None:
    """The article that has exactly this text."""
    return session.scalar(_whole().where(Article.content_hash == _hash(text)))


def keep_with_text(session: WriteSession, text: str) -> Article | None:
    """The article that has exactly this text; it stays in its state until the transaction ends."""
    return session.scalar(select(Article).where(Article.content_hash == _hash(text)).with_for_update())


def set_read(session: WriteSession, text: str, **values: Any) -> int | None:
    """Set columns of the article with this text that was not read yet; its id, None where there is none."""
    unread = update(Article).where(Article.content_hash == _hash(text), Article.state != ArticleState.DONE)
    return session.scalar(unread.values(**values).returning(Article.id))


def page(session: ReadSession, query: ArticlesQuery) -> Page[Article]:
    """The articles that pass the filters, without their texts, the last stored first."""
    return NEWEST.page(session, select(Article.id).where(*_asked(query)), query, whole=select(Article))


def _asked(query: ArticlesQuery) -> Iterator[ColumnElement[bool]]:
    for value, column in (
        (query.state, Article.state),
        (query.outlet and fold(query.outlet), Article.outlet_key),
        (query.language, Article.language),
        (query.url, Article.url),
    ):
        if value is not None:
            yield column == value
    if query.published_after is not None:
        yield Article.published_at >= query.published_after
    if query.published_before is not None:
        yield Article.published_at < query.published_before


def quote_counts(session: ReadSession, article_ids: list[int]) -> dict[int, int]:
    """How many quotes each article has; those without any are left out."""
    shown = (Quote.article_id.in_(article_ids), Quote.status != Status.REJECTED)
    counted = select(Quote.article_id, func.count()).where(*shown).group_by(Quote.article_id)
    return dict(iter(session.execute(counted)))


def add(session: WriteSession, text: str, **values: Any) -> int | None:
    """The id of the new article; None where the archive has its text already."""
    return insert_ignoring(session, Article.id, text=text, content_hash=_hash(text), **values)


def lock(session: WriteSession, article_id: int) -> bool:
    """Keep others from changing or removing the article; False where there is none."""
    return session.scalar(select(Article.id).where(Article.id == article_id).with_for_update()) is not None


def remove(session: WriteSession, article_id: int) -> bool:
    """Remove an article with its quotes; False where there is none."""
    return session.scalar(delete(Article).where(Article.id == article_id).returning(Article.id)) is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Choice:
    """Which articles to read again: with an id above `after`, read before but not by `not_by`."""

    not_by: str | None = None
    after: int = 0
    outlet: str | None = None
    language: str | None = None
    article_ids: tuple[int, ...] = ()


def chosen(session: ReadSession, choice: Choice, after: int, limit: int = 16) -> list[Article]:
    """The next of the chosen articles, with their texts."""
    statement = _whole().where(*_choosing(choice, after)).order_by(Article.id).limit(limit)
    return list(session.scalars(statement))


def unknown(session: ReadSession, article_ids: Iterable[int]) -> list[int]:
    """Those of the ids that no article has."""
    wanted = set(article_ids)
    return sorted(wanted - set(session.scalars(select(Article.id).where(among(session, Article.id, wanted)))))


def count_chosen(session: ReadSession, choice: Choice) -> int:
    """How many articles are chosen."""
    return session.scalars(select(func.count()).select_from(Article).where(*_choosing(choice, choice.after))).one()


def _choosing(choice: Choice, after: int) -> Iterator[ColumnElement[bool]]:
    yield Article.id > after
    yield Article.state == ArticleState.DONE
    if choice.not_by is not None:
        yield Article.extractor != choice.not_by
    if choice.outlet is not None:
        yield Article.outlet_key == fold(choice.outlet)
    if choice.language is not None:
        yield Article.language == choice.language
    if choice.article_ids:
        yield Article.id.in_(choice.article_ids)

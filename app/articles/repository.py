"""The SQL of articles."""

import hashlib
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session, undefer

from app.articles.models import Article, ArticleState
from app.articles.schemas import ArticlesQuery
from app.database import ReadSession, WriteSession, insert_ignoring
from app.pagination import Keyset, Page
from app.quotes.models import Quote

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
    """Articles without their texts, the last stored first."""
    statement = select(Article)
    if query.state is not None:
        statement = statement.where(Article.state == query.state)
    return NEWEST.page(session, statement, query)


def quote_counts(session: ReadSession, article_ids: list[int]) -> dict[int, int]:
    """How many quotes each article has; those without any are left out."""
    counted = select(Quote.article_id, func.count()).where(Quote.article_id.in_(article_ids)).group_by(Quote.article_id)
    return dict(iter(session.execute(counted)))


def add(session: WriteSession, text: str, **values: Any) -> int | None:
    """The id of the new article; None where the archive has its text already."""
    return insert_ignoring(session, Article.id, text=text, content_hash=_hash(text), **values)


def remove(session: WriteSession, article_id: int) -> bool:
    """Remove an article with its quotes; False where there is none."""
    return session.scalar(delete(Article).where(Article.id == article_id).returning(Article.id)) is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""The SQL of the queue: which articles wait to be read, and who has which in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from app.articles.models import Article, ArticleState
from app.database import WriteSession, clock

LEASE = timedelta(seconds=30)
"""How long a holder may be silent before it counts as dead."""
MOST_ATTEMPTS = 2
CRASHED = "Whoever read this text died over it, twice; it may be the text."
FREE: dict[str, Any] = {"lease": None, "leased_until": None}


@dataclass(frozen=True, slots=True)
class Claim:
    """An article in hand: to be read by the holder of the lease, and by nobody else."""

    article_id: int
    lease: str
    text: str
    language: str | None


def claim(session: WriteSession, lease: str, most: int) -> list[Claim]:
    """Take the next articles in hand, `most` of them, whoever else does the same at this moment."""
    # On SQLite the write lock keeps others out; there, FOR UPDATE is left out of the statement.
    waiting = select(Article.id).where(Article.state == ArticleState.QUEUED)
    chosen = waiting.order_by(Article.priority, Article.id).limit(most).with_for_update(skip_locked=True).cte("chosen")
    taken = (
        update(Article)
        .where(Article.id.in_(select(chosen.c.id)))
        .values(
            state=ArticleState.RUNNING,
            lease=lease,
            leased_until=clock(session) + LEASE,
            attempts=Article.attempts + 1,
        )
        .returning(Article.id, Article.text, Article.language)
    )
    return [Claim(id, lease, text, language or None) for id, text, language in sorted(session.execute(taken))]


def renew(session: WriteSession, lease: str) -> None:
    """The holder lives: what it has in hand stays there."""
    held = update(Article).where(Article.state == ArticleState.RUNNING, Article.lease == lease)
    session.execute(held.values(leased_until=clock(session) + LEASE))


def end(session: WriteSession, claim: Claim, state: ArticleState, **values: Any) -> bool:
    """Let go of an article in hand. False where it is not in that hand any more: then nothing has changed."""
    held = update(Article).where(
        Article.id == claim.article_id, Article.state == ArticleState.RUNNING, Article.lease == claim.lease
    )
    return session.scalar(held.values(state=state, **FREE, **values).returning(Article.id)) is not None


def hand_back(session: WriteSession, lease: str, article_id: int | None = None) -> None:
    """Let others read an article, or all that is in this hand: the holder did not read it, and that is no attempt."""
    held = update(Article).where(Article.state == ArticleState.RUNNING, Article.lease == lease)
    if article_id is not None:
        held = held.where(Article.id == article_id)
    session.execute(held.values(state=ArticleState.QUEUED, attempts=Article.attempts - 1, **FREE))


def take_back(session: WriteSession) -> list[int]:
    """Put what dead holders had in hand back into the queue; the ids of those given up as the cause of it."""
    dead = update(Article).where(Article.state == ArticleState.RUNNING, Article.leased_until < clock(session))
    is_cause = Article.attempts >= MOST_ATTEMPTS
    returned = dead.values(
        state=case((is_cause, ArticleState.FAILED.value), else_=ArticleState.QUEUED.value),
        failure=case((is_cause, CRASHED), else_=None),
        **FREE,
    )
    ended = session.execute(returned.returning(Article.id, Article.state))
    return [article_id for article_id, state in ended if state == ArticleState.FAILED]


def requeue(session: WriteSession, article_id: int, priority: int) -> bool:
    """Let a failed article be read again; False where it has not failed."""
    failed = update(Article).where(Article.id == article_id, Article.state == ArticleState.FAILED)
    again = failed.values(state=ArticleState.QUEUED, priority=priority, attempts=0, failure=None)
    return session.scalar(again.returning(Article.id)) is not None


def hasten(session: WriteSession, article_id: int, priority: int) -> None:
    """Read an article before those of a higher number, where it still waits."""
    waiting = update(Article).where(Article.id == article_id, Article.state == ArticleState.QUEUED)
    session.execute(waiting.where(Article.priority > priority).values(priority=priority))


def waiting(session: Session, most: int) -> int:
    """How many articles wait to be read, `most` at most."""
    some = select(Article.id).where(Article.state == ArticleState.QUEUED).limit(most).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one()

"""The SQL of the queue: which articles wait to be read, and who has which in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from app.articles.models import Article, ArticleState
from app.database import WriteSession, clock

LEASE = timedelta(seconds=30)
"""How long a holder may be silent before it counts as dead."""
MOST_ATTEMPTS = 2
CRASHED = "Whoever read this text died over it, twice, the second time with nothing else in hand; it may be the text."
FREE: dict[str, Any] = {"lease": None, "leased_until": None}


@dataclass(frozen=True, slots=True)
class Claim:
    """An article in hand: to be read by the holder of the lease, and by nobody else."""

    article_id: int
    lease: str
    text: str
    language: str | None
    request_id: str | None = None
    alone: bool = False
    """Whether its last holder died: now nothing else may be in the same hand, so that it is known whose fault it is."""


def claim(session: WriteSession, lease: str, most: int, *, empty: bool = True) -> list[Claim]:
    """Take the next articles in hand, `most` of them, whoever else does the same at this moment.

    One whose last holder died is taken alone, into an `empty` hand; before it is, nothing behind it is taken.
    """
    # On SQLite the write lock keeps others out; there, FOR UPDATE is left out of the statement.
    waiting = select(Article.id, Article.attempts).where(Article.state == ArticleState.QUEUED)
    chosen = waiting.order_by(Article.priority, Article.id).limit(most).with_for_update(skip_locked=True)
    first, *others = session.execute(chosen).all() or [None]
    if first is None or (first.attempts and not empty):
        return []
    together = takewhile(lambda row: not row.attempts, [first, *others])
    return _take(session, lease, [first.id] if first.attempts else [row.id for row in together])


def _take(session: WriteSession, lease: str, article_ids: list[int]) -> list[Claim]:
    taken = update(Article).where(Article.id.in_(article_ids))
    values = {"state": ArticleState.RUNNING, "lease": lease, "leased_until": clock(session) + LEASE}
    found = taken.values(values).returning(
        Article.id, Article.text, Article.language, Article.request_id, Article.attempts
    )
    return [
        Claim(id, lease, text, language or None, request_id, alone=attempts > 0)
        for id, text, language, request_id, attempts in sorted(session.execute(found))
    ]


def renew(session: WriteSession, lease: str, article_ids: list[int]) -> None:
    """The holder lives: these articles stay in its hand. Of a claim whose answer was lost it knows nothing."""
    session.connection()  # has SQLite's lock: the time that was waited for it is no time of the lease
    held = update(Article).where(Article.id.in_(article_ids))
    held = held.where(Article.state == ArticleState.RUNNING, Article.lease == lease)
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
    session.execute(held.values(state=ArticleState.QUEUED, **FREE))


def take_back(session: WriteSession) -> list[int]:
    """Put what dead holders had in hand back into the queue; the ids of those given up as the cause of it."""
    ended = clock(session)  # before SQLite's lock is waited for: meanwhile those who renew their leases wait, too
    dead = update(Article).where(Article.state == ArticleState.RUNNING, Article.leased_until < ended)
    is_cause = Article.attempts + 1 >= MOST_ATTEMPTS
    returned = dead.values(
        state=case((is_cause, ArticleState.FAILED.value), else_=ArticleState.QUEUED.value),
        failure=case((is_cause, CRASHED), else_=None),
        attempts=Article.attempts + 1,
        **FREE,
    )
    found = session.execute(returned.returning(Article.id, Article.state))
    return [article_id for article_id, state in found if state == ArticleState.FAILED]


def requeue(session: WriteSession, article_id: int, priority: int, request_id: str | None) -> bool:
    """Let a failed article be read again; False where it has not failed."""
    failed = update(Article).where(Article.id == article_id, Article.state == ArticleState.FAILED)
    again = failed.values(state=ArticleState.QUEUED, priority=priority, attempts=0, failure=None, request_id=request_id)
    return session.scalar(again.returning(Article.id)) is not None


def hasten(session: WriteSession, article_id: int, priority: int) -> None:
    """Read an article before those of a higher number, where it still waits."""
    waiting = update(Article).where(Article.id == article_id, Article.state == ArticleState.QUEUED)
    session.execute(waiting.where(Article.priority > priority).values(priority=priority))


def waiting(session: Session, most: int) -> int:
    """How many articles wait to be read, `most` at most."""
    some = select(Article.id).where(Article.state == ArticleState.QUEUED).limit(most).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one()

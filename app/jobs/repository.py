"""The SQL of jobs and their items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.articles.models import Article, ArticleState
from app.database import ReadSession, WriteSession, clock, insert_ignoring
from app.jobs.models import Job, JobItem, JobKind
from app.jobs.schemas import JobItemsQuery, JobsQuery
from app.pagination import Keyset, Page

NEWEST = Keyset((Job.id,), descending=True)
IN_READING_ORDER = Keyset((JobItem.source, JobItem.line))
COUNTED = {ArticleState.DONE: Job.done, ArticleState.FAILED: Job.failed}


def add(session: WriteSession, kind: JobKind, key: str | None, receiving_for: timedelta | None) -> int:
    """A new job without items; where it is said for how long, it gives up waiting for them after that."""
    now = clock(session)
    job = Job(kind=kind, key=key, created_at=now, receiving_until=receiving_for and now + receiving_for)
    session.add(job)
    session.flush()
    return job.id


def get(session: Session, job_id: int) -> Job | None:
    """A job as the database has it now."""
    return session.scalar(select(Job).where(Job.id == job_id).execution_options(populate_existing=True))


def unfinished(session: Session, key: str) -> int | None:
    """The last job with this key, where it has not ended."""
    return session.scalar(select(Job.id).where(Job.key == key, Job.finished_at.is_(None)).order_by(Job.id.desc()))


def page(session: ReadSession, query: JobsQuery) -> Page[Job]:
    """Jobs, the last one first."""
    return NEWEST.page(session, select(Job), query)


def items(session: ReadSession, job_id: int, query: JobItemsQuery) -> Page[JobItem]:
    """The items of a job, in the order of the files and of the lines in them."""
    statement = select(JobItem).where(JobItem.job_id == job_id)
    if query.status is not None:
        statement = statement.where(JobItem.state == query.status)
    return IN_READING_ORDER.page(session, statement, query)


def in_hand(session: Session, job_ids: Collection[int]) -> set[int]:
    """Which of the jobs have an article that is being read."""
    running = select(JobItem.job_id).join(Article, Article.id == JobItem.article_id)
    return set(session.scalars(running.where(Article.state == ArticleState.RUNNING, JobItem.job_id.in_(job_ids))))


def lines_of(session: Session, job_id: int, source: str, lines: range) -> set[int]:
    """Which of these lines of a file are items of the job already."""
    known = select(JobItem.line).where(JobItem.job_id == job_id, JobItem.source == source)
    return set(session.scalars(known.where(JobItem.line.between(lines.start, lines.stop - 1))))


def add_item(session: WriteSession, **values: Any) -> bool:
    """Add an item to its job; False where the job has it already."""
    return insert_ignoring(session, JobItem.line, **values) is not None


def count(
    session: WriteSession, job_id: int, states: Iterable[ArticleState], receiving_for: timedelta | None = None
) -> None:
    """Count new items of a job by their states, and wait for more of them that much longer."""
    counts = Counter(states)
    values: dict[Any, Any] = {column: column + counts[state] for state, column in COUNTED.items()}
    if receiving_for:
        values[Job.receiving_until] = clock(session) + receiving_for
    session.execute(update(Job).where(Job.id == job_id).values({Job.total: Job.total + counts.total(), **values}))


def settle(session: WriteSession, article_ids: Sequence[int], state: ArticleState, error: str | None = None) -> None:
    """These articles came to their end: so did the items that wait for them, and perhaps the items' jobs."""
    waiting = update(JobItem).where(JobItem.article_id.in_(article_ids), JobItem.state == ArticleState.QUEUED)
    ended = Counter(session.scalars(waiting.values(state=state, error=error).returning(JobItem.job_id)))
    column = COUNTED[state]
    for job_id, number in sorted(ended.items()):  # two that end articles of the same jobs must lock those in one order
        session.execute(update(Job).where(Job.id == job_id).values({column: column + number}))
        end(session, job_id)


def receive(session: WriteSession, job_id: int, error: str | None) -> None:
    """No more items will come."""
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.finished_at.is_(None))
        .values(received=True, receiving_until=None, error=error)
    )
    end(session, job_id)


def end(session: WriteSession, job_id: int) -> None:
    """End a job, where all its items have."""
    is_over = (Job.id == job_id, Job.received, Job.finished_at.is_(None), Job.done + Job.failed == Job.total)
    session.execute(update(Job).where(*is_over).values(finished_at=clock(session)))


def broken_off(session: WriteSession) -> Sequence[int]:
    """Jobs whose receiver died."""
    return session.scalars(select(Job.id).where(Job.receiving_until < clock(session)).order_by(Job.id)).all()


def remove_before(session: WriteSession, moment: datetime) -> None:
    """Forget the jobs that had ended by then."""
    session.execute(delete(Job).where(Job.finished_at < moment))

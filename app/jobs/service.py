"""Jobs: texts that are taken in now and read later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.articles import reading
from app.articles.models import ArticleState
from app.articles.schemas import ArticleIn
from app.database import ReadSession, WriteSession, clock
from app.errors import OnRecordError
from app.jobs import repository
from app.jobs.models import Job, JobItem, JobKind
from app.jobs.schemas import ItemStatus, JobItemOut, JobItemsQuery, JobOut, JobsQuery, JobStatus
from app.pagination import Page

RECEIVING = timedelta(minutes=2)
"""How long the receiver of a body may be silent before it counts as dead."""
KEPT = timedelta(days=30)
BROKEN_OFF = "The body broke off behind line {line}. What came before is being read; send the whole of it again."
RECEIVER_DIED = "The service stopped while the body came in. What had come is being read; send the whole of it again."


class JobNotFoundError(OnRecordError):
    """No job has this id."""

    status, name, title = 404, "job-not-found", "No such job"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a body or a record of a file: an article, or else what is wrong with it."""

    number: int
    article: ArticleIn | None
    error: str | None = None
    source: str = ""


def get(session: ReadSession | WriteSession, job_id: int) -> JobOut:
    """A job. Raises JobNotFoundError."""
    job = repository.get(session, job_id)
    if job is None:
        raise JobNotFoundError(f"There is no job {job_id}; jobs are forgotten {KEPT.days} days after they ended.")
    return _shown(job, repository.in_hand(session, [job_id]))


def page(session: ReadSession, query: JobsQuery) -> Page[JobOut]:
    """A page of jobs, the last one first."""
    found = repository.page(session, query)
    in_hand = repository.in_hand(session, [job.id for job in found.rows])
    return Page([_shown(job, in_hand) for job in found.rows], found.cursor)


def items(session: ReadSession, job_id: int, query: JobItemsQuery) -> Page[JobItemOut]:
    """A page of a job's items. Raises JobNotFoundError."""
    get(session, job_id)
    found = repository.items(session, job_id, query)
    return Page([_item(item) for item in found.rows], found.cursor)


def take_article(session: WriteSession, submitted: ArticleIn) -> JobOut:
    """Take one text in, to be read before any batch."""
    job_id = repository.add(session, JobKind.ARTICLE, None, None)
    _take(session, job_id, [Line(1, submitted)], reading.ASKED_FOR, None)
    repository.receive(session, job_id, None)
    return get(session, job_id)


def start_batch(session: WriteSession) -> int:
    """A job whose lines are about to come."""
    return repository.add(session, JobKind.BATCH, None, RECEIVING)


def resume_import(session: WriteSession, key: str) -> JobOut:
    """The job of an import that did not end, or else a new one."""
    job_id = repository.unfinished(session, key) or repository.add(session, JobKind.IMPORT, key, None)
    return get(session, job_id)


def take(session: WriteSession, job_id: int, lines: Sequence[Line], *, waiting: bool = True) -> None:
    """Take lines in, those left out that the job has already. `waiting` says that the receiver must show it lives."""
    _take(session, job_id, lines, reading.IN_BULK, RECEIVING if waiting else None)


def close(session: WriteSession, job_id: int, error: str | None = None) -> None:
    """All lines have come, or no more will."""
    repository.receive(session, job_id, error)


def sweep(session: WriteSession) -> None:
    """Close the jobs whose receiver died, and forget old ones."""
    for job_id in repository.broken_off(session):
        repository.receive(session, job_id, RECEIVER_DIED)
    repository.remove_before(session, clock(session) - KEPT)


def _take(
    session: WriteSession, job_id: int, lines: Sequence[Line], priority: int, receiving: timedelta | None
) -> None:
    added = [_add(session, job_id, line, priority) for line in lines]
    repository.count(session, job_id, (state for state in added if state), receiving)


def _add(session: WriteSession, job_id: int, line: Line, priority: int) -> ArticleState | None:
    """The state of the new item; None where the job has the line already."""
    article_id, state = None, ArticleState.FAILED
    if line.article:
        article_id, state = reading.enqueue(session, line.article, priority)
        state = ArticleState.QUEUED if state is ArticleState.RUNNING else state
    item = {"job_id": job_id, "source": line.source, "line": line.number, "error": line.error}
    return state if repository.add_item(session, **item, state=state, article_id=article_id) else None


def _item(item: JobItem) -> JobItemOut:
    return JobItemOut(
        source=item.source or None,
        line=item.line,
        status=ItemStatus(item.state),
        article_id=item.article_id,
        error=item.error,
    )


def _shown(job: Job, in_hand: set[int]) -> JobOut:
    columns = {name: getattr(job, name) for name in JobOut.model_fields if name != "status"}
    return JobOut.model_validate({**columns, "status": _status(job, in_hand)})


def _status(job: Job, in_hand: set[int]) -> JobStatus:
    if job.finished_at is None:
        return JobStatus.RUNNING if job.done or job.failed or job.id in in_hand else JobStatus.QUEUED
    return JobStatus.FAILED if job.error or (job.failed and not job.done) else JobStatus.DONE

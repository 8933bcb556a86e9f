"""An article on its way: taken in unread, and brought to its end by whoever has it in hand."""

from datetime import UTC, datetime
from typing import Any

from asgi_correlation_id import correlation_id

from app.articles import metadata, queue, repository
from app.articles.models import Article, ArticleState
from app.articles.queue import FREE, Claim
from app.articles.schemas import ArticleIn
from app.database import WriteSession
from app.extraction.document import Extraction
from app.jobs import repository as jobs
from app.quotes import service as quotes
from app.search.words import fold
from app.speakers import roles
from app.speakers import service as speakers
from app.utterances import service as utterances

ASKED_FOR, IN_BULK = 0, 1
"""Priorities: what somebody waits for is read before a batch."""


def sent(submitted: ArticleIn) -> dict[str, Any]:
    """The columns that say what the sender said."""
    return {
        **submitted.model_dump(include={"title", "url", "outlet", "published_at"}),
        "outlet_key": submitted.outlet and fold(submitted.outlet),
        "created_at": datetime.now(UTC),
    }


def found_in(found: Extraction) -> dict[str, Any]:
    """The columns that say how an article was read."""
    return {"language": found.language, "extractor": found.extractor, "warnings": list(found.warnings), "failure": None}


def enqueue(session: WriteSession, submitted: ArticleIn, priority: int) -> tuple[int, ArticleState]:
    """The id and the state of the article with this text. A new one waits to be read, a failed one does so again."""
    unread = {"language": submitted.language or "", "extractor": "", "warnings": [], "priority": priority}
    request_id = correlation_id.get()
    values = {**sent(submitted), **unread, "state": ArticleState.QUEUED, "request_id": request_id}
    if article_id := repository.add(session, submitted.text, **values):
        return article_id, ArticleState.QUEUED
    known = repository.keep_with_text(session, submitted.text)
    if known is None:
        return enqueue(session, submitted, priority)  # it was there, and was removed before it could be read
    metadata.fill(session, known, submitted)
    if queue.requeue(session, known.id, priority, request_id):
        return known.id, ArticleState.QUEUED
    queue.hasten(session, known.id, priority)
    return known.id, ArticleState(known.state)


def finish(session: WriteSession, claim: Claim, found: Extraction) -> bool:
    """Store what was found, once: False where the article is not in that hand any more."""
    if not queue.end(session, claim, ArticleState.DONE, **found_in(found)):
        return False
    article = repository.get(session, claim.article_id)
    assert article is not None
    add_quotes(session, article, found)
    jobs.settle(session, [article.id], ArticleState.DONE)
    return True


def fail(session: WriteSession, claim: Claim, reason: str) -> bool:
    """Give an article up; False where it is not in that hand any more."""
    if not queue.end(session, claim, ArticleState.FAILED, failure=reason):
        return False
    jobs.settle(session, [claim.article_id], ArticleState.FAILED, reason)
    return True


def take_back(session: WriteSession) -> None:
    """Let others read what dead holders had in hand, and give up what was in hand when two died."""
    if given_up := queue.take_back(session):
        jobs.settle(session, given_up, ArticleState.FAILED, queue.CRASHED)


def overtake(session: WriteSession, text: str, found: Extraction) -> int | None:
    """Store what was found beside the queue: the id of the unread article with this text, None where it was read.

    Whoever has it in hand comes too late then.
    """
    article_id = repository.set_read(session, text, state=ArticleState.DONE, **FREE, **found_in(found))
    if article_id is not None:
        jobs.settle(session, [article_id], ArticleState.DONE)
    return article_id


def add_quotes(session: WriteSession, article: Article, found: Extraction) -> None:
    """Store the quotes of an article with their speakers."""
    speaker_ids = speakers.link(session, [quote.speaker for quote in found.quotes if quote.speaker], article.id)
    roles.note(session, article.id, article.text, speaker_ids)
    rows = quotes.rows(article, found, speaker_ids, speakers.followed(session, speaker_ids.values()))
    session.add_all(rows)
    session.flush()
    utterances.assign(session, [row.id for row in rows])

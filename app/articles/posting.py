"""One POST /articles: read at once or later, and only once under an Idempotency-Key."""

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool

from app.articles import metadata, service
from app.articles.schemas import ArticleIn, ArticleOut
from app.database import Database
from app.database_errors import TRANSIENT
from app.idempotency import service as idempotency
from app.idempotency.service import Answer
from app.jobs import service as jobs
from app.jobs.schemas import JobOut
from app.turns import write_in_turn
from app.workers.client import ClientExtraction
from app.workers.protocol import Dispatcher
from app.workers.writing import write

Answered = tuple[int, ArticleOut | JobOut]
"""An HTTP status, and what is shown with it."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A text that was sent, and what there is to deal with it."""

    submitted: ArticleIn
    database: Database
    extraction: ClientExtraction
    dispatcher: Dispatcher

    async def answer(self, key: str | None, *, later: bool) -> Answered:
        """Read the text, or take it in to be read later. Raises the errors of extraction and of idempotency."""
        work = self._take_in if later else self._read
        if key is None:
            return await work()
        fingerprint = self._fingerprint()
        begin = partial(idempotency.begin, key=key, fingerprint=fingerprint)
        if earlier := await write_in_turn(self.database, begin):
            return await run_in_threadpool(self._again, earlier)
        holding = asyncio.create_task(self._hold(key))
        try:
            async with idempotency.freed_where_it_fails(self.database, key):
                status, shown = await work()
        finally:
            holding.cancel()
            await asyncio.wait([holding])  # its last word must not come after that of the answer
        await self._remember(key, fingerprint, status, shown)
        return status, shown

    async def _hold(self, key: str) -> None:
        """Show that the request is still in progress: a long text may wait and be read for longer than a key does."""
        while True:
            await asyncio.sleep(idempotency.IN_PROGRESS.total_seconds() / 3)
            with suppress(*TRANSIENT):
                await write(self.database, partial(idempotency.hold, key=key))

    async def _read(self) -> Answered:
        if known := await run_in_threadpool(self._read_already):
            if not metadata.missing(known, self.submitted):
                return 200, known
            if filled := await write_in_turn(self.database, partial(service.fill, submitted=self.submitted)):
                return 200, filled
        found = await self.extraction.extract(self.submitted.text, self.submitted.language)
        work = partial(service.store, submitted=self.submitted, found=found)
        article, is_new = await write_in_turn(self.database, work)
        return 201 if is_new else 200, article

    async def _take_in(self) -> Answered:
        job = await write_in_turn(self.database, partial(jobs.take_article, submitted=self.submitted))
        self.dispatcher.wake()
        return 202, job

    def _read_already(self) -> ArticleOut | None:
        with self.database.read() as session:
            return service.read_already(session, self.submitted)

    def _fingerprint(self) -> str:
        return hashlib.sha256(b"article\n" + self.submitted.model_dump_json().encode()).hexdigest()

    def _again(self, earlier: Answer) -> Answered:
        with self.database.read() as session:
            if earlier.job_id is not None:
                return earlier.status, jobs.get(session, earlier.job_id)
            assert earlier.article_id is not None
            return earlier.status, service.get(session, earlier.article_id)

    async def _remember(self, key: str, fingerprint: str, status: int, shown: ArticleOut | JobOut) -> None:
        answer = Answer(status, shown.id) if isinstance(shown, ArticleOut) else Answer(status, job_id=shown.id)
        remember = partial(idempotency.remember, key=key, fingerprint=fingerprint, answer=answer)
        await write_in_turn(self.database, remember)

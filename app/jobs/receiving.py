"""Taking in the lines of a body as they come, in constant memory."""

import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from functools import partial

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.articles.submission import FORM, MediaTypeError
from app.database import Database, WriteSession
from app.examples import SUBMISSION
from app.idempotency import service as idempotency
from app.ingestion.records import RecordError, as_article, json_fields, longest_line
from app.ingestion.splitting import LineSplitter, RawLine
from app.jobs import service
from app.jobs.service import BROKEN_OFF, Line
from app.turns import turn, write_in_turn

MEDIA_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl", FORM)
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "A line is what POST /articles takes as JSON."},
                "example": json.dumps(SUBMISSION) + "\n",
            }
        },
    }
}
MOST_LINES, MOST_BYTES, MOST_SECONDS = 100, 1_000_000, 1.0
"""What one transaction takes in."""


def refuse_other_types(request: Request) -> None:
    """Raises MediaTypeError where the body is not NDJSON."""
    given = request.headers.get("content-type", "none")
    if given.lower().partition(";")[0].strip() not in MEDIA_TYPES:
        detail = f"The Content-Type is {given[:100]!r}; send application/x-ndjson, a JSON object a line."
        raise MediaTypeError(detail, headers={"Accept": "application/x-ndjson"})


async def fingerprint_of(chunks: AsyncIterator[bytes]) -> str:
    """What tells a body from others. Raises what the chunks do."""
    digest = hashlib.sha256(b"batch\n")
    async for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


class Receiver:
    """Makes the lines of one body the items of a job."""

    def __init__(
        self, database: Database, job_id: int, max_text_bytes: int, wake: Callable[[], None], key: str | None = None
    ) -> None:
        self._database = database
        self._job_id = job_id
        self._max_text_bytes = max_text_bytes
        self._wake = wake
        self._key = key
        self._splitter = LineSplitter(longest_line(max_text_bytes))
        self._lines: list[RawLine] = []
        self._bytes = 0
        self._flushed = time.monotonic()

    async def receive(self, chunks: AsyncIterator[bytes]) -> str:
        """Take all lines in; what tells this body from others. Raises what the chunks do."""
        digest = hashlib.sha256(b"batch\n")
        try:
            async for chunk in chunks:
                digest.update(chunk)
                await self._take(chunk)
            self._lines += self._splitter.close()
            await self._flush()
        except BaseException:  # also where the service stops
            await self._flush()
            await self._close(BROKEN_OFF.format(line=self._splitter.number))
            raise
        await self._close(None)
        return digest.hexdigest()

    async def _take(self, chunk: bytes) -> None:
        for line in self._splitter.feed(chunk):
            self._lines.append(line)
            self._bytes += len(line[1] or b"")
            if len(self._lines) >= MOST_LINES or self._bytes >= MOST_BYTES:
                await self._flush()
        if time.monotonic() - self._flushed > MOST_SECONDS:
            await self._flush()  # also without a line: it shows that the receiver lives

    async def _flush(self) -> None:
        lines, self._lines, self._bytes = self._lines, [], 0
        async with turn(self._database.writers):
            await run_in_threadpool(self._store, lines)
        self._flushed = time.monotonic()
        self._wake()

    def _store(self, raw: list[RawLine]) -> None:
        lines = [self._checked(*line) for line in raw]

        def work(session: WriteSession) -> None:
            service.take(session, self._job_id, lines)
            if self._key:
                idempotency.hold(session, self._key)

        self._database.write(work)

    def _checked(self, number: int, line: bytes | None) -> Line:
        if line is None:
            return Line(number, None, f"longer than {longest_line(self._max_text_bytes)} bytes; send a shorter text")
        try:
            return Line(number, as_article(json_fields(line), self._max_text_bytes))
        except RecordError as error:
            return Line(number, None, str(error))

    async def _close(self, error: str | None) -> None:
        await write_in_turn(self._database, partial(service.close, job_id=self._job_id, error=error))

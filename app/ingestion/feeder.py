"""Files into the queue: records become the items of a job, a little ahead of those who read them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.database import Database
from app.database_errors import TRANSIENT
from app.ingestion.formats import format_of, size_of
from app.ingestion.records import Record, RecordError, as_article
from app.jobs import repository, service
from app.jobs.service import Line

log = logging.getLogger(__name__)
AHEAD = 64
"""Articles that wait to be read at most."""
AT_ONCE = 16
"""Records that one transaction takes in."""
WINDOW = 10_000
"""Lines of which it is looked up at a time which are items already."""
WHOLE_FILE = 0
"""The line of what is wrong with a file as a whole."""
PAUSE_SECONDS, OUTAGE_SECONDS = 0.2, 1.0
T = TypeVar("T")


class Feeder:
    """Takes the records of files into a job. What the job has already is passed over."""

    def __init__(self, database: Database, job_id: int, max_text_bytes: int) -> None:
        self.bytes_read = 0
        """Of all files so far."""
        self.characters = 0
        """Of the texts taken in."""
        self._database = database
        self._job_id = job_id
        self._max_text_bytes = max_text_bytes
        self._stopping = threading.Event()
        self._lines: list[Line] = []

    def stop(self) -> None:
        """End soon; from another thread."""
        self._stopping.set()

    def run(self, files: Sequence[Path]) -> None:
        """Take all files in, and close the job; unless it is stopped before."""
        for path in files:
            self._feed(path)
            if self._stopping.is_set():
                return
        self._flush()
        if not self._stopping.is_set():
            self._patiently(lambda: self._database.write(partial(service.close, job_id=self._job_id)))

    def _feed(self, path: Path) -> None:
        source = os.fsencode(path).decode("utf-8", "backslashreplace")
        before, number = self.bytes_read, 0
        try:
            for record, is_known in self._records(path, source, before):
                number = record.number
                if not is_known:
                    self._lines.append(self._line(record, source))
                if len(self._lines) >= AT_ONCE:
                    self._flush()
        except OSError as error:
            self._lines.append(Line(WHOLE_FILE, None, error.strerror or str(error), source))
        except RecordError as error:
            self._lines.append(Line(number + 1, None, str(error), source))
        self.bytes_read = before + size_of(path)

    def _records(self, path: Path, source: str, before: int) -> Iterator[tuple[Record, bool]]:
        """The records of a file, and whether each is an item of the job already."""
        window, known = range(0), set[int]()
        with path.open("rb") as file:
            read = format_of(path)
            assert read is not None
            for record in read(file, self._max_text_bytes):
                if self._stopping.is_set():
                    return
                if record.number not in window:
                    window = range(record.number, record.number + WINDOW)
                    known = self._known(source, window)
                yield record, record.number in known
                self.bytes_read = before + file.tell()

    def _known(self, source: str, lines: range) -> set[int]:
        return self._patiently(lambda: self._looked_up(source, lines))

    def _looked_up(self, source: str, lines: range) -> set[int]:
        with self._database.read() as session:
            return repository.lines_of(session, self._job_id, source, lines)

    def _line(self, record: Record, source: str) -> Line:
        try:
            article = as_article(record.load(), self._max_text_bytes)
        except RecordError as error:
            return Line(record.number, None, str(error), source)
        self.characters += len(article.text)
        return Line(record.number, article, source=source)

    def _flush(self) -> None:
        while self._patiently(self._waiting) >= AHEAD:
            if self._stopping.wait(PAUSE_SECONDS):
                return
        lines, self._lines = self._lines, []
        take = partial(service.take, job_id=self._job_id, lines=lines, waiting=False)
        self._patiently(lambda: self._database.write(take))

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do it as soon as the database lets this; what was done already is not done again. Raises when stopped."""
        while True:
            try:
                return work()
            except TRANSIENT as error:
                log.warning("the import waits for the database: %s", error.args[0])
                if self._stopping.wait(OUTAGE_SECONDS):
                    raise

    def _waiting(self) -> int:
        with self._database.read() as session:
            job = service.get(session, self._job_id)
        return job.total - job.done - job.failed

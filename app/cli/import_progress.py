"""What `onrecord import` shows while it works."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.ingestion.formats import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from app.ingestion.feeder import Feeder
    from app.jobs.schemas import JobOut


class ImportProgress:
    """A bar over the bytes of all files, with articles and characters a second; a line of figures in the end."""

    def __init__(self, files: Sequence[Path], feeder: Feeder, job: JobOut) -> None:
        self._feeder = feeder
        self._bytes = sum(map(size_of, files))
        self._began = time.monotonic()
        self._first = self._last = job
        self._console = Console(stderr=True)
        columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, refresh_per_second=2)
        self._task = self._bar.add_task("Loading the models", total=max(self._bytes, 1))

    def __enter__(self) -> ImportProgress:
        self._began = time.monotonic()
        self._bar.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        self._console.print(self._figures(self._last), highlight=False)

    def show(self, job: JobOut) -> None:
        """The job as it is now."""
        self._last = job
        part = _ended(job) / job.total if job.total else 0
        self._bar.update(self._task, completed=self._feeder.bytes_read * part, description=self._figures(job))

    def _figures(self, job: JobOut) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        ended = _ended(job) - _ended(self._first)
        characters = self._feeder.characters * min(ended / max(job.total - self._first.total, 1), 1)
        failed = f", {job.failed:,} failed" if job.failed else ""
        rates = f"{ended / seconds:.1f} articles and {characters / seconds:,.0f} characters a second"
        return f"{job.done:,} of {job.total:,} articles{failed}; {rates}"


def _ended(job: JobOut) -> int:
    return job.done + job.failed

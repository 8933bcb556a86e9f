"""A worker as the web process sees it: asked for one text at a time, over a pipe, and held to its limits.

Several texts in one message were measured and left: the attribution model, three quarters of the time, reads window by
window, and eight windows at once took 8 % less time in one run and 8 % more in the next; the name tagger, a tenth of
it, gains a sixth. That is 2 % in all, for answers that would wait for each other.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import psutil

from app.extraction.document import Extraction
from app.workers import child
from app.workers.child import Factory, Failure
from app.workers.protocol import OutOfMemoryError, OutOfTimeError, WorkerCrashedError, WorkerLostError

LOAD_SECONDS = 300
USUAL_LENGTH = 100_000
"""Characters up to which a text has the time of the setting; a longer one has more in proportion."""
CRASHED = "The worker process died while it read this text. Nothing was stored."
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may take."""

    seconds: float
    memory_mb: int

    def seconds_of(self, text: str) -> float:
        """How long this text may take."""
        return self.seconds * max(1.0, len(text) / USUAL_LENGTH)


class WorkerProcess:
    """A spawned process. One thread may use it while another calls `check`."""

    def __init__(self, factory: Factory, limits: Limits) -> None:
        context = get_context("spawn")
        self.loaded = False
        self._limits = limits
        self._lock = threading.Lock()
        self._due: tuple[float, float] | None = None
        """When what it does now must be done, and how many seconds that are."""
        self._lost: WorkerLostError | None = None
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=child.serve, args=(theirs, factory), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is noticed here

    @property
    def usable(self) -> bool:
        """Whether it can take a text."""
        return self.loaded and self._lost is None and self.process.is_alive()

    def wait_until_loaded(self) -> Failure | None:
        """Wait for the extractor; what loading it raised, if anything. Raises WorkerLostError."""
        failure = self._within(LOAD_SECONDS, self._pipe.recv)
        self.check()  # before it takes a text: one that is too large already would lose it
        if self._lost:
            raise self._lost
        self.loaded = failure is None
        return failure

    def extract(self, text: str, language: str | None, request_id: str | None = None) -> Extraction | Failure:
        """Have a text read. Raises WorkerLostError."""

        def ask() -> Extraction | Failure:
            self._pipe.send((text, language, request_id))
            return self._pipe.recv()

        return self._within(self._limits.seconds_of(text), ask)

    def check(self) -> None:
        """End it where it takes more time or memory than it may."""
        with self._lock:
            self._lost = self._lost or self._excess()
            if self._lost:
                self.process.kill()

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()

    def let_go(self) -> None:
        """End it and wait until nothing of it is left."""
        self.process.kill()
        self.process.join()
        self._pipe.close()

    def _within(self, seconds: float, work: Callable[[], Any]) -> Any:
        """Do what `check` interrupts after so many seconds."""
        with self._lock:
            self._due = (time.monotonic() + seconds, seconds)
        try:
            return work()
        except (EOFError, OSError):
            with self._lock:  # the pipe ends a moment before the process does
                self._lost = self._lost or WorkerCrashedError(CRASHED)
            raise self._lost from None
        finally:
            with self._lock:
                self._due = None

    def _excess(self) -> WorkerLostError | None:
        if self._due and time.monotonic() > self._due[0]:
            return OutOfTimeError(f"Reading this text took more than {self._due[1]:g} s. Nothing was stored.")
        if self._resident() > self._limits.memory_mb * MEBIBYTE:
            limit = f"{self._limits.memory_mb} MB"
            return OutOfMemoryError(f"Reading this text took more than {limit} of memory. Nothing was stored.")
        return None

    def _resident(self) -> int:
        try:
            return psutil.Process(self.process.pid).memory_info().rss
        except (psutil.Error, OSError):  # it has just ended, or there is no descriptor left to look with
            return 0

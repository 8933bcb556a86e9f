"""Texts that wait for a worker: a bounded queue of two priorities, between the web and the threads of the workers."""

import math
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field

from app.errors import OnRecordError
from app.extraction.document import Extraction
from app.workers.protocol import QueueFullError

LONGEST_RETRY_SECONDS = 300
REMEMBERED = 0.95
"""Weight of all texts before in the pace, the one just read included."""


@dataclass(eq=False, slots=True)
class Order:
    """A text to be read, and where its quotes are waited for."""

    text: str
    language: str | None
    background: bool
    request_id: str | None = None
    """The request that waits for it, for the log of the worker."""
    answer: "Future[Extraction]" = field(default_factory=Future)
    abandoned: bool = False
    """Whether nobody waits for the answer any more."""


class WaitingTexts:
    """First come, first served, but those in the background behind all others. Thread-safe.

    Either sort has `length` places of its own, so that no import takes those of the people who wait.
    """

    def __init__(self, length: int, workers: int) -> None:
        self.closed: OnRecordError | None = None
        """Why nothing is taken in any more."""
        self._length = length
        self._workers = workers
        self._queues: dict[bool, deque[Order]] = {False: deque(), True: deque()}
        self._changed = threading.Condition()
        self._read = (5_000.0, 1.0)
        """Characters and the seconds they took, the older ones counting less."""

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def add(self, order: Order) -> None:
        """Let a text wait. Raises QueueFullError, and after `close` the reason given there."""
        with self._changed:
            if self.closed:
                raise self.closed
            queue = self._queues[order.background]
            if len(queue) >= self._length:
                raise self._full(queue)
            queue.append(order)
            self._changed.notify()
        order.answer.add_done_callback(lambda _: self._drop(order))

    def take(self, seconds: float) -> Order | None:
        """The next text, now in hand; None where none came for so long, or none will."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or len(self), seconds)
            order = next(self._popped(), None)
        return order if order and order.answer.set_running_or_notify_cancel() else None

    def note(self, characters: int, seconds: float) -> None:
        """Learn from a text that was read how long others will take."""
        with self._changed:
            before = [value * REMEMBERED for value in self._read]
            self._read = (before[0] + characters, before[1] + seconds)

    def refuse(self, error: OnRecordError) -> None:
        """Answer all that wait with this error."""
        with self._changed:
            refused = list(self._popped())
        for order in refused:
            if order.answer.set_running_or_notify_cancel():
                order.answer.set_exception(error)

    def close(self, error: OnRecordError) -> None:
        """Refuse all that wait, and all that come."""
        with self._changed:
            self.closed = error
            self._changed.notify_all()
        self.refuse(error)

    def pause(self, seconds: float) -> None:
        """Sleep, but no longer than until `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed, seconds)

    def _popped(self) -> Iterator[Order]:
        for queue in self._queues.values():
            while queue:
                yield queue.popleft()

    def _drop(self, order: Order) -> None:
        """Free the place of a text that is no longer waited for."""
        with self._changed, suppress(ValueError):
            self._queues[order.background].remove(order)

    def _full(self, queue: deque[Order]) -> QueueFullError:
        characters, seconds = self._read
        waiting = sum(len(order.text) for order in queue) * seconds / characters / self._workers
        retry = min(max(1, math.ceil(waiting)), LONGEST_RETRY_SECONDS)
        detail = f"{self._length} texts wait already. Nothing was stored; send it again in {retry} s."
        return QueueFullError(detail, headers={"Retry-After": str(retry)})

"""The place of one worker: it is kept filled, and its worker kept busy."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from app.extraction.document import Extraction
from app.workers.child import Failure
from app.workers.process import WorkerProcess
from app.workers.protocol import ExtractionFailedError, ExtractorUnavailableError, WorkerLostError
from app.workers.waiting import Order, WaitingTexts

log = logging.getLogger(__name__)
ATTEMPTS = 2
IDLE_SECONDS = 0.5
"""How long at most until the death of an idle worker is noticed."""
RESTART_SECONDS = 2


class Slot:
    """A thread that gives the texts that wait to a worker, one at a time, and replaces it when it is lost.

    A text whose worker was lost is tried once more, by the new one. `on_missing` is told why there is none.
    """

    def __init__(
        self,
        start: Callable[[], WorkerProcess],
        waiting: WaitingTexts,
        on_missing: Callable[[ExtractorUnavailableError], None],
    ) -> None:
        self.restarts = 0
        self.in_hand: Order | None = None
        self._start = start
        self._waiting = waiting
        self._on_missing = on_missing
        self._worker: WorkerProcess | None = None
        self._thread = threading.Thread(target=self._run, name="extraction", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def loaded(self) -> bool:
        worker = self._worker
        return worker is not None and worker.usable

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for what its worker reads."""
        order = self.in_hand
        return order is not None and not order.abandoned

    def check(self) -> None:
        """End the worker where it takes more time or memory than it may."""
        if worker := self._worker:
            worker.check()

    def end(self) -> None:
        """End the worker, and return when nothing is left; the queue has to be closed already."""
        while self._thread.is_alive():
            if worker := self._worker:
                worker.kill()
            self._thread.join(0.1)

    def _run(self) -> None:
        try:
            while not self._waiting.closed:
                self._keep_on()
        finally:
            if self._worker:
                self._worker.let_go()

    def _keep_on(self) -> None:
        """Have a worker, and have it read a text if there is one."""
        try:
            self._living()
        except ExtractorUnavailableError as error:
            self._on_missing(error)
            self._waiting.pause(RESTART_SECONDS)
            return
        if order := self._waiting.take(IDLE_SECONDS):
            self._answer(order)
            self.check()

    def _answer(self, order: Order) -> None:
        self.in_hand = order
        try:
            answer = partial(order.answer.set_result, self._read(order))
        except Exception as error:
            answer = partial(order.answer.set_exception, error)
        self.in_hand = None
        answer()

    def _read(self, order: Order) -> Extraction:
        for attempt in range(1, ATTEMPTS + 1):
            began = time.monotonic()
            try:
                answer = self._living().extract(order.text, order.language, order.request_id)
            except WorkerLostError as lost:
                self._on_lost(order, lost, is_last=attempt == ATTEMPTS)
                continue
            self._waiting.note(len(order.text), time.monotonic() - began)
            if isinstance(answer, Failure):
                log.error("extraction failed\n%s", answer.traceback)
                raise ExtractionFailedError("The extractor failed on this text. Nothing was stored.")
            return answer
        raise AssertionError("unreachable")

    def _on_lost(self, order: Order, lost: WorkerLostError, *, is_last: bool) -> None:
        """Raises where the text is not to be tried again."""
        if self._waiting.closed:
            raise self._waiting.closed
        log.warning("a text of %d characters: %s", len(order.text), lost.detail)
        if is_last or order.abandoned:
            raise lost

    def _living(self) -> WorkerProcess:
        """The worker, or a new one in its place. Raises ExtractorUnavailableError."""
        if self._worker and self._worker.usable:
            return self._worker
        if self._worker:
            log.warning("an extraction worker was lost; another takes its place")
            self._worker.let_go()
            self._worker = None
            self.restarts += 1
        if self._waiting.closed:
            raise self._waiting.closed
        try:
            self._worker = self._start()
        except OSError as error:  # no memory, process or descriptor is left just now
            log.error("no worker could be started: %s", error)
            raise ExtractorUnavailableError("No worker could be started; the service's log has the cause.") from None
        self._load(self._worker)
        return self._worker

    def _load(self, worker: WorkerProcess) -> None:
        try:
            failure = worker.wait_until_loaded()
        except WorkerLostError as lost:
            log.error("the extractor did not load: %s", lost.detail)
            raise ExtractorUnavailableError("The extractor did not load; the service's log has the cause.") from None
        if failure:
            log.error("the extractor did not load\n%s", failure.traceback)
            raise ExtractorUnavailableError("The extractor did not load; the service's log has the cause.")

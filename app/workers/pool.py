"""Extraction in a process of its own, so that the web process stays quick whatever the extractor does."""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from multiprocessing.connection import wait

from app.extraction.document import Extraction
from app.settings import Settings
from app.workers import process
from app.workers.process import Factory, Failure, WorkerDiedError, WorkerProcess
from app.workers.protocol import ExtractionFailedError, ExtractorUnavailableError, PoolStatus

log = logging.getLogger(__name__)
ATTEMPTS = 2
RESTART_SECONDS = 0.5


class ExtractionPool:
    """One worker process. Where it dies another takes its place, and the text in hand is tried once more.

    One thread talks to the worker, so texts are read in the order they came in.
    """

    def __init__(self, factory: Factory) -> None:
        self._factory = factory
        self._thread = ThreadPoolExecutor(1, "extraction")
        self._worker: WorkerProcess | None = None
        self._loaded: WorkerProcess | None = None
        self._closing = threading.Event()
        self._waiting = 0
        self._started = 0

    @classmethod
    def of(cls, settings: Settings) -> "ExtractionPool":
        """The pool with the extractor the settings name."""
        wanted = (settings.models, settings.models_dir, settings.attribution_model, settings.log_format)
        return cls(partial(process.load, *wanted))

    @property
    def loaded(self) -> bool:
        worker = self._loaded
        return worker is not None and worker.process.is_alive()

    async def start(self) -> None:
        self._thread.submit(self._warm)

    async def stop(self) -> None:
        self._closing.set()
        # What still runs has nobody left to answer to: a long text must not hold up the shutdown.
        if self._worker and self._worker.process.is_alive():
            self._worker.process.kill()
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
        if self._worker:
            self._worker.kill()

    async def extract(self, text: str, language: str | None = None) -> Extraction:
        if self._closing.is_set():
            raise ExtractorUnavailableError("The service is shutting down.")
        work = partial(copy_context().run, self._extract, text, language)  # with the id of the request
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._thread.submit(work))
        finally:
            self._waiting -= 1

    def status(self) -> PoolStatus:
        workers, asked = int(self.loaded), self._waiting
        busy = min(workers, asked)
        return PoolStatus(queued=asked - busy, busy=busy, workers=workers, restarts=max(0, self._started - 1))

    def _extract(self, text: str, language: str | None) -> Extraction:
        for _ in range(ATTEMPTS):
            try:
                answer = self._living().extract(text, language)
            except WorkerDiedError:
                self._loaded = None  # its pipe ends a moment before it does
                continue
            if isinstance(answer, Failure):
                log.error("extraction failed\n%s", answer.traceback)
                raise ExtractionFailedError("The extractor failed on this text. Nothing was stored.")
            return answer
        raise ExtractorUnavailableError("The worker that read this text died; it may be the text. Nothing was stored.")

    def _living(self) -> WorkerProcess:
        """The worker, or a new one in its place. Raises WorkerDiedError, ExtractorUnavailableError."""
        if self._worker and self.loaded:
            return self._worker
        if self._worker:
            self._worker.kill()
        if self._closing.is_set():
            raise ExtractorUnavailableError("The service is shutting down.")
        worker = self._worker = WorkerProcess(self._factory)
        self._started += 1
        if failure := worker.wait_until_loaded():
            log.error("the extractor did not load\n%s", failure.traceback)
            raise ExtractorUnavailableError("The extractor did not load; the service's log has the cause.")
        self._loaded = worker
        threading.Thread(target=self._watch, args=(worker,), daemon=True).start()
        return worker

    def _watch(self, worker: WorkerProcess) -> None:
        """Start another worker when this one ends by itself, also when nobody asks for it."""
        wait([worker.process.sentinel])
        if not self._closing.wait(RESTART_SECONDS):
            log.warning("the extraction worker died; another takes its place")
            self._thread.submit(self._warm)

    def _warm(self) -> None:
        try:
            self._living()
        except (WorkerDiedError, ExtractorUnavailableError) as error:
            log.error("no extractor: %r", error)

"""Extraction in processes of its own, so that the web process stays quick whatever the extractor does."""

import asyncio
import logging
import threading
import time
from functools import partial

from asgi_correlation_id import correlation_id

from app.extraction.document import Extraction
from app.settings import Settings
from app.workers import child
from app.workers.child import Factory
from app.workers.cores import threads_each
from app.workers.process import Limits, WorkerProcess
from app.workers.protocol import ExtractorUnavailableError, PoolStatus
from app.workers.slot import Slot
from app.workers.waiting import Order, WaitingTexts

log = logging.getLogger(__name__)
WATCH_SECONDS = 0.1
"""How often the time and memory of the workers are looked at."""


class ExtractionPool:
    """Workers that read texts side by side. One that dies, hangs or grows too large is replaced.

    Each has a thread that talks to it (see `Slot`), and one more thread watches their time and memory.
    """

    def __init__(self, factory: Factory, settings: Settings) -> None:
        limits = Limits(settings.extraction_seconds, settings.worker_memory_mb)
        self._grace = settings.shutdown_seconds
        self._waiting = WaitingTexts(settings.queue_length, settings.workers)
        start = partial(WorkerProcess, factory, limits)
        self._slots = [Slot(start, self._waiting, self._on_missing) for _ in range(settings.workers)]
        self._ended = threading.Event()

    @classmethod
    def of(cls, settings: Settings) -> "ExtractionPool":
        """The pool with the extractor the settings name; each worker has its share of the cores."""
        return cls(factory_of(settings), settings)

    @classmethod
    def one_of(cls, settings: Settings) -> "ExtractionPool":
        """One worker, with its share of the cores: the others of this machine run beside this process."""
        return cls(factory_of(settings), settings.model_copy(update={"workers": 1}))

    @property
    def loaded(self) -> bool:
        return any(slot.loaded for slot in self._slots)

    def status(self) -> PoolStatus:
        return PoolStatus(
            queued=len(self._waiting),
            busy=sum(slot.in_hand is not None for slot in self._slots),
            workers=sum(slot.loaded for slot in self._slots),
            restarts=sum(slot.restarts for slot in self._slots),
        )

    async def start(self) -> None:
        for slot in self._slots:
            slot.start()
        threading.Thread(target=self._watch, name="extraction-watch", daemon=True).start()

    async def stop(self) -> None:
        """Finish what is in hand and waited for, but not for longer than the period of grace."""
        self._waiting.close(ExtractorUnavailableError("The service is shutting down. Nothing was stored."))
        deadline = time.monotonic() + self._grace
        while any(slot.is_awaited for slot in self._slots) and time.monotonic() < deadline:
            await asyncio.sleep(WATCH_SECONDS)
        await asyncio.gather(*(asyncio.to_thread(slot.end) for slot in self._slots))
        self._ended.set()

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        order = Order(text, language, background, correlation_id.get())
        self._waiting.add(order)
        try:
            return await asyncio.wrap_future(order.answer)
        except asyncio.CancelledError:
            order.abandoned = True
            raise

    def _on_missing(self, error: ExtractorUnavailableError) -> None:
        if not self.loaded:
            self._waiting.refuse(error)

    def _watch(self) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            for slot in self._slots:
                try:
                    slot.check()
                except Exception:  # without this thread nothing would be held to its limits any more
                    log.exception("a worker could not be looked at")


def factory_of(settings: Settings) -> Factory:
    """What makes the extractor that the settings name, with its share of the cores."""
    wanted = (settings.models, settings.models_dir, settings.attribution_model, threads_each(settings.workers))
    return partial(child.load, *wanted, log_format=settings.log_format)

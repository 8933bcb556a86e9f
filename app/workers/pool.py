"""Extraction in a spawned process of its own, so that the web process stays quick whatever the extractor does."""

import asyncio
import logging
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any

from app.extraction.document import Extraction, QuoteExtractor
from app.settings import Settings
from app.workers import process
from app.workers.protocol import ExtractionFailedError, ExtractorUnavailableError

log = logging.getLogger(__name__)
ATTEMPTS = 2


class ExtractionPool:
    """One worker process. Where it dies another takes its place, and the text in hand is tried once more."""

    def __init__(self, factory: Callable[[], QuoteExtractor]) -> None:
        self._factory = factory
        self._executor: ProcessPoolExecutor | None = None
        self._load: Future[bool] | None = None

    @classmethod
    def of(cls, settings: Settings) -> "ExtractionPool":
        """The pool with the extractor the settings name."""
        return cls(partial(process.load, settings.models, settings.models_dir))

    @property
    def loaded(self) -> bool:
        load = self._load
        return load is not None and load.done() and not load.cancelled() and load.exception() is None

    async def start(self) -> None:
        self._executor = ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=process.initialize,
            initargs=(self._factory, len(os.sched_getaffinity(0))),
        )
        self._load = self._executor.submit(process.is_loaded)
        self._load.add_done_callback(_log_failure)

    async def stop(self) -> None:
        executor, self._executor = self._executor, None
        if executor is None:
            return
        # What still runs has nobody left to answer to: a long text must not hold up the shutdown.
        for worker in list((executor._processes or {}).values()):
            worker.kill()
        await asyncio.to_thread(executor.shutdown, cancel_futures=True)

    async def extract(self, text: str, language: str | None = None) -> Extraction:
        for _ in range(ATTEMPTS):
            executor = self._executor
            if executor is None:
                break
            try:
                return await self._submitted(executor, text, language)
            except BrokenProcessPool:
                await self._replace(executor)
        raise ExtractorUnavailableError("The worker that read this text died; it may be the text. Nothing was stored.")

    async def _submitted(self, executor: ProcessPoolExecutor, text: str, language: str | None) -> Extraction:
        await self._wait_for_load()
        try:
            return await asyncio.wrap_future(executor.submit(process.extract, text, language))
        except BrokenProcessPool:
            raise
        except Exception as error:
            log.exception("extraction failed")
            raise ExtractionFailedError("The extractor failed on this text. Nothing was stored.") from error

    async def _wait_for_load(self) -> None:
        try:
            await asyncio.shield(asyncio.wrap_future(self._load))
        except BrokenProcessPool:
            raise
        except Exception as error:
            raise ExtractorUnavailableError("The extractor did not load; the service's log has the cause.") from error

    async def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put a new worker in the place of a dead one; of all who saw it die, the first does."""
        if self._executor is broken:
            log.warning("the extraction worker died; starting another")
            await self.start()
            await asyncio.to_thread(broken.shutdown)


def _log_failure(load: Future[Any]) -> None:
    if not load.cancelled() and (error := load.exception()):
        log.error("the extractor did not load", exc_info=error)

"""Extraction in a thread of this process: for tests, and for extractors as light as they."""

from starlette.concurrency import run_in_threadpool

from app.extraction.document import Extraction, QuoteExtractor
from app.workers.protocol import ExtractionFailedError, PoolStatus


class InlineExtraction:
    """An extractor that needs no process of its own."""

    loaded = True

    def __init__(self, extractor: QuoteExtractor) -> None:
        self._extractor = extractor

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def status(self) -> PoolStatus:
        return PoolStatus(queued=0, busy=0, workers=1, restarts=0)

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        try:
            return await run_in_threadpool(self._extractor.extract, text, language)
        except Exception as error:
            raise ExtractionFailedError("The extractor failed on this text. Nothing was stored.") from error

"""Waiting until an extractor can read."""

from app.workers.protocol import ExtractionBackend, ExtractorUnavailableError, WorkerLostError

ATTEMPTS = 3


async def until_loaded(extraction: ExtractionBackend) -> None:
    """Return when the extractor has read something. A worker may be killed while it loads; another takes its place.

    Raises ExtractorUnavailableError or WorkerLostError where that happens every time.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await extraction.extract("Is anybody there?")
            return
        except (ExtractorUnavailableError, WorkerLostError):
            if attempt == ATTEMPTS:
                raise

"""What the web process asks of extraction, wherever it runs."""

from typing import Protocol

from app.errors import OnRecordError
from app.extraction.document import Extraction


class ExtractionBackend(Protocol):
    """Extraction off the event loop."""

    @property
    def loaded(self) -> bool:
        """Whether a text would be read at once."""
        ...

    async def start(self) -> None:
        """Begin to load; returns at once."""
        ...

    async def stop(self) -> None:
        """Let go of everything; returns when nothing of it is left."""
        ...

    async def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of a text. Raises ExtractionFailedError, ExtractorUnavailableError."""
        ...


class Dispatcher(Protocol):
    """Sees to it that the articles in the queue are read."""

    async def start(self) -> None:
        """Begin; returns at once."""
        ...

    async def stop(self) -> None:
        """End, and hand back what is in hand."""
        ...

    def wake(self) -> None:
        """There is something in the queue. It would be found without that too, but later."""
        ...


class ExtractionFailedError(OnRecordError):
    """The extractor raised on this text; nothing was stored."""

    status, name, title = 500, "extraction-failed", "The text could not be read"


class ExtractorUnavailableError(OnRecordError):
    """There is no extractor: it did not load, or died twice over this text."""

    status, name, title = 503, "extractor-unavailable", "No extractor is there to read the text"

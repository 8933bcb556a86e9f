"""What the web process asks of extraction, wherever it runs."""

from dataclasses import dataclass
from typing import Protocol

from app.errors import OnRecordError
from app.extraction.document import Extraction


@dataclass(frozen=True, slots=True)
class PoolStatus:
    """How much the workers have to do, and how often one had to be replaced."""

    queued: int
    """Texts that wait."""
    busy: int
    """Workers that read one."""
    workers: int
    """Workers that are loaded."""
    restarts: int
    """Workers that took the place of another since the start."""


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

    def status(self) -> PoolStatus:
        """How things stand at this moment."""
        ...

    async def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of a text. Raises ExtractionFailedError, ExtractorUnavailableError."""
        ...


class ExtractionFailedError(OnRecordError):
    """The extractor raised on this text; nothing was stored."""

    status, name, title = 500, "extraction-failed", "The text could not be read"


class ExtractorUnavailableError(OnRecordError):
    """There is no extractor: it did not load, or died twice over this text."""

    status, name, title = 503, "extractor-unavailable", "No extractor is there to read the text"

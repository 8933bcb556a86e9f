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
        """Whether there is somebody to read a text."""
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

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        """Find the quotes of a text; one in the background waits until no other does.

        Cancelled, a text that waits gives up its place; one in hand is read to its end, and the answer dropped. Raises
        ExtractionFailedError, ExtractorUnavailableError, QueueFullError.
        """
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

    def reaches_broker(self) -> bool | None:
        """Whether the broker answers now; None where there is none. Waits for it a few seconds at most."""
        ...


class ExtractionFailedError(OnRecordError):
    """This text cannot be read, however often it is tried; nothing was stored."""

    status, name, title = 500, "extraction-failed", "The text could not be read"


class WorkerLostError(ExtractionFailedError):
    """A worker was lost while it read this text; one of the errors below says how."""


class WorkerCrashedError(WorkerLostError):
    """Two workers died over this text."""

    name, title = "extraction-crashed", "The worker died while it read the text"


class OutOfTimeError(WorkerLostError):
    """Two workers were ended because they read this text for too long."""

    name, title = "extraction-out-of-time", "Reading the text took too long"


class OutOfMemoryError(WorkerLostError):
    """Two workers were ended because they grew too large over this text."""

    name, title = "extraction-out-of-memory", "Reading the text took too much memory"


class ExtractorUnavailableError(OnRecordError):
    """There is no extractor: it did not load, or the service is shutting down. The text itself may be fine."""

    status, name, title = 503, "extractor-unavailable", "No extractor is there to read the text"


class QueueFullError(OnRecordError):
    """More texts wait than may; Retry-After says when some of them will have been read."""

    status, name, title = 503, "queue-full", "Too many texts wait to be read"


READING_ERRORS = (
    ExtractionFailedError,
    WorkerCrashedError,
    OutOfTimeError,
    OutOfMemoryError,
    ExtractorUnavailableError,
    QueueFullError,
)
"""What having a text read may raise."""

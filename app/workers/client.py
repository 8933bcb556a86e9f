"""Extraction for a client that waits for it, and may go away meanwhile."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request

from app.errors import OnRecordError
from app.extraction.document import Extraction
from app.workers.protocol import ExtractionBackend, ExtractorUnavailableError


class ClientGoneError(OnRecordError):
    """Nobody waits for the answer any more; the status, nginx's, is for the log alone."""

    status, name, title = 499, "client-gone", "The client went away"


@dataclass(frozen=True, slots=True)
class ClientExtraction:
    """Reads for one request, whose body has been received. The place in the queue is the client's, and goes with it."""

    backend: ExtractionBackend
    request: Request

    async def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of a text. Raises what the backend does, and ClientGoneError."""
        reading = asyncio.ensure_future(self.backend.extract(text, language))
        leaving = asyncio.ensure_future(self._gone())
        try:
            await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                raise ClientGoneError("The client went away before its text was read. Nothing was stored.")
            return reading.result()
        except asyncio.CancelledError:  # the server's own period of grace is over
            raise ExtractorUnavailableError("The service is shutting down. Nothing was stored.") from None
        finally:
            reading.cancel()
            leaving.cancel()

    async def _gone(self) -> None:
        while (await self.request.receive())["type"] != "http.disconnect":
            pass

"""Reading articles out of the queue: taken in hand, read, stored once, handed back."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from functools import partial
from itertools import chain, repeat

from asgi_correlation_id import correlation_id

from app.articles import queue, reading
from app.articles.queue import Claim
from app.database import Database, WriteSession
from app.database_errors import TRANSIENT
from app.workers.protocol import ExtractionBackend, ExtractionFailedError, ExtractorUnavailableError, QueueFullError
from app.workers.writing import write

log = logging.getLogger(__name__)
UNSTORABLE = "What was found in this text could not be stored; the service's log has the cause."
PAUSES = (0.2, 0.5, 1.0, 2.0)
LAST_PAUSE = 5.0
UNAVAILABLE_SECONDS = 1.0
Work = Callable[[WriteSession], object]


class Reader:
    """Has articles of the queue read by an extractor. What it has in hand is under its lease."""

    def __init__(self, database: Database, extraction: ExtractionBackend) -> None:
        self._database = database
        self._extraction = extraction
        self._lease = secrets.token_hex(16)
        self._in_hand: set[int] = set()
        self._alone = False
        """Whether what is in hand bears nothing beside it."""

    async def claim(self, most: int) -> list[Claim]:
        """Take the next articles in hand; none while one is that has to be read alone."""
        if self._alone and self._in_hand:
            return []
        work = partial(queue.claim, lease=self._lease, most=most, empty=not self._in_hand)
        claims = await write(self._database, work)
        self._in_hand |= {claim.article_id for claim in claims}
        self._alone = any(claim.alone for claim in claims)
        return claims

    async def read(self, claim: Claim) -> None:
        """Bring an article in hand to its end. Where the database does not answer, this waits until it does."""
        correlation_id.set(claim.request_id)
        try:
            await self._store(claim, await self._outcome(claim))
        except Exception:
            log.exception("article %s could not be stored", claim.article_id)
            await self._store(claim, partial(reading.fail, claim=claim, reason=UNSTORABLE))
        finally:
            self._in_hand.discard(claim.article_id)

    async def renew(self) -> None:
        """Show that this reader lives."""
        if self._in_hand:
            await write(self._database, partial(queue.renew, lease=self._lease, article_ids=list(self._in_hand)))

    async def hand_back(self) -> None:
        """Let others read what is in hand."""
        await write(self._database, partial(queue.hand_back, lease=self._lease))
        self._in_hand.clear()

    async def _outcome(self, claim: Claim) -> Work:
        """What is to be written of an article, once it has been read."""
        try:
            found = await self._extraction.extract(claim.text, claim.language, background=True)
        except ExtractionFailedError as error:
            return partial(reading.fail, claim=claim, reason=error.detail)
        except (ExtractorUnavailableError, QueueFullError):  # the text itself may be fine
            await asyncio.sleep(UNAVAILABLE_SECONDS)
            return partial(queue.hand_back, lease=self._lease, article_id=claim.article_id)
        return partial(reading.finish, claim=claim, found=found)

    async def _store(self, claim: Claim, work: Work) -> None:
        for pause in chain(PAUSES, repeat(LAST_PAUSE)):
            try:
                await write(self._database, work)
                return
            except TRANSIENT as error:
                log.warning("article %s is not stored yet: %s", claim.article_id, error)
                await asyncio.sleep(pause)

"""What has to be put right from time to time, whoever died."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

from app.articles import queue, reading
from app.database import Database, WriteSession
from app.database_errors import TRANSIENT
from app.idempotency import service as idempotency
from app.jobs import service as jobs
from app.workers.writing import write

log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0


def sweep(session: WriteSession) -> None:
    """Put what dead readers had in hand back into the queue, close what dead receivers left, forget what is old."""
    reading.take_back(session)
    jobs.sweep(session)
    idempotency.sweep(session)


class House:
    """Keeps order where articles are held: runs the errands of the holder, and sweeps.

    They run beside each other: however long one waits for a broker, a holder goes on showing that it lives.
    """

    def __init__(self, database: Database, *errands: Callable[[], Awaitable[object]]) -> None:
        self._database = database
        self._errands = errands
        self._trusted_from = 0.0

    async def keep(self) -> None:
        """Do so every few seconds until this is cancelled. What fails is tried again."""
        async with asyncio.TaskGroup() as group:
            for errand in (*self._errands, self._sweep):
                group.create_task(self._repeat(errand))

    async def _repeat(self, errand: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await errand()
            except Exception as error:
                log.warning("not now: %s", error)
                self._note(error)
            await asyncio.sleep(EVERY_SECONDS)

    def _note(self, error: Exception) -> None:
        """Nobody could show that they live while the database was away: give them a lease's time to."""
        if isinstance(error, TRANSIENT):
            self._trusted_from = monotonic() + queue.LEASE.total_seconds()

    async def _sweep(self) -> None:
        if monotonic() >= self._trusted_from:
            await write(self._database, sweep)

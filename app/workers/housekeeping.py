"""What has to be put right from time to time, whoever died."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from app.articles import reading
from app.database import Database, WriteSession
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


async def keep_house(database: Database, *errands: Callable[[], Awaitable[object]]) -> None:
    """Sweep, and run the errands, every few seconds until this is cancelled. What fails is tried again next time."""
    while True:
        for errand in (*errands, partial(write, database, sweep)):
            try:
                await errand()
            except Exception as error:
                log.warning("not now: %s", error)
        await asyncio.sleep(EVERY_SECONDS)

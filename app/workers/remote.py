"""Reading on other machines: the web process wakes them, `onrecord worker` is what wakes up."""

import asyncio
import contextlib
import logging
import secrets
from concurrent.futures import CancelledError, Future

from anyio.from_thread import BlockingPortal, start_blocking_portal
from celery import Celery
from celery.signals import worker_shutting_down
from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from app.settings import Settings
from app.workers.broker import TASK, answers, celery_of, top_up
from app.workers.housekeeping import House
from app.workers.loading import until_loaded
from app.workers.pool import ExtractionPool
from app.workers.protocol import ExtractionBackend
from app.workers.reader import Reader

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0


class RemoteDispatcher:
    """Wakes workers on other machines; nothing is read here."""

    def __init__(self, database: Database, celery: Celery) -> None:
        self._database = database
        self._celery = celery
        self._woken = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._announce_on()),
            asyncio.create_task(House(self._database, self._announce).keep()),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self) -> None:
        self._woken.set()

    def reaches_broker(self) -> bool:
        return answers(self._celery)

    async def _announce_on(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self._announce()
            except Exception as error:
                log.warning("the workers are woken later: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _announce(self) -> None:
        await asyncio.to_thread(top_up, self._celery, self._database)


class RemoteReader:
    """The readers of a Celery worker: one article at a time, by an extractor of its own."""

    def __init__(self, database: Database, extraction: ExtractionBackend, celery: Celery) -> None:
        self._database = database
        self._extraction = extraction
        self._celery = celery
        self._reader = Reader(database, extraction)
        self._house: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Load the extractor. Raises ExtractorUnavailableError, WorkerLostError where that fails."""
        await self._extraction.start()
        await until_loaded(self._extraction)
        self._house = asyncio.create_task(House(self._database, self._reader.renew, self._announce).keep())

    async def read_next(self) -> None:
        """Bring the next article of the queue to its end, if there is any."""
        while not self._extraction.loaded:
            await asyncio.sleep(PAUSE_SECONDS)  # another takes the place of one that died
        try:
            for claim in await self._reader.claim(1):
                await self._reader.read(claim)
        except SQLAlchemyError as error:
            log.warning("the queue cannot be read: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def stop(self) -> None:
        """Hand back what is in hand."""
        if self._house:
            self._house.cancel()
            await asyncio.gather(self._house, return_exceptions=True)
        with contextlib.suppress(SQLAlchemyError):
            await self._reader.hand_back()
        await self._extraction.stop()

    async def _announce(self) -> None:
        await asyncio.to_thread(top_up, self._celery, self._database)


def work(settings: Settings) -> int:
    """Read what the broker wakes this process for, until it is told to stop; its exit status.

    Raises ExtractorUnavailableError where the extractor does not load.
    """
    celery = celery_of(settings)
    database = Database(settings.database_url)
    reader = RemoteReader(database, ExtractionPool.one_of(settings), celery)
    with start_blocking_portal() as portal:
        try:
            portal.call(reader.start)
            return _consume(celery, portal, reader)
        finally:
            portal.call(reader.stop)
            database.dispose()


def _consume(celery: Celery, portal: BlockingPortal, reader: RemoteReader) -> int:
    in_hand: set[Future[None]] = set()

    @celery.task(name=TASK)
    def read_next() -> None:
        reading = portal.start_task_soon(reader.read_next)
        in_hand.add(reading)
        with contextlib.suppress(CancelledError):
            reading.result()
        in_hand.discard(reading)

    def let_go(**_told: object) -> None:
        for reading in list(in_hand):
            reading.cancel()

    worker_shutting_down.connect(let_go)
    # Prefork would fork a process with torch's threads in it, which then hang.
    name = f"{secrets.token_hex(4)}@%h"
    worker = celery.Worker(
        pool="solo",
        hostname=name,
        without_mingle=True,
        without_gossip=True,
        without_heartbeat=True,
        quiet=True,
        loglevel="INFO",
    )
    worker.start()
    return worker.exitcode or 0

"""The readers of this process: articles out of the queue, into its extractor."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from app.workers.housekeeping import House
from app.workers.protocol import ExtractionBackend
from app.workers.reader import Reader

log = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
"""How long at most until somebody else's article in the queue is noticed, or that the extractor has loaded."""
BESIDE = 2
"""Articles in hand beside those that are being read: the next one, and one that is being stored."""


class EmbeddedDispatcher:
    """Keeps the extractor of this process busy as long as there is something in the queue."""

    def __init__(self, database: Database, extraction: ExtractionBackend, workers: int) -> None:
        self._database = database
        self._extraction = extraction
        self._most = workers + BESIDE
        self._reader = Reader(database, extraction)
        self._woken = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._read_on()),
            asyncio.create_task(House(self._database, self._reader.renew).keep()),
        ]

    async def stop(self) -> None:
        self._stopping = True
        self.wake()
        await self._tasks[0]  # not cancelled: what it is about to take in hand has to be handed back as well
        ended = [*self._tasks, *self._reading]
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)
        try:
            await self._reader.hand_back()
        except SQLAlchemyError as error:
            log.warning("articles in hand go back into the queue when their lease ends: %s", error)

    def wake(self) -> None:
        self._woken.set()

    def reaches_broker(self) -> None:
        return None

    async def _read_on(self) -> None:
        while not self._stopping:
            if not await self._fill():
                await self._pause()

    async def _fill(self) -> int:
        """Take articles in hand, as many as there is room for; how many these were."""
        room = self._most - len(self._reading)
        if room <= 0 or not self._extraction.loaded:
            return 0
        try:
            claims = await self._reader.claim(room)
        except SQLAlchemyError as error:
            log.warning("the queue cannot be read: %s", error)
            return 0
        for claim in claims:
            task = asyncio.create_task(self._reader.read(claim))
            self._reading.add(task)
            task.add_done_callback(self._ended)
        return len(claims)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._reading.discard(task)
        self.wake()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()

"""Who reads and who writes, when more would than may: the others wait on the event loop, where they hold no thread.

The threads of the web process are few and shared by all requests. If writers waited for the database in them, one long
write on SQLite, which has one writer at a time, would stop reading too.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from app.database import Database, WriteSession
from app.database_errors import DatabaseUnavailableError

TURN_SECONDS = 30
"""How long a request waits for its turn, behind others that take their time."""

T = TypeVar("T")


@asynccontextmanager
async def turn(free: asyncio.Semaphore) -> AsyncIterator[None]:
    """Wait until it is this request's turn. Raises DatabaseUnavailableError."""
    try:
        async with asyncio.timeout(TURN_SECONDS):
            await free.acquire()
    except TimeoutError:
        detail = "Too many read or write; try again in a moment."
        raise DatabaseUnavailableError(detail, headers={"Retry-After": "2"}) from None
    try:
        yield
    finally:
        free.release()


async def write_in_turn(database: Database, work: Callable[[WriteSession], T]) -> T:
    """Run `work` in one transaction, in a thread, when it is its turn. Raises DatabaseUnavailableError."""
    async with turn(database.writers):
        return await run_in_threadpool(database.write, work)

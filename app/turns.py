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
QUICK_SECONDS = 0.25
"""How long a request that reads keeps a place among the few that are first: longer than nearly every search takes."""

T = TypeVar("T")


@asynccontextmanager
async def turn(free: asyncio.Semaphore, at_most: float | None = None) -> AsyncIterator[None]:
    """Wait until it is this request's turn; after `at_most` seconds the next one has it, and this one goes on beside.

    Raises DatabaseUnavailableError.
    """
    try:
        async with asyncio.timeout(TURN_SECONDS):
            await free.acquire()
    except TimeoutError:
        detail = "Too many read or write; try again in a moment."
        raise DatabaseUnavailableError(detail, headers={"Retry-After": "2"}) from None
    is_over = False

    def end() -> None:
        nonlocal is_over
        if not is_over:
            is_over = True
            free.release()

    ending = None if at_most is None else asyncio.get_running_loop().call_later(at_most, end)
    try:
        yield
    finally:
        if ending:
            ending.cancel()
        end()


@asynccontextmanager
async def reading_turn(database: Database) -> AsyncIterator[None]:
    """Wait until this request may read. Raises DatabaseUnavailableError.

    Threads share Python's lock: many at once all end late, few at a time one after the other, the first ones early. So
    that slow ones do not stop the others, a place among the few is for a short while.
    """
    async with turn(database.readers), turn(database.quick_readers, QUICK_SECONDS):
        yield


async def write_in_turn(database: Database, work: Callable[[WriteSession], T]) -> T:
    """Run `work` in one transaction, in a thread, when it is its turn. Raises DatabaseUnavailableError."""
    async with turn(database.writers):
        return await run_in_threadpool(database.write, work)

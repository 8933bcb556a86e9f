"""Writing to the database from the event loop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from app.database import Database, WriteSession

T = TypeVar("T")


async def write(database: Database, work: Callable[[WriteSession], T]) -> T:
    """Run `work` in one transaction, in a thread. Cancelled, this still ends with the transaction: its connection
    must be back before the database is let go."""
    running = asyncio.ensure_future(asyncio.to_thread(database.write, work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        with suppress(Exception, asyncio.CancelledError):
            running.result()  # what it raised is of no use to anybody now
        raise

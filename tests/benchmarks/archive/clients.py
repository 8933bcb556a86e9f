"""Readers and a writer over HTTP, and how long each answer took."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore
import httpx
import numpy as np
import psutil

from tests.benchmarks.archive.rows import Vocabulary

READERS = 8
WARM_UP = 16
PATIENCE = 60.0


@dataclass(frozen=True)
class Times:
    """Seconds that answers took, read side by side, and for how long that went on."""

    seconds: list[float]
    whole: float
    worked: float = 0.0
    """Seconds of the processor that the service spent on an answer, a writer's requests meanwhile included."""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[max(0, -(-99 * len(self.seconds) // 100) - 1)]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.whole


async def read(addresses: Sequence[str], requests: int, processes: Sequence[psutil.Process] = ()) -> Times:
    """Ask for these addresses in turn by eight readers. Raises httpcore's errors, and RuntimeError at another status.

    The readers share the processors with the service: httpcore takes half of what httpx does around it.
    """
    async with httpcore.AsyncConnectionPool(max_connections=READERS) as client:
        await _readers(client, addresses, WARM_UP)
        began, before = time.perf_counter(), _worked(processes)
        seconds = await _readers(client, addresses, requests)
        return Times(seconds, time.perf_counter() - began, (_worked(processes) - before) / requests)


def _worked(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def _readers(client: httpcore.AsyncConnectionPool, addresses: Sequence[str], requests: int) -> list[float]:
    waiting = iter(range(requests))
    seconds: list[float] = []

    async def reader(address: str) -> None:
        for _ in waiting:
            began = time.perf_counter()
            answer = await client.request("GET", address, extensions={"timeout": {"read": PATIENCE}})
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} of {address}")
            seconds.append(time.perf_counter() - began)

    await asyncio.gather(*(reader(addresses[number % len(addresses)]) for number in range(READERS)))
    return seconds


@asynccontextmanager
async def writing(base: str) -> AsyncIterator[Callable[[], int]]:
    """One writer that posts an article after the other meanwhile; gives a function that tells how many so far.

    What is said in them has the words of the archive, as often as there.
    """
    stored, vocabulary = 0, Vocabulary(np.random.default_rng(time.time_ns()))

    async def write() -> None:
        nonlocal stored
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            while True:
                said, more = (vocabulary.text(places) for places in vocabulary.drawn(2))
                text = f"“{said},” said Ada Brandt.\n\n“{more},” she said."
                (await client.post(f"{base}/articles", json={"text": text})).raise_for_status()
                stored += 1

    task = asyncio.create_task(write())
    try:
        yield lambda: stored
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

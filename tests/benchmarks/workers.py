"""Measure the pool with the real models: characters a second by workers, their memory, and reads while it is saturated.

    .venv/bin/python -m tests.benchmarks.workers ARTICLES.jsonl [--articles 100] [--rounds 3] [--seconds 20]

A line of the file has a `text`. The sets of workers are measured turn about, and what is said is the median.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path

import httpx
import psutil

from app.settings import Settings
from app.workers import child
from app.workers.pool import ExtractionPool
from tests.benchmarks.measure import machine
from tests.benchmarks.texts import page
from tests.live import COMMAND, Server, running_server

SETS = ((1, 1), (1, 2), (2, 1))
"""Workers, and the threads of each."""
LONGEST = 1_500_000
PAGE_CHARACTERS, CLIENTS, PATIENCE = 3_000, 8, 120
MEBIBYTE = 1024 * 1024


@dataclass
class Figures:
    """Of one set of workers, a value a round."""

    rate: list[float] = field(default_factory=list)
    cores: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path, help="an article a line")
    arguments.add_argument("--articles", type=int, default=100, help="the first of them that are read")
    arguments.add_argument("--rounds", type=int, default=3, help="of each set of workers")
    arguments.add_argument("--seconds", type=float, default=20, help="of reads while the pool is saturated")
    arguments.add_argument("--longest", action="store_true", help="also read a text of 1.5 million characters")
    options = arguments.parse_args()
    with options.file.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, options.articles)]
    print(machine())
    print_throughput(texts, options.rounds)
    if options.longest:
        print_longest()
    for workers in (1, 2):
        print_reads(workers, options.seconds)


def print_throughput(texts: list[str], rounds: int) -> None:
    """Characters a second of each set of workers, turn about."""
    figures = {which: Figures() for which in SETS}
    for _ in range(rounds):
        for (workers, threads), found in figures.items():
            asyncio.run(_read_all(texts, workers, threads, found))
    for (workers, threads), found in figures.items():
        print(
            f"{workers} workers of {threads} threads: {statistics.median(found.rate):,.0f} characters a second "
            f"({', '.join(f'{rate:,.0f}' for rate in found.rate)}), {statistics.median(found.cores):.2f} cores busy, "
            f"{max(found.memory):.0f} MiB resident the largest"
        )
    one, wide, two = (statistics.median(figures[which].rate) for which in SETS)
    print(f"two workers: {two / one:.2f} times one of one thread, {two / wide:.2f} times one of two threads")


async def _read_all(texts: list[str], workers: int, threads: int, figures: Figures) -> None:
    settings = Settings(workers=workers, queue_length=len(texts))
    pool = ExtractionPool(
        partial(child.load, settings.models, settings.models_dir, settings.attribution_model, threads), settings
    )
    await pool.start()
    try:
        await asyncio.gather(*(pool.extract(page(number, PAGE_CHARACTERS)) for number in range(4 * workers)))
        while pool.status().workers < workers:
            await asyncio.sleep(0.1)
        processes = _workers(psutil.Process())
        began, busy = time.perf_counter(), _processor_seconds(processes)
        await asyncio.gather(*(pool.extract(text) for text in texts))
        seconds = time.perf_counter() - began
        figures.rate.append(sum(map(len, texts)) / seconds)
        figures.cores.append((_processor_seconds(processes) - busy) / seconds)
        figures.memory.append(max(process.memory_info().rss for process in processes) / MEBIBYTE)
    finally:
        await pool.stop()


def print_longest() -> None:
    """Time and memory of the longest text that the service takes by default."""

    async def read() -> None:
        pool = ExtractionPool.of(Settings(workers=1))
        await pool.start()
        await pool.extract(page(1, PAGE_CHARACTERS))
        (worker,), began = _workers(psutil.Process()), time.perf_counter()
        reading, largest = asyncio.ensure_future(pool.extract(page(2, LONGEST))), 0
        while not reading.done():
            largest = max(largest, worker.memory_info().rss)
            await asyncio.sleep(0.2)
        reading.result()
        print(f"{LONGEST:,} characters: {time.perf_counter() - began:.0f} s, {largest / MEBIBYTE:.0f} MiB resident")
        await pool.stop()

    asyncio.run(read())


def print_reads(workers: int, seconds: float) -> None:
    """How long GET /quotes takes while clients post as fast as they are answered."""
    settings = {"ONRECORD_WORKERS": str(workers)}
    with (
        tempfile.TemporaryDirectory() as directory,
        running_server(Path(directory), None, (COMMAND, "serve"), settings) as server,
        _saturated(server) as posted,
        httpx.Client(base_url=server.url, timeout=PATIENCE) as client,
    ):
        while posted.value < 2 * CLIENTS:
            time.sleep(0.1)
        taken, unhealthy, deadline = [], 0, time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            began = time.perf_counter()
            client.get("/quotes").raise_for_status()
            taken.append((time.perf_counter() - began) * 1000)
            unhealthy += client.get("/health/ready").status_code != 200
            time.sleep(0.01)
        taken.sort()
        print(
            f"GET /quotes with {workers} workers saturated: median {taken[len(taken) // 2]:.1f} ms, "
            f"p99 {taken[len(taken) * 99 // 100]:.1f} ms of {len(taken)}; not ready {unhealthy} times"
        )


@dataclass
class Posted:
    """How many articles were stored."""

    value: int = 0


@contextmanager
def _saturated(server: Server) -> Iterator[Posted]:
    """Clients that post different articles, each as soon as its last was answered."""
    posted, numbers, end = Posted(), count(1), threading.Event()

    def post() -> None:
        with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
            while not end.is_set():
                client.post("/articles", json={"text": page(next(numbers), PAGE_CHARACTERS)}).raise_for_status()
                posted.value += 1

    with ThreadPoolExecutor(CLIENTS) as clients:
        running = [clients.submit(post) for _ in range(CLIENTS)]
        try:
            yield posted
        finally:
            end.set()
    for one in running:
        one.result()


def _workers(parent: psutil.Process) -> list[psutil.Process]:
    children = parent.children(recursive=True)
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


def _processor_seconds(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


if __name__ == "__main__":
    main()

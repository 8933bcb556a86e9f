"""Measure search over a large archive, over HTTP: eight readers, one writer, two sizes; and Datasette beside it.

    .venv/bin/python -m tests.benchmarks.archive [--quotes 100000 1000000] [--database URL] [--datasette]

Each size is built anew (SQLite in a temporary file, or beside the given PostgreSQL database), served without models by
a process of its own, and asked each question by eight readers while a writer posts articles. Median and 99th
percentile are printed, and between sizes their ratio. `--datasette` serves the same SQLite file by Datasette, which is
installed into an environment of its own, and asks it the same full-text question in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import httpx

from app.database import migrate
from app.settings import Settings
from tests.archive import fresh_database
from tests.benchmarks.archive import datasette
from tests.benchmarks.archive.clients import Times, read, writing
from tests.benchmarks.archive.load import load
from tests.benchmarks.archive.questions import deep_page, questions
from tests.benchmarks.archive.rows import Size
from tests.benchmarks.export import served
from tests.benchmarks.measure import machine

Told = dict[str, Times]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quotes", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes of the archive")
    arguments.add_argument("--requests", type=int, default=400, help="requests a question")
    arguments.add_argument("--database", help="a PostgreSQL server's database; SQLite where it is left out")
    arguments.add_argument("--datasette", action="store_true", help="beside Datasette, on SQLite")
    options = arguments.parse_args()
    print(machine())
    smaller: Told = {}
    for quotes in options.quotes:
        with tempfile.TemporaryDirectory() as directory, fresh_database(options.database, Path(directory)) as url:
            settings = Settings(database_url=url)
            build(settings, Size.of(quotes))
            with served(settings) as (address, _):
                told = asyncio.run(measured(address, Size.of(quotes), options.requests))
                print_times(told, smaller)
                if options.datasette:
                    asyncio.run(datasette.compared(url.removeprefix("sqlite:///"), address, options.requests))
            smaller = told


def build(settings: Settings, size: Size) -> None:
    """Make the archive, and tell how long it took."""
    began = time.perf_counter()
    migrate(settings)
    load(settings, size)
    print(f"\n{size.quotes:,} quotes by {size.speakers:,} speakers, built in {time.perf_counter() - began:.0f} s")


async def measured(address: str, size: Size, requests: int) -> Told:
    """Every question's times while a writer stores articles."""
    asked = {**questions(size), "page 1,000 of a cursor": deep_page(address)}
    async with writing(address) as stored:
        told = {name: await read(f"{address}{path}", requests) for name, path in asked.items()}
        print(f"{stored()} articles written meanwhile, {len(httpx.get(address + '/articles').json()['items'])} shown")
    return told


def print_times(told: Told, smaller: Told) -> None:
    """A row a question."""
    print(f"{'':32}{'median':>10}{'p99':>10}{'to smaller':>12}")
    for name, times in told.items():
        ratio = f"{times.median / smaller[name].median:11.2f}×" if name in smaller else ""
        print(f"{name:32}{times.median * 1000:7.1f} ms{times.p99 * 1000:7.1f} ms{ratio}")


if __name__ == "__main__":
    main()

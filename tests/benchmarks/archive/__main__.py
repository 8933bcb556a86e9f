"""Measure search over a large archive, over HTTP: eight readers, one writer, two sizes; and Datasette beside it.

    .venv/bin/python -m tests.benchmarks.archive [--quotes 100000 1000000] [--database URL] [--datasette] [--export]

Each size is built anew (SQLite in a temporary file, or beside the given PostgreSQL database), served without models by
two processes of their own, and asked each question by eight readers while a writer posts articles. Median and 99th
percentile are printed, and between sizes their ratio. `--built URL` asks an archive that is there, of the last size.
`--export` reads everything as NDJSON and tells the memory of the service. `--datasette` serves the same SQLite file by
Datasette, which is installed into an environment of its own, and asks it the same full-text question in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from app.database import migrate
from app.settings import Settings
from tests.archive import fresh_database
from tests.benchmarks.archive import datasette
from tests.benchmarks.archive.clients import Times, read, writing
from tests.benchmarks.archive.load import load
from tests.benchmarks.archive.questions import deep_page, questions
from tests.benchmarks.archive.rows import Size
from tests.benchmarks.export import print_export, served
from tests.benchmarks.measure import machine

Told = dict[str, Times]


def main() -> None:
    """Measure and print."""
    options = _options()
    print(machine())
    smaller: Told = {}
    for quotes in options.quotes[-1:] if options.built else options.quotes:
        with _archive(options, Size.of(quotes)) as settings, ExitStack() as running:
            services = [running.enter_context(served(settings)) for _ in range(options.processes)]
            (address, process), *_ = services
            told = asyncio.run(measured(services, Size.of(quotes), options))
            print_times(told, smaller)
            if options.export:
                print_export(address, process, "ndjson")
            if options.datasette:
                asyncio.run(datasette.compared(settings.database_url.removeprefix("sqlite:///"), address))
        smaller = told


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quotes", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes of the archive")
    arguments.add_argument("--requests", type=int, default=400, help="requests a question")
    arguments.add_argument("--processes", type=int, default=2, help="processes of the service, as behind a proxy")
    arguments.add_argument("--database", help="a PostgreSQL server's database; SQLite where it is left out")
    arguments.add_argument("--built", help="the URL of an archive that was built before")
    arguments.add_argument("--only", default="", help="ask only the questions with this in their names")
    arguments.add_argument("--export", action="store_true", help="read everything as NDJSON, too")
    arguments.add_argument("--datasette", action="store_true", help="beside Datasette, on SQLite")
    return arguments.parse_args()


@contextmanager
def _archive(options: argparse.Namespace, size: Size) -> Iterator[Settings]:
    """An archive of this size, built unless it is there."""
    if options.built:
        migrate(settings := Settings(database_url=options.built))
        yield settings
        return
    with tempfile.TemporaryDirectory() as directory, fresh_database(options.database, Path(directory)) as url:
        build(Settings(database_url=url), size)
        yield Settings(database_url=url)


def build(settings: Settings, size: Size) -> None:
    """Make the archive, and tell how long it took."""
    began, worked = time.perf_counter(), time.process_time()
    migrate(settings)
    load(settings, size)
    passed, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"\n{size.quotes:,} quotes by {size.speakers:,} speakers, built in {passed:.0f} s ({worked:.0f} s of ours)")


async def measured(services: Sequence[tuple[str, psutil.Process]], size: Size, options: argparse.Namespace) -> Told:
    """Every question's times while a writer stores articles."""
    addresses, processes = zip(*services, strict=True)
    asked = {**questions(size), "page 1,000 of a cursor": deep_page(addresses[0])}
    asked = {name: path for name, path in asked.items() if options.only in name}
    told: Told = {}
    async with writing(addresses[0]) as stored:
        for name, path in asked.items():
            told[name] = await read([f"{address}{path}" for address in addresses], options.requests, processes)
        print(f"{stored()} articles written meanwhile")
    return told


def print_times(told: Told, smaller: Told) -> None:
    """A row a question: what readers waited, and what the service's process worked for each."""
    print(f"{'':36}{'median':>10}{'p99':>10}{'a second':>10}{'worked':>11}{'to smaller':>12}")
    for name, times in told.items():
        ratio = f"{times.median / smaller[name].median:11.2f}×" if name in smaller else ""
        row = f"{name:36}{times.median * 1000:7.1f} ms{times.p99 * 1000:7.1f} ms{times.rate:10.1f}"
        print(f"{row}{times.worked * 1000:8.1f} ms{ratio}", flush=True)


if __name__ == "__main__":
    main()

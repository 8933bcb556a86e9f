"""Time `onrecord import` beside the bare extractor: the same texts, the same number of worker processes, a core each.

    .venv/bin/python -m tests.benchmarks.importing ARTICLES.jsonl [--articles 840] [--workers 1 2] [--rounds 3]
                                                   [--database postgresql://postgres@127.0.0.1/test]

Both run as processes of their own, turn about, kept to as many cores as there are workers, and are timed with the
loading of the models. Beside the time stands the processor time, which tells the same where other things run on the
machine. --database adds PostgreSQL to SQLite; its server is not kept to these cores.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from app.settings import Settings
from app.workers.pool import factory_of
from tests.archive import fresh_database
from tests.benchmarks.measure import machine
from tests.live import COMMAND

Timed = tuple[float, float]
"""Seconds, and processor seconds of all processes."""


def main() -> None:
    """Measure and print; or, with --bare, be what is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("--articles", type=int, default=840, help="take the first of them")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="a PostgreSQL to make databases on")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        read_bare(options.source)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Time both, for each number of workers and each database."""
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        lines = options.source.read_text(encoding="utf-8").split("\n")[: options.articles]
        texts = [json.loads(line)["text"] for line in lines if line]
        source = Path(name) / "articles.ndjson"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        characters = sum(map(len, texts))
        print(f"{len(texts)} articles, {characters:,} characters; medians of {options.rounds}")
        for workers in options.workers:
            for server in [None, options.database] if options.database else [None]:
                print(row(source, characters, workers, server, options.rounds), flush=True)


def row(source: Path, characters: int, workers: int, server: str | None, rounds: int) -> str:
    """A line of figures."""
    timed = [(bare(source, workers), imported(source, workers, server)) for _ in range(rounds)]
    (bare_wall, bare_cpu), (wall, cpu) = (
        [statistics.median(one[which][unit] for one in timed) for unit in (0, 1)] for which in (0, 1)
    )
    ratios = [statistics.median(one[0][unit] / one[1][unit] for one in timed) for unit in (0, 1)]
    return (
        f"{workers} workers, {'PostgreSQL' if server else 'SQLite'}: bare {characters / bare_wall:,.0f} characters a "
        f"second ({bare_cpu:.0f} s of processor), import {characters / wall:,.0f} ({cpu:.0f} s); "
        f"ratio {ratios[0]:.2f}, by processor time {ratios[1]:.2f}"
    )


def bare(source: Path, workers: int) -> Timed:
    """The extractor alone."""
    command = [sys.executable, "-m", "tests.benchmarks.importing", "--bare", str(source)]
    return timed(command, workers, {})


def imported(source: Path, workers: int, server: str | None) -> Timed:
    """`onrecord import` into an empty database."""
    with tempfile.TemporaryDirectory() as name, fresh_database(server, Path(name)) as url:
        return timed([COMMAND, "import", source], workers, {"ONRECORD_DATABASE_URL": url})


def timed(command: list[str | Path], workers: int, environment: dict[str, str]) -> Timed:
    """Run a command with so many workers, on as many cores, to its end."""
    kept = ",".join(map(str, sorted(os.sched_getaffinity(0))[:workers]))
    command, environment = ["taskset", "--cpu-list", kept, *command], environment | {"ONRECORD_WORKERS": str(workers)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | environment, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read_bare(source: Path) -> None:
    """Read the texts with as many extractors as the settings say, and keep nothing."""
    settings = Settings()
    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").split("\n") if line]
    with get_context("spawn").Pool(settings.workers, load, (settings,)) as pool:
        for _ in pool.imap_unordered(extract, texts):
            pass


def load(settings: Settings) -> None:
    """Load the extractor of a process."""
    global extractor
    extractor = factory_of(settings)()


def extract(text: str) -> int:
    """Read a text."""
    return len(extractor.extract(text).quotes)


if __name__ == "__main__":
    main()

"""Ask the real service for quotes while `onrecord import` fills its archive: how long answers take, and its health.

    .venv/bin/python -m tests.benchmarks.reads ARTICLES.jsonl [--articles 840] [--workers 2]
                                               [--database postgresql://postgres@127.0.0.1/test]

A line of the file has a `text`. The service has a worker of its own, which waits; the archive is a new SQLite file, or
a new database on the PostgreSQL named. Searches are those of a reader: the last quotes, a speaker's, words, facets.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

import httpx

from tests.archive import fresh_database
from tests.benchmarks.measure import machine
from tests.live import COMMAND, running_server

ASKED = ("/quotes", "/quotes?speaker=clinton", "/quotes?q=people", "/quotes/facets?q=people")
PATIENCE = 60


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("--articles", type=int, default=840, help="take the first of them")
    parser.add_argument("--workers", type=int, default=2, help="of the import")
    parser.add_argument("--database", help="a PostgreSQL to make a database on")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name, fresh_database(options.database, Path(name)) as url:
        texts = [json.loads(line)["text"] for line in options.source.open(encoding="utf-8")][: options.articles]
        source = Path(name) / "articles.ndjson"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        with running_server(Path(name), url) as server, httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
            environment = {"ONRECORD_DATABASE_URL": url, "ONRECORD_WORKERS": str(options.workers)}
            command, began = [COMMAND, "import", source], time.perf_counter()
            importing = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
            seconds, health = read(client, importing)
            passed = time.perf_counter() - began
        if importing.returncode:
            raise SystemExit(f"the import ended with status {importing.returncode}")
    told(seconds, health)
    print(f"meanwhile {sum(map(len, texts)):,} characters imported in {passed:.0f} s")


def read(client: httpx.Client, importing: subprocess.Popen) -> tuple[dict[str, list[float]], Counter[int]]:
    """Ask until the import ends: seconds by what was asked, and how often health was answered with which status."""
    seconds: dict[str, list[float]] = {path: [] for path in ASKED}
    health: Counter[int] = Counter()
    for path in cycle(ASKED):
        if importing.poll() is not None:
            return seconds, health
        began = time.perf_counter()
        client.get(path).raise_for_status()
        seconds[path].append(time.perf_counter() - began)
        health[client.get("/health/ready").status_code] += 1
    raise AssertionError("unreachable")


def told(seconds: dict[str, list[float]], health: Counter[int]) -> None:
    """Print a row for each question, and one for health."""
    for path, all_of in seconds.items():
        p99 = sorted(all_of)[max(0, -(-99 * len(all_of) // 100) - 1)]
        median = statistics.median(all_of)
        print(f"{path:28} {len(all_of):6} times, median {median * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    print(f"/health/ready: {', '.join(f'{count} times {status}' for status, count in sorted(health.items()))}")


if __name__ == "__main__":
    main()

"""Break workers while articles are posted, and count what is lost or stored twice.

    .venv/bin/python -m tests.faults.workers [--runs 20] [--database postgresql+psycopg://postgres@127.0.0.1:5432/test]

It starts a service of its own on 127.0.0.1 with an extractor that breaks on demand, kills only workers of that service,
and ends with status 1 where an article was lost, stored twice, or not answered as it should be.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from sqlalchemy import create_engine, text

from tests.archive import fresh_database
from tests.benchmarks.measure import machine
from tests.faults.faulty import EAT, LOOP, RAISE
from tests.faults.service import faulty_server
from tests.live import Server

SETTINGS = {"workers": 2, "extraction_seconds": 4, "worker_memory_mb": 300}
CLIENTS, ARTICLES, QUOTES = 4, 16, 3
PATIENCE = 120
PROBLEM = "urn:onrecord:problem:"
ORPHANS = (
    "SELECT count(*) FROM quotes WHERE article_id NOT IN (SELECT id FROM articles)",
    "SELECT count(*) FROM speakers WHERE id NOT IN (SELECT speaker_id FROM quotes WHERE speaker_id IS NOT NULL)",
)


@dataclass
class Tally:
    """What came of all runs of one fault."""

    fault: str
    runs: int = 0
    posted: int = 0
    refused: int = 0
    """Harmless articles that were answered with an error."""
    lost: int = 0
    """Articles that were accepted and are not there with all their quotes."""
    doubled: int = 0
    """Articles that are there more than once, or although they were refused."""
    misnamed: int = 0
    """Faults that were not answered with their own problem type."""
    seconds: list[float] = field(default_factory=list)
    """From the fault until all was answered, the service ready, and a worker in the place of the lost one."""

    @property
    def is_clean(self) -> bool:
        return not (self.refused or self.lost or self.doubled or self.misnamed)


def main() -> None:
    """Break, count and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=20, help="of each fault")
    arguments.add_argument("--database", help="PostgreSQL to make a database beside; SQLite where left out")
    options = arguments.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name, fresh_database(options.database, Path(name)) as url:
        with faulty_server(Path(name), url, **SETTINGS) as server:
            tallies = [_tally(server, fault, options.runs) for fault in FAULTS]
        left = _orphans(url)
    print(f"orphan rows: {left}")
    sys.exit(0 if left == 0 and all(tally.is_clean for tally in tallies) else 1)


def _tally(server: Server, fault: str, runs: int) -> Tally:
    tally = Tally(fault)
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        for run in range(runs):
            _run(client, server, tally, f"{fault}, run {run}")
    print(
        f"{fault:12} {tally.runs} runs, {tally.posted} articles posted: {tally.lost} lost, {tally.doubled} doubled, "
        f"{tally.refused} refused, {tally.misnamed} faults misnamed; "
        f"well again after {max(tally.seconds, default=0):.1f} s at most",
        flush=True,
    )
    return tally


def _run(client: httpx.Client, server: Server, tally: Tally, name: str) -> None:
    """Post articles by several clients at once, the fault among them; then see what is there."""
    titles = [f"{name}, article {number}" for number in range(ARTICLES)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = [clients.submit(_post, client, title) for title in titles]
        answers[random.randrange(ARTICLES // 2)].result()
        began = time.monotonic()
        tally.misnamed += not FAULTS[tally.fault](client, server, name)
        accepted = {title for title, answer in zip(titles, answers, strict=True) if answer.result() == 201}
    _await_recovery(client, server)
    tally.seconds.append(time.monotonic() - began)
    stored = _stored(client, name)
    tally.runs += 1
    tally.posted += ARTICLES
    tally.refused += ARTICLES - len(accepted)
    tally.lost += sum(stored[title, QUOTES] == 0 for title in accepted)
    tally.doubled += sum(stored.values()) - len({title for title, _ in stored} & accepted)


def _post(client: httpx.Client, title: str) -> int:
    words = " ".join(f"“{title}: sentence {number}” said Speaker Number{number}." for number in range(QUOTES))
    return client.post("/articles", json={"title": title, "text": words}).status_code


def _kill(_client: httpx.Client, server: Server, _name: str) -> bool:
    random.choice(_workers(server)).kill()
    return True


def _marked(mark: str, problem: str) -> Callable[[httpx.Client, Server, str], bool]:
    """Posts a text with this mark; whether it is answered with this problem."""

    def post(client: httpx.Client, _server: Server, name: str) -> bool:
        answer = client.post("/articles", json={"title": name, "text": f"{mark} in {name}"})
        return answer.json().get("type") == PROBLEM + problem

    return post


FAULTS = {
    "kill -9": _kill,
    "raises": _marked(RAISE, "extraction-failed"),
    "loops": _marked(LOOP, "extraction-out-of-time"),
    "eats memory": _marked(EAT, "extraction-out-of-memory"),
}


def _workers(server: Server) -> list[psutil.Process]:
    """The workers of the service that this script started."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def _await_recovery(client: httpx.Client, server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(_workers(server)) < SETTINGS["workers"] or client.get("/health/ready").status_code != 200:
        if time.monotonic() > deadline:
            raise SystemExit(f"the service did not recover within {PATIENCE} s")
        time.sleep(0.05)


def _stored(client: httpx.Client, name: str) -> Counter[tuple[str, int]]:
    """How often each title of this run is there with how many quotes."""
    newest = client.get("/articles", params={"limit": 2 * ARTICLES}).raise_for_status().json()["items"]
    mine = [article for article in newest if article["title"].startswith(name)]
    return Counter((article["title"], article["quote_count"]) for article in mine)


def _orphans(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        count = sum(connection.scalar(text(query)) for query in ORPHANS)
    engine.dispose()
    return count


if __name__ == "__main__":
    main()

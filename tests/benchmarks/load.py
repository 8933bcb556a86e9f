"""Mixed reads and writes by many clients at once, over the real service: what is answered, how soon, and its memory.

    .venv/bin/python -m tests.benchmarks.load [--clients 200] [--seconds 120]
                                              [--database postgresql://postgres@127.0.0.1/test]

Every client asks again as soon as it is answered. It ends with status 1 where an answer was 5xx, but for the 503 of a
full queue, where one did not come at all, or where the memory of the web process grew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

from tests.archive import fresh_database
from tests.benchmarks.measure import machine
from tests.benchmarks.texts import LAST, PLACES, page
from tests.live import running_server

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_CHARACTERS, PATIENCE = 3_000, 1800
STORED = 40
"""Articles that are there before it begins."""
MOST_GROWTH = 1.1
"""Of the web process, from the second third of the time to the last."""
DELIBERATE = ("503", "queue-full")
MEBIBYTE = 1024 * 1024
NDJSON = {"Content-Type": "application/x-ndjson"}
Request = tuple[str, str, dict]


@dataclass
class Seen:
    """What all clients saw, and what the processes held meanwhile."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    """Status and kind of problem."""
    web: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)
    """MiB resident, a value a second."""


class Questions:
    """What a client may ask, by how often it does."""

    def __init__(self) -> None:
        self._numbers = count(STORED)
        self._draw = random.Random(1)
        self.often: dict[Callable[[], Request], int] = {
            self.search: 30,
            self.search_speaker: 20,
            self.show_article: 15,
            self.list_speakers: 10,
            self.count_quotes: 5,
            self.export: 2,
            self.post: 10,
            self.post_for_later: 4,
            self.post_batch: 1,
            self.correct: 2,
            self.remove: 1,
        }

    def draw(self) -> tuple[str, Request]:
        """A question and its name."""
        (ask,) = self._draw.choices(list(self.often), list(self.often.values()))
        return ask.__name__.replace("_", " "), ask()

    def article(self) -> dict[str, str]:
        return {"text": page(next(self._numbers), PAGE_CHARACTERS)}

    def _some_id(self) -> int:
        return self._draw.randrange(1, STORED)

    def search(self) -> Request:
        return "GET", "/quotes", {"params": {"q": self._draw.choice(PLACES)}}

    def search_speaker(self) -> Request:
        return "GET", "/quotes", {"params": {"speaker": self._draw.choice(LAST)}}

    def show_article(self) -> Request:
        return "GET", f"/articles/{self._some_id()}", {}

    def list_speakers(self) -> Request:
        return "GET", "/speakers", {"params": {"name": self._draw.choice(LAST)[:3]}}

    def count_quotes(self) -> Request:
        return "GET", "/quotes/facets", {"params": {"q": self._draw.choice(PLACES)}}

    def export(self) -> Request:
        return "GET", "/quotes", {"params": {"format": "csv", "speaker": self._draw.choice(LAST)}}

    def post(self) -> Request:
        return "POST", "/articles", {"json": self.article()}

    def post_for_later(self) -> Request:
        return "POST", "/articles", {"json": self.article(), "headers": {"Prefer": "respond-async"}}

    def post_batch(self) -> Request:
        lines = "".join(json.dumps(self.article()) + "\n" for _ in range(3))
        return "POST", "/articles/batch", {"content": lines, "headers": NDJSON}

    def correct(self) -> Request:
        return "PATCH", f"/quotes/{self._some_id()}", {"json": {"status": "confirmed"}, "headers": {"If-Match": "*"}}

    def remove(self) -> Request:
        return "DELETE", f"/articles/{self._some_id() + STORED}", {}


async def ask_on(client: httpx.AsyncClient, questions: Questions, seen: Seen, until: float) -> None:
    """Be one client."""
    while time.monotonic() < until:
        name, (method, path, more) = questions.draw()
        began = time.monotonic()
        try:
            answer = await client.request(method, path, **more)
        except httpx.TransportError as error:
            seen.answers[name]["none", type(error).__name__] += 1
            continue
        seen.seconds[name].append(time.monotonic() - began)
        problem = answer.json()["type"].rpartition(":")[2] if answer.is_error else ""
        seen.answers[name][str(answer.status_code), problem] += 1


async def watch(pid: int, seen: Seen) -> None:
    """Look at the memory of the service until this is cancelled."""
    web = psutil.Process(pid)
    while True:
        with suppress(psutil.NoSuchProcess):
            children = [child.memory_info().rss for child in web.children(recursive=True)]
            seen.web.append(web.memory_info().rss / MEBIBYTE)
            seen.workers.append(sum(children) / MEBIBYTE)
        await asyncio.sleep(1)


async def load(url: str, pid: int, clients: int, seconds: float) -> Seen:
    """Let the clients ask for so long, and wait for their last answers."""
    seen, questions = Seen(), Questions()
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as client:
        for number in range(STORED):
            stored = await client.post("/articles", json={"text": page(number, PAGE_CHARACTERS)})
            stored.raise_for_status()
        watching, until = asyncio.create_task(watch(pid, seen)), time.monotonic() + seconds
        await asyncio.gather(*(ask_on(client, questions, seen, until) for _ in range(clients)))
        watching.cancel()
    return seen


def growth(resident: list[float]) -> float:
    """How many times as much the last third holds as the one before."""
    third = len(resident) // 3
    return statistics.median(resident[-third:]) / statistics.median(resident[third : 2 * third])


def printed(seen: Seen, seconds: float) -> bool:
    """Print the table; whether all is well."""
    print("| question | answers | median, ms | 99th percentile, ms | by status |\n| --- | --- | --- | --- | --- |")
    for name, taken in seen.seconds.items():
        taken.sort()
        by_status = ", ".join(
            f"{' '.join(what).strip()}: {number}" for what, number in seen.answers[name].most_common()
        )
        median, last = taken[len(taken) // 2] * 1000, taken[len(taken) * 99 // 100] * 1000
        print(f"| {name} | {len(taken)} | {median:,.0f} | {last:,.0f} | {by_status} |")
    total = sum(map(len, seen.seconds.values()))
    print(f"{total} answers in {seconds:.0f} s and what they took to end, {total / len(seen.web):.0f} a second")
    for what, resident in (("the web process", seen.web), ("its workers", seen.workers)):
        print(
            f"memory of {what}: {resident[0]:.0f} MiB, then {max(resident):.0f} at most; {growth(resident):.3f} times"
        )
    wrong = sum((Counter(found) for found in seen.answers.values()), Counter())
    wrong = {what: number for what, number in wrong.items() if what[0] >= "5" and what != DELIBERATE}
    print(f"wrong: {wrong or 'nothing'}")
    return not wrong and growth(seen.web) < MOST_GROWTH


def main() -> None:
    """Load and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--database", help="a PostgreSQL to make a database on; SQLite where it is left out")
    options = parser.parse_args()
    print(machine())
    with (
        tempfile.TemporaryDirectory() as name,
        fresh_database(options.database, Path(name)) as url,
        running_server(Path(name), url) as server,
    ):
        seen = asyncio.run(load(server.url, server.process.pid, options.clients, options.seconds))
    sys.exit(0 if printed(seen, options.seconds) else 1)


if __name__ == "__main__":
    main()

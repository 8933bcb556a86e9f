"""Measure an export of everything: does the service's memory stay flat while it streams?

    .venv/bin/python -m tests.benchmarks.export [--quotes 20000 200000] [--format ndjson] [--database URL]

It fills an archive (SQLite in a temporary file, or the given empty PostgreSQL database), serves it in a process of its
own without models, reads GET /quotes over HTTP, and prints the memory before, at most and after, for each size.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import uvicorn
from sqlalchemy import insert

from app.database import Database, migrate
from app.main import create_app
from app.memory import spare_collections
from app.models import Article, Quote, Segment
from app.models import Speaker as SpeakerRow
from app.settings import Settings
from app.workers.inline import InlineExtraction
from tests.archive import fresh_database
from tests.benchmarks.measure import MEBIBYTE, machine
from tests.live import free_port
from tests.said import SaidExtractor

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "We said that the harbour would stay open through the winter, and it will, whatever it costs the town. "
QUOTES_OF_AN_ARTICLE, ARTICLES_AT_ONCE = 10, 200
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quotes", type=int, nargs="+", default=[20_000, 200_000], help="sizes of the archive")
    arguments.add_argument("--format", default="ndjson", choices=["ndjson", "csv"])
    arguments.add_argument("--database", help="a PostgreSQL server's database; SQLite where it is left out")
    options = arguments.parse_args()
    print(machine())
    for quotes in options.quotes:
        with tempfile.TemporaryDirectory() as directory, fresh_database(options.database, Path(directory)) as url:
            settings = Settings(database_url=url)
            migrate(settings)
            fill(settings, quotes)
            with served(settings) as (address, process):
                print_export(address, process, options.format)


def fill(settings: Settings, quotes: int) -> None:
    """Store articles of ten quotes each, in bulk."""
    database = Database(settings.database_url)
    speaker = {"name": "Ada Brandt", "kind": "person", "key": "ada brandt", "created_at": BEGIN}
    database.write(lambda session: session.execute(insert(SpeakerRow), [{"id": 1, **speaker}]))
    for first in range(0, quotes // QUOTES_OF_AN_ARTICLE, ARTICLES_AT_ONCE):
        numbers = range(first, min(first + ARTICLES_AT_ONCE, quotes // QUOTES_OF_AN_ARTICLE))
        database.write(lambda session, numbers=numbers: _store(session, numbers))
    database.dispose()


def _store(session, numbers: range) -> None:
    session.execute(insert(Article), [_article(number) for number in numbers])
    rows = [_quote(number, place) for number in numbers for place in range(QUOTES_OF_AN_ARTICLE)]
    session.execute(insert(Quote), rows)
    segments = [{"quote_id": row["id"], "position": 0, "start": 1, "end": 101, "text": row["text"]} for row in rows]
    session.execute(insert(Segment), segments)


def _article(number: int) -> dict:
    moment = BEGIN + timedelta(minutes=number)
    same = {"language": "en", "extractor": "none", "warnings": [], "text": WORDS}
    return {**same, "id": number + 1, "content_hash": f"{number}", "published_at": moment, "created_at": moment}


def _quote(number: int, place: int) -> dict:
    moment = BEGIN + timedelta(minutes=number)
    identifier = number * QUOTES_OF_AN_ARTICLE + place + 1
    same = {"speaker_id": 1, "kind": "direct", "confidence": 0.9, "reason": "made", "language": "en", "words": "made"}
    snippet = {"snippet_start": 0, "snippet_end": 400, "snippet_text": WORDS * 4}
    where = {"id": identifier, "article_id": number + 1, "position": place, "said_at": moment, "ordered_at": moment}
    return {**same, **snippet, **where, "text": f"{WORDS} ({identifier})"}


@contextmanager
def served(settings: Settings) -> Iterator[tuple[str, psutil.Process]]:
    """The service over the archive, in a process of its own."""
    port = free_port()
    process = get_context("spawn").Process(target=_serve, args=(settings.database_url, port), daemon=True)
    process.start()
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            time.sleep(0.2)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.join()


def _serve(url: str, port: int) -> None:
    app = create_app(Settings(database_url=url), InlineExtraction(SaidExtractor()))
    spare_collections()
    uvicorn.run(app, port=port, log_level="warning")


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/quotes?limit=1", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def print_export(address: str, process: psutil.Process, kind: str) -> None:
    """Read everything, and watch the service's memory while it comes."""
    before, most, size, lines = _own_memory(process), 0, 0, 0
    began, first = time.perf_counter(), 0.0
    with httpx.stream("GET", f"{address}/quotes?format={kind}", timeout=600) as answer:
        for chunk in answer.iter_raw():
            first = first or time.perf_counter() - began
            size, lines = size + len(chunk), lines + chunk.count(b"\n")
            most = max(most, _own_memory(process))
    seconds = time.perf_counter() - began
    print(
        f"{kind}, {lines:,} lines, {size / MEBIBYTE:.0f} MiB in {seconds:.1f} s ({lines / seconds:,.0f} a second, "
        f"first byte after {first * 1000:.0f} ms): "
        f"memory {before / MEBIBYTE:.1f} MiB before, {most / MEBIBYTE:.1f} at most, "
        f"{_own_memory(process) / MEBIBYTE:.1f} after"
    )


def _own_memory(process: psutil.Process) -> int:
    """Bytes that are the process's own: what it maps of an SQLite file is the system's cache of it."""
    told = process.memory_info()
    return told.rss - getattr(told, "shared", 0)


if __name__ == "__main__":
    main()

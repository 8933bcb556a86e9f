"""Datasette over the same SQLite file, asked the same full-text question."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import numpy as np

from tests.benchmarks.archive.clients import Times, read
from tests.benchmarks.archive.rows import Vocabulary
from tests.live import free_port

PACKAGE = "datasette==0.65.2"
ROUNDS = 3
SEARCH = """select quotes.*, speakers.name as speaker, articles.title, articles.outlet from quotes
    join articles on articles.id = quotes.article_id left join speakers on speakers.id = quotes.speaker_id
    where quotes.id in (select rowid from quotes_fts where quotes_fts match :q)
    order by ordered_at desc, quotes.id desc limit 25"""
"""What GET /quotes?q= answers; FTS5's own way to ask, as Datasette's search has it."""


async def compared(database: str, address: str, requests: int = 400) -> None:
    """Ask both in turn, a process each, and print what they did."""
    word = str(Vocabulary(np.random.default_rng(0)).words[300])
    with _served(database) as other:
        ours, theirs = f"{address}/quotes?limit=25&q={word}", f"{other}?q={quote(word)}&_size=25"
        for _ in range(ROUNDS):
            mine, its = await read([ours], requests), await read([theirs], requests // 4)
            print(f"On Record {_shown(mine)}; Datasette {_shown(its)}: {mine.rate / its.rate:.1f} times")


def _shown(times: Times) -> str:
    return f"{times.rate:.1f} a second, median {times.median * 1000:.1f} ms, p99 {times.p99 * 1000:.1f} ms"


@contextlib.contextmanager
def _served(database: str) -> Iterator[str]:
    """Datasette with the search as a query of its own, in an environment of its own. Gives the query's address."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        name = Path(database).stem
        metadata = Path(folder) / "metadata.json"
        metadata.write_text(json.dumps({"databases": {name: {"queries": {"search": {"sql": SEARCH}}}}}))
        port = free_port()
        command = [python, "-m", "datasette", "serve", database, "--metadata", metadata, "--port", str(port)]
        process = subprocess.Popen(
            [*command, "--setting", "sql_time_limit_ms", "20000"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _await(f"http://127.0.0.1:{port}/-/versions.json")
            yield f"http://127.0.0.1:{port}/{name}/search.json"
        finally:
            process.terminate()
            process.wait()


def _await(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(address).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("Datasette did not start")

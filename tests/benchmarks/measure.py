"""Measure the real service: cold start, time of an article, and memory.

    .venv/bin/python -m tests.benchmarks.measure [--articles 40] [--starts 3]

It starts `onrecord serve` with the settings of the environment and an empty SQLite database, and prints what it saw.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.texts import page
from tests.live import Server, running_server

PAGE_CHARACTERS = 5_000
WARM_UP = 3
PATIENCE = 600
MEBIBYTE = 1024 * 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=40, help="pages to post")
    arguments.add_argument("--starts", type=int, default=3, help="cold starts to time")
    options = arguments.parse_args()
    print(machine())
    print_starts(options.starts)
    with tempfile.TemporaryDirectory() as directory, running_server(Path(directory)) as server:
        print_memory(server, "ready")
        print_articles(server, options.articles)
        print_memory(server, "after these articles")


def machine() -> str:
    """The machine in a line, with what else it is doing."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n") if Path("/proc/cpuinfo").exists() else []
    model = next((row.split(": ")[1] for row in cpus if row.startswith("model name")), platform.processor())
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f}"
    )


def print_starts(count: int) -> None:
    """Process start to the first 200 of /health/ready."""
    seconds = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as directory, running_server(Path(directory)) as server:
            seconds.append(server.seconds_to_ready)
    print(f"start to ready: median {statistics.median(seconds):.2f} s ({_listed(seconds)})")


def print_articles(server: Server, count: int) -> None:
    """POST /articles of different pages, one after another."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        seconds = [_timed_post(client, "/articles", page(n, PAGE_CHARACTERS), 201) for n in range(WARM_UP + count)]
    steady = sorted(seconds[WARM_UP:])
    print(
        f"POST /articles, {PAGE_CHARACTERS:,} characters: first {seconds[0]:.3f} s; then median "
        f"{statistics.median(steady):.3f} s, slowest {steady[-1]:.3f} s of {count}"
    )


def print_memory(server: Server, moment: str) -> None:
    """All processes of the service: what they hold, shared pages counted once (PSS) and once each (RSS)."""
    process = psutil.Process(server.process.pid)
    family = [process, *process.children(recursive=True)]
    resident = sum(member.memory_info().rss for member in family) / MEBIBYTE
    proportional = sum(getattr(member.memory_full_info(), "pss", 0) for member in family) / MEBIBYTE
    print(f"memory {moment}: {proportional:.0f} MiB PSS, {resident:.0f} MiB RSS in {len(family)} processes")


def _timed_post(client: httpx.Client, path: str, text: str, expected: int) -> float:
    began = time.perf_counter()
    answer = client.post(path, content=text.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
    seconds = time.perf_counter() - began
    if answer.status_code != expected:
        raise SystemExit(f"POST {path} answered {answer.status_code}: {answer.text[:500]}")
    return seconds


def _listed(seconds: list[float]) -> str:
    return ", ".join(f"{value:.2f} s" for value in seconds)


if __name__ == "__main__":
    main()

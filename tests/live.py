"""The real service in a process of its own, as `onrecord serve` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from tenacity import RetryError, retry, retry_if_exception_type, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COMMAND = Path(sys.executable).with_name("onrecord")
START_LIMIT, STOP_LIMIT = 300, 30


@dataclass(frozen=True)
class Server:
    """A running service."""

    url: str
    process: subprocess.Popen
    log: Path
    seconds_to_ready: float


@contextmanager
def running_server(
    directory: Path,
    database_url: str | None = None,
    command: Sequence[str | Path] = (COMMAND, "serve"),
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Start `onrecord serve`, or another command, on a free port, wait until it is ready, stop it with SIGTERM.

    `settings` are variables of its environment. The log stands in the directory and, unless another is named, a new
    SQLite database.
    """
    url = f"http://127.0.0.1:{(port := free_port())}"
    log = directory / "server.log"
    environment = {
        **os.environ,
        **(settings or {}),
        "ONRECORD_DATABASE_URL": database_url or f"sqlite:///{directory / 'onrecord.db'}",
    }
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port)], env=environment, stdout=output, stderr=output, cwd=directory
        )
        try:
            _await_ready(process, url, log)
            yield Server(url, process, log, time.perf_counter() - began)
        finally:
            _stop(process)


def _await_ready(process: subprocess.Popen, url: str, log: Path) -> None:
    @retry(
        retry=retry_if_exception_type(httpx.TransportError) | retry_if_result(lambda ready: not ready),
        wait=wait_fixed(0.05),
        stop=stop_after_delay(START_LIMIT),
    )
    def ready() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended with status {process.returncode}:\n{_told(log)}")
        return httpx.get(f"{url}/health/ready").status_code == 200

    try:
        ready()
    except RetryError:
        raise RuntimeError(f"not ready after {START_LIMIT} s:\n{_told(log)}") from None


def _told(log: Path) -> str:
    """The end of the log, our own polling left out."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return "\n".join([line for line in lines if "GET /health/ready" not in line][-40:])


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

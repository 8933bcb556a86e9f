"""Break what can break while an import runs, and count what is lost, stored twice or left over.

    .venv/bin/python -m tests.faults [--runs 20] [--databases sqlite postgresql] [--faults NAME...]

All that is broken the script has started itself: the service, its workers, `onrecord import`, Celery workers, a
PostgreSQL, a Redis and a RabbitMQ. It ends with status 1 where an article that was accepted is neither stored once with
all its quotes nor reported failed. To fill PostgreSQL's disk it mounts a small one, which takes root.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx

from tests.benchmarks.measure import machine
from tests.faults.command import FULL, READ_ONLY
from tests.faults.counting import QUOTES, Tally, rows
from tests.faults.faulty import EAT, LOOP, RAISE
from tests.faults.service import Program, onrecord, postgresql, rabbitmq, redis, told
from tests.live import free_port

SETTINGS = {"ONRECORD_EXTRACTION_SECONDS": "1", "ONRECORD_WORKER_MEMORY_MB": "300", "ONRECORD_WORKERS": "2"}
IMPORTED, SENT = 400, 4
"""Articles of a file, and of each sort that are sent in a run."""
AWAY_SECONDS = 1.0
CANNOT_BEGIN = 2
"""The exit status of an import that has taken nothing in."""
PATIENCE = 120
NDJSON = {"Content-Type": "application/x-ndjson"}
DISK = "64m"


class Scene:
    """The service on a fresh database with an import beside it; all of it is gone at the end."""

    def __init__(self, directory: Path, database: str, fault: str, stack: ExitStack) -> None:
        self.directory, self.tally = directory, Tally(fault, database)
        self.environment = dict(SETTINGS)
        self.url = f"sqlite:///{directory / 'archive.db'}"
        self.imports = 0
        self._stack = stack
        if database == "postgresql":
            self.server, self.url = stack.enter_context(postgresql(directory))
        if fault == "full" and database == "postgresql":
            self._on_small_disk()
        self.environment["ONRECORD_DATABASE_URL"] = self.url
        port = free_port()
        self.client = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE))
        self.readers = []
        if broker := BROKERS.get(fault):
            self._add_workers(broker)
        self.web = self._started("serve", "--port", port)
        self.importing = self._import()
        self.await_ready()

    def _started(self, *arguments: object) -> Program:
        program = onrecord(self.directory / "log", self.environment, *arguments)
        program.start()
        self._stack.callback(program.stop, signal.SIGKILL)
        return program

    def _add_workers(self, broker) -> None:
        self.broker, self.environment["ONRECORD_BROKER_URL"] = self._stack.enter_context(broker(self.directory))
        subprocess.run(
            onrecord(self.directory / "log", {}, "migrate").command,
            env={**subprocess.os.environ, **self.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
            check=True,
        )
        self.readers = [self._started("worker") for _ in range(2)]

    def _on_small_disk(self) -> None:
        """The database alone; its log stands elsewhere, so that what fails is a statement and not the server."""
        self.disk = self.directory / "disk"
        self.disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=777", "none", self.disk], check=True)
        self._stack.callback(subprocess.run, ["umount", "--lazy", self.disk], check=True)
        space = self.disk / "space"
        space.mkdir()
        subprocess.run(["chown", "postgres", space], check=True)
        told(self.url, f"CREATE TABLESPACE small LOCATION '{space}'", "CREATE DATABASE small TABLESPACE small")
        self.url = self.url.removesuffix("postgres") + "small"

    def _import(self) -> Program:
        """Another import; its articles count as accepted, since it ends only when all have come to their end."""
        self.imports += 1
        source = self.directory / f"{self.imports}.ndjson"
        articles = [article(f"import {self.imports}, article {number}") for number in range(IMPORTED)]
        source.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
        self.tally.accepted |= {one["title"] for one in articles}
        return self._started("import", source)

    def ensure_import(self) -> None:
        """There is always one that runs."""
        if not self.importing.runs:
            if self.importing.process.returncode == CANNOT_BEGIN:
                self._go_on()
            else:
                self.importing = self._import()

    def _go_on(self) -> None:
        """The database was away when it began: the same command again."""
        self.importing.start()

    def _is_imported(self) -> bool:
        if not self.importing.runs and self.importing.process.returncode == CANNOT_BEGIN:
            self._go_on()
        return not self.importing.runs

    def await_ready(self) -> None:
        """Until the service says it is."""
        self._until(lambda: self.client.get("/health/ready").status_code == 200, "ready")

    def _until(self, condition, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(httpx.TransportError):
                if condition():
                    return
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.tally.fault}: not {what} within {PATIENCE} s; see {self.directory / 'log'}")
            time.sleep(0.05)

    def send(self, name: str, text: str = "") -> None:
        """Articles to be read now, later, and in a batch."""
        for number in range(SENT):
            self._post([f"{name}, now {number}"], "/articles", {}, text)
            self._post([f"{name}, later {number}"], "/articles", {"Prefer": "respond-async"}, text)
        self._post([f"{name}, line {number}" for number in range(SENT)], "/articles/batch", NDJSON, text)

    def _post(self, titles: list[str], path: str, headers: dict[str, str], text: str) -> None:
        body = "\n".join(json.dumps(article(title, text)) for title in titles)
        try:
            answer = self.client.post(path, content=body, headers={"Content-Type": "application/json", **headers})
        except httpx.TransportError:
            self.tally.refused += 1
            return
        if answer.status_code in (200, 201, 202):
            self.tally.accepted |= set(titles)
        elif answer.status_code == 503 or (text and "extraction-" in answer.json()["type"]):
            self.tally.refused += 1
        else:
            self.tally.wrong.append(f"{answer.status_code} {answer.text[:200]}")

    def await_end(self, name: str) -> None:
        """Until what came under this name has come to its end."""
        query = "SELECT count(*) FROM articles WHERE state IN ('queued', 'running')"
        query += f" AND title LIKE '{name}%'" if name else ""
        self._until(lambda: rows(self.url, query)[0][0] == 0, "read")

    def end(self) -> None:
        """Let the import end, and count."""
        self._until(self._is_imported, "imported")
        self.await_end("")
        self.tally.count(self.url)


def article(title: str, text: str = "") -> dict[str, str]:
    """An article of as many quotes as are counted."""
    said = " ".join(f"“{title}: sentence {number}” said Speaker Number{number}." for number in range(QUOTES))
    return {"title": title, "text": f"{text} {said}"}


def _kill(*programs: Program) -> None:
    """kill -9, and start it again."""
    program = random.choice(programs)
    program.stop(signal.SIGKILL)
    program.start()


def _kill_worker(scene: Scene, _name: str) -> None:
    for program in (scene.web, scene.importing):
        for worker in program.workers()[:1]:
            worker.kill()


def _restart(program: Program, how: int) -> None:
    program.stop(how)
    time.sleep(AWAY_SECONDS)
    program.start()


def _turn_read_only(scene: Scene, name: str) -> None:
    if scene.url.startswith("sqlite"):
        _mark(scene, READ_ONLY, name)
        return
    told(scene.url, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    scene.send(f"{name}, read-only")
    time.sleep(AWAY_SECONDS)
    told(scene.url, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")


def _mark(scene: Scene, mark: str, name: str) -> None:
    marked = scene.directory / f"archive.db{mark}"
    marked.touch()
    scene.send(f"{name}, {mark}")
    time.sleep(AWAY_SECONDS)
    marked.unlink()


def _fill(scene: Scene, name: str) -> None:
    if scene.url.startswith("sqlite"):
        _mark(scene, FULL, name)
        return
    filler = scene.disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    scene.send(f"{name}, full")
    time.sleep(AWAY_SECONDS)
    filler.unlink()


def _sent(mark: str):
    return lambda scene, name: scene.send(f"{name}, {mark.strip('<>')}", mark)


FAULTS = {
    "worker": _kill_worker,
    "web process": lambda scene, _: _kill(scene.web),
    "import": lambda scene, _: _kill(scene.importing),
    "Celery worker on Redis": lambda scene, _: _kill(*scene.readers),
    "Celery worker on RabbitMQ": lambda scene, _: _kill(*scene.readers),
    "Redis": lambda scene, _: _restart(scene.broker, signal.SIGTERM),
    "RabbitMQ": lambda scene, _: _restart(scene.broker, signal.SIGTERM),
    "PostgreSQL": lambda scene, _: _restart(scene.server, signal.SIGINT),
    "read-only": _turn_read_only,
    "full": _fill,
    "raises": _sent(RAISE),
    "loops": _sent(LOOP),
    "eats memory": _sent(EAT),
}
COUNTED = ("runs", "accepted", "stored", "reported failed", "lost", "doubled", "orphans")
COLUMNS = ("fault", "database", *COUNTED, "refused", "well after")
BROKERS = {"Celery worker on Redis": redis, "Celery worker on RabbitMQ": rabbitmq, "Redis": redis, "RabbitMQ": rabbitmq}
POSTGRESQL_ALONE = {*BROKERS, "PostgreSQL"}


def broken(database: str, fault: str, runs: int) -> Tally:
    """Break one thing so often."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        scene = Scene(Path(name), database, fault, stack)
        for run in range(runs):
            scene.ensure_import()
            scene.send(f"run {run}, before")
            began = time.monotonic()
            FAULTS[fault](scene, f"run {run}")
            scene.send(f"run {run}, behind")
            scene.await_ready()
            scene.await_end(f"run {run},")
            scene.tally.seconds.append(time.monotonic() - began)
            scene.tally.runs += 1
        scene.end()
    return scene.tally


def _end(*_: object) -> None:
    """Let go of all that was started, which Python does not do by itself on this signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)


def main() -> None:
    """Break, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="of each fault")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--faults", nargs="+", choices=list(FAULTS), default=list(FAULTS))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    print(machine())
    print(f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|")
    tallies = []
    for database in options.databases:
        for fault in options.faults:
            if database == "postgresql" or fault not in POSTGRESQL_ALONE:
                tallies.append(broken(database, fault, options.runs))
                print(row(tallies[-1]), *tallies[-1].wrong[:3], dict(tallies[-1].reasons), flush=True)
    sys.exit(0 if all(tally.is_clean for tally in tallies) else 1)


def row(tally: Tally) -> str:
    """A line of the table; `well` is the longest time from a fault to recovery."""
    counts = (tally.runs, len(tally.accepted), tally.stored, tally.failed, tally.lost, tally.doubled, tally.orphans)
    cells = (tally.fault, tally.database, *counts, tally.refused, f"{max(tally.seconds):.1f} s")
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()

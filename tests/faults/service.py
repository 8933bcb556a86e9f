"""Programs that may be killed, and servers of one's own to stop: what the fault scripts share."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
from tenacity import retry, stop_after_delay, wait_fixed

from tests.live import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.faults.command")
PATIENCE = 60


@dataclass
class Program:
    """A process that may be killed and started again as it was."""

    command: list[str]
    environment: dict[str, str]
    log: Path
    user: str | None = None
    process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, env=os.environ | self.environment, cwd="/", stdout=output, stderr=output, user=self.user
            )

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Send it a signal, and wait until it is gone."""
        if self.runs:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)

    def workers(self) -> list[psutil.Process]:
        """The processes that read texts for it."""
        children = psutil.Process(self.process.pid).children(recursive=True) if self.runs else []
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def onrecord(log: Path, environment: dict[str, str], *arguments: object) -> Program:
    """A command of On Record."""
    return Program([*COMMAND, *map(str, arguments)], {"PYTHONPATH": str(PROJECT), **environment}, log)


@contextmanager
def postgresql(directory: Path) -> Iterator[tuple[Program, str]]:
    """A PostgreSQL of one's own, and the URL of its database. As root it runs as the user postgres."""
    binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
    data, port = directory / "postgresql", free_port()
    user = "postgres" if os.geteuid() == 0 else None
    data.mkdir()
    if user:
        directory.chmod(0o755)
        subprocess.run(["chown", user, data], check=True)
    initialize = [binaries / "initdb", "--pgdata", data, "--auth=trust", "--username=postgres", "--encoding=UTF8"]
    subprocess.run(initialize, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL)
    command = [binaries / "postgres", "-D", data, "-p", port, "-k", data, "-c", "listen_addresses=127.0.0.1"]
    server = Program([str(part) for part in command], {}, directory / "postgresql.log", user)
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    server.start()
    try:
        told(url, "SELECT 1")
        yield server, url
    finally:
        server.stop(signal.SIGINT)


@retry(wait=wait_fixed(0.1), stop=stop_after_delay(PATIENCE), reraise=True)
def told(url: str, *statements: str) -> None:
    """Tell a PostgreSQL something, outside of transactions, as soon as it answers."""
    with psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off") as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def redis(directory: Path) -> Iterator[tuple[Program, str]]:
    """A Redis of one's own that forgets all when it stops, and its URL."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1", "--dir", str(directory)]
    server = Program(command, {}, directory / "redis.log")
    server.start()
    try:
        answering(port)
        yield server, f"redis://127.0.0.1:{port}/0"
    finally:
        server.stop()


@contextmanager
def rabbitmq(directory: Path) -> Iterator[tuple[Program, str]]:
    """A RabbitMQ of one's own, and its URL. As root it runs as the user rabbitmq. Apart from epmd it shares nothing."""
    binaries, home = max(Path("/usr/lib/rabbitmq/lib").glob("*/sbin")), directory / "rabbitmq"
    user = "rabbitmq" if os.geteuid() == 0 else None
    home.mkdir()
    (home / "nothing").touch()
    if user:
        directory.chmod(0o755)
        subprocess.run(["chown", user, home], check=True)
    port = free_port()
    settings = {
        "NODENAME": f"onrecord-{port}@localhost",
        "NODE_IP_ADDRESS": "127.0.0.1",
        "NODE_PORT": str(port),
        "DIST_PORT": str(free_port()),
        "CONFIG_FILE": str(home / "nothing"),
        "CONF_ENV_FILE": str(home / "nothing"),
        "ENABLED_PLUGINS_FILE": str(home / "nothing"),
        "MNESIA_BASE": str(home),
        "LOG_BASE": str(home),
    }
    environment = {f"RABBITMQ_{name}": value for name, value in settings.items()}
    # Under systemd the script becomes the server, which then gets the signals.
    environment |= {"RUNNING_UNDER_SYSTEMD": "true", "HOME": str(home)}
    server = Program([str(binaries / "rabbitmq-server")], environment, directory / "rabbitmq.log", user)
    server.start()
    try:
        answering(port)
        yield server, f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        server.stop()


@retry(wait=wait_fixed(0.1), stop=stop_after_delay(PATIENCE), reraise=True)
def answering(port: int) -> None:
    """Wait until somebody listens there."""
    socket.create_connection(("127.0.0.1", port), timeout=3).close()

"""Whatever a client makes of the description, the service answers as the description says: every check of Schemathesis.

Over HTTP, from the service as it is started, with an extractor that needs no model.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from app.keys.schemas import Scope
from app.main import create_app
from app.workers.inline import InlineExtraction
from tests.archive import SaidExtractor
from tests.keys import key_of
from tests.live import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.settings import Settings

COMMAND = Path(sys.executable).with_name("schemathesis")
PROJECT = Path(__file__).parents[2]
OPTIONS = ["--checks=all", "--max-examples=10", "--generation-deterministic", "--no-color"]


class Served(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The URL of the service in a thread."""
    app = create_app(settings, InlineExtraction(SaidExtractor()))
    server = Served(uvicorn.Config(app, port=(port := free_port()), log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert server.is_up.wait(30)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def checked(url: str, *options: str) -> None:
    """Run Schemathesis with all of its checks."""
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.faults.accepted", "PYTHONPATH": str(PROJECT)}
    command = [COMMAND, "run", f"{url}/openapi.json", *OPTIONS, *options]
    done = subprocess.run(
        command, env=environment, cwd=PROJECT / "tests", check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_service_keeps_to_its_description(settings):
    with served(settings) as url:
        checked(url)


def test_the_service_keeps_to_its_description_where_it_asks_for_keys(settings):
    key = key_of(settings, Scope.ADMIN)
    with served(settings.model_copy(update={"auth": "required"})) as url:
        # The key must not revoke itself.
        checked(url, "--header", f"Authorization: Bearer {key}", "--exclude-path-regex", "^/keys", "--phases=fuzzing")

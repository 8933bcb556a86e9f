"""A service that asks for keys, and the keys to it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi.testclient import TestClient

from app.database import Database
from app.keys import service
from app.keys.schemas import Scope
from app.main import create_app
from app.workers.inline import InlineExtraction
from tests.live import free_port
from tests.said import SaidExtractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.settings import Settings


def key_of(settings: Settings, scope: Scope, name: str = "a test") -> str:
    """A new key, as its holder gets it."""
    database = Database(settings.database_url)
    try:
        return database.write(partial(service.make, name=name, scope=scope))[1]
    finally:
        database.dispose()


def bearer(key: str) -> dict[str, str]:
    """The header that shows a key."""
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def serving(settings: Settings, **changed: Any) -> Iterator[TestClient]:
    """The service with some settings changed."""
    app = create_app(settings.model_copy(update=changed), InlineExtraction(SaidExtractor()))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


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

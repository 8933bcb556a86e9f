"""A service that asks for keys, and the keys to it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi.testclient import TestClient

from app.database import Database
from app.keys import service
from app.keys.schemas import Scope
from app.main import create_app
from app.workers.inline import InlineExtraction
from tests.archive import SaidExtractor

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

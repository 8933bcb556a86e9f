"""Jobs that are followed without waiting long."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from app.jobs import endpoints
from app.workers import dispatcher
from tests.said import SaidExtractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

    from app.extraction.document import Extraction


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often."""
    monkeypatch.setattr(endpoints, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(dispatcher, "IDLE_SECONDS", 0.05)


class GatedExtractor(SaidExtractor):
    """Reads nothing before `gate` is opened; `begun` tells that it would like to."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.begun = threading.Event()

    def extract(self, text: str, language: str | None = None) -> Extraction:
        self.begun.set()
        assert self.gate.wait(30)
        return super().extract(text, language)


@pytest.fixture
def extractor() -> Iterator[GatedExtractor]:
    """The extractor of `client`; its gate is open unless a test closes it."""
    extractor = GatedExtractor()
    extractor.gate.set()
    yield extractor
    extractor.gate.set()


def events(client: TestClient, location: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a job, when it has ended."""
    with client.stream("GET", f"{location}/events") as stream:
        lines = [line.partition(": ") for line in stream.iter_lines()]
    told = [(name, value) for name, _, value in lines if name in ("event", "data")]
    return [(event[1], json.loads(data[1])) for event, data in zip(told[::2], told[1::2], strict=True)]


def ended(client: TestClient, location: str) -> dict[str, Any]:
    """A job, when it has ended."""
    return events(client, location)[-1][1]


def items(client: TestClient, location: str, **query: Any) -> list[dict[str, Any]]:
    """The items of a job, all pages of them."""
    page = client.get(f"{location}/items", params=query).json()
    found = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        found += page["items"]
    return found

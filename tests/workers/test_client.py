"""A client that waits for its text to be read, goes away, or is there when the service stops."""

from __future__ import annotations

import asyncio
import json

import pytest

from app.extraction.document import Extraction
from app.main import create_app
from app.workers.inline import InlineExtraction
from app.workers.protocol import QueueFullError
from tests.archive import row_counts
from tests.said import SaidExtractor

TEXT = "“We will sail,” said Marta Lindqvist."


class Patient(InlineExtraction):
    """Reads when it is told to, and knows whether it was told to drop the text."""

    def __init__(self) -> None:
        super().__init__(SaidExtractor())
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        self.dropped = False

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        self.asked.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.dropped = True
            raise
        return await super().extract(text, language)


class Client:
    """One POST of TEXT, made straight to the application."""

    def __init__(self, app, path: str) -> None:
        self.leaves = asyncio.Event()
        self.status, self.body = 0, b""
        self._is_sent = False
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [(b"content-type", b"text/plain")],
        }
        self.request = asyncio.ensure_future(app(scope, self._receive, self._send))

    @property
    def problem(self) -> str:
        return json.loads(self.body)["type"].rpartition(":")[2]

    async def _receive(self) -> dict:
        if self._is_sent:
            await self.leaves.wait()
            return {"type": "http.disconnect"}
        self._is_sent = True
        return {"type": "http.request", "body": TEXT.encode(), "more_body": False}

    async def _send(self, message: dict) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


@pytest.fixture(params=["/articles", "/extract"])
def scene(request, settings):
    """Runs a scenario with an extractor that waits and a client whose text it was given."""

    def run(scenario) -> None:
        async def whole() -> None:
            extraction = Patient()
            app = create_app(settings, extraction)
            try:
                client = Client(app, request.param)
                await extraction.asked.wait()
                await scenario(extraction, client)
            finally:
                app.state.database.dispose()

        asyncio.run(whole())

    return run


def test_a_client_that_stays_has_its_answer(scene):
    async def scenario(extraction, client):
        extraction.go.set()
        await client.request
        assert client.status in (200, 201)
        assert len(json.loads(client.body)["quotes"]) == 1

    scene(scenario)


def test_the_text_of_a_client_that_goes_away_is_dropped(scene):
    async def scenario(extraction, client):
        client.leaves.set()
        await client.request
        assert (extraction.dropped, client.status, client.problem) == (True, 499, "client-gone")

    scene(scenario)


def test_a_client_that_a_stopping_service_waits_for_no_longer_is_told(scene):
    async def scenario(extraction, client):
        client.request.cancel()
        await client.request
        assert (extraction.dropped, client.status, client.problem) == (True, 503, "extractor-unavailable")

    scene(scenario)


def test_a_full_queue_is_answered_with_the_time_to_wait(client, extractor, monkeypatch):
    async def full(*_args, **_kwargs):
        raise QueueFullError("100 texts wait already.", headers={"Retry-After": "7"})

    monkeypatch.setattr(client.app.state.extraction.backend, "extract", full)
    answer = client.post("/articles", json={"text": TEXT})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert answer.json()["type"] == "urn:onrecord:problem:queue-full"
    assert row_counts(client)["articles"] == 0

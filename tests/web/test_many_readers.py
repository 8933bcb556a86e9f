"""Many who read at once: they wait for each other, never for themselves."""

from __future__ import annotations

import asyncio

import httpx

from app import dependencies
from app.database import CONNECTIONS, MORE_CONNECTIONS


def test_more_readers_than_connections_are_all_answered(client):
    """Without turns they held the connections and waited for threads, whose holders waited for connections."""

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://archive") as many:
            return await asyncio.gather(*(many.get("/quotes") for _ in range(3 * (CONNECTIONS + MORE_CONNECTIONS))))

    assert {answer.status_code for answer in asyncio.run(ask())} == {200}


def test_who_waits_too_long_behind_others_is_told_to_come_again(client, monkeypatch):
    monkeypatch.setattr(dependencies, "TURN_SECONDS", 0)
    monkeypatch.setattr(client.app.state, "readers", readers := asyncio.Semaphore(0))
    answer = client.get("/quotes")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:onrecord:problem:database-unavailable")
    readers.release()
    assert [client.get("/quotes").status_code for _ in range(2)] == [200, 200]

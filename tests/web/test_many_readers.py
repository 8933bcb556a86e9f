"""Many who read or write at once: they wait for each other, never for themselves."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import text

from app import turns
from app.database import CONNECTIONS, MORE_CONNECTIONS, QUICK_READERS, Database


def asking(client) -> httpx.AsyncClient:
    """A client that sends many requests at once."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(client.app), base_url="http://127.0.0.1")


@contextmanager
def writing(database: Database):
    """A transaction that keeps everybody else from writing articles until the end."""
    began, end = threading.Event(), threading.Event()

    def work(session):
        is_sqlite = database.url.startswith("sqlite")  # where to begin is enough
        session.execute(text("SELECT 1" if is_sqlite else "LOCK TABLE articles IN SHARE ROW EXCLUSIVE MODE"))
        began.set()
        assert end.wait(60)

    thread = threading.Thread(target=database.write, args=(work,))
    thread.start()
    try:
        assert began.wait(10)
        yield
    finally:
        end.set()
        thread.join()


def test_more_readers_than_connections_are_all_answered(client):
    """Without turns they held the connections and waited for threads, whose holders waited for connections."""

    async def ask() -> list[httpx.Response]:
        async with asking(client) as many:
            return await asyncio.gather(*(many.get("/quotes") for _ in range(3 * (CONNECTIONS + MORE_CONNECTIONS))))

    assert {answer.status_code for answer in asyncio.run(ask())} == {200}


def test_reads_are_answered_while_more_writers_than_threads_wait(client):
    """They waited in threads, and none was left to read in."""
    pages = [client.post("/articles", json={"text": f"Page {number}."}).json()["id"] for number in range(45)]

    async def ask() -> tuple[set[int], int, set[int]]:
        async with asking(client) as many:
            with writing(client.app.state.database):
                writers = [asyncio.create_task(many.delete(f"/articles/{page}")) for page in pages]
                async with asyncio.timeout(20):
                    reads = {(await many.get("/quotes")).status_code for _ in range(50)}
                ended = sum(writer.done() for writer in writers)
            return reads, ended, {answer.status_code for answer in await asyncio.gather(*writers)}

    assert asyncio.run(ask()) == ({200}, 0, {204})


def test_who_reads_for_long_leaves_its_place_to_others(client, monkeypatch):
    monkeypatch.setattr(turns, "QUICK_SECONDS", 0)
    database = client.app.state.database

    async def ask() -> tuple[int, bool]:
        stays = asyncio.Event()

        async def read_for_long() -> None:
            async with turns.reading_turn(database):
                await stays.wait()

        slow = [asyncio.create_task(read_for_long()) for _ in range(2 * QUICK_READERS)]
        async with asking(client) as many, asyncio.timeout(20):
            answer = await many.get("/quotes")
        all_stay = not any(one.done() for one in slow)
        stays.set()
        await asyncio.gather(*slow)
        return answer.status_code, all_stay

    assert asyncio.run(ask()) == (200, True)
    assert not database.quick_readers.locked()


def test_few_begin_to_read_at_once(client, monkeypatch):
    monkeypatch.setattr(turns, "QUICK_SECONDS", 60)
    database = client.app.state.database

    async def begin() -> tuple[int, int]:
        begun, end = [], asyncio.Event()

        async def read() -> None:
            async with turns.reading_turn(database):
                begun.append(None)
                await end.wait()

        reading = [asyncio.create_task(read()) for _ in range(5)]
        for _ in range(20):
            await asyncio.sleep(0)
        at_once = len(begun)
        end.set()
        await asyncio.gather(*reading)
        return at_once, len(begun)

    assert asyncio.run(begin()) == (QUICK_READERS, 5)


@pytest.mark.parametrize(
    ("turns_of", "method", "path"),
    [("readers", "GET", "/quotes"), ("quick_readers", "GET", "/quotes"), ("writers", "DELETE", "/keys/1")],
)
def test_who_waits_too_long_behind_others_is_told_to_come_again(client, monkeypatch, turns_of, method, path):
    monkeypatch.setattr(turns, "TURN_SECONDS", 0)
    monkeypatch.setattr(client.app.state.database, turns_of, free := asyncio.Semaphore(0))
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:onrecord:problem:database-unavailable")
    assert answer.headers["Retry-After"] == "2"
    free.release()
    assert [client.request(method, path).status_code < 500 for _ in range(2)] == [True, True]

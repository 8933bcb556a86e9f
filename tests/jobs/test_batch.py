"""POST /articles/batch: lines of any number, taken in as they come."""

from __future__ import annotations

import asyncio
import json
import tracemalloc

import pytest
from starlette.requests import ClientDisconnect

from app.database import Database
from app.ingestion.records import longest_line
from app.ingestion.splitting import LineSplitter
from app.jobs import receiving, service
from app.jobs.receiving import Receiver
from tests.archive import row_counts
from tests.jobs.conftest import ended, items
from tests.keys import serving

NDJSON = {"Content-Type": "application/x-ndjson"}


def lines(*records: object) -> bytes:
    """Records as NDJSON; bytes stand for themselves."""
    return b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in records)


def text_of(number: int) -> str:
    return f"Page {number}. “Yes,” said Olof Berg."


def test_every_line_becomes_an_article(client):
    body = lines(*({"text": text_of(number), "title": f"Page {number}"} for number in range(250)))
    answer = client.post("/articles/batch", content=body, headers=NDJSON)
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/jobs/{answer.json()['id']}"
    job = ended(client, answer.headers["Location"])
    assert (job["kind"], job["status"], job["total"], job["done"], job["failed"]) == ("batch", "done", 250, 250, 0)
    found = items(client, answer.headers["Location"], limit=100)
    assert [item["line"] for item in found] == list(range(1, 251))
    article = client.get(f"/articles/{found[41]['article_id']}").json()
    assert (article["title"], article["text"], article["quote_count"]) == ("Page 41", text_of(41), 1)
    assert row_counts(client)["quotes"] == 250


def test_a_bad_line_is_an_error_of_that_line_only(client):
    body = lines(
        {"text": text_of(1)},
        b"\n",
        b"{no json\n",
        b'{"text": "\xff"}\n',
        {"title": "no text"},
        {"text": "123"},
        {"text": text_of(2), "published_at": "yesterday"},
        {"text": text_of(2), "headline": "?"},
        ["text"],
        {"text": text_of(2)},
    )
    location = client.post("/articles/batch", content=body, headers=NDJSON).headers["Location"]
    job = ended(client, location)
    assert (job["status"], job["total"], job["done"], job["failed"]) == ("done", 9, 2, 7)
    errors = {item["line"]: item["error"] for item in items(client, location, status="failed", limit=3)}
    assert list(errors) == [3, 4, 5, 6, 7, 8, 9]
    for line, told in ((3, "not JSON"), (4, "not UTF-8 at byte 10"), (5, "text: is missing"), (6, "no letter")):
        assert told in errors[line]
    for line, told in ((7, "published_at: 'yesterday' is not a date"), (8, "headline: is not known"), (9, "object")):
        assert told in errors[line]
    assert [item["line"] for item in items(client, location, status="done")] == [1, 10]


def test_the_same_text_is_the_same_article(client, extractor):
    body = lines(*({"text": text_of(1)} for _ in range(3)))
    location = client.post("/articles/batch", content=body, headers=NDJSON).headers["Location"]
    assert ended(client, location)["done"] == 3
    assert len({item["article_id"] for item in items(client, location)}) == 1
    again = client.post("/articles/batch", content=body, headers=NDJSON)
    assert again.json()["status"] == "done"
    assert extractor.texts == [text_of(1)]


def test_a_body_without_a_line_is_a_job_that_is_done(client):
    assert client.post("/articles/batch", content=b"\n", headers=NDJSON).json()["status"] == "done"


def test_takes_the_last_line_without_its_end_and_a_byte_order_mark(client):
    body = b"\xef\xbb\xbf" + lines({"text": text_of(1)}, {"text": text_of(2)}).rstrip()
    assert client.post("/articles/batch", content=body, headers=NDJSON).json()["total"] == 2


def test_refuses_a_body_of_another_type(client):
    answer = client.post("/articles/batch", json={"text": text_of(1)})
    assert (answer.status_code, answer.headers["Accept"]) == (415, "application/x-ndjson")


def test_a_batch_does_not_hold_up_what_somebody_waits_for(client, extractor):
    extractor.gate.clear()
    body = lines(*({"text": text_of(number)} for number in range(50)))
    client.post("/articles/batch", content=body, headers=NDJSON)
    assert extractor.begun.wait(30)
    answer = client.post("/articles", json={"text": "“Now!”"}, headers={"Prefer": "respond-async"})
    extractor.gate.set()
    assert ended(client, answer.headers["Location"])["status"] == "done"
    assert extractor.texts.index("“Now!”") < 10


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.dispose()


def receive(database: Database, chunks, most: int = 1000) -> int:
    """Have a body received; the id of its job."""
    job_id = database.write(service.start_batch)
    asyncio.run(Receiver(database, job_id, most, lambda: None).receive(chunks()))
    return job_id


def shown(database: Database, job_id: int):
    with database.read() as session:
        return service.get(session, job_id)


def test_a_body_that_breaks_off_ends_its_job_with_what_came(database):
    async def chunks():
        yield lines({"text": text_of(1)}) + b'{"text'
        raise ClientDisconnect

    job_id = database.write(service.start_batch)
    with pytest.raises(ClientDisconnect):
        asyncio.run(Receiver(database, job_id, 1000, lambda: None).receive(chunks()))
    job = shown(database, job_id)
    assert "broke off behind line 1" in job.error


def test_a_client_that_falls_silent_is_not_waited_for(settings):
    pieces = [{"type": "http.request", "body": lines({"text": text_of(1)}), "more_body": True}]
    sent = []

    async def receive() -> dict:
        return pieces.pop() if pieces else await asyncio.Event().wait()

    async def send(message: dict) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/x-ndjson"), (b"host", b"testserver")]
    scope = {"type": "http", "method": "POST", "path": "/articles/batch", "query_string": b"", "root_path": ""}
    with serving(settings, body_timeout=0.01) as client:
        asyncio.run(client.app({**scope, "headers": headers}, receive, send))
        (job,) = client.get("/jobs").json()["items"]
    assert (sent[0]["status"], job["total"]) == (408, 1)
    assert b"body-too-slow" in sent[1]["body"] and "broke off behind line 1" in job["error"]


def test_a_receiver_that_died_does_not_keep_its_job_open(database, monkeypatch):
    monkeypatch.setattr(service, "RECEIVING", -service.RECEIVING)
    job_id = database.write(service.start_batch)
    database.write(service.sweep)
    job = shown(database, job_id)
    assert (job.status, job.error) == ("failed", service.RECEIVER_DIED)


def test_a_receiver_that_lives_is_left_alone(database):
    job_id = database.write(service.start_batch)
    database.write(service.sweep)
    assert shown(database, job_id).status == "queued"


def test_holds_neither_the_body_nor_a_long_line_in_memory(database, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_LINES", 10)
    long_line = 20_000_000

    async def chunks():
        for number in range(300):
            yield lines({"text": text_of(number % 5), "title": "x" * 900})
        for _ in range(long_line // 1000):
            yield b"x" * 1000
        yield b"\n" + lines({"text": text_of(5)})

    tracemalloc.start()
    try:
        job_id = receive(database, chunks)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < long_line / 2
    job = shown(database, job_id)
    assert (job.total, job.failed) == (302, 1)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_lines_are_the_same_however_the_body_is_cut(size):
    body = b"\xef\xbb\xbfone\n\n  \r\ntwo\r\n" + b"x" * 100 + b"\nlast"
    splitter = LineSplitter(50)
    found = [line for at in range(0, len(body), size) for line in splitter.feed(body[at : at + size])]
    assert [*found, *splitter.close()] == [(1, b"one"), (4, b"two\r"), (5, None), (6, b"last")]


def test_a_line_may_be_as_long_as_json_writes_the_longest_text(client):
    text = "“Да,” said Olof Berg. " + "я" * 1000
    location = client.post("/articles/batch", content=lines({"text": text}), headers=NDJSON).headers["Location"]
    assert ended(client, location)["done"] == 1
    assert longest_line(1000) > 3 * 1000

"""Idempotency-Key: the same request again gets the same answer and does nothing."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from app.idempotency import service
from app.jobs import service as jobs
from app.keys.schemas import Scope
from tests.archive import row_counts
from tests.jobs.conftest import ended
from tests.keys import bearer, key_of, serving

TEXT = "“We will sail,” said Marta Lindqvist."
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
BATCH = {"Content-Type": "application/x-ndjson", **KEY}
LINES = (json.dumps({"text": TEXT}) + "\n").encode()


def kind_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_the_same_text_gets_the_same_answer(client, extractor):
    first = client.post("/articles", json={"text": TEXT}, headers=KEY)
    again = client.post("/articles", json={"text": TEXT}, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert client.post("/articles", json={"text": TEXT}).status_code == 200
    assert extractor.texts == [TEXT]


def test_each_api_key_has_idempotency_keys_of_its_own(settings):
    kim, ola = ({**KEY, **bearer(key_of(settings, Scope.WRITE, name))} for name in ("kim", "ola"))
    with serving(settings, auth="required") as client:
        for headers, text in ((kim, TEXT), (ola, TEXT + "!"), (kim, TEXT), (ola, TEXT + "!")):
            assert client.post("/articles", json={"text": text}, headers=headers).status_code == 201
        assert kind_of(client.post("/articles", json={"text": TEXT}, headers=ola)) == (422, "idempotency-key-reused")
        batches = [client.post("/articles/batch", content=LINES, headers={**BATCH, **who}) for who in (kim, ola)]
        assert {kind_of(batch) for batch in batches} == {(422, "idempotency-key-reused")}


def test_the_same_text_for_later_gets_the_same_job(client):
    later = {**KEY, "Prefer": "respond-async"}
    first, again = (client.post("/articles", json={"text": TEXT}, headers=later) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["Location"] == again.headers["Location"]
    assert row_counts(client)["jobs"] == 1


def test_the_same_batch_gets_the_same_job(client):
    first, again = (client.post("/articles/batch", content=LINES, headers=BATCH) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["Location"] == again.headers["Location"]
    assert row_counts(client)["jobs"] == 1
    ended(client, first.headers["Location"])


def test_another_request_under_the_key_is_refused(client):
    client.post("/articles", json={"text": TEXT}, headers=KEY)
    other = client.post("/articles", json={"text": TEXT, "title": "Ferry"}, headers=KEY)
    assert kind_of(other) == (422, "idempotency-key-reused")
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"
    assert kind_of(client.post("/articles/batch", content=LINES, headers=BATCH)) == (422, "idempotency-key-reused")


def test_another_batch_under_the_key_is_refused(client):
    client.post("/articles/batch", content=LINES, headers=BATCH)
    other = client.post("/articles/batch", content=LINES * 2, headers=BATCH)
    assert kind_of(other) == (422, "idempotency-key-reused")


def test_the_same_request_meanwhile_is_told_to_wait(client, extractor):
    extractor.gate.clear()
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(client.post, "/articles", json={"text": TEXT}, headers=KEY)
        assert extractor.begun.wait(30)
        again = client.post("/articles", json={"text": TEXT}, headers=KEY)
        assert kind_of(again) == (409, "request-in-progress")
        assert again.headers["Retry-After"]
        extractor.gate.set()
        assert first.result().status_code == 201


def test_a_key_is_held_while_its_text_is_read(client, extractor, monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(service, "IN_PROGRESS", timedelta(milliseconds=30))
    monkeypatch.setattr(service, "hold", lambda _session, key: held.set() if key == KEY["Idempotency-Key"] else None)
    extractor.gate.clear()
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(client.post, "/articles", json={"text": TEXT}, headers=KEY)
        assert held.wait(30)
        extractor.gate.set()
        assert first.result().status_code == 201


def test_a_batch_that_could_not_begin_may_be_sent_again(client, monkeypatch):
    def failing(_session):
        raise OperationalError("INSERT", {}, Exception("no answer"))

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "start_batch", failing)
        assert client.post("/articles/batch", content=LINES, headers=BATCH).status_code == 503
    assert client.post("/articles/batch", content=LINES, headers=BATCH).status_code == 202


def test_a_request_that_failed_may_be_sent_again(client, extractor):
    extractor.answers[TEXT] = ValueError("no")
    assert client.post("/articles", json={"text": TEXT}, headers=KEY).status_code == 500
    del extractor.answers[TEXT]
    assert client.post("/articles", json={"text": TEXT}, headers=KEY).status_code == 201


def test_a_key_goes_with_what_it_answered(client):
    location = client.post("/articles", json={"text": TEXT}, headers=KEY).headers["Location"]
    client.delete(location)
    assert client.post("/articles", json={"text": TEXT}, headers=KEY).headers["Location"] != location


@pytest.mark.parametrize("period", ["KEPT", "IN_PROGRESS"])
def test_a_key_whose_time_is_over_is_free(client, monkeypatch, period):
    monkeypatch.setattr(service, period, -service.KEPT)
    database = client.app.state.database
    if period == "KEPT":
        client.post("/articles", json={"text": TEXT}, headers=KEY)
    else:
        database.write(lambda session: service.note(session, KEY["Idempotency-Key"], None))
    assert client.post("/articles", json={"text": TEXT + "!"}, headers=KEY).status_code == 201
    database.write(service.sweep)
    assert row_counts(client)["idempotency_keys"] == (0 if period == "KEPT" else 1)


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_refused(client, key):
    answer = client.post("/articles", json={"text": TEXT}, headers={"Idempotency-Key": key})
    assert kind_of(answer) == (422, "request-invalid")

"""What cannot be read is refused by a problem of its own, and nothing is stored."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.archive import row_counts

TEXT = "“We will sail,” said Marta Lindqvist."
PLAIN, JSON = {"Content-Type": "text/plain"}, {"Content-Type": "application/json"}


def refused(client, status: int, name: str, field: str | None = None, **request) -> dict:
    """Check that a POST is refused by this problem and stores nothing."""
    for path in ("/articles", "/extract"):
        answer = client.post(path, **request)
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (status, f"urn:onrecord:problem:{name}")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert [error["field"] for error in problem.get("errors", [])] == ([field] if field else [])
    assert set(row_counts(client).values()) == {0}
    return problem


@pytest.mark.parametrize("text", ["", " \n\t", "1234 “…” !?", "😀😀"])
def test_a_text_without_letters(client, text):
    refused(client, 422, "text-empty", "text", json={"text": text})
    refused(client, 422, "text-empty", "text", content=text.encode(), headers=PLAIN)


def test_a_nul_character(client):
    problem = refused(client, 422, "text-has-nul", "text", json={"text": "ab\0c"})
    assert "position 2" in problem["detail"]
    refused(client, 422, "text-has-nul", "text", content=b"ab\0c", headers=PLAIN)
    refused(client, 422, "text-has-nul", "title", json={"text": TEXT, "title": "a\0"})


def test_a_lone_surrogate(client):
    problem = refused(client, 422, "text-has-surrogate", "text", content=b'{"text": "ab\\ud800"}', headers=JSON)
    assert "position 2" in problem["detail"]
    refused(client, 422, "text-has-surrogate", "outlet", content=b'{"text": "a", "outlet": "\\udfff"}', headers=JSON)


def test_a_pair_of_surrogates_is_a_character(client):
    assert client.post("/articles", content=b'{"text": "a\\ud83d\\ude00"}', headers=JSON).json()["text"] == "a😀"


@pytest.mark.parametrize("headers", [PLAIN, JSON])
def test_a_body_that_is_not_utf_8(client, headers):
    refused(client, 400, "body-malformed", content='{"text": "é"}'.encode("latin-1"), headers=headers)


@pytest.mark.parametrize("body", ["", "{", '{"text": "a"} b', "[" * 100_000, "1" * 5000])
def test_a_body_that_is_not_json(client, body):
    refused(client, 400, "body-malformed", content=body.encode(), headers=JSON)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("text", "body"),
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": 7}, "text"),
        ({"text": TEXT, "author": "x"}, "author"),
        ({"text": TEXT, "title": ["x"]}, "title"),
        ({"text": TEXT, "title": ""}, "title"),
        ({"text": TEXT, "outlet": "x" * 201}, "outlet"),
        ({"text": TEXT, "outlet": " \u00a0"}, "outlet"),
        ({"text": TEXT, "url": "not a url"}, "url"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "url"),
        ({"text": TEXT, "published_at": 1_700_000_000}, "published_at"),
    ],
)
def test_json_of_the_wrong_shape(client, body, field):
    refused(client, 422, "request-invalid", field, json=body)


@pytest.mark.parametrize(
    "date",
    ["yesterday", "", "2024-02-30", "2024-03-05T08:00:00", "20240305", "2024-W10-2", "0001-01-01T00:00:00+09:00"],
)
def test_a_date_that_is_none(client, date):
    refused(client, 422, "date-invalid", "published_at", json={"text": TEXT, "published_at": date})


@pytest.mark.parametrize("language", ["xx", "klingon", "", "e", "en-GB", "日本"])
def test_a_language_that_does_not_exist(client, language):
    refused(client, 422, "language-unknown", "language", json={"text": TEXT, "language": language})


def test_a_language_that_nobody_measured_is_taken(client):
    assert client.post("/articles", json={"text": TEXT, "language": "cy"}).json()["language"] == "cy"


def test_metadata_beside_json(client):
    refused(client, 422, "request-invalid", "title", json={"text": TEXT}, params={"title": "x"})


def test_unknown_parameters_beside_plain_text(client):
    refused(client, 422, "request-invalid", "titel", content=TEXT.encode(), headers=PLAIN, params={"titel": "x"})


@pytest.mark.parametrize("kind", ["application/xml", "text/html", "text/plain; charset=latin-1", "nonsense", ""])
def test_another_type_of_body(client, kind):
    refused(client, 415, "media-type-unsupported", content=TEXT.encode(), headers={"Content-Type": kind})


def test_a_text_of_one_megabyte_is_taken_and_two_are_not(client):
    for letter in ("a", "я", "語"):
        long, short = letter * (2_000_000 // len(letter.encode())), letter * (1_000_000 // len(letter.encode()))
        refused(client, 413, "text-too-large", content=long.encode(), headers=PLAIN)
        refused(client, 413, "text-too-large", json={"text": long})
        assert client.post("/extract", content=json.dumps({"text": short}).encode(), headers=JSON).status_code == 200


def test_a_body_of_unknown_length_is_read_no_further_than_allowed(client):
    read, sent = [], []

    async def receive() -> dict:
        read.append(1)
        return {"type": "http.request", "body": b"a" * 100_000, "more_body": len(read) < 1000}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/articles", "query_string": b"", "root_path": ""}
    headers = [(b"content-type", b"text/plain"), (b"host", b"testserver")]
    asyncio.run(client.app({**scope, "headers": headers}, receive, send))
    assert sent[0]["status"] == 413
    assert len(read) == client.app.state.settings.max_text_bytes // 100_000 + 1


@pytest.mark.parametrize(("path", "kind"), [("/articles", b"text/plain"), ("/articles/batch", b"application/x-ndjson")])
def test_a_client_that_leaves_in_the_middle_of_its_body_is_no_fault_of_the_service(client, path, kind):
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "http_version": "1.1"}
    came = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])
    sent: list[dict] = []

    async def receive():
        return next(came)

    async def send(message):
        sent.append(message)

    asyncio.run(client.app({**scope, "headers": [(b"content-type", kind)]}, receive, send))
    assert sent[0]["status"] == 400
    assert row_counts(client)["articles"] == 0

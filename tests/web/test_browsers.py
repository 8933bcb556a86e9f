"""What browsers are told: what an answer may do, and which pages may read it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from urllib.parse import urlsplit

import pytest
from pydantic import ValidationError

from app.settings import Settings
from tests.keys import serving

OURS, OTHER = "https://desk.news.example", "https://evil.example"
PREFLIGHT = {"Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "authorization"}


def failing(*_args):
    raise RuntimeError


@pytest.mark.parametrize("path", ["/quotes", "/nowhere", "/quotes/none", "/articles", "/health/live", "/docs"])
def test_every_answer_says_what_it_may_do(client, monkeypatch, path):
    monkeypatch.setattr("app.articles.service.page", failing)
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


def test_the_documentation_runs_its_own_scripts_and_no_other(client):
    page = client.get("/docs")
    (script,) = re.findall("<script>(.*?)</script>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in page.headers["Content-Security-Policy"]


def test_no_other_origin_may_read_unless_it_is_named(client):
    answer = client.get("/quotes", headers={"Origin": OTHER})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert client.options("/articles/1", headers={"Origin": OTHER, **PREFLIGHT}).status_code == 405


def test_a_named_origin_may(settings):
    with serving(settings, cors_origins=(OURS,), auth="required") as client:
        preflight = client.options("/articles/1", headers={"Origin": OURS, **PREFLIGHT})
        assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (200, OURS)
        refused = client.get("/quotes", headers={"Origin": OURS})
        assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, OURS)
        assert "Link" in refused.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in refused.headers
        assert client.options("/articles/1", headers={"Origin": OTHER, **PREFLIGHT}).status_code == 400
        assert "Access-Control-Allow-Origin" not in client.get("/quotes", headers={"Origin": OTHER}).headers


def test_a_page_of_a_named_origin_may_edit_what_it_has_seen(settings):
    editing = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match,content-type"}
    with serving(settings, cors_origins=(OURS,)) as client:
        assert client.options("/quotes/1", headers={"Origin": OURS, **editing}).status_code == 200
        assert "ETag" in client.get("/quotes", headers={"Origin": OURS}).headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://evil.example", 403), ("null", 403), ("http://testserver", 201), (None, 201)],
)
def test_a_browser_without_fetch_metadata_is_known_by_its_origin(client, origin, status):
    """Browsers send none to an address without TLS, as one in an office."""
    headers = {"Content-Type": "text/plain"} | ({"Origin": origin} if origin else {})
    assert client.post("/articles", content="“Yes,” said Olof Berg.", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_a_page_of_another_site_cannot_write_where_no_key_is_asked_for(settings, site, status):
    headers = {"Origin": OTHER, "Sec-Fetch-Site": site, "Content-Type": "text/plain"}
    with serving(settings, cors_origins=(OURS,)) as client:
        answer = client.post("/extract", content=b"Some text.", headers=headers)
        assert answer.status_code == status
        assert status == 200 or answer.json()["type"] == "urn:onrecord:problem:cross-site"
        assert client.get("/quotes", headers=headers).status_code == 200
        assert client.post("/extract", content=b"Text.", headers={**headers, "Origin": OURS}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("192.168.1.7:8000", 421),
        ("[::1", 421),
        ("", 200),
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("archive:8000", 200),
    ],
)
def test_a_name_made_to_lead_here_is_not_answered_where_no_key_is_asked_for(settings, host, status):
    """DNS rebinding: to a browser a page of that name is of the same origin as the service."""
    headers = {"Host": host, "Sec-Fetch-Site": "same-origin", "Content-Type": "text/plain"}
    with serving(settings) as client:
        for answer in (
            client.get("/quotes", headers=headers),
            client.post("/extract", content=b"Some text.", headers=headers),
        ):
            assert answer.status_code == status
            if status == 421:
                assert answer.json()["type"] == "urn:onrecord:problem:host-unknown"
                assert "localhost" in answer.json()["detail"] and "ONRECORD_CORS_ORIGINS" in answer.json()["detail"]
        assert client.get("/health/ready", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "changed", [{"cors_origins": (OURS,)}, {"auth": "required"}, {"auth": "off", "host": "0.0.0.0"}]
)
def test_a_name_is_answered_that_is_named_or_needs_a_key_or_cannot_be_known(settings, changed):
    with serving(settings, **changed) as client:
        answer = client.get("/quotes", headers={"Host": urlsplit(OURS).netloc})
        assert answer.status_code == (401 if changed.get("auth") == "required" else 200)


def test_origins_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ONRECORD_CORS_ORIGINS", f"{OURS}, http://127.0.0.1:3000,")
    assert Settings().cors_origins == (OURS, "http://127.0.0.1:3000")


@pytest.mark.parametrize("origin", ["*", "news.example", "https://news.example/", "null", "ftp://news.example"])
def test_what_is_no_origin_is_refused_at_start(monkeypatch, origin):
    monkeypatch.setenv("ONRECORD_CORS_ORIGINS", origin)
    with pytest.raises(ValidationError, match="is not an origin"):
        Settings()


def test_a_body_that_stops_coming_is_given_up(settings):
    received, sent = [], []

    async def receive() -> dict:
        if not received:
            received.append(1)
            return {"type": "http.request", "body": b"We will", "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/articles", "query_string": b"", "root_path": ""}
    headers = [(b"content-type", b"text/plain"), (b"host", b"localhost")]
    with serving(settings, body_timeout=0.01) as client:
        asyncio.run(client.app({**scope, "headers": headers}, receive, send))
    assert sent[0]["status"] == 408
    assert b"body-too-slow" in sent[1]["body"]


def test_an_export_passes_all_layers_piece_by_piece(client):
    client.post("/articles", json={"text": "“We will sail,” said Marta Lindqvist."})
    sent = []

    async def receive() -> dict:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/quotes", "query_string": b"format=csv", "root_path": ""}
    asyncio.run(client.app({**scope, "headers": [(b"host", b"localhost")]}, receive, send))
    assert [message["type"] for message in sent][:2] == ["http.response.start", "http.response.body"]
    assert sent[1]["more_body"] and len(sent) > 2

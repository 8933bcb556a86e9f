"""Keys: who may do what, from the first request with one to the last."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from app.access import advice
from app.keys import last_use
from app.keys.models import ApiKey
from app.keys.schemas import Scope
from app.main import create_app
from app.settings import Settings
from app.workers.inline import InlineExtraction
from tests.archive import counted_queries
from tests.keys import bearer, key_of, serving
from tests.said import SaidExtractor

TEXT = "“We will sail,” said Marta Lindqvist."
OPEN = {"GET /health/live", "GET /health/ready"}
OPENAPI = create_app(Settings(auth="required", rate_limit="9/minute"), InlineExtraction(SaidExtractor())).openapi()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in OPENAPI["paths"].items()
    for method, operation in methods.items()
}
READING = sorted(name for name in OPERATIONS if name.startswith("GET") and "/keys" not in name)
WRITING = sorted(name for name in OPERATIONS if not name.startswith("GET") and "/keys" not in name)
ADMINISTERING = sorted(name for name in OPERATIONS if "/keys" in name)


@pytest.fixture
def locked(settings):
    """The service, asking for keys."""
    with serving(settings, auth="required") as client:
        yield client


@pytest.fixture
def keys(settings):
    """A key of each scope."""
    return {scope: key_of(settings, scope) for scope in Scope}


def ask(client, operation: str, **more):
    """Send the request an operation stands for."""
    method, path = operation.split()
    body = {"json": {"text": TEXT}} if method in ("POST", "PATCH") else {}
    return client.request(method, re.sub("{[^}]+}", "1", path), **body, **more)


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_nothing_but_health_is_open_without_a_key(locked, operation):
    answer = ask(locked, operation)
    if operation in OPEN:
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:onrecord:problem:key-missing")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="On Record"'
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_description_and_its_page_are_open(locked):
    for path in ("/docs", "/openapi.json", "/docs-assets/swagger-ui.css"):
        assert locked.get(path).status_code == 200
    assert locked.head("/quotes").status_code == 401


@pytest.mark.parametrize("operation", [*READING, *WRITING, *ADMINISTERING])
def test_a_key_may_do_what_its_scope_includes(locked, keys, operation):
    needed = Scope.READ if operation in READING else Scope.WRITE if operation in WRITING else Scope.ADMIN
    for scope, key in keys.items():
        answer = ask(locked, operation, headers=bearer(key))
        if scope.includes(needed):
            assert answer.status_code not in (401, 403)
            continue
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:onrecord:problem:scope-insufficient")
        assert f"scope {needed}; yours has {scope}" in answer.json()["detail"]
        assert f'error="insufficient_scope", scope="{needed}"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    "wrong", ["x", "ork_", f"ork_0123456789ab_{'s' * 43}", f"ORK_0123456789ab_{'s' * 43}", "é".encode(), "a" * 9000]
)
def test_a_key_that_was_never_made(locked, wrong):
    header = b"Bearer " + wrong if isinstance(wrong, bytes) else f"Bearer {wrong}"
    answer = locked.get("/quotes", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:onrecord:problem:key-invalid")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_the_right_prefix_with_another_secret_opens_nothing(locked, keys):
    first, second = keys[Scope.READ], keys[Scope.ADMIN]
    mixed = first[:17] + second[17:]
    assert locked.get("/quotes", headers=bearer(first)).status_code == 200
    assert locked.get("/quotes", headers=bearer(mixed)).status_code == 401
    assert locked.get("/quotes", headers={"Authorization": f"Basic {first}"}).status_code == 401


def test_a_key_is_not_in_the_database(locked, keys):
    with locked.app.state.database.read() as session:
        stored = str(session.execute(text("SELECT * FROM api_keys")).all())
    for key in keys.values():
        assert key[4:16] in stored and key[17:] not in stored


def test_keys_are_listed_with_their_last_use_and_revoked(locked, keys):
    admin = bearer(keys[Scope.ADMIN])
    listed = locked.get("/keys", headers=admin).json()["items"]
    assert [(key["name"], key["scope"]) for key in listed] == [("a test", scope) for scope in Scope]
    assert [key["last_used_at"] for key in listed[:2]] == [None, None]
    assert [key["prefix"] for key in listed] == [key[:16] for key in keys.values()]
    gone = f"/keys/{listed[0]['id']}"
    assert locked.delete(gone, headers=admin).status_code == 204
    assert locked.get("/quotes", headers=bearer(keys[Scope.READ])).json()["type"].endswith("key-invalid")
    assert locked.get("/keys", headers=admin).json()["items"][0]["revoked_at"]
    assert locked.delete(gone, headers=admin).json()["type"] == "urn:onrecord:problem:key-not-found"


def last_uses(settings) -> list[datetime | None]:
    """When each key was last used."""
    with serving(settings) as client, client.app.state.database.read() as session:
        return list(session.scalars(select(ApiKey.last_used_at).order_by(ApiKey.id)))


def test_the_last_use_is_kept_to_the_minute(settings, keys, monkeypatch):
    began = datetime.now(UTC)
    with serving(settings, auth="required") as client:
        with counted_queries(client.app.state.database.write_engine) as writes:
            for _ in range(5):
                client.get("/quotes", headers=bearer(keys[Scope.READ]))
            client.app.state.last_use.stop()
        assert len([one for one in writes if one.startswith("UPDATE api_keys")]) == 1
    used, *others = last_uses(settings)
    assert began <= used <= datetime.now(UTC) and others == [None, None]
    monkeypatch.setattr(last_use, "EVERY", timedelta(0))
    with serving(settings, auth="required") as client:
        client.get("/quotes", headers=bearer(keys[Scope.READ]))
    assert last_uses(settings)[0] > used


@pytest.mark.parametrize(("user", "who"), [(None, "the desk"), ("kim", "kim (the desk)")])
def test_a_change_is_kept_with_the_key_that_made_it(locked, settings, user, who):
    headers = {**bearer(key_of(settings, Scope.WRITE, "the desk")), "If-Match": "*"}
    (quote,) = locked.post("/articles", json={"text": TEXT}, headers=headers).json()["quotes"]
    named = {"X-Forwarded-User": user} if user else {}
    path = f"/quotes/{quote['id']}"
    assert locked.patch(path, json={"status": "confirmed"}, headers=headers | named).status_code == 200
    assert locked.get("/changes", headers=headers).json()["items"][0]["who"] == who


def test_what_a_key_may_not_do_is_no_use_of_it(settings, keys):
    with serving(settings, auth="required") as client:
        ask(client, "POST /articles", headers=bearer(keys[Scope.READ]))
    assert last_uses(settings) == [None, None, None]


@pytest.mark.parametrize(
    ("host", "auth", "asks"),
    [
        ("127.0.0.1", "auto", False),
        ("127.8.0.1", "auto", False),
        ("localhost", "auto", False),
        ("::1", "auto", False),
        ("0.0.0.0", "auto", True),
        ("::", "auto", True),
        ("10.0.0.5", "auto", True),
        ("news.example", "auto", True),
        ("", "auto", True),
        ("127.0.0.1", "required", True),
        ("0.0.0.0", "off", False),
    ],
)
def test_only_off_in_so_many_words_opens_the_service_to_others(settings, host, auth, asks):
    with serving(settings, host=host, auth=auth) as client:
        assert client.get("/quotes").status_code == (401 if asks else 200)


def test_whoever_starts_the_service_is_told_what_is_amiss(settings):
    assert advice(settings) is None
    assert "whoever reaches 0.0.0.0" in advice(settings.model_copy(update={"host": "0.0.0.0", "auth": "off"}))
    elsewhere = settings.model_copy(update={"host": "0.0.0.0"})
    assert "onrecord keys create" in advice(elsewhere)
    key_of(settings, Scope.ADMIN)
    assert advice(elsewhere) is None


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_declares_its_refusals(name):
    refusals = {"401", "403", "429"} & OPERATIONS[name]["responses"].keys()
    if name in OPEN:
        assert not refusals and "security" not in OPERATIONS[name]
        return
    assert refusals == {"401", "403", "429"}
    assert OPERATIONS[name]["security"] == [{"ApiKey": []}]
    for status in refusals:
        assert OPERATIONS[name]["responses"][status]["content"].keys() == {"application/problem+json"}


def test_the_description_knows_how_a_key_is_shown(client):
    scheme = OPENAPI["components"]["securitySchemes"]["ApiKey"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert "securitySchemes" not in client.get("/openapi.json").json()["components"]

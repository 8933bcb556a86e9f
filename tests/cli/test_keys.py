"""`onrecord keys`: a key is shown once, listed ever after, and revoked for good."""

from __future__ import annotations

import re

import pytest

from tests.keys import bearer, serving


@pytest.fixture
def keys(run, settings, monkeypatch):
    """Run `onrecord keys` on the database of the test."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", settings.database_url)
    return lambda *arguments: run("keys", *arguments)


def test_a_key_is_made_used_listed_and_revoked(keys, settings):
    made = keys("create", "--scope", "write", "--name", "the [red]desk")
    key = made.stdout.strip()
    assert re.fullmatch(r"ork_[0-9a-f]{12}_[\w-]{43}", key)
    number = re.search(r"Key (\d+) may write", made.stderr)[1]
    assert f"{key[:16]}  write" in keys("list").stdout
    assert key not in keys("list").stdout
    assert re.search(r"never .* the \[red\]desk", keys("list").stdout)
    with serving(settings, auth="required") as client:
        assert client.post("/extract", json={"text": "Text."}, headers=bearer(key)).status_code == 200
    assert "never" not in keys("list").stdout
    assert keys("revoke", number).exit_code == 0
    with serving(settings, auth="required") as client:
        assert client.get("/quotes", headers=bearer(key)).status_code == 401
    again = keys("revoke", number)
    assert (again.exit_code, again.stderr) == (
        2,
        f"onrecord: There is no valid key {number}. See onrecord keys list.\n",
    )


def test_a_key_only_reads_unless_more_is_said(keys):
    assert "may read." in keys("create", "--name", "x").stderr


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "a\0b", "x" * 201])
def test_a_name_that_cannot_be_listed_is_refused(keys, name):
    refused = keys("create", "--name", name)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "printable characters" in refused.stderr

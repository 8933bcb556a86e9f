"""Rate limits: counted per key, or per address, and told in every answer."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from app.keys.schemas import Scope
from app.settings import Settings
from tests.keys import bearer, key_of, serving

LIMIT = "3/hour"


def test_without_a_limit_nothing_is_counted(client):
    assert "RateLimit" not in client.get("/quotes").headers


def test_what_is_left_is_told_and_what_is_too_much_refused(settings):
    with serving(settings, rate_limit=LIMIT) as client:
        answers = [client.get(path) for path in ("/quotes", "/quotes?format=csv", "/quotes/7", "/quotes")]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 429]
    for answer, left in zip(answers, (2, 1, 0, 0), strict=True):
        assert answer.headers["RateLimit-Policy"] == '"default";q=3;w=3600'
        assert re.fullmatch(rf'"default";r={left};t=\d+', answer.headers["RateLimit"])
    refused = answers[-1]
    assert refused.json()["type"] == "urn:onrecord:problem:too-many-requests"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600


def test_each_key_is_counted_by_itself(settings):
    first, second = (bearer(key_of(settings, Scope.READ)) for _ in range(2))
    with serving(settings, rate_limit=LIMIT, auth="required") as client:
        assert [client.get("/quotes", headers=first).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert client.get("/quotes", headers=second).status_code == 200


def test_wrong_keys_are_counted_by_address(settings):
    right = bearer(key_of(settings, Scope.READ))
    with serving(settings, rate_limit=LIMIT, auth="required") as client:
        wrong = [client.get("/quotes", headers=bearer(f"ork_{guess}")).status_code for guess in range(4)]
        assert wrong == [401, 401, 401, 429]
        assert client.get("/quotes", headers=right).status_code == 200


def test_health_and_the_description_are_never_refused(settings):
    with serving(settings, rate_limit="1/hour") as client:
        for _ in range(3):
            for path in ("/health/live", "/health/ready", "/docs", "/openapi.json"):
                assert client.get(path).status_code == 200


@pytest.mark.parametrize("limit", ["", "many", "600", "0/minute", "-1/minute", "10/fortnight"])
def test_a_limit_that_cannot_be_counted_is_refused_at_start(limit):
    with pytest.raises(ValidationError, match="as in 600/minute"):
        Settings(rate_limit=limit)

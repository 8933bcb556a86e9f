"""Figures for Prometheus: what clients got, how extraction did, and no label that a stranger can make up."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.extraction.document import Extraction
from app.extraction.extractor import Extractor
from app.main import create_app
from app.workers.inline import InlineExtraction
from app.workers.protocol import PoolStatus
from tests.said import SaidExtractor

TEXT = "“We will sail,” said Marta Lindqvist. “Not before May,” read Olof Berg."


def figures(client: TestClient) -> dict[tuple, float]:
    """What /metrics says: the value of each sample by its name and the values of its labels."""
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_requests_are_counted_by_method_route_and_status(client):
    client.get("/quotes", params={"speaker": "Marta Lindqvist"})
    client.get("/quotes/17")
    client.get("/quotes/18")
    client.post("/articles", json={"text": TEXT})
    found = figures(client)
    name = "onrecord_request_seconds_count"
    assert found[name, "GET", "/quotes", "200"] == 1
    assert found[name, "GET", "/quotes/{quote_id}", "404"] == 2
    assert found[name, "POST", "/articles", "201"] == 1
    assert 0 < found["onrecord_request_seconds_sum", "POST", "/articles", "201"] < 60
    assert found["onrecord_problems_total", "quote-not-found"] == 2


def test_strangers_cannot_make_up_labels(client):
    before = len(figures(client))
    for path in ("/made-up", "/wp-admin.php", "/quotes/1/Marta", "/docs-assets/none.css"):
        client.request("BREW", path)
        client.get(path, params={"q": "Marta"})
    found = figures(client)
    assert found["onrecord_request_seconds_count", "other", "other", "404"] == 3
    assert not [key for key in found if re.search("made-up|wp-admin|Marta|BREW", str(key))]
    assert len(found) < before + 100


def test_a_fault_is_counted_as_what_the_client_got(client, monkeypatch):
    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr("app.articles.service.page", fail)
    client.get("/articles")
    found = figures(client)
    assert found["onrecord_request_seconds_count", "GET", "/articles", "500"] == 1
    assert found["onrecord_problems_total", "internal"] == 1


def test_quotes_are_counted_by_confidence(client):
    client.post("/extract", json={"text": TEXT})
    found = figures(client)
    assert found["onrecord_quote_confidence_count",] == 2
    assert found["onrecord_quote_confidence_bucket", "0.5"] == 1
    assert found["onrecord_quote_confidence_bucket", "0.9"] == 2


def test_extraction_is_timed_by_stage_and_the_rest_is_waiting(client, extractor):
    extractor.answers[TEXT] = Extraction("en", (), "timed", seconds={"reading": 0.25, "model": 0.5})
    client.post("/extract", json={"text": TEXT})
    found = figures(client)
    assert found["onrecord_extraction_seconds_sum", "reading"] == 0.25
    assert found["onrecord_extraction_seconds_sum", "model"] == 0.5
    assert found["onrecord_extraction_seconds_count", "waiting"] == 1


def test_the_extractor_times_its_stages():
    found = Extractor().extract(f"A page of news about the ferry.\n\n{TEXT}\n", "en")
    assert list(found.seconds) == ["zones", "language", "reading", "rules", "assembly"]
    assert min(found.seconds.values()) >= 0


def test_failures_are_counted_by_kind(client, extractor):
    extractor.answers[TEXT] = RuntimeError("no")
    client.post("/extract", json={"text": TEXT})
    assert figures(client)["onrecord_extraction_failures_total", "extraction-failed"] == 1


class Busy(InlineExtraction):
    def status(self) -> PoolStatus:
        return PoolStatus(queued=7, busy=2, workers=3, restarts=4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("onrecord_queue_depth", 7),
        ("onrecord_workers_busy", 2),
        ("onrecord_workers", 3),
        ("onrecord_worker_restarts_total", 4),
    ],
)
def test_the_workers_tell_how_they_do(settings, name, value):
    with TestClient(create_app(settings, Busy(SaidExtractor()))) as client:
        assert figures(client)[name,] == value

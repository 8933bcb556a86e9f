"""Every line of the log says which request it belongs to, and no line holds a secret."""

from __future__ import annotations

import io
import json
import logging
from functools import partial

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from app import logs
from app.main import create_app
from app.settings import Settings
from app.workers.inline import InlineExtraction
from app.workers.pool import ExtractionPool
from tests.jobs.conftest import ended
from tests.said import SaidExtractor

TEXT = "“We will sail,” said Marta Lindqvist."
SECRET = "hunter2-hunter2"
KEY = f"ork_0123456789ab_{'s' * 43}"


@pytest.fixture
def logged(request):
    """Log as the service does, in the format the test names or in JSON; a function that gives what was written."""
    root, handler = logging.getLogger(), logs.handler(getattr(request, "param", "json"))
    handler.setStream(written := io.StringIO())
    root.addHandler(handler)
    yield written.getvalue
    root.removeHandler(handler)


def lines(written: str) -> list[dict]:
    """The records of a log in JSON."""
    return [json.loads(line) for line in written.splitlines()]


def test_a_request_id_is_answered(client):
    made = client.get("/quotes").headers["X-Request-ID"]
    assert len(made) >= 32
    assert client.get("/quotes").headers["X-Request-ID"] != made
    for path in ("/quotes", "/nowhere", "/quotes/none"):
        assert client.get(path, headers={"X-Request-ID": "desk-7:4711"}).headers["X-Request-ID"] == "desk-7:4711"


@pytest.mark.parametrize("sent", ["", "two words", "a" * 129, 'a"}', "é".encode()])
def test_an_id_that_may_not_stand_in_a_log_is_replaced(client, sent):
    answered = client.get("/quotes", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert answered.isalnum() and answered != sent


def test_what_goes_wrong_is_logged_with_the_id_that_is_answered(client, logged, monkeypatch):
    def fail(*_args):
        raise OperationalError("SELECT", {}, Exception("the disk is gone"))

    monkeypatch.setattr("app.articles.service.page", fail)
    answer = client.get("/articles", headers={"X-Request-ID": "desk-7"})
    (line,) = lines(logged())
    assert (answer.status_code, answer.headers["X-Request-ID"], line["request_id"]) == (503, "desk-7", "desk-7")
    assert (line["level"], line["logger"]) == ("ERROR", "app.database_errors")
    assert "the disk is gone" in line["traceback"]


def configured(log_format: str) -> SaidExtractor:
    """An extractor in a worker that logs as the real one does."""
    logs.configure(log_format)
    return SaidExtractor()


def test_the_worker_logs_the_id_of_the_request_it_reads_for(settings, capfd):
    app = create_app(settings, ExtractionPool(partial(configured, "json"), settings))
    with TestClient(app) as client:
        for request_id in ("first", "second"):
            text = f"{TEXT} The {request_id} one."
            assert client.post("/extract", json={"text": text}, headers={"X-Request-ID": request_id}).status_code == 200
    read = [line for line in lines(capfd.readouterr().err) if line["logger"] == "app.workers.child"]
    assert [line["request_id"] for line in read] == ["first", "second"]
    assert all("found 1 quotes" in line["message"] for line in read)


def test_the_worker_logs_the_id_of_the_request_that_an_article_came_with(settings, capfd):
    app = create_app(settings, ExtractionPool(partial(configured, "json"), settings))
    batch = {"Content-Type": "application/x-ndjson", "X-Request-ID": "batch"}
    with TestClient(app) as client:
        later = {"Prefer": "respond-async", "X-Request-ID": "later"}
        jobs = [client.post("/articles", json={"text": TEXT}, headers=later)]
        jobs.append(client.post("/articles/batch", content=json.dumps({"text": f"{TEXT} Again."}), headers=batch))
        for job in jobs:
            ended(client, job.headers["Location"])
    read = [line for line in lines(capfd.readouterr().err) if line["logger"] == "app.workers.child"]
    assert [line["request_id"] for line in read] == ["later", "batch"]


def test_the_access_log_names_its_parts(logged):
    log = logging.getLogger("uvicorn.access")
    log.warning('%s - "%s %s HTTP/%s" %d', "127.0.0.1:5000", "GET", "/quotes?q=ferry", "1.1", 200)
    (line,) = lines(logged())
    assert (line["method"], line["path"], line["status"]) == ("GET", "/quotes?q=ferry", 200)
    assert line["client"] == "127.0.0.1:5000"


@pytest.mark.parametrize("logged", ["text", "json"], indirect=True)
@pytest.mark.parametrize(
    "words",
    [
        f"GET /quotes?key={KEY}&q=x",
        f"connecting to postgresql://me:{SECRET}@db/archive",
        f"host=db password={SECRET} dbname=archive",
        f"{{'Authorization': 'Bearer {SECRET}'}}",
        f"[(b'authorization', b'Basic {SECRET}')]",
    ],
)
def test_a_secret_is_blotted_out_of_messages_and_tracebacks(logged, words):
    try:
        raise RuntimeError(words)
    except RuntimeError:
        logging.getLogger("app").exception("it failed: %s", words, extra={"more": words})
    written = logged()
    assert "it failed" in written and "…" in written
    assert SECRET not in written and "s" * 43 not in written
    assert not written.startswith("{") or len(lines(written)) == 1


def test_a_database_that_refuses_is_logged_without_its_password(logged):
    settings = Settings(database_url=f"postgresql://me:{SECRET}@127.0.0.1:1/archive")
    app = create_app(settings, InlineExtraction(SaidExtractor()))
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.get("/quotes", headers={"Authorization": f"Bearer {KEY}"}).status_code == 503
    written = logged()
    assert "the database failed" in written
    assert SECRET not in written + repr(settings) and KEY not in written


def test_wrong_settings_are_told_without_their_values(monkeypatch):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"mysql://me:{SECRET}@db/archive")
    with pytest.raises(ValueError, match="not supported") as raised:
        Settings()
    assert SECRET not in str(raised.value)

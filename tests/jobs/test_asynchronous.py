"""One text taken in now and read later."""

from __future__ import annotations

import pytest

from tests.jobs.conftest import ended, events, items

TEXT = "“We will sail,” said Marta Lindqvist."
LATER = {"Prefer": "respond-async"}


def test_answers_a_job_whose_item_is_the_article(client):
    answer = client.post("/articles", json={"text": TEXT, "title": "Ferry", "language": "sv"}, headers=LATER)
    assert (answer.status_code, answer.headers["Preference-Applied"]) == (202, "respond-async")
    location = answer.headers["Location"]
    assert location == f"/jobs/{answer.json()['id']}"
    job = ended(client, location)
    assert job == client.get(location).json()
    assert (job["kind"], job["status"], job["total"], job["done"], job["failed"]) == ("article", "done", 1, 1, 0)
    (item,) = items(client, location)
    assert (item["status"], item["line"], item["error"]) == ("done", 1, None)
    article = client.get(f"/articles/{item['article_id']}").json()
    assert (article["state"], article["failure"], article["title"]) == ("done", None, "Ferry")
    assert (article["language"], article["extractor"]) == ("sv", "said-1")
    assert [quote["text"] for quote in article["quotes"]] == ["We will sail,"]


@pytest.mark.parametrize("prefer", ["return=minimal, Respond-Async; foo", "respond-async, wait=10"])
def test_takes_the_preference_among_others(client, prefer):
    assert client.post("/articles", json={"text": TEXT}, headers={"Prefer": prefer}).status_code == 202


@pytest.mark.parametrize("prefer", ["return=minimal", "respond-asynchronously", ""])
def test_reads_at_once_where_nobody_prefers_otherwise(client, prefer):
    answer = client.post("/articles", json={"text": TEXT}, headers={"Prefer": prefer})
    assert answer.status_code == 201
    assert "Preference-Applied" not in answer.headers


def test_an_article_that_waits_shows_so_and_has_no_quotes(client, extractor):
    extractor.gate.clear()
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert extractor.begun.wait(30)
    assert client.get(location).json()["status"] == "running"
    (item,) = items(client, location)
    article = client.get(f"/articles/{item['article_id']}").json()
    assert (article["state"], article["quotes"], article["quote_count"]) == ("running", [], 0)
    assert (article["language"], article["extractor"]) == (None, None)
    assert [one["id"] for one in client.get("/articles?state=running").json()["items"]] == [article["id"]]
    assert client.get("/articles?state=failed").json()["items"] == []
    extractor.gate.set()
    assert ended(client, location)["status"] == "done"


def test_a_text_that_was_read_before_is_done_at_once(client, extractor):
    article = client.post("/articles", json={"text": TEXT}).json()
    answer = client.post("/articles", json={"text": TEXT}, headers=LATER)
    assert (answer.status_code, answer.json()["status"]) == (202, "done")
    assert items(client, answer.headers["Location"])[0]["article_id"] == article["id"]
    assert extractor.texts == [TEXT]


def test_a_text_that_cannot_be_read_fails_with_its_reason_and_is_tried_again_when_sent_again(client, extractor):
    extractor.answers[TEXT] = ValueError("no")
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert ended(client, location)["status"] == "failed"
    (item,) = items(client, location, status="failed")
    article = client.get(f"/articles/{item['article_id']}").json()
    assert (article["state"], article["failure"]) == ("failed", item["error"])
    assert "failed on this text" in item["error"]
    del extractor.answers[TEXT]
    again = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert ended(client, again)["status"] == "done"
    read = client.get(f"/articles/{item['article_id']}").json()
    assert (read["state"], read["failure"], read["quote_count"]) == ("done", None, 1)
    assert client.get(location).json()["status"] == "failed"  # what a job ended as, it stays


def test_a_failed_text_is_read_at_once_where_somebody_waits_for_it(client, extractor):
    extractor.answers[TEXT] = ValueError("no")
    ended(client, client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"])
    del extractor.answers[TEXT]
    article = client.post("/articles", json={"text": TEXT}).json()
    assert (article["state"], article["failure"], article["quote_count"]) == ("done", None, 1)


def test_a_text_read_at_once_while_it_is_in_hand_is_stored_once(client, extractor):
    extractor.gate.clear()
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert extractor.begun.wait(30)
    extractor.gate.set()
    article = client.post("/articles", json={"text": TEXT}).json()
    assert (article["state"], article["quote_count"]) == ("done", 1)
    assert ended(client, location)["status"] == "done"
    assert client.get(f"/articles/{article['id']}").json() == article


def test_an_article_removed_in_hand_ends_its_job_and_stays_removed(client, extractor):
    extractor.gate.clear()
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert extractor.begun.wait(30)
    (item,) = items(client, location)
    assert client.delete(f"/articles/{item['article_id']}").status_code == 204
    extractor.gate.set()
    assert ended(client, location)["status"] == "failed"
    (item,) = items(client, location)
    assert (item["article_id"], item["error"]) == (None, "The article was removed before it was read.")
    assert client.get("/articles").json()["items"] == []


def test_what_makes_a_result_unstorable_is_told(client, extractor, monkeypatch):
    monkeypatch.setattr("app.articles.reading.quotes.rows", lambda *_: 1 / 0)
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    assert ended(client, location)["status"] == "failed"
    assert "could not be stored" in items(client, location)[0]["error"]


def test_events_tell_the_progress_and_then_the_end(client, extractor):
    location = client.post("/articles", json={"text": TEXT}, headers=LATER).headers["Location"]
    *progress, end = events(client, location)
    assert {name for name, _ in progress} <= {"progress"}
    assert end == ("end", client.get(location).json())
    assert events(client, location) == [end]


@pytest.mark.parametrize("path", ["/jobs/4711", "/jobs/4711/items", "/jobs/4711/events"])
def test_a_job_that_is_none_is_not_found(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:onrecord:problem:job-not-found")


def test_lists_jobs_the_last_first(client):
    for number in range(3):
        client.post("/articles", json={"text": f"“Page {number}.”"}, headers=LATER)
    page = client.get("/jobs", params={"limit": 2}).json()
    ids = [job["id"] for job in page["items"] + client.get(page["next"]).json()["items"]]
    assert len(ids) == 3 and ids == sorted(ids, reverse=True)


def test_refuses_what_it_would_refuse_to_read_at_once(client):
    assert client.post("/articles", json={"text": "123"}, headers=LATER).status_code == 422
    assert client.get("/jobs").json()["items"] == []

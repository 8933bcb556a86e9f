"""Edits at the same time: whoever comes second waits, sees what the first did, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDone
from contextlib import contextmanager, suppress
from threading import Barrier, Event

import pytest
from sqlalchemy import text

from app.extraction.document import Extraction, Quote
from app.speakers import service as speakers
from tests.said import SAID, quote_of

ANY = {"If-Match": "*"}


def at_once(*calls) -> list:
    """What the calls answer, begun at the same moment in threads of their own."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [one.result() for one in [threads.submit(run, call) for call in calls]]


def post(client, page: str) -> dict:
    """Store an article."""
    return client.post("/articles", json={"text": page}).json()


def lost(client) -> int:
    """Quotes whose speaker is not the one that correction or article and all merges give, or is no more."""
    wrong = (
        "SELECT count(*) FROM quotes JOIN speakers ON speakers.id = quotes.speaker_id"
        " JOIN speakers own ON own.id = CASE WHEN speaker_corrected THEN corrected_speaker_id ELSE found_speaker_id END"
        " WHERE speakers.merged_into_id IS NOT NULL OR speakers.id != coalesce(own.merged_into_id, own.id)"
    )
    with client.app.state.database.read() as session:
        return session.scalar(text(wrong))


def test_of_two_who_edit_the_state_they_both_saw_one_is_refused(client):
    quote = post(client, "“One,” said Anna Berg.")["quotes"][0]
    path = f"/quotes/{quote['id']}"
    for _ in range(5):
        headers = {"If-Match": client.get(path).headers["ETag"]}
        now = client.get(path).json()["status"]
        other = "rejected" if now == "confirmed" else "confirmed"
        edits = [lambda: client.patch(path, json={"status": other}, headers=headers)] * 4  # noqa: B023
        assert sorted(answer.status_code for answer in at_once(*edits)) == [200, 412, 412, 412]
    assert len(client.get("/changes").json()["items"]) == 5


def test_a_merge_and_articles_that_come_in_meanwhile_lose_no_quote(client):
    for number in range(6):
        first = post(client, f"“A{number},” said Anna Berg{number} Lund. “B{number},” said Bea Holm{number} Dahl.")
        anna, bea = (quote["speaker"]["id"] for quote in first["quotes"])
        pages = [f"Page {part}. “{part},” said Anna Berg{number} Lund." for part in range(4)]
        merging = lambda: client.post(f"/speakers/{anna}/merge", json={"into": bea}, headers=ANY)  # noqa: B023, E731
        sending = [lambda page=page: client.post("/articles", json={"text": page}) for page in pages]
        merged, *stored = at_once(merging, *sending)
        assert (merged.status_code, {answer.status_code for answer in stored}) == (200, {201})
        assert client.get(f"/speakers/{bea}").json()["quote_count"] == 6
        change = client.get("/changes").json()["items"][0]["id"]
        at_once(
            lambda: client.post(f"/changes/{change}/undo"),  # noqa: B023
            lambda: post(client, f"Last. “Z,” said Anna Berg{number} Lund."),  # noqa: B023
        )
        assert client.get(f"/speakers/{anna}").json()["quote_count"] == 6
    assert lost(client) == 0


def test_two_merges_against_each_other_make_no_circle(client):
    for number in range(5):
        quotes = post(client, f"“A{number},” said Anna Berg{number}. “B{number},” said Bea Holm{number}.")["quotes"]
        ids = [quote["speaker"]["id"] for quote in quotes]
        answers = at_once(
            lambda: client.post(f"/speakers/{ids[0]}/merge", json={"into": ids[1]}, headers=ANY),  # noqa: B023
            lambda: client.post(f"/speakers/{ids[1]}/merge", json={"into": ids[0]}, headers=ANY),  # noqa: B023
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert lost(client) == 0


def test_an_article_removed_while_it_is_read_again_leaves_nothing(client):
    for number in range(6):
        article = post(client, f"“One {number},” said Anna Berg. “Two,” said Bea Holm.")
        path = f"/articles/{article['id']}"
        gone, again, *_ = at_once(
            lambda: client.delete(path),  # noqa: B023
            lambda: client.post(f"{path}/reextract"),  # noqa: B023
            lambda: client.post(f"{path}/reextract"),  # noqa: B023
        )
        assert gone.status_code == 204
        assert again.status_code in (200, 404)
        assert client.get("/quotes").json()["items"] == client.get("/speakers").json()["items"] == []


def test_a_correction_made_while_the_article_is_read_again_stands(client):
    article = post(client, "“One,” said Anna Berg. “Two,” said Bea Holm.")
    first, second = article["quotes"]
    for speaker in (second["speaker"], first["speaker"]) * 3:
        path = f"/quotes/{first['id']}"
        corrected, again = at_once(
            lambda: client.patch(path, json={"speaker_id": speaker["id"]}, headers=ANY),  # noqa: B023
            lambda: client.post(f"/articles/{article['id']}/reextract"),
        )
        assert (corrected.status_code, again.status_code) == (200, 200)
        assert client.get(path).json()["speaker"] == speaker


@contextmanager
def between_link_and_commit(monkeypatch, writing, meanwhile):
    """Begin `writing`, hold it where it has linked its speakers, and give `meanwhile` the chance to come between."""
    linked, go_on, followed = Event(), Event(), speakers.followed

    def held(session, found):
        answer = followed(session, found)
        if not linked.is_set():
            linked.set()
            go_on.wait(10)
        return answer

    monkeypatch.setattr(speakers, "followed", held)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(writing)
        assert linked.wait(10)
        second = threads.submit(meanwhile)
        with suppress(NotDone):
            second.result(timeout=0.5)  # it waits for the first, as it should, or it is through
        go_on.set()
        yield first.result(), second.result()


def test_a_merge_waits_for_the_article_that_is_being_stored(client, monkeypatch):
    anna, bea = (one["speaker"]["id"] for one in post(client, "“A,” said Anna Berg. “B,” said Bea Dahl.")["quotes"])
    sending = lambda: client.post("/articles", json={"text": "“C,” said Anna Berg."})  # noqa: E731
    merging = lambda: client.post(f"/speakers/{anna}/merge", json={"into": bea}, headers=ANY)  # noqa: E731
    with between_link_and_commit(monkeypatch, sending, merging) as (stored, merged):
        assert (stored.status_code, merged.status_code) == (201, 200)
    assert client.get(f"/speakers/{bea}").json()["quote_count"] == 3
    assert lost(client) == 0


@pytest.mark.parametrize("name", ["Carla Lund", "Anna Berg"])
def test_a_removal_waits_for_the_reading_and_leaves_nothing_of_it(client, extractor, monkeypatch, name):
    article = post(client, page := "“A,” said Anna Berg.")
    found = quote_of(SAID.search(f"“A,” said {name}."))
    said = Quote(found.segments, found.kind, found.speaker, None, None, 0.5, "a test says so")
    extractor.answers[page] = Extraction("en", (said,), "said-2")
    path = f"/articles/{article['id']}"
    reading, removing = lambda: client.post(f"{path}/reextract"), lambda: client.delete(path)
    with between_link_and_commit(monkeypatch, reading, removing) as (read, removed):
        assert (read.status_code, removed.status_code) == (200, 204)
    assert client.get("/quotes").json()["items"] == client.get("/speakers").json()["items"] == []

"""Reading an article again: quotes keep their ids by their place, and what people corrected stands."""

from __future__ import annotations

import re

import pytest

from app.extraction.document import Extraction, QuoteKind
from app.extraction.document import Quote as Found
from tests.archive import row_counts
from tests.said import SAID, quote_of, speaker_of

PAGE = "“We will sail,” said Marta Lindqvist. “Not before May,” said Olof Berg. “Never,” said Per Lund."
EDIT = {"If-Match": "*"}


@pytest.fixture
def article(client) -> dict:
    """PAGE with its three quotes."""
    return client.post("/articles", json={"text": PAGE}).json()


def reading(*changed: Found | None, version: str = "said-2") -> Extraction:
    """What is found in PAGE, but for the quotes named: None leaves one out, an ellipsis leaves it as it is."""
    found = [quote_of(match) for match in re.finditer(SAID, PAGE)]
    new = [old if other is ... else other for old, other in zip(found, changed, strict=True)]
    return Extraction("en", tuple(quote for quote in new if quote), version, ("Read again.",))


def by(name: str, index: int) -> Found:
    """A quote of PAGE given to somebody else."""
    old = reading(..., ..., ...).quotes[index]
    return Found(old.segments, QuoteKind.DIRECT, speaker_of(name), None, None, 0.7, "read again")


def reread(client, extractor, article: dict, *changed, **headers) -> dict:
    """Read the article again."""
    extractor.answers[PAGE] = reading(*changed)
    answer = client.post(f"/articles/{article['id']}/reextract", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def quotes_of(client, article: dict) -> list[dict]:
    """The article's quotes now."""
    return client.get(f"/articles/{article['id']}").json()["quotes"]


def test_quotes_found_again_keep_their_ids_and_say_who_read_them(client, extractor, article):
    report = reread(client, extractor, article, ..., ..., ...)
    assert (report["extractor_before"], report["extractor"], report["found_again"]) == ("said-1", "said-2", 3)
    assert report["added"] == report["gone"] == report["other_speaker"] == report["kept"] == []
    now = client.get(f"/articles/{article['id']}").json()
    assert (now["extractor"], now["warnings"]) == ("said-2", ["Read again."])
    assert now["quotes"] == [{**quote, "extractor": "said-2"} for quote in article["quotes"]]


def test_tells_what_is_added_gone_and_given_to_another(client, extractor, article):
    first, second, third = article["quotes"]
    report = reread(client, extractor, article, None, by("Siv Holm", 1), ...)
    assert [one["id"] for one in report["gone"]] == [first["id"]]
    assert report["other_speaker"] == [
        {"id": second["id"], "text": second["text"], "speaker": "Siv Holm", "speaker_before": "Olof Berg"}
    ]
    assert [quote["id"] for quote in quotes_of(client, article)] == [second["id"], third["id"]]
    names = [speaker["name"] for speaker in client.get("/speakers").json()["items"]]
    assert names == ["Per Lund", "Siv Holm"], "who has no quote left is gone, too"
    report = reread(client, extractor, article, ..., ..., ...)
    assert [one["text"] for one in report["added"]] == [first["text"]]
    assert [quote["text"] for quote in quotes_of(client, article)] == [one["text"] for one in article["quotes"]]
    assert client.get("/quotes?q=sail").json()["items"][0]["speaker"]["name"] == "Marta Lindqvist"


def test_a_corrected_speaker_stays_and_its_undoing_gives_what_is_found_now(client, extractor, article):
    first, second, _ = article["quotes"]
    client.patch(f"/quotes/{first['id']}", json={"speaker_id": second["speaker"]["id"]}, headers=EDIT)
    report = reread(client, extractor, article, by("Siv Holm", 0), ..., ...)
    assert (report["other_speaker"], report["found_again"]) == ([], 3)
    assert quotes_of(client, article)[0]["speaker"] == second["speaker"]
    change = client.get("/changes").json()["items"][0]
    client.post(f"/changes/{change['id']}/undo")
    assert quotes_of(client, article)[0]["speaker"]["name"] == "Siv Holm"


def test_a_correction_moves_with_the_quote_when_its_borders_change(client, extractor, article):
    first = article["quotes"][0]
    client.patch(f"/quotes/{first['id']}", json={"speaker_id": None}, headers=EDIT)
    (segment,) = by("X", 0).segments
    shorter = Found((type(segment)(segment.start + 3, segment.end),), *_rest(by("Siv Holm", 0)))
    reread(client, extractor, article, shorter, ..., ...)
    now = quotes_of(client, article)[0]
    assert (now["id"], now["text"], now["speaker"]) == (first["id"], "will sail,", None)
    assert now["segments"] == [{"start": segment.start + 3, "end": segment.end, "text": "will sail,"}]
    assert client.get("/quotes?q=we").json()["items"] == []


def _rest(quote: Found) -> tuple:
    return quote.kind, quote.speaker, quote.mention, quote.cue, quote.confidence, quote.reason


def test_a_confirmed_quote_keeps_its_words_and_its_speaker(client, extractor, article):
    first = article["quotes"][0]
    client.patch(f"/quotes/{first['id']}", json={"status": "confirmed"}, headers=EDIT)
    (segment,) = by("X", 0).segments
    shorter = Found((type(segment)(segment.start + 3, segment.end),), *_rest(by("Siv Holm", 0)))
    reread(client, extractor, article, shorter, ..., ...)
    now = quotes_of(client, article)[0]
    assert (now["text"], now["speaker"], now["status"]) == (first["text"], first["speaker"], "confirmed")


def test_a_rejected_quote_that_is_found_again_stays_rejected(client, extractor, article):
    first = article["quotes"][0]
    client.patch(f"/quotes/{first['id']}", json={"status": "rejected"}, headers=EDIT)
    reread(client, extractor, article, by("Siv Holm", 0), ..., ...)
    assert [quote["id"] for quote in quotes_of(client, article)] == [one["id"] for one in article["quotes"][1:]]
    assert [quote["id"] for quote in client.get("/quotes?status=rejected").json()["items"]] == [first["id"]]


def test_a_rejection_does_not_hide_the_quotes_that_a_later_reading_finds_in_its_place(client, extractor, article):
    joined = Found(tuple(by("X", index).segments[0] for index in (0, 1)), *_rest(by("Siv Holm", 0)))
    reread(client, extractor, article, joined, None, ...)
    wrong, third = quotes_of(client, article)
    client.patch(f"/quotes/{wrong['id']}", json={"status": "rejected"}, headers=EDIT)
    report = reread(client, extractor, article, ..., ..., ...)
    assert [one["text"] for one in report["added"]] == ["We will sail,", "Not before May,"]
    assert [one["id"] for one in report["kept"]] == [wrong["id"]]
    now = [quote["id"] for quote in quotes_of(client, article)]
    assert now == [*(one["id"] for one in report["added"]), third["id"]]
    (rejected,) = client.get("/quotes?status=rejected").json()["items"]
    assert rejected == {**rejected, "id": wrong["id"], "text": wrong["text"], "segments": wrong["segments"]}
    again = reread(client, extractor, article, ..., ..., ...)
    assert (again["found_again"], again["added"], [quote["id"] for quote in quotes_of(client, article)]) == (3, [], now)


def test_a_corrected_quote_that_is_not_found_again_stays_where_it_was(client, extractor, article):
    first, second, _ = article["quotes"]
    client.patch(f"/quotes/{second['id']}", json={"speaker_id": first["speaker"]["id"]}, headers=EDIT)
    report = reread(client, extractor, article, ..., None, None)
    assert [one["id"] for one in report["kept"]] == [second["id"]]
    now = quotes_of(client, article)
    assert [quote["id"] for quote in now] == [first["id"], second["id"]]
    assert [quote["extractor"] for quote in now] == ["said-2", "said-1"]
    report = reread(client, extractor, article, ..., ..., ...)
    assert (report["kept"], [one["text"] for one in report["added"]]) == ([], ["Never,"])
    assert [quote["id"] for quote in quotes_of(client, article)][:2] == [first["id"], second["id"]]


def test_a_merge_holds_when_an_article_is_read_again(client, extractor, article):
    first, second, _ = article["quotes"]
    client.post(f"/speakers/{first['speaker']['id']}/merge", json={"into": second["speaker"]["id"]}, headers=EDIT)
    assert reread(client, extractor, article, ..., ..., ...)["other_speaker"] == []
    assert quotes_of(client, article)[0]["speaker"] == second["speaker"]


def test_an_article_that_changed_since_it_was_seen_is_neither_read_again_nor_removed(client, extractor, article):
    path = f"/articles/{article['id']}"
    seen = {"If-Match": client.get(path).headers["ETag"]}
    client.patch(f"/quotes/{article['quotes'][0]['id']}", json={"status": "confirmed"}, headers=EDIT)
    assert client.post(f"{path}/reextract", headers=seen).status_code == 412
    assert client.delete(path, headers=seen).status_code == 412
    seen = {"If-Match": client.get(path).headers["ETag"]}
    assert client.post(f"{path}/reextract", headers=seen).status_code == 200


def test_a_reading_that_fails_changes_nothing(client, extractor, article):
    before = row_counts(client)
    extractor.answers[PAGE] = RuntimeError("broken")
    assert client.post(f"/articles/{article['id']}/reextract").status_code == 500
    assert (row_counts(client), quotes_of(client, article)) == (before, article["quotes"])
    assert client.post("/articles/999999/reextract").json()["type"] == "urn:onrecord:problem:article-not-found"


NAMELESS = ["Lindqvist", "the statement", "officials"]


@pytest.mark.parametrize("name", NAMELESS)
def test_a_merge_of_who_has_no_full_name_outlives_a_new_reading(client, article, name):
    bosun = article["quotes"][1]["speaker"]
    short = client.post("/articles", json={"text": f"“The pumps are dry,” said {name}."}).json()
    mine = short["quotes"][0]["speaker"]["id"]
    client.post(f"/speakers/{mine}/merge", json={"into": bosun["id"]}, headers=EDIT)
    assert client.post(f"/articles/{short['id']}/reextract").json()["other_speaker"] == []
    assert quotes_of(client, short)[0]["speaker"] == bosun
    (merge, *_) = client.get("/changes").json()["items"]
    client.post(f"/changes/{merge['id']}/undo")
    assert quotes_of(client, short)[0]["speaker"]["id"] == mine


def test_a_merge_of_a_surname_that_the_other_has_too_outlives_a_new_reading(client, article):
    skipper = article["quotes"][0]["speaker"]
    client.post(f"/speakers/{skipper['id']}/aliases", json={"name": "Skipper"}, headers=EDIT)
    short = client.post("/articles", json={"text": "“The pumps are dry,” said Lindqvist."}).json()
    mine = short["quotes"][0]["speaker"]["id"]
    assert mine != skipper["id"]
    client.post(f"/speakers/{mine}/merge", json={"into": skipper["id"]}, headers=EDIT)
    client.post(f"/articles/{short['id']}/reextract")
    assert quotes_of(client, short)[0]["speaker"] == skipper


@pytest.mark.parametrize("name", NAMELESS)
def test_a_new_name_of_who_had_no_full_one_outlives_a_new_reading(client, name):
    short = client.post("/articles", json={"text": f"“The pumps are dry,” said {name}."}).json()
    path = f"/speakers/{short['quotes'][0]['speaker']['id']}"
    client.patch(path, json={"name": "The harbour master of Veldmark"}, headers=EDIT)
    client.post(f"/articles/{short['id']}/reextract")
    assert quotes_of(client, short)[0]["speaker"]["name"] == "The harbour master of Veldmark"


def test_a_surname_alone_is_linked_by_a_new_reading_once_it_tells(client):
    short = client.post("/articles", json={"text": "“The pumps are dry,” said Lindqvist."}).json()
    for words in ("One.", "Two.", "Three."):
        full = client.post("/articles", json={"text": f"“{words}” said Marta Lindqvist."}).json()
    client.post(f"/articles/{short['id']}/reextract")
    assert quotes_of(client, short)[0]["speaker"] == full["quotes"][0]["speaker"]


def test_one_of_two_who_share_a_surname_in_an_article_keeps_what_people_made_of_them(client, article):
    bosun = article["quotes"][1]["speaker"]
    short = client.post(
        "/articles", json={"text": "“The pumps are dry,” said Holm. “So is the hold,” said J Holm."}
    ).json()
    mine, other = [quote["speaker"] for quote in short["quotes"]]
    client.post(f"/speakers/{mine['id']}/merge", json={"into": bosun["id"]}, headers=EDIT)
    client.post(f"/articles/{short['id']}/reextract")
    assert [quote["speaker"] for quote in quotes_of(client, short)] == [bosun, other]

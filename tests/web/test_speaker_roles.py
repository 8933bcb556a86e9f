"""Roles of speakers: what articles call them, when, and what becomes of it as speakers and articles change."""

from __future__ import annotations

from itertools import count

import pytest

from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind

NEW = {"If-Match": "*"}
PAGE = count(1)


@pytest.fixture
def store(client, extractor):
    """Store an article in which somebody says something, in a role; its answer."""

    def stored(name: str, role: str, published_at: str | None = None, *, again: int = 1) -> dict:
        text = f"{next(PAGE)}. {role} {name}: " + "“It holds.” “It does.”"
        begin = text.index("“It holds") + 1
        place = Span(text.index(role), text.index(role) + len(role))
        speaker = Speaker(name, SpeakerKind.PERSON, (), (place,) * again)
        spans = (Span(begin, begin + 9), Span(begin + 12, begin + 20))
        quotes = tuple(Quote((span,), QuoteKind.DIRECT, speaker, None, None, 0.9, "a test") for span in spans)
        extractor.answers[text] = Extraction("en", quotes, "said-1", ())
        answer = client.post("/articles", json={"text": text, "published_at": published_at})
        assert answer.status_code == 201, answer.text
        return answer.json()

    return stored


def roles(client, article: dict, quote: int = 0) -> list[tuple]:
    """The roles of whom a quote of an article belongs to by now."""
    speaker = client.get(f"/quotes/{article['quotes'][quote]['id']}").json()["speaker"]["id"]
    told = client.get(f"/speakers/{speaker}").json()["roles"]
    return [(one["role"], one["first_seen"], one["last_seen"], one["articles"]) for one in told]


def undo_last(client) -> None:
    """Undo the last change."""
    change = client.get("/changes").json()["items"][0]
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200


def merge(client, source: dict, target: dict) -> None:
    """Merge whom one article quotes into whom another does."""
    ids = [one["quotes"][0]["speaker"]["id"] for one in (source, target)]
    assert client.post(f"/speakers/{ids[0]}/merge", json={"into": ids[1]}, headers=NEW).status_code == 200


FERRY, PORT = "Ferry Minister", "Port Authority chief"
FERRY_ALONE = [(FERRY, "2023-04-02T00:00:00Z", "2024-03-05T00:00:00Z", 2)]
PORT_ALONE = [(PORT, "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z", 1)]


def test_a_role_is_dated_by_the_first_and_the_last_article_that_has_it(client, store):
    store("Anna Berg", FERRY, "2024-03-05", again=2)
    store("Anna Berg", PORT, "2025-01-01")
    last = store("Anna Berg", "FERRY  minister".replace("  ", " "), "2023-04-02")
    assert [(role.lower(), *rest) for role, *rest in roles(client, last)] == [
        (PORT.lower(), *PORT_ALONE[0][1:]),
        (FERRY.lower(), *FERRY_ALONE[0][1:]),
    ]


def test_an_article_without_a_date_dates_no_role(client, store):
    assert roles(client, store("Anna Berg", FERRY)) == [(FERRY, None, None, 1)]
    dated = store("Anna Berg", FERRY, "2024-03-05")
    assert roles(client, dated) == [(FERRY, "2024-03-05T00:00:00Z", "2024-03-05T00:00:00Z", 2)]


def test_a_role_goes_with_its_article(client, store):
    kept, gone = store("Anna Berg", PORT, "2025-01-01"), store("Anna Berg", FERRY, "2023-04-02")
    assert client.delete(f"/articles/{gone['id']}").status_code == 204
    assert roles(client, kept) == PORT_ALONE


def test_a_new_reading_replaces_the_roles_of_its_article(client, store, extractor):
    article = store("Anna Berg", FERRY, "2025-01-01")
    found = extractor.answers[article["text"]]
    place = article["text"].index("Minister")
    speaker = Speaker("Anna Berg", SpeakerKind.PERSON, (), (Span(place, place + 8),))
    quotes = tuple(Quote(one.segments, one.kind, speaker, None, None, 0.9, "a test") for one in found.quotes)
    extractor.answers[article["text"]] = Extraction("en", quotes, "said-2", ())
    assert client.post(f"/articles/{article['id']}/reextract").status_code == 200
    assert [role for role, *_ in roles(client, article)] == ["Minister"]


def test_roles_follow_a_merge_and_its_undoing(client, store):
    first = store("Anna Berg", FERRY, "2023-04-02")
    other = store("Bea Dahl", PORT, "2025-01-01")
    store("Anna Berg", FERRY, "2024-03-05")
    merge(client, other, first)
    assert roles(client, first) == PORT_ALONE + FERRY_ALONE
    undo_last(client)
    assert (roles(client, first), roles(client, other)) == (FERRY_ALONE, PORT_ALONE)


def test_roles_follow_a_split_also_of_who_was_merged_and_its_undoing(client, store):
    first, other = store("Anna Berg", FERRY, "2023-04-02"), store("Bea Dahl", PORT, "2025-01-01")
    store("Anna Berg", FERRY, "2024-03-05")
    merge(client, other, first)
    speaker = first["quotes"][0]["speaker"]["id"]
    body = {"name": "Bea Lind", "quotes": [quote["id"] for quote in other["quotes"]]}
    assert client.post(f"/speakers/{speaker}/split", json=body, headers=NEW).status_code in (200, 201)
    assert (roles(client, first), roles(client, other)) == (FERRY_ALONE, PORT_ALONE)
    assert client.post(f"/articles/{other['id']}/reextract").status_code == 200
    assert (roles(client, first), roles(client, other)) == (FERRY_ALONE, PORT_ALONE)
    undo_last(client)
    assert roles(client, first) == PORT_ALONE + FERRY_ALONE


def test_a_quote_given_to_somebody_else_takes_no_role_along(client, store):
    article, other = store("Anna Berg", FERRY, "2025-01-01"), store("Bea Dahl", PORT, "2025-01-01")
    correction = {"speaker_id": other["quotes"][0]["speaker"]["id"]}
    quote = article["quotes"][0]["id"]
    assert client.patch(f"/quotes/{quote}", json=correction, headers=NEW).status_code == 200
    assert roles(client, article) == PORT_ALONE
    assert [role for role, *_ in roles(client, article, 1)] == [FERRY]


def test_a_rejected_quote_tells_no_role(client, store):
    article = store("Anna Berg", FERRY, "2025-01-01")
    for quote in article["quotes"]:
        assert client.patch(f"/quotes/{quote['id']}", json={"status": "rejected"}, headers=NEW).status_code == 200
    assert roles(client, article) == []

"""What people say of quotes: kept, seen by everyone, and undone."""

from __future__ import annotations

import pytest

PAGE = "“We will sail,” said Marta Lindqvist. “Not before May,” said Olof Berg."


@pytest.fixture
def quotes(client) -> list[dict]:
    """Two quotes, by two speakers."""
    about = {"title": "The ferry", "outlet": "The Courier"}
    return client.post("/articles", json={"text": PAGE, **about}).json()["quotes"]


def tag(client, path: str) -> str:
    """The ETag of what stands there."""
    return client.get(path).headers["ETag"]


def correct(client, quote: dict, who: str = "kim", **correction):
    """PATCH a quote as it stands."""
    path = f"/quotes/{quote['id']}"
    return client.patch(path, json=correction, headers={"If-Match": tag(client, path), "X-Forwarded-User": who})


def last_change(client, **filters) -> dict:
    """What was changed last."""
    return client.get("/changes", params=filters).json()["items"][0]


def undo(client, change: dict):
    """Undo a change."""
    return client.post(f"/changes/{change['id']}/undo", headers={"X-Forwarded-User": "ola"})


def test_another_speaker_is_kept_with_who_when_and_what_was_before(client, quotes):
    first, second = quotes
    answer = correct(client, first, who="Zoë".encode(), speaker_id=second["speaker"]["id"])
    assert answer.status_code == 200
    assert answer.json() == client.get(f"/quotes/{first['id']}").json()
    assert (answer.json()["speaker"], answer.json()["speaker_corrected"]) == (second["speaker"], True)
    change = last_change(client, quote=first["id"])
    assert (change["who"], change["action"], change["quote_id"]) == ("Zoë", "correct", first["id"])
    assert change["before"]["speaker_id"] == first["speaker"]["id"]
    assert change["after"]["speaker_id"] == second["speaker"]["id"]
    assert change["made_at"].endswith("Z")
    assert [quote["text"] for quote in client.get("/quotes?speaker=berg&sort=oldest").json()["items"]] == [
        "We will sail,",
        "Not before May,",
    ]


def test_nobody_is_a_speaker_too(client, quotes):
    assert correct(client, quotes[0], speaker_id=None).json()["speaker"] is None


def test_a_correction_is_undone_and_the_trail_says_so(client, quotes):
    before = client.get(f"/quotes/{quotes[0]['id']}")
    correct(client, quotes[0], speaker_id=quotes[1]["speaker"]["id"], status="confirmed")
    change = last_change(client)
    undone = undo(client, change)
    assert undone.status_code == 200
    assert (undone.json()["undoes_id"], undone.json()["who"]) == (change["id"], "ola")
    after = client.get(f"/quotes/{quotes[0]['id']}")
    assert (after.json(), after.headers["ETag"]) == (before.json(), before.headers["ETag"])
    trail = client.get("/changes", params={"article": quotes[0]["article"]["id"]}).json()["items"]
    assert [(one["action"], one["undone_by_id"]) for one in trail] == [("undo", None), ("correct", trail[0]["id"])]


def test_a_change_is_undone_once_and_only_where_nothing_stands_on_it(client, quotes):
    correct(client, quotes[0], speaker_id=quotes[1]["speaker"]["id"])
    first = last_change(client)
    correct(client, quotes[0], speaker_id=None)
    second = last_change(client)
    assert undo(client, first).json()["type"] == "urn:onrecord:problem:change-superseded"
    undoing = undo(client, second).json()
    assert undo(client, second).status_code == undo(client, undoing).status_code == 409
    assert undo(client, first).status_code == 200
    assert client.get(f"/quotes/{quotes[0]['id']}").json()["speaker"] == quotes[0]["speaker"]


def test_a_rejected_quote_leaves_every_list_unless_it_is_asked_for(client, quotes):
    rejected = correct(client, quotes[0], status="rejected").json()
    article, speaker = f"/articles/{rejected['article']['id']}", f"/speakers/{rejected['speaker']['id']}"

    def listed() -> list[list[int]]:
        found = [client.get("/quotes").json()["items"], client.get("/quotes?q=sail").json()["items"]]
        found.append(client.get(article).json()["quotes"])
        return [[quote["id"] for quote in one] for one in found]

    assert listed() == [[quotes[1]["id"]], [], [quotes[1]["id"]]]
    assert client.get("/articles").json()["items"][0]["quote_count"] == 1
    assert client.get(speaker).json()["quote_count"] == 0
    assert client.get("/quotes?status=rejected").json()["items"] == [rejected]
    assert client.get("/quotes?status=found").json()["items"] == client.get(article).json()["quotes"]
    undo(client, last_change(client))
    assert [len(one) for one in listed()] == [2, 1, 2]


@pytest.mark.parametrize("kind", ["ndjson", "csv", "jsonld", "atom"])
@pytest.mark.parametrize("search", [{"q": "sail"}, {"q": "sail", "sort": "relevance"}, {"speaker": "lindqvst"}])
def test_a_rejected_quote_is_in_no_format_facet_or_timeline(client, quotes, kind, search):
    speaker = quotes[0]["speaker"]["id"]

    def shown(**more) -> bool:
        answer = client.get("/quotes", params={"format": kind, **search, **more})
        return f"quotes/{quotes[0]['id']}" in answer.text or "We will" in answer.text

    def counted(**more) -> list[int]:
        timeline = client.get(f"/speakers/{speaker}/timeline", params=more).json()
        return [client.get("/quotes/facets", params={**narrowed, **more}).json()["counted"], timeline["undated"]]

    narrowed = {name: value for name, value in search.items() if name != "sort"}
    assert (shown(), counted()) == (True, [1, 1])
    correct(client, quotes[0], status="rejected")
    assert (shown(), counted()) == (False, [0, 0])
    assert (shown(status="rejected"), counted(status="rejected")) == (True, [1, 1])
    assert client.get("/speakers?name=lindq").json()["items"][0]["quote_count"] == 0


def test_saying_the_same_again_changes_nothing(client, quotes):
    correct(client, quotes[0], status="confirmed")
    assert correct(client, quotes[0], status="confirmed").status_code == 200
    assert len(client.get("/changes").json()["items"]) == 1


def test_an_edit_of_a_state_not_seen_is_refused(client, quotes):
    path = f"/quotes/{quotes[0]['id']}"
    seen = tag(client, path)
    correct(client, quotes[0], status="confirmed")
    late = client.patch(path, json={"status": "rejected"}, headers={"If-Match": seen})
    assert (late.status_code, late.json()["type"]) == (412, "urn:onrecord:problem:precondition-failed")
    blind = client.patch(path, json={"status": "rejected"})
    assert (blind.status_code, blind.json()["type"]) == (428, "urn:onrecord:problem:precondition-required")
    assert client.get(path).json()["status"] == "confirmed"
    assert client.patch(path, json={"status": "rejected"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"status": "found"}, "status"),
        ({"status": None}, "body"),
        ({"speaker_id": 999_999}, "speaker_id"),
        ({"speaker_id": 2**63}, "speaker_id"),
        ({"speaker_id": "x"}, "speaker_id"),
        ({"text": "x"}, "text"),
        ([], "body"),
    ],
)
def test_what_is_no_correction_is_refused(client, quotes, body, field):
    answer = client.patch(f"/quotes/{quotes[0]['id']}", json=body, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert client.get("/changes").json()["items"] == []


def test_a_body_that_cannot_be_read_is_refused(client, quotes):
    def sent(content: bytes, kind: str = "application/json") -> int:
        headers = {"If-Match": "*", "Content-Type": kind}
        return client.patch(f"/quotes/{quotes[0]['id']}", content=content, headers=headers).status_code

    assert [sent(b"{"), sent(b"\xff"), sent(b"[" * 50_000), sent(b" " * 70_000), sent(b"{}", "text/plain")] == [
        400,
        400,
        400,
        413,
        415,
    ]


def test_nobody_corrects_a_quote_or_undoes_a_change_that_is_not_there(client):
    answer = client.patch("/quotes/999999", json={"status": "confirmed"}, headers={"If-Match": "*"})
    assert answer.json()["type"] == "urn:onrecord:problem:quote-not-found"
    assert client.post("/changes/999999/undo").json()["type"] == "urn:onrecord:problem:change-not-found"


def test_the_trail_outlives_the_article_and_says_who_removed_it(client, quotes):
    correct(client, quotes[0], speaker_id=quotes[1]["speaker"]["id"])
    before, article = last_change(client), quotes[0]["article"]["id"]
    assert client.delete(f"/articles/{article}", headers={"X-Forwarded-User": "ola"}).status_code == 204
    assert client.get("/speakers").json()["items"] == []
    removal, correction = client.get("/changes", params={"article": article}).json()["items"]
    assert correction == before == last_change(client, quote=quotes[0]["id"])
    assert (removal["action"], removal["who"], removal["article_id"]) == ("delete-article", "ola", article)
    metadata = {"title": "The ferry", "url": None, "outlet": "The Courier", "published_at": None}
    assert (removal["before"], removal["after"]) == (metadata, {})


def test_what_is_removed_does_not_come_back_and_the_answer_says_so(client, quotes):
    correct(client, quotes[0], status="rejected")
    client.delete(f"/articles/{quotes[0]['article']['id']}")
    for change, detail in zip(client.get("/changes").json()["items"], ("send the article", "was removed"), strict=True):
        answer = undo(client, change)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:onrecord:problem:change-superseded")
        assert detail in answer.json()["detail"]


def test_a_tag_changes_with_all_that_people_see_of_a_quote_and_not_with_others_that_repeat_it(client, quotes):
    paths = [f"/quotes/{quotes[0]['id']}", f"/articles/{quotes[0]['article']['id']}"]
    before = [tag(client, path) for path in paths]
    client.post("/articles", json={"text": f"Again. {PAGE}"})
    assert [tag(client, path) for path in paths] == before
    client.patch(f"/speakers/{quotes[0]['speaker']['id']}", json={"name": "Marta Holm"}, headers={"If-Match": "*"})
    renamed = [tag(client, path) for path in paths]
    assert all(one != other for one, other in zip(before, renamed, strict=True))
    client.patch(paths[1], json={"outlet": "Kurier"}, headers={"If-Match": "*"})
    assert all(tag(client, path) != other for path, other in zip(paths, renamed, strict=True))

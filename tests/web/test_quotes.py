"""The search: every filter, every order, every page."""

from __future__ import annotations

import base64
import json

import pytest

from tests.archive import counted_queries

PAGES = [
    {
        "text": "“Trade is peace,” said Сергей Шойгу. “An empty café,” read the statement.",
        "outlet": "Kurier",
        "published_at": "2023-04-27T08:00:00Z",
        "language": "ru",
    },
    {
        "text": "“Peace comes first,” said Sergei Shoigu. “We agree,” said Wang Yi.",
        "outlet": "The Courier",
        "published_at": "2023-04-28",
    },
    {"text": "“Ei sanaakaan,” said José Peña. “Unsigned words.”", "language": "fi"},
]


@pytest.fixture
def archive(client):
    """The client, its archive filled with PAGES."""
    for page in PAGES:
        assert client.post("/articles", json=page).status_code == 201
    return client


def found(client, **filters) -> list[str]:
    """The texts of the quotes that pass the filters, in reading order."""
    answer = client.get("/quotes", params={"sort": "oldest", **filters})
    assert answer.status_code == 200, answer.text
    return [quote["text"] for quote in answer.json()["items"]]


@pytest.mark.parametrize(
    "speaker",
    ["Shoigu", "Sergey Shoigu", "sergei shoigu", "SHOYGU", "Shoigu Sergei", "Шойгу", "сергей шойгу", "Serguei Shoïgu"],
)
def test_finds_a_speaker_in_any_spelling(archive, speaker):
    assert found(archive, speaker=speaker) == ["Trade is peace,", "Peace comes first,"]


def test_finds_a_speaker_by_id(archive):
    (quote,) = archive.get("/quotes", params={"speaker": "peña"}).json()["items"]
    assert found(archive, speaker=quote["speaker"]["id"]) == ["Ei sanaakaan,"]
    assert found(archive, speaker="999999") == found(archive, speaker="9" * 30) == []


@pytest.mark.parametrize(
    "speaker", ["Sho", "hoigu", "Sergei Wang", "Wang Wenbin", "%", "_hoigu", "Sh%", "'; DROP TABLE quotes"]
)
def test_finds_nobody_by_half_a_name_or_by_a_pattern(archive, speaker):
    answer = archive.get("/quotes", params={"speaker": speaker})
    assert answer.status_code in (200, 422)
    assert not answer.json().get("items")


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        ({"q": "peace"}, ["Trade is peace,", "Peace comes first,"]),
        ({"q": "PEACE first"}, ["Peace comes first,"]),
        ({"q": "cafe"}, ["An empty café,"]),
        ({"q": "pea"}, []),
        ({"kind": "mixed"}, ["An empty café,"]),
        ({"language": "fi"}, ["Ei sanaakaan,", "Unsigned words."]),
        ({"language": "FI"}, ["Ei sanaakaan,", "Unsigned words."]),
        ({"outlet": "the courier"}, ["Peace comes first,", "We agree,"]),
        ({"outlet": "courier"}, []),
        ({"said_after": "2023-04-28"}, ["Peace comes first,", "We agree,"]),
        ({"said_before": "2023-04-28"}, ["Trade is peace,", "An empty café,"]),
        (
            {"said_after": "2023-04-27T10:00:00+02:00", "said_before": "2023-04-27T08:00:01Z"},
            ["Trade is peace,", "An empty café,"],
        ),
        ({"min_confidence": 0.45, "q": "cafe"}, ["An empty café,"]),
        ({"min_confidence": 0.46, "q": "cafe"}, []),
        ({"speaker": "shoigu", "q": "peace", "language": "en", "kind": "direct"}, ["Peace comes first,"]),
    ],
)
def test_filters(archive, filters, texts):
    assert found(archive, **filters) == texts


def test_filters_by_article(archive):
    newest = archive.get("/articles").json()["items"][0]["id"]
    assert found(archive, article=newest) == ["Ei sanaakaan,", "Unsigned words."]
    assert found(archive, article=2**63 - 1) == []


def test_orders_by_date_and_puts_the_undated_where_they_were_stored(archive):
    texts = found(archive)
    assert texts[:2] == ["Trade is peace,", "An empty café,"]
    assert texts[-2:] == ["Ei sanaakaan,", "Unsigned words."]
    assert found(archive, sort="newest") == texts[::-1]
    assert found(archive, sort="confidence")[-1] == "An empty café,"


@pytest.mark.parametrize("sort", ["newest", "oldest", "confidence"])
def test_pages_hold_every_quote_once(archive, sort):
    seen, url = [], f"/quotes?sort={sort}&limit=1&min_confidence=0.5"
    while url:
        answer = archive.get(url)
        seen += [quote["text"] for quote in answer.json()["items"]]
        url = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{url}>; rel="next"' if url else None)
    assert seen == found(archive, sort=sort, min_confidence=0.5)
    assert len(seen) == 5


def test_a_page_goes_on_where_it_stopped_though_quotes_were_added(archive):
    first = archive.get("/quotes?limit=2").json()
    archive.post("/articles", json={"text": "“Brand new,” said Wang Yi."})
    rest = archive.get(first["next"]).json()
    texts = [quote["text"] for quote in first["items"] + rest["items"]]
    assert texts == found(archive, sort="newest")[1:5]


def refused(client, name: str, field: str, **filters) -> None:
    """Check that the filters are refused by this problem."""
    answer = client.get("/quotes", params=filters)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, f"urn:onrecord:problem:{name}")
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("request-invalid", "speker", "x"),
        ("request-invalid", "kind", "scare"),
        ("request-invalid", "sort", "random"),
        ("request-invalid", "limit", "0"),
        ("request-invalid", "limit", "201"),
        ("request-invalid", "limit", "many"),
        ("request-invalid", "article", "0"),
        ("request-invalid", "article", str(2**63)),
        ("request-invalid", "min_confidence", "1.1"),
        ("request-invalid", "min_confidence", "nan"),
        ("request-invalid", "outlet", ""),
        ("text-has-nul", "outlet", "a\0"),
        ("language-unknown", "language", "xx"),
        ("date-invalid", "said_after", "soon"),
        ("date-invalid", "said_before", "2024-13-01"),
        ("name-invalid", "speaker", ""),
        ("name-invalid", "speaker", "…"),
        ("search-invalid", "q", ""),
        ("search-invalid", "q", "“”"),
        ("cursor-invalid", "cursor", ""),
        ("cursor-invalid", "cursor", "page2"),
        ("cursor-invalid", "cursor", "é"),
    ],
)
def test_refuses_what_it_does_not_know(client, name, field, value):
    refused(client, name, field, **{field: value})


def test_refuses_a_parameter_given_twice(client):
    answer = client.get("/quotes?speaker=a&speaker=b")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["speaker"]


def test_refuses_the_cursor_of_another_query(archive):
    cursor = archive.get("/quotes?limit=1&q=peace").json()["next"].partition("cursor=")[2]
    for other in ({"q": "trade"}, {"q": "peace", "sort": "oldest"}, {"q": "peace", "kind": "direct"}, {}):
        refused(archive, "cursor-mismatch", "cursor", cursor=cursor, **other)
    assert archive.get("/articles", params={"cursor": cursor}).json()["type"].endswith("cursor-mismatch")


@pytest.mark.parametrize(
    "values",
    [
        [],
        [1],
        ["x", 1],
        ["2024-01-01", 1],
        ["2024-01-01T00:00:00Z", 2**70],
        ["0001-01-01T00:00:00+09:00", 1],
        [None, None],
        [{}, []],
    ],
)
def test_refuses_a_cursor_made_by_hand(archive, values):
    cursor = archive.get("/quotes?limit=1").json()["next"].partition("cursor=")[2]
    fingerprint = json.loads(base64.urlsafe_b64decode(cursor + "=="))[0]
    forged = base64.urlsafe_b64encode(json.dumps([fingerprint, *values]).encode()).decode().rstrip("=")
    refused(archive, "cursor-invalid", "cursor", cursor=forged)


def test_a_page_costs_the_same_number_of_queries_however_many_quotes_it_has(archive):
    def cost(url: str) -> int:
        with counted_queries(archive.app.state.database.read_engine) as statements:
            assert archive.get(url).status_code == 200
        return len([statement for statement in statements if statement.startswith("SELECT")])

    assert cost("/quotes?limit=1") == cost("/quotes?limit=50") == 2
    assert cost("/articles?limit=1") == cost("/articles?limit=50") == 2
    assert cost("/speakers?limit=1") == cost("/speakers?limit=50") == 4

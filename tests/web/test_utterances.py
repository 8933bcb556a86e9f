"""Quotes listed an utterance at a time, and the appearances of one."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.archive import counted_queries

SAID = "The harbour will stay open this winter, whatever it costs the town,"
EDITED = "The harbor will stay open … whatever it costs the town,"
OTHER = "Nobody has asked the islands about the price of the ferry,"
LAST = "We count the boats every night and we miss two of them,"
PAGES = [
    (SAID, "Marit Solheim", {"outlet": "Kurier", "published_at": "2024-03-05"}),
    (OTHER, "Henrik Aalund", {"outlet": "Kurier", "published_at": "2024-03-06"}),
    (EDITED, "Marit Solheim", {"outlet": "The Courier", "published_at": "2024-03-07"}),
    (LAST, "Marit Solheim", {"published_at": "2024-03-08"}),
    (SAID.upper(), None, {"outlet": "kurier", "published_at": "2024-03-09", "language": "it"}),
]


@pytest.fixture
def archive(client):
    """The client, its archive filled with PAGES."""
    for number, (said, name, more) in enumerate(PAGES):
        signed = f"said {name}." if name else ""
        body = {"text": f"Page {number}. “{said}” {signed}", "language": "en", **more}
        assert client.post("/articles", json=body).status_code == 201
    return client


def grouped(client, **filters) -> list[dict]:
    answer = client.get("/quotes", params={"group": "utterance", **filters})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def texts(items: list[dict]) -> list[str]:
    return [item["text"] for item in items]


def test_an_item_is_the_first_seen_with_a_summary_of_all(archive):
    items = grouped(archive)
    assert texts(items) == [LAST, OTHER, SAID]
    said = items[-1]["utterance"]
    assert said == {
        "id": items[-1]["utterance_id"],
        "appearances": 3,
        "first_seen": "2024-03-05T00:00:00Z",
        "outlets": [{"outlet": "Kurier", "appearances": 2}, {"outlet": "The Courier", "appearances": 1}],
        "outlet_count": 2,
        "variants": [
            {"text": SAID, "quote_id": items[-1]["id"], "appearances": 2},
            {"text": EDITED, "quote_id": said["variants"][1]["quote_id"], "appearances": 1},
        ],
        "variant_count": 2,
    }
    assert items[0]["utterance"]["outlets"] == [{"outlet": None, "appearances": 1}]
    assert items[0]["utterance"]["outlet_count"] == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlet": "the courier"}, [EDITED]),
        ({"said_after": "2024-03-06"}, [LAST, EDITED, OTHER]),
        ({"said_after": "2024-03-08"}, [SAID.upper(), LAST]),
        ({"language": "it"}, [SAID.upper()]),
        ({"speaker": "Solheim"}, [LAST, SAID]),
        ({"q": "harbor"}, [EDITED]),
        ({"q": "town"}, [SAID]),
        ({"q": "town", "said_after": "2024-03-06"}, [EDITED]),
        ({"q": "town", "sort": "relevance"}, [SAID]),
        ({"q": '"winter whatever"', "said_after": "2024-03-06"}, [SAID.upper()]),
        ({"q": "boa*"}, [LAST]),
        ({"min_confidence": "0.95"}, []),
        ({"sort": "oldest"}, [SAID, OTHER, LAST]),
        ({"sort": "stored"}, [LAST, OTHER, SAID]),
    ],
)
def test_filters_choose_among_the_appearances(archive, filters, expected):
    assert texts(grouped(archive, **filters)) == expected


@pytest.mark.parametrize("sort", ["newest", "oldest", "confidence", "stored"])
@pytest.mark.parametrize("filters", [{}, {"said_after": "2024-03-06"}, {"q": "town OR ferry OR boats"}])
def test_pages_have_every_utterance_once(archive, sort, filters):
    whole = [item["utterance_id"] for item in grouped(archive, sort=sort, **filters)]
    found, address = [], f"/quotes?group=utterance&limit=1&sort={sort}"
    answer = archive.get(address, params={"group": "utterance", "limit": 1, "sort": sort, **filters})
    found += [item["utterance_id"] for item in answer.json()["items"]]
    while following := answer.json()["next"]:
        answer = archive.get(following)
        found += [item["utterance_id"] for item in answer.json()["items"]]
    assert found == whole and len(set(found)) == 3


def test_a_cursor_is_bound_to_the_grouping(archive):
    cursor = archive.get("/quotes", params={"group": "utterance", "limit": 1}).json()["next"].split("cursor=")[1]
    assert archive.get("/quotes", params={"cursor": cursor}).status_code == 422


def test_other_lists_have_no_summary_but_the_id(archive):
    items = archive.get("/quotes").json()["items"]
    assert len(items) == 5 and all(item["utterance"] is None for item in items)
    assert len({item["utterance_id"] for item in items}) == 3
    assert archive.get(f"/quotes/{items[0]['id']}").json()["utterance_id"] == items[0]["utterance_id"]


def test_every_format_is_grouped(archive):
    get = lambda kind: archive.get("/quotes", params={"group": "utterance", "format": kind})  # noqa: E731
    lines = [json.loads(line) for line in get("ndjson").text.splitlines()]
    assert texts(lines) == [LAST, OTHER, SAID] and lines[-1]["utterance"]["appearances"] == 3
    *_, row = csv.DictReader(io.StringIO(get("csv").text.lstrip("\ufeff")))
    assert (row["appearances"], row["first_seen"], row["outlets"]) == (
        "3",
        "2024-03-05T00:00:00Z",
        "Kurier; The Courier",
    )
    said = json.loads(get("jsonld").text)["items"][-1]["onrecord:utterance"]
    assert said["id"].endswith(f"/utterances/{lines[-1]['utterance_id']}") and said["onrecord:appearances"] == 3
    assert get("atom").text.count("<entry>") == 3 and "appearances 3" in get("atom").text


def test_an_utterance_lists_its_appearances_page_by_page(archive):
    said = grouped(archive)[-1]["utterance"]
    first = archive.get(f"/utterances/{said['id']}", params={"limit": 2})
    assert first.json()["utterance"] == said
    assert texts(first.json()["items"]) == [SAID, EDITED]
    second = archive.get(first.json()["next"]).json()
    assert texts(second["items"]) == [SAID.upper()] and second["next"] is None
    assert first.headers["Link"].startswith(f"<{first.json()['next']}>")
    other = grouped(archive)[0]["utterance_id"]
    assert archive.get(first.json()["next"].replace(f"/{said['id']}?", f"/{other}?")).status_code == 422


def test_an_utterance_that_is_not_there_is_not_found(archive):
    answer = archive.get("/utterances/999999")
    assert answer.status_code == 404 and answer.json()["type"].endswith("utterance-not-found")


def test_the_appearances_of_an_utterance_can_be_filtered(archive):
    said = grouped(archive)[-1]["utterance_id"]
    answer = archive.get("/quotes", params={"utterance_id": said, "outlet": "kurier", "sort": "oldest"})
    assert texts(answer.json()["items"]) == [SAID, SAID.upper()]
    facets = archive.get("/quotes/facets", params={"utterance_id": said}).json()
    assert facets["counted"] == 3


def test_long_lists_of_outlets_and_variants_are_cut_and_counted(client):
    for number in range(12):
        said = f"{SAID} {'my dear friends ' if number else ''}{'abcdefghijkl'[number] * 3 if number else ''}"
        body = {"text": f"“{said}” said Marit Solheim.", "outlet": f"Paper {number:02}"}
        assert client.post("/articles", json=body).status_code == 201
    (item,) = grouped(client)
    said = item["utterance"]
    assert (said["appearances"], said["outlet_count"], said["variant_count"]) == (12, 12, 12)
    assert [one["outlet"] for one in said["outlets"]] == [f"Paper {number:02}" for number in range(10)]
    assert len(said["variants"]) == 10


def test_a_page_takes_as_many_queries_whatever_its_size(archive):
    engine, counts = archive.app.state.database.read_engine, []
    for limit in (1, 3):
        with counted_queries(engine) as statements:
            grouped(archive, limit=limit)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_rejected_quote_is_no_appearance(archive):
    first = grouped(archive)[-1]
    archive.patch(f"/quotes/{first['id']}", json={"status": "rejected"}, headers={"If-Match": "*"})
    said = next(item for item in grouped(archive) if item["utterance_id"] == first["utterance_id"])
    assert said["text"] == EDITED
    assert (said["utterance"]["appearances"], said["utterance"]["first_seen"]) == (2, "2024-03-07T00:00:00Z")
    appearances = archive.get(f"/utterances/{first['utterance_id']}").json()["items"]
    assert texts(appearances) == [EDITED, SAID.upper()]


def test_an_utterance_whose_quotes_are_all_rejected_is_there_without_appearances(archive):
    (first,) = [item for item in grouped(archive) if item["text"] == OTHER]
    archive.patch(f"/quotes/{first['id']}", json={"status": "rejected"}, headers={"If-Match": "*"})
    (shown,) = grouped(archive, status="rejected")
    answer = archive.get(f"/utterances/{shown['utterance_id']}")
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert answer.json()["utterance"] == shown["utterance"]
    assert shown["utterance"] == {
        "id": first["utterance_id"],
        "appearances": 0,
        "first_seen": "2024-03-06T00:00:00Z",
        "outlets": [],
        "outlet_count": 0,
        "variants": [],
        "variant_count": 0,
    }


@pytest.mark.parametrize("name", ["Foreign Ministry", "Solheim"])
def test_reprints_are_one_utterance_also_where_each_article_has_a_speaker_of_its_own(client, name):
    for number in range(3):
        client.post("/articles", json={"text": f"Page {number}. “{SAID}” said {name}.", "language": "en"})
    (item,) = grouped(client)
    assert item["utterance"]["appearances"] == 3
    client.patch(f"/speakers/{item['speaker']['id']}", json={"name": "Veldmark Ministry"}, headers={"If-Match": "*"})
    assert sorted(one["utterance"]["appearances"] for one in grouped(client)) == [1, 2]
    (change,) = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200
    assert [one["utterance"]["appearances"] for one in grouped(client)] == [3]

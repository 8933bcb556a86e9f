"""Speakers: one across articles where the name tells, several where it does not."""

from __future__ import annotations

import pytest


def post(client, *texts: str) -> None:
    """Store articles."""
    for text in texts:
        assert client.post("/articles", json={"text": text}).status_code == 201


def names(client, **filters) -> list[str]:
    """The names of the speakers that pass the filters."""
    answer = client.get("/speakers", params=filters)
    assert answer.status_code == 200, answer.text
    return [speaker["name"] for speaker in answer.json()["items"]]


def test_a_person_is_one_speaker_across_articles_and_keeps_every_spelling(client):
    post(client, "“One,” said Sergei Shoigu.", "“Two,” said Sergey Shoygu.", "“Three,” said Сергей Шойгу.")
    (speaker,) = client.get("/speakers").json()["items"]
    assert (speaker["name"], speaker["kind"], speaker["quote_count"]) == ("Sergei Shoigu", "person", 3)
    assert {alias["name"] for alias in speaker["aliases"]} >= {
        "Sergei Shoigu",
        "Sergey Shoygu",
        "Сергей Шойгу",
        "Шойгу",
    }
    assert client.get(f"/speakers/{speaker['id']}").json() == {**speaker, "roles": []}


def test_people_whose_names_differ_stay_apart(client):
    post(client, "“One,” said Wang Yi.", "“Two,” said Wang Wenbin.")
    assert names(client) == ["Wang Wenbin", "Wang Yi"]
    assert names(client, name="wang") == ["Wang Wenbin", "Wang Yi"]


def test_an_organization_is_not_the_person_of_its_name(client):
    post(client, "“One,” said Ministry X.", "“Two,” said Mr Ministry X.", "“Three,” said the Ministry X.")
    assert len(names(client)) == 1


@pytest.mark.parametrize("speaker", ["the statement", "officials"])
def test_a_document_or_an_unnamed_source_is_one_speaker_within_its_article_only(client, speaker):
    post(client, f"“One,” said {speaker}. “Two,” said {speaker}.", f"“Three,” said {speaker}.")
    counts = [speaker["quote_count"] for speaker in client.get("/speakers").json()["items"]]
    assert counts == [2, 1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"name": "lindqvist"}, ["Marta Lindqvist"]),
        ({"name": "MARTA"}, ["Marta Lindqvist"]),
        ({"name": "mart"}, ["Marta Lindqvist"]),
        ({"name": "arta"}, []),
        ({"name": "%"}, None),
        ({"kind": "document"}, ["the statement"]),
        ({}, ["José Peña", "Marta Lindqvist", "the statement"]),
    ],
)
def test_lists_speakers_by_name(client, filters, expected):
    post(client, "“One,” said Marta Lindqvist. “Two,” said José Peña. “Three,” said the statement.")
    if expected is None:
        assert client.get("/speakers", params=filters).json()["type"] == "urn:onrecord:problem:name-invalid"
    else:
        assert names(client, **filters) == expected


def test_pages_hold_every_speaker_once(client):
    post(client, " ".join(f"“Words,” said Person Number{letter}." for letter in "ABCDEFG"))
    seen, url = [], "/speakers?limit=2"
    while url:
        page = client.get(url).json()
        seen, url = seen + [speaker["name"] for speaker in page["items"]], page["next"]
    assert seen == [f"Person Number{letter}" for letter in "ABCDEFG"]


def test_a_speaker_nobody_knows_is_not_found(client):
    assert client.get("/speakers/1000000").json()["type"] == "urn:onrecord:problem:speaker-not-found"


def test_a_name_too_long_to_index_is_stored_all_the_same(client):
    post(client, f"“Words,” said {'Very ' * 2000}{'x' * 5000}.")
    assert len(client.get("/speakers").json()["items"]) == 1

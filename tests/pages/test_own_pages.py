"""Pages written for these tests, about people who do not exist, through the real service from text to search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

TEXTS = Path(__file__).parent / "texts"

pytestmark = pytest.mark.xdist_group("live")


@pytest.fixture(scope="module")
def harbour(client: httpx.Client) -> dict:
    return _post(client, "harbour.txt")


@pytest.fixture(scope="module")
def bridge(client: httpx.Client) -> dict:
    return _post(client, "ponte.txt")


def _post(client: httpx.Client, name: str) -> dict:
    text = (TEXTS / name).read_bytes()
    sent = client.post("/articles", content=text, headers={"Content-Type": "text/plain; charset=utf-8"})
    assert sent.status_code in (200, 201), sent.text
    return sent.json()


def _said_by(article: dict) -> dict[str, str | None]:
    """The opening words of each segment and who said it."""
    return {
        segment["text"][:20]: quote["speaker"] and quote["speaker"]["name"]
        for quote in article["quotes"]
        for segment in quote["segments"]
    }


def test_every_segment_is_a_slice_of_the_stored_text(client: httpx.Client, harbour: dict, bridge: dict):
    for article in (harbour, bridge):
        text = client.get(f"/articles/{article['id']}").json()["text"]
        for quote in article["quotes"]:
            for segment in quote["segments"]:
                assert text[segment["start"] : segment["end"]] == segment["text"]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("We are not going to ", "Henrik Aalund"),
        ("We will build a new ", "Henrik Aalund"),
        ("a museum piece with ", "Henrik Aalund"),
        ("Nobody here counts a", "Marit Solheim"),
        ("We count stones.", "Marit Solheim"),
        ("That is diesel, that", "Marit Solheim"),
        ("I signed it this mor", "Henrik Aalund"),
        ("and I would like to ", "Henrik Aalund"),
    ],
)
def test_pronouns_and_roles_lead_to_full_names(harbour: dict, opening: str, speaker: str):
    assert _said_by(harbour).get(opening) == speaker


def test_a_statement_may_speak(harbour: dict):
    said = {quote["text"]: quote["speaker"] for quote in harbour["quotes"]}
    assert said["The breakwater protects more than boats,"]["kind"] == "document"


@pytest.mark.parametrize("words", ["No curfew", "run out of patience", "storm tax", "The Courier", "Gate of the North"])
def test_furniture_and_names_are_no_quotes(harbour: dict, words: str):
    assert [quote["text"] for quote in harbour["quotes"] if words in quote["text"]] == []


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("È un giorno che ques", "Elena Bertacchi"),
        ("Abbiamo rifatto i pi", "Paolo Rinaudo"),
        ("Il fiume non ci cogl", "Paolo Rinaudo"),
        ("Le finiremo prima di", "Elena Bertacchi"),
    ],
)
def test_italian(bridge: dict, opening: str, speaker: str):
    assert _said_by(bridge).get(opening) == speaker


def test_an_italian_teaser_is_no_quote(bridge: dict):
    assert [quote["text"] for quote in bridge["quotes"] if "Basta" in quote["text"]] == []


@pytest.mark.parametrize("name", ["Solheim", "marit solheim", "SOLHEIM"])
def test_a_speaker_is_found_by_name(client: httpx.Client, harbour: dict, name: str):
    found = client.get("/quotes", params={"speaker": name}).json()["items"]
    assert {quote["speaker"]["name"] for quote in found} == {"Marit Solheim"}
    assert {quote["article"]["id"] for quote in found} == {harbour["id"]}
    assert any(quote["text"].startswith("Nobody here counts") for quote in found)


def test_a_speaker_and_words_together(client: httpx.Client, harbour: dict):
    found = client.get("/quotes", params={"speaker": "Aalund", "q": "museum"}).json()["items"]
    assert [quote["text"] for quote in found] == ["a museum piece with a traffic problem"]
    assert found[0]["article"]["id"] == harbour["id"]


def test_the_same_page_again_is_the_same_article(client: httpx.Client, harbour: dict):
    again = client.post(
        "/articles", content=(TEXTS / "harbour.txt").read_bytes(), headers={"Content-Type": "text/plain"}
    )
    assert again.status_code == 200
    assert again.json()["id"] == harbour["id"]

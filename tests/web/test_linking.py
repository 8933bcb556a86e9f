"""Who a name in a new article is: a known speaker only where it can be nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.database import Database
from app.extraction.document import Extraction, Speaker, SpeakerKind
from app.speakers import aliases_repository
from tests.archive import counted_queries
from tests.said import SAID, quote_of, speaker_of

PERSON = SpeakerKind.PERSON


def post(client, *names: str) -> list[dict]:
    """Store an article for each name, which says something in it; the speakers it was linked to."""
    texts = [f"{name} spoke. “Words of number {place}, {name}” said {name}." for place, name in enumerate(names)]
    answers = [client.post("/articles", json={"text": each}) for each in texts]
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    return [answer.json()["quotes"][-1]["speaker"] for answer in answers]


def ids(client, *names: str) -> list[int]:
    return [speaker["id"] for speaker in post(client, *names)]


@pytest.mark.parametrize(
    "names",
    [
        ["Sergei Shoigu", "Sergey Kuzhugetovich Shoygu", "Сергей Шойгу", "Shoigu, Sergei"],
        ["Donald Trump", "Donald J Trump", "President Donald John Trump"],
        ["Orbán Viktor", "Viktor Orban"],
        ["Jinping Xi", "Xi Jinping", "习近平"],
        ["William Jefferson Clinton", "Bill Clinton"],
    ],
    ids=lambda names: names[0],
)
def test_spellings_and_fuller_names_are_one_speaker(client, names):
    assert len(set(ids(client, *names))) == 1


def test_a_name_that_contradicts_a_known_one_is_somebody_else(client):
    younger, elder = ids(client, "George W Bush", "George H W Bush")
    assert younger != elder
    unsure, again = ids(client, "George Bush", "George  Bush")
    assert unsure not in (younger, elder), "both are called so: neither is taken"
    assert unsure == again


def test_a_name_with_a_contradiction_does_not_join_over_a_third(client):
    one, middle, other = ids(client, "John A Smith", "John Smith", "John B Smith")
    assert one == middle != other


@pytest.mark.parametrize("name", ["Shoigu", "President Xi", "J Smith", "Lula"])
def test_a_name_that_does_not_tell_is_a_speaker_of_its_article_alone(client, name):
    assert len(set(ids(client, name, f"{name} "))) == 2


def test_a_surname_is_linked_once_three_articles_quote_the_only_bearer(client):
    first, early = ids(client, "Sergei Shoigu", "Shoigu")
    assert early != first
    ids(client, "Sergey Shoigu", "Sergei Shoygu")
    (late,) = ids(client, "Mr Shoigu")
    assert late == first


def test_a_surname_of_two_or_of_very_many_is_not_linked(client):
    known = ids(client, *["Marta Lindqvist", "Marta  Lindqvist", "Marta   Lindqvist", "Olof Lindqvist"])
    known += ids(client, *["Wang Yi", "Wang  Yi", "Wang   Yi"])
    assert not {*ids(client, "Lindqvist", "Wang")} & {*known}


def test_a_name_that_a_hand_gave_is_followed(client):
    (known,) = ids(client, "Luiz Inácio da Silva")
    database: Database = client.app.state.database
    database.write(lambda session: aliases_repository.add_alias(session, known, "Lula", "hand"))
    assert ids(client, "Lula") == [known]


def test_an_alias_says_which_article_it_came_from_first(client):
    (speaker,) = {speaker["id"] for speaker in post(client, "Sergei Shoigu", "Сергей Шойгу")}
    articles = [article["id"] for article in reversed(client.get("/articles").json()["items"])]
    aliases = client.get(f"/speakers/{speaker}").json()["aliases"]
    assert {(one["name"], one["article_id"]) for one in aliases} >= {
        ("Sergei Shoigu", articles[0]),
        ("Сергей Шойгу", articles[1]),
    }
    assert {one["source"] for one in aliases} == {"article"}
    client.delete(f"/articles/{articles[0]}")
    left = client.get(f"/speakers/{speaker}").json()["aliases"]
    assert {one["article_id"] for one in left if one["name"] == "Sergei Shoigu"} == {None}


def test_an_organization_is_one_with_and_without_its_legal_form(client):
    one, other, short = ids(client, "Ministry of Works Ltd", "the Ministry of Works", "Ministry")
    assert one == other != short


def test_a_body_that_many_countries_have_is_a_speaker_of_its_article_alone(client):
    assert len({*ids(client, *["Foreign Ministry"] * 4, "Foreign Ministry of Veldmark")}) == 5


def test_a_body_that_many_countries_have_is_the_one_that_a_hand_gave_the_name(client):
    (known,) = ids(client, "Foreign Ministry of Veldmark")
    path = f"/speakers/{known}/aliases"
    assert client.post(path, json={"name": "Foreign Ministry"}, headers={"If-Match": "*"}).status_code == 200
    assert ids(client, "the Foreign Ministry", "Foreign Ministry") == [known, known]


def test_looking_for_a_speaker_takes_as_many_queries_in_a_large_archive(client):
    database: Database = client.app.state.database

    def asked(name: str) -> int:
        with counted_queries(database.write_engine) as statements:
            ids(client, name)
        return len([one for one in statements if "name_links" in one or "FROM speakers" in one])

    few = asked("Marta Lindqvist")
    ids(client, *(f"Marta {letter}stra Lindqvist" for letter in "BDFGHJKLMN"), *(f"{c}ora Berg" for c in "DFLN"))
    assert asked("Olof Palmgren") <= few <= 8


HARBOUR = "“The harbour stays open,” said Anna Torvik. “The tunnel is shut,” said Boris Hamlet."


def reading(*speakers: Speaker) -> Extraction:
    """What is found in HARBOUR, with these speakers."""
    found = [quote_of(match) for match in SAID.finditer(HARBOUR)]
    return Extraction("en", tuple(replace(one, speaker=who) for one, who in zip(found, speakers, strict=True)), "x")


@pytest.fixture
def mistaken(client, extractor) -> dict:
    """HARBOUR, both quotes of which were taken for those of one speaker with two names."""
    extractor.answers[HARBOUR] = reading(*[Speaker("Anna Torvik", PERSON, ("Torvik", "Boris Hamlet", "Hamlet"))] * 2)
    article = client.post("/articles", json={"text": HARBOUR}).json()
    assert len({quote["speaker"]["id"] for quote in article["quotes"]}) == 1
    return article


def test_names_that_were_taken_for_one_speakers_are_two_again_when_the_article_is_read_again(
    client, extractor, mistaken
):
    (wrong,) = ids(client, "Boris Hamlet")
    extractor.answers[HARBOUR] = reading(speaker_of("Anna Torvik"), speaker_of("Boris Hamlet"))
    report = client.post(f"/articles/{mistaken['id']}/reextract").json()
    assert [one["speaker"] for one in report["other_speaker"]] == ["Boris Hamlet"]
    anna, boris = ids(client, "Anna Torvik", "Boris Hamlet")
    assert anna == wrong != boris
    assert {one["name"] for one in client.get(f"/speakers/{anna}").json()["aliases"]} == {"Anna Torvik", "Torvik"}


def test_names_that_were_taken_for_one_speakers_are_two_again_when_the_article_is_removed(client, mistaken):
    (wrong,) = ids(client, "Anna Torvik")
    client.delete(f"/articles/{mistaken['id']}")
    anna, boris = ids(client, "Anna  Torvik", "Boris Hamlet")
    assert anna == wrong != boris


def test_two_whom_an_article_tells_apart_do_not_become_one_by_a_name_of_another_article(client, mistaken):
    quotes = client.post("/articles", json={"text": f"It rained. {HARBOUR}"}).json()["quotes"]
    anna, boris = (quote["speaker"]["id"] for quote in quotes)
    assert anna == mistaken["quotes"][0]["speaker"]["id"] != boris
    assert ids(client, "Boris Hamlet") == [boris]


def test_a_name_that_an_article_still_gives_or_a_hand_gave_outlives_its_being_read_again(client, extractor, mistaken):
    (anna,) = {quote["speaker"]["id"] for quote in mistaken["quotes"]}
    client.post(f"/articles/{mistaken['id']}/reextract")
    assert ids(client, "Boris Hamlet") == [anna]
    client.post(f"/speakers/{anna}/aliases", json={"name": "Boris Hamlet"}, headers={"If-Match": "*"})
    extractor.answers[HARBOUR] = reading(speaker_of("Anna Torvik"), speaker_of("Boris Hamlet"))
    client.post(f"/articles/{mistaken['id']}/reextract")
    assert ids(client, "Boris Hamlet  ") == [anna]

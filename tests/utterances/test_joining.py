"""Quotes of articles that are stored, joined to utterances."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import select, update

from app.extraction.document import Extraction
from app.models import Appearance, Quote, Utterance, UtteranceBand
from app.utterances import backfill, repository, service
from app.utterances.signatures import bands
from tests.archive import counted_queries, row_counts

SAID = "The harbour will stay open this winter, whatever it costs the town,"
EDITED = "The harbor will stay open … whatever it costs the town,"
SHORT = "Yes we can,"
PAGE = count(1)


def post(client, said: str, name: str | None = "Marit Solheim", **more: str) -> int:
    """Store an article of one quote; the quote's id."""
    signed = f"said {name}." if name else ""
    answer = client.post("/articles", json={"text": f"Page {next(PAGE)}. “{said}” {signed}", "language": "en", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["quotes"][0]["id"]


def utterances(client) -> list[set[int]]:
    """The quotes of each utterance, the first founded first."""
    with client.app.state.database.read() as session:
        found: dict[int, set[int]] = {}
        rows = session.execute(select(Appearance.utterance_id, Appearance.quote_id).order_by(Appearance.utterance_id))
        for utterance_id, quote_id in rows:
            found.setdefault(utterance_id, set()).add(quote_id)
        assert set(found) == set(session.scalars(select(Utterance.id))), "no utterance appears nowhere"
        return list(found.values())


def write(client, work):
    return client.app.state.database.write(work)


@pytest.mark.parametrize(
    "edited", [SAID, SAID.upper(), EDITED, "[It] will stay open this winter, whatever it costs [us],"]
)
def test_a_reprint_and_an_edit_are_one_utterance(client, edited):
    first, second = post(client, SAID), post(client, edited, outlet="Kurier")
    assert utterances(client) == [{first, second}]


def test_translations_and_other_words_stay_apart(client):
    quotes = [post(client, SAID), post(client, "Der Hafen bleibt im Winter offen, was es auch kostet,")]
    quotes.append(post(client, "The harbour will not stay open this winter, whatever it costs the town,"))
    assert utterances(client) == [{one} for one in quotes]


def test_two_known_speakers_stay_apart_in_the_same_words(client):
    one, other, again = post(client, SAID), post(client, SAID, "Henrik Aalund"), post(client, EDITED, "Henrik Aalund")
    assert utterances(client) == [{one}, {other, again}]


def test_an_article_that_does_not_tell_who_joins_one_that_does(client):
    first, second, third = post(client, SAID), post(client, SAID, None), post(client, EDITED, None)
    assert utterances(client) == [{first, second, third}]


def test_a_speaker_is_joined_to_who_was_unknown_and_then_nobody_else(client):
    unknown, one, other = post(client, SAID, None), post(client, EDITED), post(client, EDITED, "Henrik Aalund")
    assert utterances(client) == [{unknown, one}, {other}]


def test_words_of_one_of_two_are_left_apart_where_the_article_does_not_tell(client):
    one, other, unknown = post(client, SAID), post(client, SAID, "Henrik Aalund"), post(client, EDITED, None)
    again = post(client, EDITED, None)
    assert utterances(client) == [{one}, {other}, {unknown, again}]


def test_unnamed_sources_of_two_articles_are_one_in_the_same_words_only(client):
    one, same = post(client, SAID, "officials"), post(client, EDITED, "officials")
    other = post(client, "Nobody has asked the islands about the ferry,", "officials")
    statement = post(client, SAID, "the statement")
    assert utterances(client) == [{one, same}, {other}, {statement}]


def test_a_few_words_are_one_of_the_same_speaker_within_days(client):
    first = post(client, SHORT, published_at="2024-03-05T08:00:00Z")
    soon = post(client, "Yes, WE can!", published_at="2024-03-08T23:00:00Z")
    late = post(client, SHORT, published_at="2024-03-20T08:00:00Z")
    other = post(client, SHORT, "Henrik Aalund", published_at="2024-03-05T08:00:00Z")
    unknown = [post(client, SHORT, None, published_at="2024-03-05T08:00:00Z") for _ in range(2)]
    nearly = post(client, "Yes we could,", published_at="2024-03-05T08:00:00Z")
    assert utterances(client) == [{first, soon}, {late}, {other}, *({one} for one in unknown), {nearly}]


def test_a_part_too_short_to_tell_stays_apart(client):
    whole, part = post(client, SAID), post(client, "whatever it costs the town,")
    assert utterances(client) == [{whole}, {part}]


def test_edits_are_compared_with_the_first_and_do_not_drift(client):
    words, changed = re.findall(r"\w+", "the old mill by the river may be sold to anyone from outside this valley"), []
    for step in range(len(words)):
        changed.append(post(client, " ".join((*["new"] * step, *words[step:]))))
    first = utterances(client)[0]
    assert changed[1] in first and changed[-1] not in first


def test_the_same_words_twice_in_an_article_are_one_utterance(client):
    client.post("/articles", json={"text": f"“{SAID}” said Marit Solheim. Later: “{EDITED}” said Marit Solheim."})
    assert [len(one) for one in utterances(client)] == [2]


def test_the_new_utterances_of_an_article_are_founded_together(client):
    said = [
        "The harbour stays open",
        "Nobody asked the fishermen",
        "We sold the mill in May",
        "The ferry runs on Sunday",
    ]
    text = " ".join(f"“{one} as long as I live,” said Marit Solheim." for one in said)
    with counted_queries(client.app.state.database.write_engine) as run:
        assert client.post("/articles", json={"text": text}).json()["quote_count"] == len(said)
    assert len(utterances(client)) == len(said)
    into = ("utterances", "utterance_bands", "appearances", "aliases", "name_words", "name_links")
    assert {table: sum(f"INSERT INTO {table} " in one for one in run) for table in into} == dict.fromkeys(into, 1)


def test_an_article_takes_its_utterances_along(client):
    post(client, SAID)
    (article,) = client.get("/articles").json()["items"]
    assert client.delete(f"/articles/{article['id']}").status_code == 204
    assert {table for table, rows in row_counts(client).items() if rows} == {"changes"}


def test_an_utterance_outlives_the_article_it_was_first_known_by(client):
    founder, second = post(client, SAID), post(client, EDITED)
    article = client.get(f"/quotes/{founder}").json()["article"]["id"]
    client.delete(f"/articles/{article}")
    third = post(client, EDITED)
    assert utterances(client) == [{second, third}]
    with client.app.state.database.read() as session:
        assert session.scalar(select(Utterance.founder_id)) == second


def speaker_of(client, quote: int) -> int:
    """The id of a quote's speaker."""
    return client.get(f"/quotes/{quote}").json()["speaker"]["id"]


ANY = {"If-Match": "*"}


def test_a_corrected_quote_goes_to_the_utterance_of_its_speaker_and_back(client):
    founder, second, third = post(client, SAID), post(client, SAID), post(client, SAID, "Henrik Aalund")
    correction = {"speaker_id": speaker_of(client, third)}
    answer = client.patch(f"/quotes/{founder}", json=correction, headers=ANY)
    assert answer.json()["utterance_id"] == client.get(f"/quotes/{third}").json()["utterance_id"]
    assert utterances(client) == [{second}, {founder, third}]
    assert post(client, EDITED) in utterances(client)[0]
    (change,) = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200
    assert {founder, second} < utterances(client)[0] and utterances(client)[1] == {third}


def test_a_corrected_quote_that_nobody_repeats_keeps_its_utterance(client):
    quote, other = post(client, SAID), post(client, SHORT, "Henrik Aalund")
    before = client.get(f"/quotes/{quote}").json()["utterance_id"]
    correction = {"speaker_id": speaker_of(client, other)}
    assert client.patch(f"/quotes/{quote}", json=correction, headers=ANY).json()["utterance_id"] == before
    reprints = {post(client, EDITED, "Henrik Aalund"), quote}
    assert utterances(client) == [reprints, {other}]


def test_speakers_that_become_one_share_their_utterances_until_that_is_undone(client, monkeypatch):
    monkeypatch.setattr(service, "BATCH", 1)
    one, other, third = post(client, SAID), post(client, SAID, "Henrik Aalund"), post(client, EDITED, "Henrik Aalund")
    into = {"into": speaker_of(client, one)}
    assert client.post(f"/speakers/{speaker_of(client, other)}/merge", json=into, headers=ANY).status_code == 200
    assert utterances(client) == [{one, other, third}]
    (change,) = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200
    assert utterances(client) == [{one}, {other, third}]


def test_a_merge_leaves_utterances_their_ids_and_joins_what_meets(client):
    own, same = post(client, "We are not going anywhere before the spring,"), post(client, SAID)
    unknown = post(client, "Nobody in this town has ever asked for a new bridge,", None)
    others = [post(client, said, "Henrik Aalund") for said in (SAID, "A bridge is what this island needs most of all,")]
    short = [post(client, SHORT, name, published_at="2024-03-05") for name in ("Marit Solheim", "Henrik Aalund")]
    before = [client.get(f"/quotes/{quote}").json()["utterance_id"] for quote in (own, others[1])]
    into = {"into": speaker_of(client, own)}
    assert client.post(f"/speakers/{speaker_of(client, others[0])}/merge", json=into, headers=ANY).status_code == 200
    assert sorted(map(sorted, utterances(client))) == [[own], [same, others[0]], [unknown], [others[1]], short]
    assert [client.get(f"/quotes/{quote}").json()["utterance_id"] for quote in (own, others[1])] == before
    (change,) = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200
    assert sorted(map(sorted, utterances(client))) == [[one] for one in sorted([own, same, unknown, *others, *short])]
    again = post(client, "A bridge is what this island needs most of all,", "Henrik Aalund")
    assert {others[1], again} in utterances(client)


def test_a_new_reading_moves_quotes_whose_words_are_others(client, extractor):
    first, second = post(client, SAID), post(client, SAID)
    article = client.get(f"/articles/{client.get(f'/quotes/{second}').json()['article']['id']}").json()
    extractor.answers[article["text"]] = Extraction("en", (), "said-2", ())
    assert client.post(f"/articles/{article['id']}/reextract").status_code == 200
    assert utterances(client) == [{first}]
    del extractor.answers[article["text"]]
    assert client.post(f"/articles/{article['id']}/reextract").status_code == 200
    assert [len(one) for one in utterances(client)] == [2]


def test_assigning_anew_changes_nothing_where_nothing_has_changed(client):
    quotes = [post(client, SAID), post(client, EDITED), post(client, SAID, None), post(client, SHORT)]
    before = utterances(client)
    write(client, lambda session: service.reassign(session, quotes))
    assert utterances(client) == before


def test_an_utterance_without_its_speaker_is_anybodys_again(client):
    unknown, named = post(client, SAID, None), post(client, EDITED)

    def unname(session):
        session.execute(update(Quote).where(Quote.id == named).values(speaker_id=None))
        service.reassign(session, [named])

    write(client, unname)
    assert post(client, SAID, "Henrik Aalund") in utterances(client)[0] >= {unknown, named}


def test_two_articles_at_the_same_moment_found_one_utterance(client):
    text = "Paper {}. “{}” said Marit Solheim."
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: client.post("/articles", json={"text": text.format(n, SAID), "language": "en"}), range(8)
            )
        )
    assert {answer.status_code for answer in answers} == {201}
    assert [len(one) for one in utterances(client)] == [8]


def test_a_full_band_is_not_read_whole(client, monkeypatch):
    monkeypatch.setattr(repository, "MOST_IN_BAND", 2)
    for number in range(5):
        post(client, SAID, f"Person Number{'abcde'[number]} Nilsen")
    with client.app.state.database.read() as session:
        (saying,) = repository.sayings(session, [session.scalar(select(Quote.id).order_by(Quote.id).limit(1))])
        keys = bands(saying.wording.words)
        assert set(keys) == set(session.scalars(select(UtteranceBand.key)))
        found = [one.utterance_id for one in repository.candidates(session, [], keys)]
        newest = sorted(session.scalars(select(Utterance.id)))[-2:]
        assert found == newest
        assert len(repository.candidates(session, saying.identities(), keys)) == 3
    first = utterances(client)[0]
    assert post(client, SAID, "Person Numbera Nilsen") in utterances(client)[0] > first


def test_quotes_stored_before_get_their_utterances(client):
    quotes = {post(client, SAID), post(client, EDITED)}
    write(client, lambda session: service.settle(session, repository.part(session, sorted(quotes)).values()))
    assert utterances(client) == []
    write(client, backfill.run)
    assert utterances(client) == [quotes]

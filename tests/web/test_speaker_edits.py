"""What people do to speakers: every edit holds for articles to come, and every edit is undone."""

from __future__ import annotations

import pytest

from tests.archive import row_counts

NEW = {"If-Match": "*", "X-Forwarded-User": "kim"}


def post(client, *texts: str) -> None:
    """Store articles."""
    for text in texts:
        assert client.post("/articles", json={"text": text}).status_code == 201


def speaker(client, name: str) -> dict:
    """The one speaker of this name."""
    (found,) = [one for one in client.get("/speakers").json()["items"] if one["name"] == name]
    return found


def said(client, who: str | int) -> set[str]:
    """What a speaker said, by id or name."""
    return {quote["text"] for quote in client.get("/quotes", params={"speaker": who}).json()["items"]}


def merge(client, source: dict, into: dict):
    """Merge one speaker into another."""
    return client.post(f"/speakers/{source['id']}/merge", json={"into": into["id"]}, headers=NEW)


def undo_last(client) -> int:
    """Undo the last change; the status."""
    change = client.get("/changes").json()["items"][0]
    return client.post(f"/changes/{change['id']}/undo").status_code


@pytest.fixture
def people(client) -> list[dict]:
    """Anna, Bea and Carla, each with a quote."""
    post(client, "“One,” said Anna Berg. “Two,” said Bea Berg. “Three,” said Carla Dahl.")
    return client.get("/speakers").json()["items"]


def test_merged_speakers_are_one_by_every_name_and_by_the_old_id(client, people):
    anna, bea, _ = people
    answer = merge(client, anna, bea)
    assert (answer.status_code, answer.json()["id"], answer.json()["quote_count"]) == (200, bea["id"], 2)
    assert {alias["name"] for alias in answer.json()["aliases"]} == {"Anna Berg", "Bea Berg", "Berg"}
    assert said(client, bea["id"]) == said(client, anna["id"]) == said(client, "anna berg") == {"One,", "Two,"}
    assert [one["name"] for one in client.get("/speakers").json()["items"]] == ["Bea Berg", "Carla Dahl"]
    old = client.get(f"/speakers/{anna['id']}", follow_redirects=False)
    assert (old.status_code, old.headers["Location"]) == (307, f"/speakers/{bea['id']}")
    assert old.json()["type"] == "urn:onrecord:problem:speaker-moved"
    assert client.get(f"/speakers/{anna['id']}").json() == answer.json()


def test_articles_after_a_merge_follow_it_and_its_undoing_gives_them_back(client, people):
    anna, bea, _ = people
    merge(client, anna, bea)
    post(client, "“Four,” said Anna Berg. “Five,” said Bea Berg.")
    assert said(client, bea["id"]) == {"One,", "Two,", "Four,", "Five,"}
    assert undo_last(client) == 200
    assert (said(client, anna["id"]), said(client, bea["id"])) == ({"One,", "Four,"}, {"Two,", "Five,"})
    assert client.get(f"/speakers/{anna['id']}").json()["aliases"] == anna["aliases"]
    assert client.get(f"/speakers/{bea['id']}").json()["aliases"] == bea["aliases"]
    post(client, "“Six,” said Anna Berg.")
    assert said(client, "Anna Berg") == {"One,", "Four,", "Six,"}


def test_a_chain_of_merges_is_followed_to_its_end_and_undone_from_its_end(client, people):
    anna, bea, carla = people
    merge(client, anna, bea)
    first = client.get("/changes").json()["items"][0]
    merge(client, bea, carla)
    post(client, "“Four,” said Anna Berg.")
    assert said(client, anna["id"]) == said(client, "bea") == {"One,", "Two,", "Three,", "Four,"}
    too_early = client.post(f"/changes/{first['id']}/undo")
    assert too_early.json()["type"] == "urn:onrecord:problem:change-superseded"
    assert client.get(f"/speakers/{anna['id']}").json()["id"] == carla["id"]
    assert undo_last(client) == 200
    assert (said(client, bea["id"]), said(client, carla["id"])) == ({"One,", "Two,", "Four,"}, {"Three,"})
    assert client.post(f"/changes/{first['id']}/undo").status_code == 200
    assert (said(client, anna["id"]), said(client, bea["id"])) == ({"One,", "Four,"}, {"Two,"})


def test_a_merge_with_itself_in_a_circle_or_of_what_is_merged_is_refused(client, people):
    anna, bea, carla = people
    merge(client, anna, bea)
    before = client.get("/changes").json()
    pairs = [(bea, anna), (bea, bea), (carla, anna), (anna, carla)]
    answers = [merge(client, *pair) for pair in pairs]
    kinds = [answer.json()["type"].rpartition(":")[2] for answer in answers]
    assert kinds == ["merge-refused"] * 3 + ["speaker-merged"]
    assert merge(client, carla, {"id": 999_999}).json()["errors"][0]["field"] == "into"
    assert merge(client, {"id": 999_999}, carla).status_code == 404
    assert client.get("/changes").json() == before


def test_a_correction_holds_through_a_merge_and_its_undoing(client, people):
    anna, bea, carla = people
    (quote,) = client.get("/quotes", params={"speaker": carla["id"]}).json()["items"]
    client.patch(f"/quotes/{quote['id']}", json={"speaker_id": anna["id"]}, headers=NEW)
    merge(client, anna, bea)
    assert said(client, bea["id"]) == {"One,", "Two,", "Three,"}
    undo_last(client)
    assert said(client, anna["id"]) == {"One,", "Three,"}


def test_a_speaker_renamed_is_found_by_both_names_and_gets_its_old_name_back(client, people):
    anna = people[0]
    renamed = client.patch(f"/speakers/{anna['id']}", json={"name": "Anna Maria Lund"}, headers=NEW)
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Anna Maria Lund")
    assert said(client, "lund") == said(client, "anna berg") == {"One,"}
    post(client, "“Four,” said Anna Berg.")
    assert said(client, anna["id"]) == {"One,", "Four,"}
    assert undo_last(client) == 200
    now = client.get(f"/speakers/{anna['id']}").json()
    assert (now["name"], now["aliases"]) == (anna["name"], anna["aliases"])


def test_an_alias_added_finds_the_speaker_until_it_is_undone(client, people):
    path = f"/speakers/{people[0]['id']}"
    added = client.post(f"{path}/aliases", json={"name": "La Signora"}, headers=NEW).json()
    assert added["aliases"][-1] == {"name": "La Signora", "source": "hand", "article_id": None}
    assert said(client, "signora") == {"One,"}
    assert undo_last(client) == 200
    assert said(client, "signora") == set()


def test_an_alias_removed_stays_away_until_it_is_undone(client, people):
    path = f"/speakers/{people[0]['id']}"
    removed = client.delete(f"{path}/aliases", params={"name": "Berg"}, headers=NEW)
    assert [alias["name"] for alias in removed.json()["aliases"]] == ["Anna Berg"]
    post(client, "“Four,” said Anna Berg.")
    assert [alias["name"] for alias in client.get(path).json()["aliases"]] == ["Anna Berg"]
    assert undo_last(client) == 200
    assert client.get(path).json()["aliases"] == people[0]["aliases"]


def test_a_name_that_is_not_there_or_is_the_speakers_own_is_not_removed(client, people):
    path = f"/speakers/{people[0]['id']}/aliases"
    assert client.delete(path, params={"name": "Nobody"}, headers=NEW).status_code == 404
    assert client.delete(path, params={"name": "Anna Berg"}, headers=NEW).status_code == 422


def test_a_split_gives_quotes_to_a_new_speaker_and_its_undoing_says_where_that_went(client, people):
    anna = people[0]
    post(client, "“Four,” said Anna Berg.")
    ids = [quote["id"] for quote in client.get("/quotes?speaker=anna").json()["items"] if quote["text"] == "Four,"]
    answer = client.post(f"/speakers/{anna['id']}/split", json={"name": "Anna Berg (Oslo)", "quotes": ids}, headers=NEW)
    new = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/speakers/{new['id']}")
    assert (said(client, new["id"]), said(client, anna["id"])) == ({"Four,"}, {"One,"})
    assert undo_last(client) == 200
    assert said(client, anna["id"]) == {"One,", "Four,"}
    assert client.get(f"/speakers/{new['id']}").json()["id"] == anna["id"]
    assert len(client.get("/speakers").json()["items"]) == 3


def test_after_a_split_the_name_alone_tells_nobody_until_it_is_undone(client, people):
    anna = people[0]
    post(client, "“Four,” said Anna Berg.")
    ids = [quote["id"] for quote in client.get("/quotes?speaker=anna").json()["items"] if quote["text"] == "Four,"]
    client.post(f"/speakers/{anna['id']}/split", json={"name": "Anna Berg", "quotes": ids}, headers=NEW)
    assert undo_last(client) == 200
    post(client, "“Five,” said Anna Berg.")
    assert said(client, anna["id"]) == {"One,", "Four,", "Five,"}
    client.post(f"/speakers/{anna['id']}/split", json={"name": "Anna Berg", "quotes": ids}, headers=NEW)
    post(client, "“Six,” said Anna Berg.")
    found = [one["id"] for one in client.get("/speakers?name=anna berg").json()["items"]]
    assert sorted(map(sorted, (said(client, one) for one in found))) == [["Five,", "One,"], ["Four,"], ["Six,"]]


def test_spellings_of_a_merged_name_follow_it_and_go_back_with_it(client, people):
    anna, bea, _ = people
    merge(client, anna, bea)
    post(client, "“Four,” said Anna Maria Berg.", "“Five,” said Beatrice Olsen.")
    assert said(client, bea["id"]) == {"One,", "Two,", "Four,"}
    assert undo_last(client) == 200
    assert (said(client, anna["id"]), said(client, bea["id"])) == ({"One,", "Four,"}, {"Two,"})
    assert said(client, "anna maria") == {"One,", "Four,"}
    assert client.get(f"/speakers/{bea['id']}").json()["aliases"] == bea["aliases"]


def test_two_that_one_name_fits_are_no_riddle_once_they_are_merged(client):
    post(client, "“One,” said George W Bush.", "“Two,” said George H W Bush.")
    younger, elder = (speaker(client, name) for name in ("George W Bush", "George H W Bush"))
    merge(client, elder, younger)
    post(client, "“Three,” said George Bush.")
    assert said(client, younger["id"]) == {"One,", "Two,", "Three,"}


def test_a_merged_speaker_is_nowhere_but_behind_its_id(client, people):
    anna, bea, _ = people
    merge(client, anna, bea)
    for path in ("/speakers", "/speakers?name=anna", "/speakers?name=ann", "/speakers?name=berg&kind=person"):
        assert anna["id"] not in [one["id"] for one in client.get(path).json()["items"]], path
    assert said(client, "Anna Berrg") == {"One,", "Two,"}
    counts = {one["speaker"]["id"]: one["count"] for one in client.get("/quotes/facets").json()["speakers"]}
    assert (counts[bea["id"]], anna["id"] in counts) == (2, False)
    assert client.get(f"/speakers/{anna['id']}/timeline").json()["speaker"]["id"] == bea["id"]


def test_a_split_is_refused_to_who_has_not_seen_another_one(client, people):
    path = f"/speakers/{people[0]['id']}"
    post(client, "“Four,” said Anna Berg. “Five,” said Anna Berg.")
    ids = [quote["id"] for quote in client.get("/quotes?speaker=anna").json()["items"]]
    seen = {"If-Match": client.get(path).headers["ETag"]}
    statuses = [
        client.post(f"{path}/split", json={"name": "Anna Berg (Oslo)", "quotes": [one]}, headers=seen).status_code
        for one in ids[:2]
    ]
    assert statuses == [201, 412]
    post(client, "“Six,” said Carla Dahl.")
    carla = f"/speakers/{people[2]['id']}"
    before = client.get(carla).headers["ETag"]
    post(client, "“Seven,” said Carla Dahl.")
    assert client.get(carla).headers["ETag"] == before, "counts do not void a tag"


def test_a_split_takes_only_the_speakers_own_quotes(client, people):
    other = client.get("/quotes?speaker=bea").json()["items"][0]["id"]
    answer = client.post(f"/speakers/{people[0]['id']}/split", json={"name": "X Y", "quotes": [other]}, headers=NEW)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "quotes")
    assert len(client.get("/speakers").json()["items"]) == 3


EDITS = {
    "rename": lambda client, path, headers: client.patch(path, json={"name": "X Y"}, headers=headers),
    "alias": lambda client, path, headers: client.post(f"{path}/aliases", json={"name": "X"}, headers=headers),
    "no alias": lambda client, path, headers: client.delete(f"{path}/aliases?name=Berg", headers=headers),
    "merge": lambda client, path, headers: client.post(f"{path}/merge", json={"into": 999_999}, headers=headers),
    "split": lambda client, path, headers: client.post(
        f"{path}/split", json={"name": "X", "quotes": [1]}, headers=headers
    ),
}


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit != "merge"])
def test_an_edit_needs_the_state_it_was_made_on(client, people, edit):
    path = f"/speakers/{people[0]['id']}"
    seen = client.get(path).headers["ETag"]
    assert EDITS[edit](client, path, {}).status_code == 428
    post(client, "“Four,” said Anna Berg.")
    assert client.get(path).headers["ETag"] == seen, "a quote more is no edit"
    client.post(f"{path}/aliases", json={"name": "Somebody"}, headers={"If-Match": seen})
    assert EDITS[edit](client, path, {"If-Match": seen}).status_code == 412


@pytest.mark.parametrize("edit", EDITS)
def test_a_speaker_nobody_knows_is_not_edited(client, edit):
    assert EDITS[edit](client, "/speakers/999998", NEW).status_code in (404, 422)
    assert set(row_counts(client).values()) == {0}


@pytest.mark.parametrize("name", ["", "…", "a\0b", "x" * 301, 7, None])
def test_a_name_that_is_none_is_refused(client, people, name):
    path = f"/speakers/{people[0]['id']}"
    assert client.patch(path, json={"name": name}, headers=NEW).status_code == 422
    assert client.post(f"{path}/aliases", json={"name": name}, headers=NEW).status_code == 422


def test_the_trail_of_a_speaker_has_what_it_took_part_in(client, people):
    anna, bea, carla = people
    client.patch(f"/speakers/{anna['id']}", json={"name": "Anna Lund"}, headers=NEW)
    merge(client, anna, bea)
    trail = {one["id"]: client.get(f"/changes?speaker_id={one['id']}").json()["items"] for one in people}
    assert [change["action"] for change in trail[anna["id"]]] == ["merge", "rename"]
    assert [change["action"] for change in trail[bea["id"]]] == ["merge"]
    assert trail[carla["id"]] == []
    assert {change["who"] for change in trail[anna["id"]]} == {"kim"}


def test_the_trail_of_a_quote_has_the_split_that_moved_it_and_its_undoing(client, people):
    anna = people[0]
    article = client.post("/articles", json={"text": "“Four,” said Anna Berg."}).json()
    moved = article["quotes"][0]["id"]
    client.post(f"/speakers/{anna['id']}/split", json={"name": "Anna Berg (Oslo)", "quotes": [moved]}, headers=NEW)
    undo_last(client)
    (first,) = client.get("/quotes", params={"q": "one"}).json()["items"]
    for filters in ({"quote": moved}, {"article": article["id"]}):
        assert [one["action"] for one in client.get("/changes", params=filters).json()["items"]] == ["undo", "split"]
    for filters in ({"quote": first["id"]}, {"article": first["article"]["id"]}):
        assert client.get("/changes", params=filters).json()["items"] == []
    client.delete(f"/articles/{article['id']}")
    assert len(client.get("/changes", params={"quote": moved}).json()["items"]) == 2, "the trail outlives the quote"


def test_a_speaker_edited_by_hand_stays_when_its_last_article_goes(client, people):
    anna, bea, _ = people
    merge(client, anna, bea)
    (article,) = client.get("/articles").json()["items"]
    assert client.delete(f"/articles/{article['id']}").status_code == 204
    assert [one["name"] for one in client.get("/speakers").json()["items"]] == ["Bea Berg"]
    post(client, "“Four,” said Anna Berg.")
    assert said(client, bea["id"]) == {"Four,"}


def test_undoing_a_merge_into_a_renamed_group_keeps_one_utterance(client):
    post(client, "“We will keep the harbour open,” said Anna Berg.", "“Nothing is decided yet,” said officials.")
    anna, officials = speaker(client, "Anna Berg"), speaker(client, "officials")
    merge(client, anna, officials)
    client.patch(f"/speakers/{officials['id']}", json={"name": "Zed Zorn"}, headers=NEW)
    post(client, "“We will keep the harbour open,” said Anna Berg. It rained.")
    merged = next(one for one in client.get("/changes").json()["items"] if one["action"] == "merge")
    assert client.post(f"/changes/{merged['id']}/undo").status_code == 200
    (one,) = client.get("/quotes", params={"group": "utterance", "speaker": anna["id"]}).json()["items"]
    assert one["utterance"]["appearances"] == 2


def test_undoing_a_split_keeps_what_was_rejected_since(client, people):
    anna, *_ = people
    quote = client.get("/quotes", params={"speaker": anna["id"]}).json()["items"][0]["id"]
    client.post(f"/speakers/{anna['id']}/split", json={"name": "Anna Berg", "quotes": [quote]}, headers=NEW)
    client.patch(f"/quotes/{quote}", json={"status": "rejected"}, headers=NEW)
    split = next(one for one in client.get("/changes").json()["items"] if one["action"] == "split")
    assert client.post(f"/changes/{split['id']}/undo").status_code == 200
    shown = client.get(f"/quotes/{quote}").json()
    assert (shown["speaker"]["id"], shown["status"]) == (anna["id"], "rejected")


def test_a_speaker_that_gets_its_old_name_back_is_found_by_it(client, people):
    anna, *_ = people
    client.patch(f"/speakers/{anna['id']}", json={"name": "Annika Berg-Dahl"}, headers=NEW)
    for name in ("Anna Berg", "Berg"):
        client.request("DELETE", f"/speakers/{anna['id']}/aliases", params={"name": name}, headers=NEW)
    rename = next(one for one in client.get("/changes").json()["items"] if one["action"] == "rename")
    assert client.post(f"/changes/{rename['id']}/undo").status_code == 200
    assert said(client, "Anna Berg") == {"One,"}


def test_a_speaker_no_longer_merged_is_found_by_its_name_although_the_other_took_it(client, people):
    anna, bea, _ = people
    merge(client, anna, bea)
    client.patch(f"/speakers/{bea['id']}", json={"name": "Anna Berg"}, headers=NEW)
    merged = next(one for one in client.get("/changes").json()["items"] if one["action"] == "merge")
    assert client.post(f"/changes/{merged['id']}/undo").status_code == 200
    assert "Anna Berg" in {alias["name"] for alias in client.get(f"/speakers/{anna['id']}").json()["aliases"]}


def test_a_short_name_that_a_person_confirms_leads_to_the_speaker(client):
    post(client, "“One,” said Bea Holm.")
    bea = speaker(client, "Bea Holm")
    answer = client.post(f"/speakers/{bea['id']}/aliases", json={"name": "Holm"}, headers=NEW)
    assert {"name": "Holm", "source": "hand", "article_id": None} in answer.json()["aliases"]
    post(client, "“Three,” said Holm.")
    assert said(client, bea["id"]) == {"One,", "Three,"}
    assert undo_last(client) == 200
    (holm,) = [one for one in client.get(f"/speakers/{bea['id']}").json()["aliases"] if one["name"] == "Holm"]
    assert holm["source"] == "article"


def split(client, speaker_id: int, name: str, *words: str):
    """Split what a speaker said off as somebody else; the new speaker."""
    items = client.get("/quotes", params={"speaker": speaker_id, "limit": 100}).json()["items"]
    ids = [quote["id"] for quote in items if quote["text"] in words]
    answer = client.post(f"/speakers/{speaker_id}/split", json={"name": name, "quotes": ids}, headers=NEW)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize("name", ["Anna Berg", "Anna Berg (mayor)", "Mayor Anna Berg", "Anna Maria Berg"])
def test_after_a_split_nobody_collects_the_articles_with_the_name_until_it_is_undone(client, people, name):
    anna = people[0]
    post(client, "“Four,” said Anna Berg.")
    new = split(client, anna["id"], name, "Four,")
    post(client, "“Five,” said Anna Berg.", "“Six,” said Anna Berg.", "“Seven,” said Anna J Berg.")
    assert (said(client, anna["id"]), said(client, new["id"])) == ({"One,"}, {"Four,"})
    found = {quote["speaker"]["id"]: quote["text"] for quote in client.get("/quotes?speaker=berg").json()["items"]}
    assert {"Five,", "Six,", "Seven,"} < {*found.values()}, "each is of its article alone"
    assert undo_last(client) == 200
    post(client, "“Eight,” said Anna Berg.")
    assert said(client, anna["id"]) == {"One,", "Four,", "Eight,"}


def test_after_a_split_under_another_name_altogether_each_name_tells(client, people):
    anna = people[0]
    post(client, "“Four,” said Anna Berg.")
    new = split(client, anna["id"], "Greta Olsen", "Four,")
    post(client, "“Five,” said Anna Berg.", "“Six,” said Greta Olsen.")
    assert (said(client, anna["id"]), said(client, new["id"])) == ({"One,", "Five,"}, {"Four,", "Six,"})


def test_after_a_split_an_article_that_is_read_again_keeps_its_speakers(client, people):
    anna = people[0]
    post(client, "“Four,” said Anna Berg.")
    new = split(client, anna["id"], "Anna Berg", "Four,")
    post(client, "“Five,” said Anna Berg.")
    before = client.get("/quotes").json()["items"]
    for article in client.get("/articles").json()["items"]:
        assert client.post(f"/articles/{article['id']}/reextract").json()["other_speaker"] == []
    assert client.get("/quotes").json()["items"] == before
    assert said(client, new["id"]) == {"Four,"}


def test_a_full_name_that_a_hand_gave_goes_before_what_the_names_tell(client, people):
    anna, bea, carla = people
    client.post(f"/speakers/{carla['id']}/aliases", json={"name": "Anna Maria Berg"}, headers=NEW)
    post(client, "“Four,” said Anna Maria Berg.", "“Five,” said Anna Berg.")
    assert (said(client, carla["id"]), said(client, anna["id"])) == ({"Three,", "Four,"}, {"One,", "Five,"})
    new = split(client, bea["id"], "Bea Maria Berg", "Two,")
    post(client, "“Six,” said Bea Maria Berg.")
    assert (said(client, new["id"]), said(client, bea["id"])) == ({"Two,", "Six,"}, set())


def test_a_split_is_undone_with_what_came_in_since_for_the_new_speaker(client, people):
    anna, _, carla = people
    post(client, "“Four,” said Anna Berg.")
    new = split(client, anna["id"], "Greta Olsen", "Four,")
    post(client, "“Five,” said Greta Olsen.")
    quote = client.get("/quotes", params={"speaker": carla["id"]}).json()["items"][0]["id"]
    client.patch(f"/quotes/{quote}", json={"speaker_id": new["id"]}, headers=NEW)
    parted = next(one for one in client.get("/changes").json()["items"] if one["action"] == "split")
    assert client.post(f"/changes/{parted['id']}/undo").status_code == 200
    assert said(client, anna["id"]) == said(client, new["id"]) == {"One,", "Three,", "Four,", "Five,"}
    assert [one["name"] for one in client.get("/speakers").json()["items"]] == ["Anna Berg", "Bea Berg", "Carla Dahl"]


def test_a_split_is_not_undone_while_somebody_is_merged_into_the_new_speaker(client, people):
    anna, _, carla = people
    post(client, "“Four,” said Anna Berg.")
    merge(client, carla, split(client, anna["id"], "Greta Olsen", "Four,"))
    merged, parted = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{parted['id']}/undo").status_code == 409
    assert [client.post(f"/changes/{one['id']}/undo").status_code for one in (merged, parted)] == [200, 200]
    assert (said(client, carla["id"]), said(client, anna["id"])) == ({"Three,"}, {"One,", "Four,"})


def test_a_removal_is_undone_although_undoing_a_rename_brought_the_name_back(client, people):
    path = f"/speakers/{people[0]['id']}"
    client.patch(path, json={"name": "Anna Lund"}, headers=NEW)
    client.delete(f"{path}/aliases", params={"name": "Anna Berg"}, headers=NEW)
    removal, rename = client.get("/changes").json()["items"]
    assert [client.post(f"/changes/{one['id']}/undo").status_code for one in (rename, removal)] == [200, 200]
    names = [one["name"] for one in client.get(path).json()["aliases"]]
    assert sorted(names) == ["Anna Berg", "Berg"]


def test_a_name_taken_away_stays_away_through_a_merge_and_its_undoing(client, people):
    _, bea, carla = people
    client.delete(f"/speakers/{carla['id']}/aliases", params={"name": "Dahl"}, headers=NEW)
    merge(client, carla, bea)
    post(client, "“Four,” said Carla Dahl.")
    names = {alias["name"] for alias in client.get(f"/speakers/{bea['id']}").json()["aliases"]}
    assert names == {"Bea Berg", "Berg", "Carla Dahl"}
    assert undo_last(client) == 200
    assert [alias["name"] for alias in client.get(f"/speakers/{carla['id']}").json()["aliases"]] == ["Carla Dahl"]


@pytest.mark.parametrize("merged", [False, True])
def test_a_name_taken_away_puts_no_words_of_later_articles_into_the_speakers_mouth(client, people, merged):
    anna, bea, _ = people
    if merged:
        merge(client, anna, bea)
    else:
        client.patch(f"/speakers/{anna['id']}", json={"name": "Bea Holm"}, headers=NEW)
    path = f"/speakers/{bea['id'] if merged else anna['id']}"
    kept = said(client, anna["id"])
    client.delete(f"{path}/aliases", params={"name": "Anna Berg"}, headers=NEW)
    post(client, "“Four,” said Anna Berg.")
    assert (said(client, anna["id"]), said(client, "Anna Berg")) == (kept, {"Four,"})
    for article in client.get("/articles").json()["items"]:
        client.post(f"/articles/{article['id']}/reextract")
    assert (said(client, anna["id"]), said(client, "Anna Berg")) == (kept, {"Four,"})
    removal = next(one for one in client.get("/changes").json()["items"] if one["action"] == "remove-alias")
    assert client.post(f"/changes/{removal['id']}/undo").status_code == 200
    post(client, "“Five,” said Anna Berg.")
    assert said(client, anna["id"]) == {*kept, "Five,"}


def test_a_name_that_came_by_a_merge_is_given_back_to_whom_it_is_when_the_merge_is_undone(client, people):
    anna, _, carla = people
    merge(client, anna, carla)
    for name in ("Anna Berg", "Berg"):
        client.delete(f"/speakers/{carla['id']}/aliases", params={"name": name}, headers=NEW)
    _, removal, merging = client.get("/changes").json()["items"]
    assert client.post(f"/changes/{merging['id']}/undo").status_code == 200
    for change in (removal["id"], removal["id"] + 1):
        assert client.post(f"/changes/{change}/undo").status_code == 200
    for one in (anna, carla):
        names = [
            {alias["name"] for alias in each["aliases"]} for each in (client.get(f"/speakers/{one['id']}").json(), one)
        ]
        assert names[0] == names[1]
    assert said(client, "Anna Berg") == {"One,"}


def test_a_name_taken_from_who_was_merged_since_leads_to_whom_it_is_of(client, people):
    anna, bea, _ = people
    client.post(f"/speakers/{anna['id']}/aliases", json={"name": "Bea Berg"}, headers=NEW)
    client.delete(f"/speakers/{anna['id']}/aliases", params={"name": "Bea Berg"}, headers=NEW)
    merge(client, anna, bea)
    post(client, "“Four,” said Bea Berg.")
    assert said(client, bea["id"]) == {"One,", "Two,", "Four,"}

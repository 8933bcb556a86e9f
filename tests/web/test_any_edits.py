"""Whatever people do to articles, quotes and speakers, in any order: what is counted, listed and found agrees."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.extraction.document import Extraction
from tests.archive import empty
from tests.said import SAID, quote_of

NAMES = ["Anna Berg", "Anna Lund", "Bea Berg", "Berg", "Sergei Shoigu", "Sergey Shoygu", "officials", "the statement"]
WORDS = ["The harbour will stay open this winter, whatever it costs the town,", "The harbor will stay open", "Never,"]
DATES = ["2024-03-05", "2024-03-06T12:00:00Z", "2024-04-30", None]
EDIT = {"If-Match": "*", "X-Forwarded-User": "kim"}
PLACE, NAME = st.integers(0, 60), st.sampled_from(NAMES)
SAYING = st.tuples(st.sampled_from(WORDS), st.sampled_from([*NAMES, None]))
ITSELF = {"utterance_id"}
"""What of a quote says with which others it stands: which of them was first may have to do with that."""


class Archivist(RuleBasedStateMachine):
    """Edits an archive through the API; `client` and `extractor` are its service."""

    client: Any
    extractor: Any

    def __init__(self) -> None:
        super().__init__()
        empty(self.client.app.state.settings)
        self.pages = 0
        self.before: dict[str, Any] | None = None
        """What there was before the last edit, where that can be undone at once."""

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def all_of(self, path: str, **query: Any) -> list[dict]:
        page = self.get(path, limit=200, **query)
        assert page["next"] is None
        return page["items"]

    def one_of(self, path: str, place: int, **query: Any) -> dict | None:
        items = self.all_of(path, **query)
        return items[place % len(items)] if items else None

    def shown(self) -> dict[str, Any]:
        """All that people see of the archive and may edit."""
        quotes = [one for status in ("found", "confirmed", "rejected") for one in self.all_of("/quotes", status=status)]
        speakers = {
            one["id"]: {**one, "aliases": sorted(alias["name"] for alias in one["aliases"])}
            for one in self.all_of("/speakers")
        }
        said = {one["id"]: {name: value for name, value in one.items() if name not in ITSELF} for one in quotes}
        return {"speakers": speakers, "quotes": said, "articles": self.all_of("/articles")}

    def edit(self, method: str, path: str, **sent: Any) -> None:
        """Send an edit; one that is refused changes nothing, and one that changes anything is in the trail."""
        before, trail = self.shown(), len(self.all_of("/changes"))
        answer = self.client.request(method, path, headers=EDIT, **sent)
        assert answer.status_code < 300 or answer.status_code in (404, 409, 422), answer.text
        after, grown = self.shown(), len(self.all_of("/changes")) - trail
        assert (before == after) or grown == 1, f"{method} {path} left no trace"
        assert grown == 0 or answer.status_code < 300
        self.before = before if grown else None

    @rule(said=st.lists(SAYING, max_size=3), date=st.sampled_from(DATES))
    def post(self, said: list[tuple[str, str | None]], date: str | None) -> None:
        self.pages += 1
        signed = " ".join(f"“{words}”" + (f" said {name}." if name else "") for words, name in said)
        page = {"text": f"Page {self.pages}. {signed}", "language": "en"} | ({"published_at": date} if date else {})
        assert self.client.post("/articles", json=page).status_code == 201
        self.before = None

    @rule(place=PLACE, into=PLACE)
    def merge(self, place: int, into: int) -> None:
        speakers = self.all_of("/speakers")
        if speakers:
            one, other = (speakers[each % len(speakers)]["id"] for each in (place, into))
            self.edit("POST", f"/speakers/{one}/merge", json={"into": other})

    @rule(place=PLACE, name=NAME)
    def split(self, place: int, name: str) -> None:
        quote = self.one_of("/quotes", place)
        if quote and quote["speaker"]:
            self.edit("POST", f"/speakers/{quote['speaker']['id']}/split", json={"name": name, "quotes": [quote["id"]]})

    @rule(place=PLACE, name=NAME, path=st.sampled_from(["", "/aliases"]))
    def name(self, place: int, name: str, path: str) -> None:
        if speaker := self.one_of("/speakers", place):
            self.edit("POST" if path else "PATCH", f"/speakers/{speaker['id']}{path}", json={"name": name})

    @rule(place=PLACE, other=PLACE)
    def take_name(self, place: int, other: int) -> None:
        if speaker := self.one_of("/speakers", place):
            alias = speaker["aliases"][other % len(speaker["aliases"])]["name"]
            self.edit("DELETE", f"/speakers/{speaker['id']}/aliases", params={"name": alias})

    @rule(place=PLACE, speaker=PLACE | st.none(), status=st.sampled_from(["confirmed", "rejected", None]))
    def correct(self, place: int, speaker: int | None, status: str | None) -> None:
        if quote := self.one_of("/quotes", place):
            known = None if speaker is None else self.one_of("/speakers", speaker)
            said = {"speaker_id": known and known["id"]} | ({"status": status} if status else {})
            self.edit("PATCH", f"/quotes/{quote['id']}", json=said)

    @rule(place=PLACE, date=st.sampled_from(DATES))
    def date(self, place: int, date: str | None) -> None:
        if article := self.one_of("/articles", place):
            self.edit("PATCH", f"/articles/{article['id']}", json={"published_at": date})

    @rule(place=PLACE, left_out=st.integers(0, 3))
    def read_again(self, place: int, left_out: int) -> None:
        if article := self.one_of("/articles", place):
            text = self.get(f"/articles/{article['id']}")["text"]
            found = [quote_of(match) for match in re.finditer(SAID, text)]
            kept = tuple(one for index, one in enumerate(found) if index != left_out)
            self.extractor.answers[text] = Extraction("en", kept, "said-2", ())
            assert self.client.post(f"/articles/{article['id']}/reextract").status_code == 200
            self.before = None

    @rule(place=PLACE)
    def remove(self, place: int) -> None:
        if article := self.one_of("/articles", place):
            self.edit("DELETE", f"/articles/{article['id']}")
            self.before = None

    @rule(place=PLACE)
    def undo_any(self, place: int) -> None:
        if change := self.one_of("/changes", place):
            self.edit("POST", f"/changes/{change['id']}/undo")
            self.before = None

    @precondition(lambda self: self.before)
    @rule()
    def undo_at_once(self) -> None:
        before = self.before
        self.edit("POST", f"/changes/{self.all_of('/changes')[0]['id']}/undo")
        assert self.shown() == before
        self.before = None

    @invariant()
    def counts_are_those_of_the_lists(self) -> None:
        quotes, speakers = self.all_of("/quotes"), self.all_of("/speakers")
        by_speaker = Counter(one["speaker"] and one["speaker"]["id"] for one in quotes)
        known = {one["id"]: one["quote_count"] for one in speakers}
        assert known == {one: by_speaker[one] for one in known} and set(by_speaker) <= {*known, None}
        facets = self.get("/quotes/facets", limit=100)
        assert {one["speaker"] and one["speaker"]["id"]: one["count"] for one in facets["speakers"]} == by_speaker
        by_article = Counter(one["article"]["id"] for one in quotes)
        assert all(one["quote_count"] == by_article[one["id"]] for one in self.all_of("/articles"))
        for one in speakers:
            timeline = self.get(f"/speakers/{one['id']}/timeline")
            assert sum(item["count"] for item in timeline["items"]) + timeline["undated"] == one["quote_count"]
            assert one["name"] in {alias["name"] for alias in one["aliases"]}

    @invariant()
    def what_is_stored_is_found(self) -> None:
        quotes = self.all_of("/quotes")
        for speaker in self.all_of("/speakers"):
            theirs = {one["id"] for one in quotes if one["speaker"] and one["speaker"]["id"] == speaker["id"]}
            for name in (speaker["id"], *(alias["name"] for alias in speaker["aliases"])):
                assert theirs <= {one["id"] for one in self.all_of("/quotes", speaker=name)}
        said = {one["id"] for one in quotes if "harbour" in one["text"]}
        assert said == {one["id"] for one in self.all_of("/quotes", q='"harbour"')}

    @invariant()
    def an_utterance_is_of_one_speaker(self) -> None:
        quotes = self.all_of("/quotes")
        told = {(one["utterance_id"], one["speaker"]["id"]) for one in quotes if _is_known(one)}
        assert max(Counter(utterance for utterance, _ in told).values(), default=1) == 1
        assert len(self.all_of("/quotes", group="utterance")) == len({one["utterance_id"] for one in quotes})


def _is_known(quote: dict) -> bool:
    return bool(quote["speaker"]) and quote["speaker"]["kind"] in ("person", "organization")


def test_counts_lists_search_and_undoing_agree_whatever_people_do(client, extractor):
    machine = type("Edits", (Archivist,), {"client": client, "extractor": extractor})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    limits = settings(max_examples=4, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(machine, settings=limits)

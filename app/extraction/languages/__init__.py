"""What a language's data file tells: its cue words, titles, pronouns and small words.

One TOML file a language; adding a language adds a file. The words are folded to lower case with `’` as `'`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
UNKNOWN = "und"
"""The file for languages that have none: ISO 639-2's code for an undetermined language."""
SHORTEST_NOUN = 5
"""Letters of a noun that a compound may end with: shorter ones end too many words by chance."""
LONGEST_NOUN = 24
SHORTEST_MODIFIER = 3
"""Letters of a compound before its last noun."""


@dataclass(frozen=True, slots=True)
class Language:
    """The closed word classes that the rules of attribution stand on.

    `cues` report speech (`said`); `sources` lead to a source without a verb (`according to`); `afterthoughts` follow it
    (German `zufolge`). `pronouns` map to `m`, `f`, `n` (a thing), `p` (several), `s` (the writer) or `u` (a person,
    gender not told). `roles` are nouns for a person's office or trade, `hypernyms` those of them that fit holders of
    many offices (`leader`), `documents` for what can be read aloud, `groups` for several people, `organizations` for
    bodies that speak. `between` are words that stand between a subject and its verb; `fused` are prepositions that hold
    an article (`del`). `incises` tells that narration stands inside the marks (`«A, — said B, — C»`), `drops_subjects`
    that a verb may stand without its subject (`ha detto`), `compounds` that nouns are written together with what
    narrows them, so that a word ends with its head noun (`Umweltministerin`).

    `possessives` are determiners that name somebody by another person (`his`). `epithets` are roles by which the news
    calls a person it has told of before, whatever the office: by trade, party, country (`the singer`, `der Finne`).
    `ages` follow a number of years in a word joined by a hyphen (`year-old` in `61-year-old`). `person_endings` end
    nouns that are persons for certain (German `-erin`). `genders` tells what a determiner says of a subject it leads
    (`der` m, `die` f); what a role itself tells comes first.
    """

    code: str
    name: str
    measured: bool
    cues: frozenset[str]
    sources: frozenset[tuple[str, ...]]
    afterthoughts: frozenset[str]
    pronouns: Mapping[str, str]
    relatives: frozenset[str]
    titles: Mapping[str, str]
    roles: frozenset[str]
    hypernyms: frozenset[str]
    documents: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    determiners: frozenset[str]
    indefinites: frozenset[str]
    prepositions: frozenset[str]
    openers: frozenset[str]
    between: frozenset[str]
    particles: frozenset[str]
    fused: frozenset[str]
    capitalized: frozenset[str]
    abbreviations: frozenset[str]
    adverb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    capitalizes_nouns: bool = False
    elides: bool = False
    articles: bool = True
    incises: bool = False
    drops_subjects: bool = False
    compounds: bool = False
    possessives: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    epithets: frozenset[str] = frozenset()
    person_endings: tuple[str, ...] = ()
    genders: Mapping[str, str] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    """Every listed noun and title."""

    def noun_of(self, word: str) -> str:
        """The folded word; of a compound that no list holds, the listed noun that it ends with."""
        if not self.compounds or word in self.nouns or word in self.capitalized:
            return word
        shortest = max(SHORTEST_MODIFIER, len(word) - LONGEST_NOUN)
        ends = (word[cut:] for cut in range(shortest, len(word) - SHORTEST_NOUN + 1))
        return next((end for end in ends if end in self.nouns), word)


def fold(word: str) -> str:
    """The form in which words are looked up: lower case, one kind of apostrophe."""
    return word.lower().replace("’", "'")


def _words(value: str) -> frozenset[str]:
    return frozenset(fold(value).split())


def _genders(table: Mapping[str, str]) -> dict[str, str]:
    return {word: gender for gender, words in table.items() for word in _words(words)}


def _phrases(value: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(line).split()) for line in value.strip().splitlines() if line.strip())


@cache
def codes() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a data file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != UNKNOWN))


@cache
def load(code: str) -> Language:
    """The data of one language; a language without a file gets the empty one."""
    code = code if code in codes() else UNKNOWN
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    titles = _genders(data["titles"])
    plain = {key: _words(data.get(key, "")) for key in _PLAIN}
    return Language(
        code=code,
        name=data["name"],
        measured=data.get("measured", False),
        capitalizes_nouns=data.get("capitalizes_nouns", False),
        elides=data.get("elides", False),
        articles=data.get("articles", True),
        incises=data.get("incises", False),
        drops_subjects=data.get("drops_subjects", False),
        adverb_endings=tuple(data.get("adverb_endings", "").split()),
        participle_endings=tuple(data.get("participle_endings", "").split()),
        compounds=data.get("compounds", False),
        person_endings=tuple(data.get("person_endings", "").split()),
        genders=_genders(data.get("genders", {})),
        sources=_phrases(data["sources"]),
        pronouns=_genders(data["pronouns"]),
        titles=titles,
        **plain | {"roles": plain["roles"] | plain["epithets"]},
        nouns=frozenset().union(*(plain[key] for key in _NOUNS), titles),
    )


_PLAIN = [each.name for each in fields(Language) if each.type == "frozenset[str]" and each.name != "nouns"]
_NOUNS = ("roles", "epithets", "documents", "groups", "organizations")

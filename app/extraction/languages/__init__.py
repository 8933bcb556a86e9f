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


@dataclass(frozen=True, slots=True)
class Language:
    """The closed word classes that the rules of attribution stand on.

    `cues` report speech (`said`); `sources` lead to a source without a verb (`according to`); `afterthoughts` follow it
    (German `zufolge`). `pronouns` map to `m`, `f`, `n` (a thing), `p` (several), `s` (the writer) or `u` (a person,
    gender not told). `roles` are nouns for a person's office or trade, `hypernyms` those of them that fit holders of
    many offices (`leader`), `documents` for what can be read aloud, `groups` for several people, `organizations` for
    bodies that speak. `between` are words that stand between a subject and its verb; `fused` are prepositions that hold
    an article (`del`). `incises` tells that narration stands inside the marks (`«A, — said B, — C»`), `drops_subjects`
    that a verb may stand without its subject (`ha detto`). `postmodifies` tells that a noun stands before what
    describes it (`il ministro della Difesa`): the first noun of a phrase is its head, and one of the `complements`
    leads to what belongs to it. `prefixes` stand before the noun all the same (`ex`), `adjective_endings` are those
    of small words within the name of a body (`Corte suprema`). A cue word is no verb behind one of the
    `noun_markers` (`in risposta`), nor are the `cue_nouns` behind a determiner (`la replica`) and the
    `cue_adjectives` behind a role (`procuratore aggiunto`). `leading_sources` are sources where they begin a
    sentence (`Per Rossi, …`). `determiner_genders` tell the gender of the person behind them (`la portavoce`), but
    for `epicenes` (`la vittima`). `clitics` are pronouns that look like determiners (`lo dice`). A cue word with
    one of the `past_endings` is a verb of saying behind one of the `auxiliaries` only, and none behind `passives`
    (`è stato detto`). `reading` are cue words of who reads: their source is the text.
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
    postmodifies: bool = False
    complements: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    adjective_endings: tuple[str, ...] = ()
    noun_markers: frozenset[str] = frozenset()
    cue_nouns: frozenset[str] = frozenset()
    cue_adjectives: frozenset[str] = frozenset()
    leading_sources: frozenset[str] = frozenset()
    epicenes: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    past_endings: tuple[str, ...] = ()
    determiner_genders: Mapping[str, str] = field(default_factory=dict)

    def reports(self, word: str, before: str) -> bool:
        """Is this folded word a verb of saying, seeing the folded word before it?"""
        if word not in self.cues or before in self.noun_markers:
            return False
        is_noun = word in self.cue_nouns and before in self.determiners
        return not (is_noun or (word in self.cue_adjectives and before in self.roles))


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
        postmodifies=data.get("postmodifies", False),
        adjective_endings=tuple(data.get("adjective_endings", "").split()),
        past_endings=tuple(data.get("past_endings", "").split()),
        determiner_genders=_genders(data.get("determiner_genders", {})),
        participle_endings=tuple(data.get("participle_endings", "").split()),
        sources=_phrases(data["sources"]),
        pronouns=_genders(data["pronouns"]),
        titles=_genders(data["titles"]),
        **plain,
    )


_PLAIN = [kept.name for kept in fields(Language) if kept.type == "frozenset[str]"]

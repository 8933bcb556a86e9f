"""What a language's data file tells: its cue words, titles, pronouns and small words.

One TOML file a language; adding a language adds a file. The words are folded to lower case with `’` as `'`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
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
    that a verb may stand without its subject (`ha detto`).

    `genders` tell the gender of persons' nouns (from the table `persons`, whose words are roles) and of determiners
    (from the table `agreeing`: `la ministre` is a woman). `demonyms` are persons only straight behind a determiner (`le
    Suédois`), as are words with `person_endings` (`la romancière`) that are not among `things`. `preposed` adjectives
    may stand between. `genitives` are the prepositions that lead a noun's complement (`el ministro de Exteriores`),
    `adjective_endings` tell an adjective behind its noun (`le ministre béninois`). `enclitics` are subjects tied to
    their verb with a hyphen (`explique-t-il`), `clitics` the determiners that are object pronouns, too (`la définit`),
    `datives` other object pronouns (`lui répond`): a cue word behind any other determiner or behind a preposition is a
    noun (`une annonce`). `views` are prepositions that name whose view a sentence tells, where they open it (`Pour la
    ministre, …`). `free_verbs` tells that any verb straight behind a quotation and before its subject is one of saying
    (`« … », élude le maire`).
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
    genders: Mapping[str, str]
    demonyms: frozenset[str]
    preposed: frozenset[str]
    genitives: frozenset[str]
    things: frozenset[str]
    enclitics: frozenset[str]
    clitics: frozenset[str]
    datives: frozenset[str]
    views: frozenset[str]
    person_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    free_verbs: bool = False
    capitalizes_nouns: bool = False
    elides: bool = False
    articles: bool = True
    incises: bool = False
    drops_subjects: bool = False


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
    plain = {key: _words(data.get(key, "")) for key in _PLAIN if key != "demonyms"}
    persons, demonyms = _genders(data.get("persons", {})), _genders(data.get("demonyms", {}))
    plain["demonyms"] = frozenset(demonyms)
    plain["roles"] |= frozenset(persons)
    plain["hypernyms"] |= plain["demonyms"]
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
        person_endings=tuple(data.get("person_endings", "").split()),
        adjective_endings=tuple(data.get("adjective_endings", "").split()),
        free_verbs=data.get("free_verbs", False),
        genders=_genders(data.get("agreeing", {})) | persons | demonyms,
        sources=_phrases(data["sources"]),
        pronouns=_genders(data["pronouns"]),
        titles=_genders(data["titles"]),
        **plain,
    )


_PLAIN = [field.name for field in fields(Language) if field.type == "frozenset[str]"]

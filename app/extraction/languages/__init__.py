"""What a language's data file tells: its cue words, titles, pronouns and small words.

One TOML file a language; adding a language adds a file. The words are folded to lower case with `’` as `'`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NO_FORMS = "!"
"""In a file of forms: the noun lacks this number."""
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

    A language that inflects its nouns names a `morphology`; its lists of nouns then hold nominatives in the singular
    (`groups` in the plural), all other forms of the file `*.forms` beside join them, plurals of roles join the groups,
    and `lemmas` leads from each form to its nominative. `governs` tells the cases of what stands behind a preposition
    or the noun of a source. `possessives` are those of the pronouns that stand before a noun, too (`её лидер`);
    `impersonal_endings` those of verbs that need no subject where a body speaks (`сообщили в ведомстве`).
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
    morphology: str = ""
    possessives: frozenset[str] = frozenset()
    impersonal_endings: tuple[str, ...] = ()
    governs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lemmas: Mapping[str, str] = field(default_factory=dict)


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
    language = Language(
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
        sources=_phrases(data["sources"]),
        pronouns=_genders(data["pronouns"]),
        titles=_genders(data["titles"]),
        morphology=data.get("morphology", ""),
        impersonal_endings=tuple(data.get("impersonal_endings", "").split()),
        governs=_cases(data.get("governs", {})),
        **plain,
    )
    forms = FOLDER / f"{code}.forms"
    return _in_all_forms(language, _lexemes(forms)) if forms.exists() else language


def _cases(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    words = {word for listed in table.values() for word in _words(listed)}
    return {word: frozenset(case for case, listed in table.items() if word in _words(listed)) for word in words}


def _lexemes(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The singular and plural forms of each nominative; `training/forms.py` says how the file is written."""
    lexemes: dict[str, tuple[list[str], list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        stem, *numbers = line.split(" ")
        singular, plural = ([stem + ending for ending in e.split(",")] if e != NO_FORMS else [] for e in numbers)
        lexemes[(singular or plural)[0]] = singular, plural
    return lexemes


def _in_all_forms(language: Language, lexemes: Mapping[str, tuple[list[str], list[str]]]) -> Language:
    """The lists of nouns with every form of theirs; a form that another list writes out stays with that one."""
    taken = frozenset().union(*(getattr(language, name) for name in (*NOUNS, *_SMALL_WORDS)))
    lemmas = {word: word for name in NOUNS for word in getattr(language, name)}
    changed: dict[str, frozenset[str]] = {}
    for name in NOUNS:
        listed = sorted(getattr(language, name))
        forms = [lexemes[word][name == "groups"] for word in listed if word in lexemes]
        if name == "groups":
            forms += [lexemes[role][1] for role in sorted(language.roles & lexemes.keys())]
        found = {form: of[0] for of in forms for form in of if form not in taken and form not in lemmas}
        changed[name] = frozenset([*listed, *found])
        lemmas |= found
    titles = {form: language.titles[word] for form, word in lemmas.items() if word in language.titles}
    hypernyms = frozenset(form for form, word in lemmas.items() if word in language.hypernyms)
    return replace(language, **changed, titles={**language.titles, **titles}, hypernyms=hypernyms, lemmas=lemmas)


NOUNS = ("roles", "documents", "organizations", "groups")
_SMALL_WORDS = (
    "cues",
    "afterthoughts",
    "relatives",
    "determiners",
    "prepositions",
    "openers",
    "between",
    "capitalized",
)
_PLAIN = [each.name for each in fields(Language) if each.type == "frozenset[str]"]

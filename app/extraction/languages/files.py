"""Reads the data files of languages: `xx.toml`, one a language, and `xx.forms` where it inflects its nouns."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.extraction.languages.language import Language, fold

FOLDER = Path(__file__).parent
UNKNOWN = "und"
"""The file for languages that have none: ISO 639-2's code for an undetermined language."""
NO_FORMS = "!"
"""In a file of forms: the noun lacks this number."""
SHORTEST_PREFIXED = 4
"""Letters of an office that a prefix is joined to: shorter ones make too many other words."""
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


@cache
def codes() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a data file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != UNKNOWN))


@cache
def load(code: str) -> Language:
    """The data of one language; a language without a file gets the empty one."""
    code = code if code in codes() else UNKNOWN
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")) | {"code": code}
    language = Language(**{each.name: _value(each, data) for each in fields(Language) if _is_told(each, data)})
    language = replace(
        language,
        roles=language.roles.union(language.epithets, language.strangers, language.persons, *language.broader.values()),
        hypernyms=language.hypernyms.union(language.demonyms),
    )
    language = _with_prefixes(language)
    forms = FOLDER / f"{code}.forms"
    language = _in_all_forms(language, _lexemes(forms)) if forms.exists() else language
    return replace(language, nouns=frozenset(language.titles).union(*(getattr(language, name) for name in NOUNS)))


def _is_told(each: Field[Any], data: Mapping[str, Any]) -> bool:
    return each.name in data or (each.default is MISSING and each.default_factory is MISSING)


def _value(each: Field[Any], data: Mapping[str, Any]) -> Any:
    """The value of a field as the file tells it; a list that the file leaves out is empty."""
    read = _READERS[str(each.type)]
    return read(data.get(each.name, {} if "Mapping" in str(each.type) else ""))


def _words(value: str) -> frozenset[str]:
    return frozenset(fold(value).split())


def _genders(table: Mapping[str, str]) -> dict[str, str]:
    return {word: gender for gender, words in table.items() for word in _words(words)}


def _phrases(value: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(line).split()) for line in value.strip().splitlines() if line.strip())


def _cases(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    words = {word for listed in table.values() for word in _words(listed)}
    return {word: frozenset(case for case, listed in table.items() if word in _words(listed)) for word in words}


def _endings(value: str) -> tuple[str, ...]:
    return tuple(value.split())


_READERS: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "str": str,
    "frozenset[str]": _words,
    "tuple[str, ...]": _endings,
    "frozenset[tuple[str, ...]]": _phrases,
    "Mapping[str, str]": _genders,
    "Mapping[str, frozenset[str]]": _cases,
}
"""How a value is read from the file, by the type of its field."""


def _with_prefixes(language: Language) -> Language:
    """The language with the offices that prefixes make, but for words that a list holds already (Spanish `expresa`)."""
    taken = frozenset(language.titles).union(*(getattr(language, name) for name in (*NOUNS, *_SMALL_WORDS)))
    stems = [word for word in language.roles.union(language.titles) if len(word) >= SHORTEST_PREFIXED]
    made = {prefix + stem: (prefix, stem) for prefix in sorted(language.prefixes) for stem in stems}
    made = {word: parts for word, parts in made.items() if word not in taken}
    changed: dict[str, Any] = {}
    for name in ("roles", "hypernyms", "epithets"):
        listed = getattr(language, name)
        changed[name] = listed.union(word for word, (_, stem) in made.items() if stem in listed)
    for name in ("titles", "persons"):
        table = getattr(language, name)
        changed[name] = {**table, **{word: table[stem] for word, (_, stem) in made.items() if stem in table}}
    lemmas = language.lemmas
    named = {word: prefix + lemmas[stem] for word, (prefix, stem) in made.items() if stem in lemmas}
    return replace(language, **changed, lemmas={**lemmas, **named})


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
    titles = {**language.titles, **titles}
    for name in ("hypernyms", "epithets", "strangers"):
        changed[name] = frozenset(form for form, word in lemmas.items() if word in getattr(language, name))
    lemmas = {form: language.lemmas.get(word, word) for form, word in lemmas.items()}
    return replace(language, **changed, titles=titles, lemmas=lemmas)

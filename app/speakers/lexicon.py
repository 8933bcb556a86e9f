"""What is known of names: titles, family names that stand first, spellings and short forms; see naming.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.extraction import languages
from app.extraction.names.given_names import all_names
from app.speakers.identity import words_of

SHORTEST_TITLE = 4
"""Letters of a title of any language; a shorter one is a name elsewhere (Spanish `Ing.`, Tsai Ing-wen)."""


@cache
def _data() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("naming.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(folded for word in _data()[name].split() for folded in words_of(word, closely=True))


def is_of_many(organization: str) -> bool:
    """Is it the name of a body of which many countries, towns or fields have one, such as `Foreign Ministry`?"""
    words = {*words_of(organization, closely=True)} - listed("small") - listed("particles")
    is_plain = bool(words & listed("bodies")) or len(words) == 1
    return is_plain and words <= listed("bodies") | listed("fields")


@cache
def titles() -> frozenset[str]:
    """Words that may stand before a name, in every language there is a data file of."""
    known = (title for code in languages.codes() for title in languages.load(code).titles)
    words = (word for title in known for word in words_of(title))
    return listed("titles") | frozenset(word for word in words if len(word) >= SHORTEST_TITLE)


@cache
def _genders() -> Mapping[str, str]:
    return {folded: gender for name, gender in all_names().items() for folded in words_of(name, closely=True)[:1]}


def gender_of(given_name: str) -> str:
    """`m`, `f`, or empty where the folded name does not tell."""
    return _genders().get(given_name, "")


@cache
def _groups(name: str) -> Mapping[str, frozenset[str]]:
    lines = [
        [folded for word in line.split() for folded in words_of(word, closely=True)]
        for line in _data()[name].splitlines()
    ]
    found: dict[str, frozenset[str]] = {}
    for first, *rest in filter(None, lines):
        found[first] = found.get(first, frozenset()) | {*rest}
    return found


@cache
def _spelling() -> Mapping[str, str]:
    """The usual form of a word, by its other spellings and by its short forms."""
    usual = {word: first for first, words in _groups("spellings").items() for word in words}
    return {short: usual.get(full, full) for short, (full,) in _groups("nicknames").items()} | usual


def usual(word: str) -> str:
    """The form that stands for every spelling and plain short form of this name."""
    return _spelling().get(word, word)


def may_be_short(one: str, other: str) -> bool:
    """Is one of these a short form that the other may have, or both of a third?"""
    return other in _full(one) or one in _full(other)


def _full(short: str) -> frozenset[str]:
    return frozenset(usual(word) for word in _groups("shared").get(short, ()))

"""A quote's words as they are compared: folded, and with a gap wherever an editor says that they are not the speaker's.

An ellipsis leaves words out (`we will … stay`), square brackets put others in (`[the harbour] stays`): both stand for
any words. Brackets inside a word only change its form and are dropped (`[T]he`, `harbour[s]`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from app.search.words import MAX_INDEXED, located

GAP = ""
IN_A_WORD = re.compile(r"\[(\w{1,20})\](?=\w)|(?<=\w)\[(\w{1,20})\]")
EDITED = re.compile(r"\[[^\[\]]{0,300}\]|…|\.(?:\s?\.){2,}")
FEWEST_WORDS, FEWEST_LETTERS = 5, 10
"""A shorter quote (“Yes we can”) is said again and again: its words alone do not tell that it is the same one."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a quote, each folded and as it was written, with `GAP` where an editor left out or put in some."""

    folded: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, gaps left out."""
        return tuple(filter(None, self.folded))

    @property
    def is_short(self) -> bool:
        """Whether too little is said to know it again by its words."""
        words = self.words
        return len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS

    def digest(self, *more: str) -> str:
        """A stable name for these words, and for whatever else is given: 128 bits in hexadecimal."""
        return blake2b("\n".join((" ".join(self.words), *more)).encode(), digest_size=16).hexdigest()


def wording(text: str) -> Wording:
    """The wording of a quote's text."""
    pairs = list(_pairs(IN_A_WORD.sub(r"\1\2", text[:MAX_INDEXED])))
    return Wording(tuple(folded for folded, _ in pairs), tuple(written for _, written in pairs))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    for edited in EDITED.finditer(text):
        yield from _located(text[place : edited.start()])
        yield GAP, GAP
        place = edited.end()
    yield from _located(text[place:])


def _located(text: str) -> Iterator[tuple[str, str]]:
    words = located(text)
    yield from zip(words.folded, (text[start:end] for start, end in words.places), strict=True)

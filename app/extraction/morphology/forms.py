"""What a dictionary of word forms tells of a word, whatever the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

NOMINATIVE = "nomn"
CASES = (NOMINATIVE, "gent", "datv", "accs", "ablt", "loct")
"""The cases by the names of OpenCorpora: the nominative, and the oblique ones as prepositions govern them."""
GIVEN, KNOWN, LIKELY, GUESSED, FIXED = 4, 3, 2, 1, 0
"""How far a form is to be trusted: a given name or patronymic, another name of the dictionary, a name by its ending
(`-ов`), another noun or a guess by a foreign name's ending, and a foreign name taken as not inflected at all.
"""


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word in the singular; all in small letters."""

    nominative: str
    case: str
    gender: str
    """`m` or `f`."""
    trust: int


class Morphology(Protocol):
    """What a language's dictionary of word forms is asked."""

    def name_forms(self, word: str) -> Sequence[Form]:
        """What this word may be as part of a person's name; empty where nothing can be told."""
        ...

    def shared_forms(self, word: str) -> Sequence[Form]:
        """What this word may be behind a given name as the surname of several, in the singular (`Анна Котовы`)."""
        ...

    def noun_cases(self, word: str) -> frozenset[str]:
        """The cases in which this noun or adjective may stand, in the singular or plural."""
        ...

    def holder_cases(self, word: str) -> frozenset[str]:
        """The cases in which this noun may stand for one person; none for a plural (`директора` is a genitive)."""
        ...

    def adjective_cases(self, word: str) -> frozenset[str]:
        """The cases in which this word may stand as an adjective; none where it is none."""
        ...

    def is_belonging(self, word: str) -> bool:
        """Does the dictionary hold this word as a genitive, and as no nominative singular and no person's name?"""
        ...

    def is_place(self, word: str) -> bool:
        """Does the dictionary hold this word as a country or a town, and hardly ever as a person's name?"""
        ...

    def is_nominal(self, word: str) -> bool:
        """May this word be a noun, an adjective or a numeral? Yes for a word that is not known."""
        ...

    def verb_gender(self, word: str) -> str:
        """`m` or `f` where the word is a verb form that tells its subject's gender (`сказала`), else empty."""
        ...

    def is_plural_verb(self, word: str) -> bool:
        """Is this a verb form whose subject are several (`сообщили`)?"""
        ...

    def phrase(self, words: Sequence[str], head: int) -> list[str]:
        """These words with the noun at `head` and the adjectives straight before it in the nominative."""
        ...


def capitalized_like(written: str, word: str) -> str:
    """The word with capitals where the written form has them, part by part of a hyphenated one."""
    if written.isupper() and len(written) > 1:
        return word.upper()
    ours, theirs = word.split("-"), written.split("-")
    if len(ours) != len(theirs):
        return word.capitalize() if written[:1].isupper() else word
    return "-".join(o.capitalize() if t[:1].isupper() else o for o, t in zip(ours, theirs, strict=True))

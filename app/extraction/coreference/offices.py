"""Which offices the words of a description name, and whether two descriptions can be one person's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.extraction.languages import Language
from app.extraction.mentions.mention import FORMER, Description

STEM = 4
"""Letters two words of a description must share (`Russia`, `Russian`)."""


class Fit(NamedTuple):
    """How well a role fits somebody, the surest sign first."""

    age: bool = False
    office: bool = False
    now: bool = False
    """Whether the office is over for both or for neither."""
    words: int = 0
    """How many words of both are alike."""


NO_FIT = Fit()


@dataclass(frozen=True, slots=True)
class Offices:
    """Compares offices by what a language's file tells of their nouns."""

    language: Language

    def fit(self, role: Description, known: Description) -> Fit:
        """By age, by office and by like words."""
        heads = [head for head in role.heads if self._noun(head) in self.language.roles]  # not `prime`
        shared = self._shared(heads, known.heads)
        age = bool(role.age and role.age == known.age)
        return Fit(age, bool(shared), _are_of_one_time(shared), likeness(role.words, known.words))

    def may_be(self, role: Description, known: Description) -> bool:
        """Can somebody known as this hold that role? Another age, office, portfolio or country says no."""
        if role.age and known.age:
            return role.age == known.age
        offices, held = self.of(role), self.of(known)
        shared = self._shared(offices, held)
        portfolios = [each.words & self.language.portfolios for each in (role, known)]
        other_portfolio = all(portfolios) and portfolios[0].isdisjoint(portfolios[1])
        other_office = offices and held and (not shared or other_portfolio)
        other_country = role.proper and known.proper and not likeness(role.proper, known.proper)
        return not (other_office or other_country)

    def may_also_be(self, role: Description, known: Description) -> bool:
        """Is this no other office than the known one, though perhaps a trade beside it (`the engineer`)?"""
        return self.may_be(role, known) or not any(
            self.language.titles.get(self._noun(head)) == "u" for head in role.heads
        )

    def of(self, description: Description) -> list[str]:
        """The heads that only one office or kinship has."""
        vague = self.language.hypernyms | self.language.epithets
        nouns = ((head, self._noun(head)) for head in description.heads)
        return [head for head, noun in nouns if noun in self.language.roles and noun not in vague]

    def same(self, one: str, other: str) -> bool:
        """Are these one word, is one the other's head noun (`Minister` for `Umweltminister`), or a broader word?

        Whoever held an office before is still called by it.
        """
        broader, one, other = self.language.broader, held(one), held(other)
        if one == other or self._shortens(one, other) or self._shortens(other, one):
            return True
        if one in broader.get(other, ()) or other in broader.get(one, ()):
            return True
        return self.language.compounds and (one.endswith(other) or other.endswith(one))

    def now(self, role: Description, known: Description) -> bool:
        """Have they an office in common that is over for both or for neither?"""
        return _are_of_one_time(self._shared(self.of(role), known.heads))

    def _shared(self, heads: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs of heads that name the same office."""
        return [(one, other) for one in heads for other in others if self.same(one, other)]

    def _noun(self, head: str) -> str:
        """The noun of an office, be it over or altered (`mayor` of `ex-deputy-mayor`)."""
        before, _, noun = held(head).partition("-")
        return self.language.noun_of(noun if before in self.language.altering else held(head))

    def _shortens(self, one: str, other: str) -> bool:
        """Is an altered office called by what alters it (`the deputy` of the deputy mayor)?"""
        return one in self.language.altering and other.startswith(f"{one}-")


def held(head: str) -> str:
    """The office that somebody holds or held (`mayor` of `ex-mayor`)."""
    return head.removeprefix(FORMER)


def is_over(head: str) -> bool:
    """Is this an office that was held before?"""
    return head.startswith(FORMER)


def _are_of_one_time(shared: Iterable[tuple[str, str]]) -> bool:
    """Is one of these offices over for both or for neither?"""
    return any(is_over(one) == is_over(other) for one, other in shared)


def likeness(words: Iterable[str], others: Iterable[str]) -> int:
    """How many of the words begin like one of the others."""
    stems = {other[:STEM] for other in others}
    return sum(word[:STEM] in stems for word in words)

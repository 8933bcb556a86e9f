"""Pull quotes: paragraphs that show, for the eye, words which the article quotes elsewhere with their speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.page.prose import Unit

_WORD = re.compile(r"\w+")
_FEWEST = 4
"""Words of a pull quote: fewer may be a cry said twice. By so many the places are found where it may be repeated."""
_MOST_PLACES = 5
"""Places looked at for each beginning: bounds the work on hostile text."""

_STOPPED = re.compile(r"[.!?…]\s?\W$")
_STOP = re.compile(r"[.!?…]|[,;]?\s?[\"”“»]|[,;][’']")
"""Where a sentence that is repeated whole ends: with a stop, or with the quotation that is no quotation's part."""

Words = list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """What follows in a paragraph from the beginning of a pull quote on."""

    text: str
    words: Sequence[re.Match[str]]

    def holds(self, unit: Unit, words: Words) -> bool:
        """Are these the words of the pull quote, and does its sentence end here as it does there?"""
        same = [word[0].lower() for word in self.words[: len(words)]] == words
        return same and (
            not _STOPPED.search(unit.text) or bool(_STOP.match(self.text, self.words[len(words) - 1].end()))
        )


def pull_quotes(units: Sequence[Unit]) -> Iterator[Unit]:
    """The paragraphs that are nothing but a quotation whose words another one holds among its own.

    None that the paragraph before leads to: there it is said.
    """
    led = {id(unit) for before, unit in pairwise(units) if before.text.endswith(":")}
    quotations = (unit for unit in units if unit.is_quotation and id(unit) not in led)
    shown = [(unit, words) for unit in quotations if len(words := _words(unit)) >= _FEWEST]
    beginnings: dict[tuple[str, ...], list[_Place]] = {tuple(words[:_FEWEST]): [] for _, words in shown}
    if not beginnings:
        return
    for unit in units[1:]:
        _note(unit, beginnings)
    for unit, words in shown:
        if any(place.holds(unit, words) for place in beginnings[tuple(words[:_FEWEST])]):
            yield unit


def _note(unit: Unit, beginnings: dict[tuple[str, ...], list[_Place]]) -> None:
    """Note wherever one of these beginnings stands in the prose, which a headline is not nor a quotation alone."""
    if unit.is_quotation or not unit.ends_sentence:
        return
    found = list(_WORD.finditer(unit.text))
    words = [word[0].lower() for word in found]
    for i in range(len(words) - _FEWEST + 1):
        places = beginnings.get(tuple(words[i : i + _FEWEST]))
        if places is not None and len(places) < _MOST_PLACES:
            places.append(_Place(unit.text, found[i:]))


def _words(unit: Unit) -> Words:
    return [word.lower() for word in _WORD.findall(unit.text)]

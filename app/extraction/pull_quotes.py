"""Pull quotes: paragraphs that show, for the eye, words which the article quotes elsewhere with their speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.extraction.prose import Unit

_WORD = re.compile(r"\w+")
_FEWEST = 4
"""Words of a pull quote: fewer may be a cry said twice. By so many the places are found where it may be repeated."""
_MOST_PLACES = 5
"""Places looked at for each beginning: bounds the work on hostile text."""

Words = list[str]


def pull_quotes(units: Sequence[Unit]) -> Iterator[Unit]:
    """The paragraphs that are nothing but a quotation whose words another one holds among its own."""
    shown = [(unit, words) for unit in units if unit.is_quotation and len(words := _words(unit)) >= _FEWEST]
    beginnings: dict[tuple[str, ...], list[Words]] = {tuple(words[:_FEWEST]): [] for _, words in shown}
    if not beginnings:
        return
    for unit in units:
        _note(unit, beginnings)
    for unit, words in shown:
        if any(rest[: len(words)] == words for rest in beginnings[tuple(words[:_FEWEST])]):
            yield unit


def _note(unit: Unit, beginnings: dict[tuple[str, ...], list[Words]]) -> None:
    """Note what follows wherever one of these beginnings stands in the paragraph, unless that is a quotation itself."""
    if unit.is_quotation:
        return
    words = _words(unit)
    for i in range(len(words) - _FEWEST + 1):
        places = beginnings.get(tuple(words[i : i + _FEWEST]))
        if places is not None and len(places) < _MOST_PLACES:
            places.append(words[i:])


def _words(unit: Unit) -> Words:
    return _WORD.findall(unit.text.lower())

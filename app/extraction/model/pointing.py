"""From chances of pieces to what the attribution model says of a quotation: words, phrases, all segments together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.extraction.document import Span
from app.extraction.model.pieces import Part, Pieces

LEAST = 0.003
"""Chances below this are left out."""
LONGEST_WORD = 60
"""Characters: bounds the work on hostile text."""
POSSESSIVE_MARKS = "'’"
IN_SOURCE, BEGINS_SOURCE, IN_CUE = 0, 1, 2
"""Columns of the tags."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pointing:
    """What the model says of one quotation."""

    is_quote: float
    """The chance that it reports speech."""
    source: list[tuple[Span, float]]
    """Words of the narration and their chance of naming the source; those of the likeliest stretch first."""
    nothing: float
    """The chance that nothing near it names a source."""
    cue: Span | None
    """The words that report it."""
    phrase: Span | None = None
    """The whole phrase that names the source around its best word."""
    chance: float = 0.0
    """The chance of the first word's stretch: of all likely words that stand side by side with it."""

    @classmethod
    def blank(cls) -> Pointing:
        """Of a quotation that does not stand in the paragraphs."""
        return cls(0.0, [], 1.0, None)


def read_out(text: str, pieces: Pieces, logit: float, source: Floats, cue: Floats, tags: Floats) -> Pointing:
    """The model's numbers for one placeholder in words of the text."""
    words, chance = _ranked(_words(text, pieces, source[:-1]))
    nothing = float(source[-1])
    reported = words and chance > nothing
    cues, cued = _ranked(_words(text, pieces, cue[:-1]))
    never = np.full(len(pieces), -1.0, np.float32)
    phrase = _whole_words(text, words[0][0]) if words else None
    if reported:
        phrase = _phrase(text, pieces, words[0][0], tags[:, IN_SOURCE], tags[:, BEGINS_SOURCE])
    return Pointing(
        is_quote=float(1 / (1 + np.exp(-logit))),
        source=words,
        nothing=nothing,
        cue=_phrase(text, pieces, cues[0][0], tags[:, IN_CUE], never) if cues and cued > cue[-1] else None,
        phrase=phrase,
        chance=chance,
    )


def _words(text: str, pieces: Pieces, chances: Floats) -> list[tuple[Span, float]]:
    """The likely pieces put together to words, in reading order."""
    found: list[tuple[Span, float]] = []
    for i in np.flatnonzero(chances >= LEAST):
        span, chance = _bare(text, int(pieces.start[i]), int(pieces.end[i])), float(chances[i])
        if found and found[-1][0].end == span.start and span.start == int(pieces.start[i]):
            span, chance = Span(found[-1][0].start, span.end), found.pop()[1] + chance
        if span.start < span.end:
            found.append((span, chance))
    return found


def _ranked(words: Sequence[tuple[Span, float]]) -> tuple[list[tuple[Span, float]], float]:
    """The words, likeliest stretch first and in it the likeliest word, and the chance of that stretch.

    `Maria` and `Bartiromo` share a chance, so that together they can win over one likelier word.
    """
    stretches: list[list[tuple[Span, float]]] = []
    for span, chance in sorted(words):
        if stretches and span.start - stretches[-1][-1][0].end <= 1:
            stretches[-1].append((span, chance))
        else:
            stretches.append([(span, chance)])
    stretches.sort(key=_sum, reverse=True)
    ranked = [word for stretch in stretches for word in sorted(stretch, key=lambda word: -word[1])]
    return ranked, _sum(stretches[0]) if stretches else 0.0


def _sum(words: Sequence[tuple[Span, float]]) -> float:
    return sum(chance for _, chance in words)


def _bare(text: str, start: int, end: int) -> Span:
    """Without white space at its beginning."""
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _phrase(text: str, pieces: Pieces, word: Span, inside: Floats, begins: Floats) -> Span:
    """The stretch of tagged pieces around a word."""
    own = np.flatnonzero((pieces.start < word.end) & (pieces.end > word.start) & (pieces.part == Part.NARRATION))
    tagged = (inside > 0) & (pieces.part == Part.NARRATION)
    first, last = int(own[0]), int(own[-1])
    while first and tagged[first - 1] and begins[first] < 0:
        first -= 1
    while last + 1 < len(pieces) and tagged[last + 1] and begins[last + 1] < 0:
        last += 1
    return _whole_words(text, _bare(text, int(pieces.start[first]), int(pieces.end[last])))


def _whole_words(text: str, span: Span) -> Span:
    """With the rest of the words at its ends, and with the word before a possessive mark."""
    start, end = span.start, span.end
    while start and span.start - start < LONGEST_WORD and _continues(text, start):
        start -= 1
    while end < len(text) and end - span.end < LONGEST_WORD and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _continues(text: str, start: int) -> bool:
    """Does a word go on at this place?"""
    return text[start - 1].isalnum() and (text[start].isalnum() or text[start] in POSSESSIVE_MARKS)


def together(told: Sequence[Pointing]) -> Pointing:
    """One pointing for a quotation of several segments: their mean."""
    if len(told) < 2:
        return told[0] if told else Pointing.blank()
    chances: dict[Span, float] = {}
    for pointing in told:
        for span, chance in pointing.source:
            chances[span] = chances.get(span, 0.0) + chance / len(told)
    words, chance = _ranked(list(chances.items()))
    best = max(told, key=lambda pointing: pointing.chance)
    return Pointing(
        is_quote=sum(pointing.is_quote for pointing in told) / len(told),
        source=words,
        nothing=sum(pointing.nothing for pointing in told) / len(told),
        cue=best.cue,
        phrase=best.phrase,
        chance=chance,
    )

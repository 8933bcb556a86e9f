"""Overlapping windows over the pieces of an article, around its quotations, and where pieces stand to one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.extraction.document import Span
from app.extraction.model.pieces import Ints, Part, Pieces

WINDOW, OVERLAP, CONTEXT = 510, 192, 160
"""Pieces a window holds, shares with the next at least, and keeps on either side of a quotation."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of pieces read at once, and the placeholders decided in it (indices of pieces)."""

    start: int
    end: int
    decided: tuple[int, ...]


def windows(length: int, places: Sequence[int]) -> Iterator[Window]:
    """Windows that give every placeholder its context; a placeholder is decided where it stands most central."""
    position = 0
    for first, last in _stretches(length, places):
        edges = covering(first, last)
        middles = [start + end for start, end in edges]
        limits = [(a + b) / 4 for a, b in pairwise(middles)] + [float(last)]
        for (start, end), limit in zip(edges, limits, strict=True):
            begin = position
            while position < len(places) and places[position] < limit:
                position += 1
            if begin < position:
                yield Window(start, end, tuple(int(place) for place in places[begin:position]))


def _stretches(length: int, places: Sequence[int]) -> list[tuple[int, int]]:
    """The neighbourhoods of the placeholders, those that touch joined."""
    found: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, int(place) - CONTEXT), min(length, int(place) + CONTEXT)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def covering(first: int, last: int) -> list[tuple[int, int]]:
    """Windows of one length that cover a stretch."""
    length = last - first
    count = 1 if length <= WINDOW else -(-(length - OVERLAP) // (WINDOW - OVERLAP))
    size = -(-(length + (count - 1) * OVERLAP) // count)
    starts = [first + round(i * (length - size) / max(1, count - 1)) for i in range(count)]
    return [(start, start + size) for start in starts]


NEAR = (-256, -192, -128, -96, -64, -48, -32, -24, -16, -12, -8, -6, -4, -3, -2, -1)
DISTANCES = np.array([*NEAR, 0, *(-edge + 1 for edge in reversed(NEAR))])
"""Bounds of the classes of distance, in pieces."""
PARAGRAPHS, BETWEEN = 9, 9
WORDS = np.array([2, 3, 4, 6, 9, 13, 21, 41])
"""Bounds of the classes of a quotation's length, in words."""


def relations(pieces: Pieces, places: Ints) -> tuple[Ints, Ints, Ints]:
    """How far each piece stands from each of these places: pieces, paragraphs and quotations between, as classes."""
    index = np.arange(len(pieces))
    counted = np.cumsum(pieces.part == Part.PLACEHOLDER)
    distance = np.searchsorted(DISTANCES, index[None] - places[:, None], side="right")
    paragraph = np.clip(pieces.paragraph[None] - pieces.paragraph[places][:, None], -6, 2) + 6
    between = np.clip(counted[None] - counted[places][:, None], -5, 3) + 5
    return distance.astype(np.int32), paragraph.astype(np.int32), between.astype(np.int32)


def length_class(text: str, segment: Span) -> int:
    """The class of a quotation's length."""
    return int(np.searchsorted(WORDS, len(segment.of(text).split()), side="right"))

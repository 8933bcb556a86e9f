"""Which predicted segment stands for which annotated one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.extraction.document import Span
from app.extraction.model.pieces import MARKS

LEAST_SHARED = 0.8
"""The least overlap, as a share of the union, at which two segments are taken for the same."""


def trim(text: str, span: Span) -> Span:
    """The span without marks and white space at its ends: whether these belong to a quote is a matter of taste."""
    start, end = span.start, span.end
    while start < end and _is_edge(text[start]):
        start += 1
    while start < end and _is_edge(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_edge(letter: str) -> bool:
    return letter in MARKS or letter.isspace()


def union_share(one: Span, other: Span) -> float:
    """How much of what both cover together is covered by each of them, 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def matched(golds: Sequence[Span], predicted: Sequence[Span]) -> dict[int, int]:
    """For each gold segment that was found the index of the predicted one, no predicted one twice.

    This is a bipartite matching: gold on one side, predictions on the other, an edge where two share enough. As that
    is more than half, a segment can have two edges only where the segments at their other ends overlap each other.
    Those of one side seldom do, and then the edges are the matching; where they do, the closest pair is taken first.
    """
    pairs = sorted(_pairs(golds, predicted), key=lambda pair: (-pair[0], *pair[1:]))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _pairs(golds: Sequence[Span], predicted: Sequence[Span]) -> list[tuple[float, int, int]]:
    """The edges. Only predictions that begin near a gold segment are looked at: few, however long the article."""
    order = sorted(range(len(predicted)), key=lambda j: predicted[j].start)
    starts = [predicted[j].start for j in order]
    found = []
    for i, gold in enumerate(golds):
        reach = (gold.end - gold.start) / LEAST_SHARED  # the longest union that still shares enough
        for j in order[bisect_left(starts, gold.end - reach) : bisect_left(starts, gold.end)]:
            share = union_share(gold, predicted[j])
            if share >= LEAST_SHARED:
                found.append((share, i, j))
    return found

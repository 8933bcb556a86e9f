"""Which quote of a new reading is which of the stored ones: by their place in the text."""

from collections.abc import Collection, Sequence
from typing import Protocol

SHARED = 0.5
"""How much of the shorter of two quotes the other must cover to be the same one."""
MOVED, FEW = 0.1, 3
"""How much of the longer of two may stand outside the other where borders hardly move, or how many characters."""


class Stretch(Protocol):
    """A place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def matched(
    old: Sequence[Sequence[Stretch]], new: Sequence[Sequence[Stretch]], fixed: Collection[int] = ()
) -> dict[int, int]:
    """For each new quote that is an old one, which: pairs of indexes, the best fit first, each used once; of two that
    fit as well, the one that shares more. Of the old ones in `fixed`, the borders hardly move.

    Both come in reading order. Only neighbours are compared, so long articles cost no more than their length.
    """
    fits = sorted(_fits(old, new), key=lambda fit: (-fit[0], -fit[1], *fit[2:]))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for share, shared, here, there in fits:
        is_same = _hardly_moved(old[there], new[here], shared) if there in fixed else share >= SHARED
        if is_same and here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return found


def _fits(old: Sequence[Sequence[Stretch]], new: Sequence[Sequence[Stretch]]) -> list[tuple[float, int, int, int]]:
    """How well quotes that share any character fit: from 0 to 1, how many they share, the new one, the old one."""
    pieces = sorted(
        (piece.start, piece.end, is_new, index)
        for is_new, quotes in enumerate((old, new))
        for index, quote in enumerate(quotes)
        for piece in quote
    )
    common: dict[tuple[int, int], int] = {}
    open_pieces: list[tuple[int, int, int]] = []
    for start, end, is_new, index in pieces:
        open_pieces = [one for one in open_pieces if one[0] > start]
        for other_end, other_is_new, other in open_pieces:
            if other_is_new != is_new:
                pair = (index, other) if is_new else (other, index)
                common[pair] = common.get(pair, 0) + min(end, other_end) - start
        open_pieces.append((end, is_new, index))
    return [(shared / _shorter(new[here], old[there]), shared, here, there) for (here, there), shared in common.items()]


def _hardly_moved(one: Sequence[Stretch], other: Sequence[Stretch], shared: int) -> bool:
    longer = max(map(_length, (one, other)))
    return longer - shared <= max(FEW, longer * MOVED)


def _shorter(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    return min(map(_length, (one, other)))


def _length(quote: Sequence[Stretch]) -> int:
    return sum(piece.end - piece.start for piece in quote)

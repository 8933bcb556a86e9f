"""Which quote of a new reading is which of the old."""

from __future__ import annotations

import pytest

from app.extraction.document import Span
from app.quotes.places import matched


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([[(0, 10)], [(20, 30)]], [[(0, 10)], [(20, 30)]], {0: 0, 1: 1}),
        ([[(20, 30)]], [[(0, 10)], [(21, 28)]], {1: 0}),
        ([[(0, 10)]], [[(9, 30)]], {}),
        ([[(0, 10)]], [[(10, 20)]], {}),
        ([[(0, 10), (20, 30)]], [[(0, 10)], [(20, 30)]], {0: 0}),
        ([[(0, 10)], [(20, 30)]], [[(0, 10), (20, 30)]], {0: 0}),
        ([[(0, 40)]], [[(0, 10)], [(12, 40)]], {1: 0}),
        ([], [[(0, 1)]], {}),
    ],
)
def test_quotes_are_the_same_where_they_share_most_of_the_shorter(old, new, expected):
    assert matched(spans(old), spans(new)) == expected


def spans(quotes: list[list[tuple[int, int]]]) -> list[list[Span]]:
    return [[Span(*pair) for pair in quote] for quote in quotes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([[(0, 100)]], [[(0, 90)]], {0: 0}),
        ([[(0, 100)]], [[(0, 89)]], {}),
        ([[(0, 100)]], [[(0, 115)]], {}),
        ([[(0, 5)]], [[(0, 8)]], {0: 0}),
        ([[(0, 40), (50, 90)]], [[(0, 40)], [(50, 90)]], {}),
    ],
)
def test_a_fixed_quote_is_the_same_only_where_its_borders_hardly_move(old, new, expected):
    assert matched(spans(old), spans(new), {0}) == expected

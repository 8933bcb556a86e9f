"""Words as search sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.words import MAX_INDEXED, fold, indexed, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Café’s CLOSED!", "the cafe s closed"),
        ("Łódź, Ærø, Straße", "lodz aero strasse"),
        ("Это ложь", "это ложь"),
        ("पत्रकारिता पर", "पत्रकारिता पर"),
        ("和平来了", "和 平 来 了"),
        ("COVID-19 ２０２３", "covid 19 2023"),
        ("snake_case “”", "snake case"),
        ("قَالَ", "قال"),
    ],
)
def test_words_have_neither_case_nor_accents(text, words):
    assert indexed(text) == words


def test_a_word_of_several_parts_is_searched_in_a_row():
    assert terms("peace state-of-the-art “” don't") == [["peace"], ["state", "of", "the", "art"], ["don", "t"]]


def test_a_long_quote_is_indexed_to_a_limit():
    assert len(indexed("ab " * MAX_INDEXED)) <= 2 * MAX_INDEXED


@given(st.text(max_size=200))
def test_what_was_said_is_found_by_its_own_words(text):
    assert " ".join(word for row in terms(text) for word in row) == indexed(text)
    assert not set(indexed(text)) & set('"*()\0:^')


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

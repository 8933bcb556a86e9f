"""How well edits are told from other quotes, on a table made up for it."""

from __future__ import annotations

from tests.utterances.edited_pairs import is_joined, table

PAIRS = table()


def test_the_table_has_enough_pairs():
    assert sum(is_same for *_, is_same in PAIRS) >= 100
    assert sum(not is_same for *_, is_same in PAIRS) >= 50


def test_no_two_quotes_are_joined_that_say_something_else():
    assert [pair for pair in PAIRS if not pair[3] and is_joined(*pair[:2])] == []


def test_hardly_an_edit_is_missed():
    same = [pair for pair in PAIRS if pair[3]]
    assert sum(is_joined(*pair[:2]) for pair in same) / len(same) >= 0.95


def test_it_does_not_matter_which_comes_first():
    assert [pair for pair in PAIRS if is_joined(pair[0], pair[1]) != is_joined(pair[1], pair[0])] == []

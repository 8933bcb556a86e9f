"""The context around a quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.extraction.document import Span
from app.quotes.snippets import LEAST, MOST, snippet

WORDS = "word " * 100


def around(before: str, after: str) -> str:
    """The snippet of the quote `said` between two stretches of text."""
    text = f"{before}said{after}"
    return snippet(text, Span(len(before), len(before) + 4)).of(text)


def test_a_short_article_is_shown_whole():
    assert around("Before “", "” after.") == "Before “said” after."


def test_a_long_article_is_cut_between_words():
    shown = around(WORDS, f" {WORDS}")
    assert set(shown.split()) == {"word", "said"}
    assert 2 * LEAST <= len(shown) <= 2 * MOST + len("said")


def test_a_paragraph_that_begins_or_ends_near_the_limit_is_a_better_place_to_cut():
    near = "word " * 30
    shown = around(f"{WORDS}\n\nBegin {near}", f" {near}end.\n{WORDS}")
    assert shown.startswith("Begin") and shown.endswith("end.")


def test_a_text_without_spaces_is_cut_all_the_same():
    assert len(around("字" * 500, "字" * 500)) == 2 * MOST + len("said")


@given(st.text("ab \n", max_size=500), st.text("ab \n", max_size=500), st.text("ab \n", min_size=1, max_size=30))
def test_the_quote_is_always_in_it(before, after, said):
    place = Span(len(before), len(before) + len(said))
    shown = snippet(before + said + after, place)
    assert shown.covers(place)
    assert place.start - MOST <= shown.start and shown.end <= place.end + MOST

"""Properties of extraction on any text at all."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.extraction.extractor import Extractor

PIECES = st.sampled_from(
    [
        *"“”\"«»„‘’'「」‹›",
        " ",
        "\n",
        "\n\n",
        ". ",
        ", ",
        ": ",
        "said",
        " Ann Field ",
        "she ",
        "the minister ",
        "(",
        ")",
        "[…]",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
def test_segments_are_trimmed_ordered_stretches_of_the_text(text):
    for quote in Extractor().extract(text, "en").quotes:
        assert quote.segments
        for segment in quote.segments:
            assert 0 <= segment.start < segment.end <= len(text)
            assert segment.of(text) == segment.of(text).strip()
        assert list(quote.segments) == sorted(quote.segments)


@given(TEXTS)
def test_evidence_stands_outside_every_quotation(text):
    quotes = Extractor().extract(text, "en").quotes
    segments = [segment for quote in quotes for segment in quote.segments]
    for quote in quotes:
        for evidence in filter(None, (quote.mention, quote.cue)):
            assert not any(evidence.overlaps(segment) for segment in segments)


@given(TEXTS)
def test_no_text_is_part_of_two_quotes(text):
    segments = sorted(segment for quote in Extractor().extract(text, "en").quotes for segment in quote.segments)
    assert all(before.end <= after.start for before, after in pairwise(segments))


@given(TEXTS)
def test_confidence_is_a_probability(text):
    assert all(0 <= quote.confidence <= 1 for quote in Extractor().extract(text, "en").quotes)


def test_ten_thousand_marks_in_a_row_end():
    assert len(Extractor().extract('"' * 10_000, "en").quotes) <= 10_000


def test_text_without_quotes_is_an_empty_success():
    assert Extractor().extract("Nothing was said.", "en").quotes == ()

"""An article as pieces: placeholders for quotations, offsets into the text, marks left out."""

from itertools import pairwise

import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from app.extraction.document import Span
from app.extraction.extractor import Page
from app.extraction.model.pieces import Part, PieceReader

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,?!"
TEXT = "Ann Lee spoke. “We will win the day, come rain or shine, and do it twice over,” she said. “Yes.”\n\nNo more."


@pytest.fixture(scope="module")
def reader():
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", '"', "'", '▁"', "▁'", *LETTERS, "<mask>"]
    tokenizer = Tokenizer(Unigram([(piece, -1.0 - i / 100) for i, piece in enumerate(pieces)], 3))
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return PieceReader(tokenizer)


def read(reader, text):
    page = Page.of(text)
    segments = [segment for quotation in page.quotations for segment in quotation.segments]
    return segments, reader.read(text, page.body, segments)


def test_each_quotation_has_one_placeholder_with_its_place(reader):
    segments, pieces = read(reader, TEXT)
    places = pieces.places()
    assert [int(pieces.segment[place]) for place in places] == list(range(len(segments))) == [0, 1]
    assert [Span(int(pieces.start[p]), int(pieces.end[p])) for p in places] == segments


def test_narration_is_read_in_order_and_never_from_a_quotation(reader):
    segments, pieces = read(reader, TEXT)
    narration = pieces[pieces.part == Part.NARRATION]
    assert all(a <= b for a, b in pairwise(narration.start))
    spans = [Span(int(start), int(end)) for start, end in zip(narration.start, narration.end, strict=True)]
    assert not any(span.overlaps(segment) for span in spans for segment in segments)


def test_paragraphs_end_with_a_break(reader):
    _, pieces = read(reader, TEXT)
    assert list(pieces.paragraph[pieces.part == Part.BREAK]) == [0, 1]


def test_nothing_gives_no_pieces(reader):
    assert len(reader.read("", [], [])) == 0

"""An article as the attribution model reads it: word pieces of the narration, each quotation behind a placeholder.

Of a quotation only the first and last pieces stay, between plain marks, with the placeholder in the middle; a separator
ends each paragraph. Long articles are read in overlapping windows around their quotations, so the work is linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.extraction.document import Span

KEPT, KEPT_CHARACTERS = 5, 60
"""Pieces of a quotation kept at either end, and the characters they are sought in."""
MARKS = " \t\r\n\u00a0\u200b“”„‟\"«»‹›‘’‚'`「」『』＂"
SINGLE = frozenset("‘’‚'‹›`")

Ints = NDArray[np.int32]


class Part(IntEnum):
    """What a piece is part of."""

    NARRATION = 0
    QUOTATION = 1
    PLACEHOLDER = 2
    BREAK = 3


@dataclass(slots=True)
class Pieces:
    """Word pieces in reading order with their place in the text; `segment` is an index where a placeholder stands."""

    ids: Ints
    start: Ints
    end: Ints
    part: Ints
    paragraph: Ints
    segment: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, chosen: Any) -> Pieces:
        return Pieces(*(getattr(self, column.name)[chosen] for column in fields(self)))

    def covered(self, span: Span) -> Ints:
        """The pieces of the narration that a span covers."""
        inside = (self.start < span.end) & (self.end > span.start) & (self.part == Part.NARRATION)
        return np.flatnonzero(inside).astype(np.int32)

    def places(self) -> Ints:
        """Where the placeholders stand."""
        return np.flatnonzero(self.part == Part.PLACEHOLDER).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text to be split by itself."""

    start: int
    end: int
    part: Part
    paragraph: int
    segment: int = -1
    head: bool = False
    """Are the first pieces wanted, not the last? For the ends of a quotation."""


class PieceReader:
    """Splits articles into pieces."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        mark = tokenizer.token_to_id
        self.placeholder, self.opening, self.ending = mark("<mask>"), mark("<s>"), mark("</s>")
        self.double = mark('▁"'), mark('"')
        self.single = mark("▁'"), mark("'")

    def read(self, text: str, paragraphs: Sequence[Span], segments: Sequence[Span]) -> Pieces:
        """The pieces of these paragraphs; segments must not overlap one another."""
        chunks = list(_chunks(text, paragraphs, segments))
        split = self.tokenizer.encode_batch([text[c.start : c.end] for c in chunks], add_special_tokens=False)
        rows: list[tuple[int, int, int, int, int, int]] = []
        for chunk, encoding in zip(chunks, split, strict=True):
            rows += self._rows(text, chunk, encoding)
        table = np.array(rows, np.int32).reshape(-1, 6)
        return Pieces(*np.ascontiguousarray(table.T))

    def _rows(self, text: str, chunk: Chunk, encoding: Any) -> Iterator[tuple[int, int, int, int, int, int]]:
        if chunk.part is Part.BREAK:
            yield self.ending, chunk.start, chunk.end, chunk.part, chunk.paragraph, -1
            return
        rows = zip(encoding.ids, encoding.offsets, strict=True)
        if chunk.part is Part.QUOTATION:
            kept = list(rows)[:KEPT] if chunk.head else list(rows)[-KEPT:]
            marks = self.single if text[max(0, chunk.start - 1)] in SINGLE else self.double
            if chunk.head:
                yield marks[0], chunk.start, chunk.start, chunk.part, chunk.paragraph, -1
            rows = iter(kept)
        if chunk.part is Part.PLACEHOLDER:
            yield self.placeholder, chunk.start, chunk.end, chunk.part, chunk.paragraph, chunk.segment
            return
        for piece, (start, end) in rows:
            yield piece, chunk.start + start, chunk.start + end, chunk.part, chunk.paragraph, -1
        if chunk.part is Part.QUOTATION and not chunk.head:
            yield marks[1], chunk.end, chunk.end, chunk.part, chunk.paragraph, -1


def _chunks(text: str, paragraphs: Sequence[Span], segments: Sequence[Span]) -> Iterator[Chunk]:
    order = sorted(range(len(segments)), key=lambda i: segments[i])
    starts = [segments[i].start for i in order]
    for number, paragraph in enumerate(paragraphs):
        position = paragraph.start
        for i in order[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]:
            segment = segments[i]
            if segment.start < position:
                continue
            yield from _narration(text, position, segment.start, number)
            yield from _quotation(text, segment, number, i)
            position = segment.end
        yield from _narration(text, position, paragraph.end, number)
        yield Chunk(paragraph.end, paragraph.end, Part.BREAK, number)


def _narration(text: str, start: int, end: int, paragraph: int) -> Iterator[Chunk]:
    """The words between quotations without the marks and white space around them."""
    while start < end and text[start] in MARKS:
        start += 1
    while start < end and text[end - 1] in MARKS:
        end -= 1
    if start < end:
        yield Chunk(start, end, Part.NARRATION, paragraph)


def _quotation(text: str, segment: Span, paragraph: int, index: int) -> Iterator[Chunk]:
    """Its beginning, the placeholder, its end; a short one is parted between two words."""
    half = min(segment.start + KEPT_CHARACTERS, (segment.start + segment.end + 1) // 2)
    space = text.find(" ", half, segment.end)
    half = space if space >= 0 else segment.end
    yield Chunk(segment.start, min(half, segment.start + 2 * KEPT_CHARACTERS), Part.QUOTATION, paragraph, head=True)
    yield Chunk(segment.start, segment.end, Part.PLACEHOLDER, paragraph, index)
    yield Chunk(max(half, segment.end - KEPT_CHARACTERS), segment.end, Part.QUOTATION, paragraph)

"""`«A, — said B, — C»`: where Russian and French leave the marks open around the words of the narration."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extraction.document import Quotation, Span
from app.extraction.linguistics import Token
from app.extraction.narration import NarrationReader

INCISE = re.compile(r"(?:(?<=[,.?])-|,)(?:a*C[NTOLPRDGX]|a+PC|(?<=-)PC)[^.,\-C]{0,4}(?:[,.:]-|[,.](?!-)|$)")


def without_incises(
    quotations: Sequence[Quotation], tokens: Sequence[Token], reader: NarrationReader
) -> list[Quotation]:
    """The quotations cut where the narration speaks inside their marks; its words are narration again."""
    starts = [token.span.start for token in tokens]
    parted: list[Quotation] = []
    for quotation in quotations:
        segments: list[Span] = []
        for segment in quotation.segments:
            first, last = (bisect_left(starts, edge) for edge in (segment.start, segment.end))
            segments += _parts(segment, tokens[first:last], reader)
        parted.append(replace(quotation, segments=tuple(segments)))
    return parted


def _parts(segment: Span, tokens: Sequence[Token], reader: NarrationReader) -> Iterator[Span]:
    items = list(reader.items(tokens))
    start = segment.start
    for match in INCISE.finditer("".join(item.letter for item in items)):
        first, last = items[match.start()], items[match.end() - 1]
        yield from _trimmed(reader.text, start, first.span.start + (first.letter == ","))
        start = last.span.end
    yield from _trimmed(reader.text, start, segment.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if words.strip():
        yield Span(start, start + len(words.strip()))

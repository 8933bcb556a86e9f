"""The paragraphs of a page, whichever way it breaks its lines: each on a line, between blank lines, or hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.document import Span

SENTENCE_END = re.compile(r"[.!?…。！？؟।](?:\s?[\"”“»«›‹’'‘)\]}」』*_])*$")
BULLET = re.compile(r"(?:[•·▪▫◦‣●○■□►▶✓➤|*+–—-]|\d{1,2}[.)])\s")
_LINE = re.compile(r"[^\n\r\u2028\u2029]*(?:\r\n|[\n\r\u2028\u2029])|[^\n\r\u2028\u2029]+$")
_QUOTATION = re.compile(r"[“„«\"][^“”„«»\"]+?(?P<stop>[.!?…])?\s?[”“»\"]$")
"""A paragraph that is all quotation; `stop` where it ends as a sentence."""
_SIGNATURE = re.compile(r"(?P<dash>[–—―-]\s?)?(?P<first>[^\W\d_])[^!?…:“„«»”\"]*[^.!?…:;,“„«»”\"]$")
"""A line that may name who spoke: it begins with a letter and is no sentence (`— Ann Lee, mayor`)."""
_NAME_AND_ROLE = re.compile(r"[^\W\d_]\S*(?: \S+){1,3}, ")
_LONGEST_SIGNATURE, _LONGEST_SIGNED = 120, 1000
_NARROWEST, _WIDEST = 40, 100
_RAGGED = 1.25
"""How far a line of a wrapped text may go beyond the column that few breaks tell."""
_BEYOND = 0.25
"""The share of a wrapped text that may stand in lines longer than that: its title, a long address."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the text that read on, white space at their ends left out."""

    lines: tuple[Span, ...]
    text: str
    block: int
    """The run of lines it stands in that no blank line parts; its own where the whole text has no blank line."""


def find_paragraphs(text: str) -> list[Paragraph]:
    """Every line is a paragraph, except that lines wrapped at a fixed width are joined again.

    A line that signs the quotation above it belongs to its paragraph.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joined: list[list[Span]] = []
    blocks: list[int] = []
    for number, (span, block) in enumerate(lines):
        wrapped = joined and blocks[-1] == block and _is_wrapped(joined[-1][-1], span.of(text), width)
        if joined and (wrapped or _is_signature(text, joined[-1], blocks[-1], lines[number : number + 2])):
            joined[-1].append(span)
        else:
            joined.append([span])
            blocks.append(block)
    parted = bool(blocks) and blocks[0] != blocks[-1]
    return [
        Paragraph(tuple(spans), text[spans[0].start : spans[-1].end], blocks[i] if parted else i)
        for i, spans in enumerate(joined)
    ]


def _lines(text: str) -> list[tuple[Span, int]]:
    """The lines that are not blank, each with the number of its block."""
    lines: list[tuple[Span, int]] = []
    start = block = 0
    blank = False
    for line in _LINE.findall(text):
        words = line.strip()
        if words:
            block += blank and bool(lines)
            begin = start + len(line) - len(line.lstrip())
            lines.append((Span(begin, begin + len(words)), block))
        blank = not words
        start += len(line)
    return lines


def _is_wrapped(above: Span, line: str, width: int) -> bool:
    """Was the line above broken because the first word of this one no longer fitted?"""
    length = above.end - above.start
    first_word = line[: width + 1].split(None, 1)[0]
    return bool(width) and width < length + 1 + len(first_word) <= 2 * width and not BULLET.match(line)


def _is_signature(text: str, above: Sequence[Span], block: int, here: Sequence[tuple[Span, int]]) -> bool:
    """Does this line, seen with the next one, name who said the paragraph above it, which is all quotation?

    It begins with a dash and is no item of a list, or is a name and a role that end the block.
    """
    line, own_block = here[0]
    length = above[-1].end - above[0].start
    if line.end - line.start > _LONGEST_SIGNATURE or length > _LONGEST_SIGNED:
        return False
    signature, quotation = _SIGNATURE.match(line.of(text)), _QUOTATION.match(text[above[0].start : above[-1].end])
    if not signature or not quotation or not signature["first"].isupper():
        return False
    if signature["dash"]:
        return len(here) < 2 or not BULLET.match(here[1][0].of(text))
    is_last = len(here) < 2 or here[1][1] != own_block
    return own_block == block and is_last and bool(quotation["stop"] and _NAME_AND_ROLE.match(line.of(text)))


def _wrap_width(text: str, lines: Sequence[tuple[Span, int]]) -> int:
    """The column the text was wrapped at: where most of it reaches, mostly within sentences. 0 where it was not."""
    breaks = list(_breaks(text, lines))
    lengths = sorted(above.end - above.start for above, _ in breaks)
    width = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0
    wrapped = sum(above.end - above.start for above, below in breaks if _is_wrapped(above, below, width))
    ended = sum(bool(SENTENCE_END.search(text[above.end - 3 : above.end])) for above, _ in breaks)
    sure = len(breaks) > 2 or all(below[0].islower() for _, below in breaks)
    regular = _NARROWEST <= width <= _WIDEST and wrapped > 0.6 * sum(lengths) and ended < 0.5 * len(breaks)
    return width if sure and regular and _keeps_within(width, lines) else 0


def _keeps_within(width: int, lines: Sequence[tuple[Span, int]]) -> bool:
    """Does most of the text keep within the column? Teasers set close together say nothing of the article."""
    lengths = [line.end - line.start for line, _ in lines]
    return sum(length for length in lengths if length > _RAGGED * width) < _BEYOND * sum(lengths)


def _breaks(text: str, lines: Sequence[tuple[Span, int]]) -> Iterator[tuple[Span, str]]:
    """Each line that another follows at once, with that other."""
    for (above, block), (below, next_block) in pairwise(lines):
        if block == next_block:
            yield above, below.of(text)

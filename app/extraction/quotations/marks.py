"""Quotation marks to quotations: a scanner that reads every convention at once, a paragraph at a time.

Marks inside a pair are the speaker's own; a mark never closed ends with its paragraph; a quotation that each paragraph
re-opens is one, and so is one that a few paragraphs on a mark closes that nothing opened. The time is linear in the
text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from app.extraction.document import Quotation, Span, Zone, ZoneKind
from app.extraction.quotations.pairing import Mark, Role, pair_marks, pair_single_marks, read_marks, surely_closes

_SENTENCE_END = frozenset(".,!?…")
_STOPS = frozenset(".,;:!?…)—–-")
_SIGNATURE_WORDS, _SMALL_WORD = 6, 3
_PARAGRAPHS_ON = 6
"""Paragraphs behind an opening mark in which what closes it is looked for."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation inside one paragraph, from its opening mark to `stop`; `end` is where its words end."""

    opening: Mark
    end: int
    stop: int
    closed: bool


@dataclass(slots=True)
class _Scanned:
    """A paragraph with its quotations, nested ones left out, and the closing marks that nothing in it opened."""

    span: Span
    found: list[_Found]
    open: Mark | None
    """The last mark never closed, in no other quotation."""
    orphans: list[Mark]

    @property
    def runs_on(self) -> bool:
        """Is the last quotation not closed?"""
        return bool(self.found) and not self.found[-1].closed and self.found[-1].stop == self.span.end

    @property
    def opens(self) -> bool:
        """Does it begin with an opening mark?"""
        return bool(self.found) and self.found[0].opening.start == self.span.start


def find_quotations(text: str, zones: Sequence[Zone]) -> list[Quotation]:
    """The quotations in the body of the page, in reading order."""
    paragraphs = list(_paragraphs(zones))
    scanned = [_scan(text, span, text[below.start] if below else "") for span, below in pairwise([*paragraphs, None])]
    for place, paragraph in enumerate(scanned):
        _close_later(text, paragraph, scanned[place + 1 : place + 1 + _PARAGRAPHS_ON])
    chains: list[list[_Found]] = []
    runs_on = False
    for paragraph in scanned:
        for each in paragraph.found:
            if runs_on and each.opening.start == paragraph.span.start and _same_family(chains[-1][-1], each):
                chains[-1].append(each)
            else:
                chains.append([each])
            runs_on = False
        runs_on = paragraph.runs_on
    return [quotation for chain in chains if (quotation := _quotation(text, chain)).segments]


def _close_later(text: str, opened: _Scanned, following: Sequence[_Scanned]) -> None:
    """Let a quotation run through paragraphs that open none to the first mark that nothing opened, if it closes it."""
    for place, paragraph in enumerate(following):
        if opened.open is None or paragraph.opens:
            return
        closing = next(iter(paragraph.orphans), None)
        if closing:
            if _closes(text, opened.open, closing, paragraph.span):
                _run_through(opened.open, closing, [opened, *following[: place + 1]])
            return
        if paragraph.open:
            return


def _run_through(opening: Mark, closing: Mark, paragraphs: Sequence[_Scanned]) -> None:
    """Let a quotation run from a mark in the first of these paragraphs to one in the last."""
    first, *between, last = paragraphs
    first.found = [each for each in first.found if each.opening.start < opening.start]
    first.found.append(_Found(opening, first.span.end, first.span.end, False))
    for each in between:
        each.found = [_through(opening, each.span, each.span.end, each.span.end, closed=False)]
    later = (each for each in last.found if each.opening.start > closing.start)
    last.found = [_through(opening, last.span, closing.start, closing.end, closed=True), *later]


def _closes(text: str, opening: Mark, mark: Mark, paragraph: Span) -> bool:
    """May a mark that nothing in its paragraph opened close this one?

    A measure has no stop beside it, and behind a signature set within the marks nothing follows.
    """
    stopped = mark.before in _SENTENCE_END or mark.after in _STOPS or mark.end == paragraph.end
    signs = mark.end == paragraph.end and _is_signature(text[paragraph.start : mark.start])
    return mark.family == opening.family and mark.role is not Role.OPENS and stopped and not signs


def _is_signature(line: str) -> bool:
    """Is it as short as a name with an office, or all of it capitalized but for small words?"""
    words = line.split()
    return len(words) <= _SIGNATURE_WORDS or not any(word.islower() and len(word) > _SMALL_WORD for word in words)


def _through(opening: Mark, paragraph: Span, end: int, stop: int, *, closed: bool) -> _Found:
    """The part of a quotation that a paragraph goes on with without a mark."""
    return _Found(replace(opening, start=paragraph.start, end=paragraph.start), end, stop, closed)


def _paragraphs(zones: Iterable[Zone]) -> Iterator[Span]:
    """The stretches of body text that a quotation may run through without being re-opened."""
    for (kind, _), group in groupby(zones, key=lambda zone: (zone.kind, zone.paragraph)):
        lines = list(group)
        if kind is ZoneKind.BODY:
            yield Span(lines[0].span.start, lines[-1].span.end)


def _same_family(earlier: _Found, later: _Found) -> bool:
    return earlier.opening.family == later.opening.family


def _quotation(text: str, chain: Sequence[_Found]) -> Quotation:
    spans = (_trimmed(text, found.opening.end, found.end) for found in chain)
    opening = chain[0].opening
    segments = tuple(span for span in spans if span.start < span.end)
    return Quotation(segments, text[opening.start : opening.end], chain[-1].closed)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _scan(text: str, paragraph: Span, next_character: str) -> _Scanned:
    """Read one paragraph, before one that begins with this character."""
    marks = read_marks(text, paragraph)
    double = pair_marks([mark for mark in marks if mark.family != "'"])
    found = [_Found(opening, closing.start, closing.end, True) for opening, closing in double.pairs]
    single = _outside(found, [mark for mark in marks if mark.family == "'"])
    single_pairs, orphans = pair_single_marks(text, single)
    unclosed = [mark for mark in double.unclosed if _stands(mark, paragraph)]
    found += _run_on(found, unclosed, orphans, paragraph.end)
    found += _enclosing(single_pairs, [opening.start for opening, _ in double.pairs])
    if single and single[0].start == paragraph.start and single[0].shape == next_character in "‘'":
        found.append(_Found(single[0], paragraph.end, paragraph.end, False))
    found = [each for each in _outermost(found) if each.opening.before != "="]  # markup: `<a title="...">`
    last = max(_outside(found, unclosed), key=lambda mark: mark.start, default=None)
    return _Scanned(paragraph, found, last, double.orphans)


def _stands(mark: Mark, paragraph: Span) -> bool:
    """May the mark, never closed, open a quotation? A stray or inch mark may not."""
    if mark.before == "=":
        return False
    surely = mark.shape in "“„«‹「『" or (mark.shape == '"' and mark.role is Role.OPENS)
    return surely or mark.start == paragraph.start


def _enclosing(pairs: Iterable[tuple[Mark, Mark]], double: Sequence[int]) -> Iterator[_Found]:
    """Single pairs as quotations; one around double marks must close surely, for double marks are never apostrophes."""
    double = sorted(double)
    for opening, closing in pairs:
        around = bisect_left(double, opening.start) < bisect_left(double, closing.start)
        if not around or surely_closes(closing):
            yield _Found(opening, closing.start, closing.end, True)


def _run_on(closed: Iterable[_Found], unclosed: Iterable[Mark], orphans: Sequence[Mark], end: int) -> list[_Found]:
    """Unclosed marks reach to the next opening one, to a single mark typed for the double one, or to the end."""
    alone = set(unclosed)
    ends = [mark.start for mark in orphans if mark.before in _SENTENCE_END and mark.after.isspace()]
    limits: dict[str, int] = {}
    found = []
    for mark in sorted(alone.union(each.opening for each in closed), key=lambda mark: -mark.start):
        limit = limits.get(mark.family, end)
        limits[mark.family] = mark.start
        if mark in alone:
            i = bisect_left(ends, mark.end)
            mistyped = i < len(ends) and ends[i] < limit
            stop = ends[i] if mistyped else limit
            found.append(_Found(mark, stop, stop + mistyped, mistyped))
    return found


def _outside(pairs: Iterable[_Found], marks: Iterable[Mark]) -> list[Mark]:
    """The marks that no pair encloses."""
    outer = _outermost(pairs)
    starts = [each.opening.start for each in outer]
    kept = []
    for mark in marks:
        i = bisect_left(starts, mark.start) - 1
        if i < 0 or outer[i].stop <= mark.start:
            kept.append(mark)
    return kept


def _outermost(found: Iterable[_Found]) -> list[_Found]:
    """What no other encloses, in reading order."""
    outer: list[_Found] = []
    for each in sorted(found, key=lambda each: (each.opening.start, not each.closed)):
        if not outer or each.opening.start >= outer[-1].stop:
            outer.append(each)
    return outer

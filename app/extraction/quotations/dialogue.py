"""Speech set with dashes instead of quotation marks: `— A, — said B. — C`, each speaker on a line of their own.

A line is speech only where the form is complete: it opens with a dash and a capital, and the narrator's verb of saying
with its subject is set off as the language does it or leads to it with a colon; or where it answers such a line at
once. Lists open their items with dashes, too: all lines in a row must end as sentences.

The forms are those of «Правила русской орфографии и пунктуации» (1956), §§ 195-198, and Мильчин, «Справочник издателя и
автора»; RAE, «Ortografía de la lengua española» (2010), on the raya; Imprimerie nationale, «Lexique des règles
typographiques», on dialogues; Cunha and Cintra, «Nova gramática do português contemporâneo», on the travessão;
Serianni, «Grammatica italiana», on the lineetta.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from app.extraction.document import Quotation, Span, Zone, ZoneKind
from app.extraction.linguistics import DASHES, MARKS, Token
from app.extraction.narration.blocks import Item
from app.extraction.narration.writer import NarrationReader
from app.extraction.page.paragraphs import SENTENCE_END
from app.extraction.quotations.incises import trimmed
from app.extraction.quotations.narrator import Line, Narrator

FIRST_LETTER = re.compile(r"[\s¡¿«“„\"'(…]{0,4}(?P<letter>\w)")
HYPHEN = "-"


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of body text in a row that begin with a dash; `introduction` is the line before them if a colon ends it."""

    lines: tuple[Span, ...]
    introduction: Span | None


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said in one line: some segments for each time that the narrator tells who speaks, if at all."""

    said: tuple[tuple[Span, ...], ...] = ()
    narrated: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands before a reply, by index: the question it answers, and what was said before that."""

    question: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Dialogue:
    """All quotations of a text in reading order, and the indices of those that a dash opens."""

    quotations: Sequence[Quotation]
    indices: frozenset[int] = frozenset()
    replies: Mapping[int, Turn | None] = field(default_factory=dict)
    """Those that nothing is told of, with the turn they answer where that may tell who speaks."""
    conversations: Sequence[Sequence[Sequence[int]]] = ()
    """What is said in each line, by index, of lines in a row."""


def find_runs(text: str, zones: Iterable[Zone]) -> list[Run]:
    """The runs of lines that may be speech in one language or another: each of them ends as a sentence."""
    runs: list[Run] = []
    paragraphs = [list(group) for _, group in groupby(zones, key=lambda zone: zone.paragraph)]
    lines = [(Span(p[0].span.start, p[-1].span.end), p[0].kind) for p in paragraphs]
    introduction: Span | None = None
    for dashed, grouped in groupby(lines, key=lambda line: line[1] is ZoneKind.BODY and text[line[0].start] in DASHES):
        group = list(grouped)
        spans = tuple(span for span, _ in group)
        if dashed and all(_ends_sentence(text, span) for span in spans):
            runs.append(Run(spans, introduction))
        above, kind = group[-1]
        introduction = above if kind is ZoneKind.BODY and text[above.end - 1] == ":" else None
    return runs


def _ends_sentence(text: str, span: Span) -> bool:
    return text[span.end - 1] == ":" or bool(SENTENCE_END.search(text[max(span.start, span.end - 20) : span.end]))


def read_dialogue(
    text: str, runs: Sequence[Run], tokens: Sequence[Token], narration: NarrationReader, marked: Sequence[Quotation]
) -> Dialogue:
    """The quotations in marks and those in dialogue; marks within the latter are the speaker's own."""
    if not narration.language.dialogue or not runs:
        return Dialogue(marked)
    reader = DialogueReader(text, Narrator(text, tokens, narration), marked)
    read = [(run, reader.speeches(run)) for run in runs]
    spoken = [
        Quotation(segments, text[span.start], closed=True)
        for run, speeches in read
        for span, speech in zip(run.lines, speeches, strict=True)
        for segments in speech.said
    ]
    quotations = sorted([*_outside(marked, spoken), *spoken], key=lambda quotation: quotation.segments[0])
    index = {quotation.segments: i for i, quotation in enumerate(quotations)}
    replies = {index[speech.said[0]]: _turn(text, before, index) for speech, before in _replies(read)}
    conversations = [[[index[said] for said in speech.said] for speech in speeches] for _, speeches in read]
    indices = frozenset(index[quotation.segments] for quotation in spoken)
    return Dialogue(quotations, indices, replies, conversations)


def _outside(marked: Iterable[Quotation], spoken: Iterable[Quotation]) -> Iterator[Quotation]:
    """The quotations in marks that no dialogue holds."""
    segments = sorted(segment for quotation in spoken for segment in quotation.segments)
    for quotation in marked:
        last = [bisect_left(segments, Span(segment.end, segment.end)) - 1 for segment in quotation.segments]
        if not any(i >= 0 and segments[i].overlaps(own) for i, own in zip(last, quotation.segments, strict=True)):
            yield quotation


def _replies(read: Iterable[tuple[Run, Sequence[Speech]]]) -> Iterator[tuple[Speech, Sequence[Speech]]]:
    """Each line that nothing is told of, with the lines before it; a line led to by the one above is told of."""
    for _, speeches in read:
        for i, speech in enumerate(speeches):
            if i and speech.said and not speech.narrated:
                yield speech, speeches[max(0, i - 2) : i]


def _turn(text: str, before: Sequence[Speech], index: Mapping[tuple[Span, ...], int]) -> Turn | None:
    """The turn that a reply behind these lines answers: the last one asks, and both are told of."""
    if len(before) < 2 or not (before[-1].said and before[-2].narrated and before[-2].said):
        return None
    question, earlier = before[-1].said[-1], before[-2].said[-1]
    return Turn(index[question], index[earlier]) if question[-1].of(text).endswith("?") else None


class DialogueReader:
    """Reads the runs of one text, whose quotations in marks are known."""

    def __init__(self, text: str, narrator: Narrator, marked: Sequence[Quotation]) -> None:
        self.text = text
        self.narrator = narrator
        self.by_commas = narrator.language.dialogue == ","
        self.marked = sorted(segment for quotation in marked for segment in quotation.segments)

    def speeches(self, run: Run) -> list[Speech]:
        """What is said in each line of a run: in those with narration, and in those that answer one of them."""
        lines = [self.narrator.line(Span(span.start + 1, span.end)) for span in run.lines]
        speeches = [self._speech(line) for line in lines]
        if self._is_list(run, lines, speeches):
            return [Speech()] * len(lines)
        told = [speech.narrated for speech in speeches]
        led = run.introduction is not None and self.narrator.leads(run.introduction)
        answers = [led and (len(lines) == 1 or any(told)), *told]
        answers[1:2] = [told[0] or answers[0]]
        return [
            speech if speech.narrated or answer else Speech() for speech, answer in zip(speeches, answers, strict=False)
        ]

    def _is_list(self, run: Run, lines: Sequence[Line], speeches: Sequence[Speech]) -> bool:
        """May these be the items of a list: most of them without narration, or told by commas alone?"""
        if len(lines) == 1:
            return False
        if run.introduction and 2 * sum(speech.narrated for speech in speeches) < len(speeches):
            return True
        return self.by_commas and (run.introduction is not None or not any(map(self._calls, lines)))

    def _calls(self, line: Line) -> bool:
        return self.narrator.is_spoken(line.items)

    def _speech(self, line: Line) -> Speech:
        if not self._opens(line):
            return Speech()
        said: list[tuple[Span, ...]] = []
        start = line.span.start
        for mark, resumed in self._breaks(line):
            said.append(self._words(start, mark.span.start + (mark.letter == ",")))
            start = resumed
        rest = self._words(start, line.span.end)
        if not said:
            return Speech((rest,)) if rest and not self.narrator.may_narrate(line) else Speech()
        if self._is_marked(said[0]):
            return Speech(narrated=True)
        said[-1] += rest
        return Speech(tuple(filter(None, said)), narrated=True)

    def _opens(self, line: Line) -> bool:
        """Does a sentence begin behind the dash, within no quotation in marks?"""
        first = FIRST_LETTER.match(self.text, line.span.start)
        return bool(first) and not first["letter"].islower() and not self._is_quoted(line.span.start)

    def _breaks(self, line: Line) -> Iterator[tuple[Item, int]]:
        """Where the narrator breaks in; behind a hyphen, which opens the items of lists, between hyphens only."""
        hyphened = self.text[line.span.start - 1] == HYPHEN
        breaks = self.narrator.breaks(line)
        return ((mark, end) for mark, end in breaks if not hyphened or self.text[mark.span.start] == HYPHEN)

    def _is_quoted(self, position: int) -> bool:
        """Does a quotation in marks run on over this place?"""
        before = bisect_left(self.marked, Span(position, position)) - 1
        return before >= 0 and self.marked[before].end > position

    def _is_marked(self, segments: Sequence[Span]) -> bool:
        """Is this in quotation marks, which tell it by themselves (`— «A», — said B`)?"""
        if not segments or self.text[segments[0].start] not in MARKS:
            return False
        place = bisect_left(self.marked, segments[0])
        inside = self.marked[place : place + 1]
        return bool(inside) and not any(map(str.isalnum, self.text[inside[0].end : segments[0].end]))

    def _words(self, start: int, end: int) -> tuple[Span, ...]:
        return tuple(span for span in trimmed(self.text, start, end) if any(map(str.isalnum, span.of(self.text))))

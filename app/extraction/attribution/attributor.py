"""Which mention said which quotation: what stands beside it, else who spoke before.

First-level rules in the manner of Pouliquen et al. 2007 (NewsExplorer) and Pareti 2015: cue verb and subject on either
side, inverted order, "according to", colon, and the speaker before where a paragraph is all quotation. They are tried
strongest first.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from app.extraction.attribution import source_patterns as patterns
from app.extraction.attribution.evidence import (
    GOES_ON,
    NARRATED_ON,
    ON_TOPIC,
    REPORTED_ON,
    SENTENCE_BEFORE,
    STANDS_FREE,
    UNATTRIBUTED,
    Attribution,
)
from app.extraction.attribution.sides import Sides, led_back
from app.extraction.languages import Language
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Block

OPENING = 2
"""Items of a sentence before the infinitive that opens it: `Et de`."""
PARAGRAPHS_BACK = 2
"""Paragraphs back to who spoke last, for a quotation that stands free."""


class Attributor:
    """Attributes the quotations of one article, block by block, in reading order.

    `dialogue` holds the indices of those that a dash opens: the narrator tells of them behind them or nowhere.
    """

    def __init__(self, blocks: Sequence[Block], language: Language, dialogue: Container[int] = ()) -> None:
        self.blocks = blocks
        self.language = language
        self.dialogue = dialogue
        self.found: dict[int, Attribution] = {}
        self.spoken: list[tuple[int, Mention]] = []
        """Who spoke, quoted or not, with the number of the block."""

    def attribute(self) -> dict[int, Attribution]:
        """The attribution of each quotation by its index."""
        for number, block in enumerate(self.blocks):
            self._read_block(number, block)
        return self.found

    def _read_block(self, number: int, block: Block) -> None:
        letters = block.letters
        for position, item in enumerate(block.items):
            if item.quotation is not None and item.quotation not in self.found:
                sides = self._sides(block, letters, position)
                told = self._in_dialogue if item.quotation in self.dialogue else self._one
                self.found[item.quotation] = told(number, sides)
            elif item.quotation is not None and self.found[item.quotation].is_guess:
                self._read_behind(item.quotation, self._sides(block, letters, position))
        self.spoken += [(number, mention) for mention in _speakers(block, letters)]

    def _read_behind(self, index: int, sides: Sides) -> None:
        """A quotation that nothing beside its beginning tells of is told of behind what goes on with it, if at all."""
        self.found[index] = sides.after() or self.found[index]

    def _sides(self, block: Block, letters: str, position: int) -> Sides:
        return Sides(block, letters, position, verb_second=self.language.verb_second)

    def _one(self, number: int, sides: Sides) -> Attribution:
        if sides.is_on_topic and not sides.after():
            return self._on_topic(number)
        hearers, found = sides.hearers(), self._found(number, sides)
        if hearers and (found.mention in {*hearers, None} or found.is_guess):
            found = UNATTRIBUTED
        found = replace(found, hearers=hearers) if hearers else found
        return self._without_addressed(found, sides)

    def _found(self, number: int, sides: Sides) -> Attribution:
        after = self._after(sides) if sides.ended_openly else None
        if after and after.mention and after.mention.kind is MentionKind.ORGANIZATION:
            after = sides.source_before() or after  # `according to Lee “…”, the agency reports`
        return (
            sides.label()
            or after
            or self._narrated_on(number, sides)
            or self._before(sides)
            or self._after(sides)
            or self._led_back(number, sides)
            or self._same_paragraph(sides)
            or self._reported_on(sides)
            or sides.subject_before()
            or sides.sentence_before()
            or self._paragraph_before(number)
            or UNATTRIBUTED
        )

    def _on_topic(self, number: int) -> Attribution:
        """A quotation behind its topic (`On the budget: “…”`) goes on with who spoke last, and so may the next one."""
        before = self._paragraph_before(number)
        if before is None or before.mention is None:
            return UNATTRIBUTED
        self.spoken.append((number, before.mention))
        return replace(before, rule=ON_TOPIC)

    def _in_dialogue(self, number: int, sides: Sides) -> Attribution:
        """What stands behind it; where nothing does, what leads to it at the end of the paragraph before."""
        told = self._after(sides)
        if not told and number and sides.block.letters.strip("-,.?") == "q":
            above = self.blocks[number - 1]
            told = self._sides(above, above.letters, len(above.items) - 1).before()
        return self._without_addressed(told or UNATTRIBUTED, sides)

    def _without_addressed(self, found: Attribution, sides: Sides) -> Attribution:
        """Who is spoken to is not the subject that a verb leaves out."""
        if not self.language.drops_subjects:
            return found
        addressed = (mention for mention in sides.addressed() if mention is not found.mention)
        return replace(found, hearers=(*found.hearers, *addressed))

    def _after(self, sides: Sides) -> Attribution | None:
        """What stands behind it, be it a verb alone where the language leaves subjects out."""
        return sides.after() or (sides.dropped_after() if self.language.drops_subjects else None)

    def _led_back(self, number: int, sides: Sides) -> Attribution | None:
        """What leads back to it behind it, or at the beginning of the next paragraph where it ends its own."""
        if sides.right.strip(".,?-") or number + 1 == len(self.blocks):
            return led_back(sides.block, sides.right_start)
        return led_back(self.blocks[number + 1], 0)

    def _before(self, sides: Sides) -> Attribution | None:
        """What stands before it, be it a verb alone where the language leaves subjects out."""
        return sides.before() or (sides.dropped_before() if self.language.drops_subjects else None)

    def _same_paragraph(self, sides: Sides) -> Attribution | None:
        """A quotation that follows another one of its paragraph without narration of its own goes on with it.

        Not where a whole sentence between them tells that somebody speaks.
        """
        earlier = sides.quotation_before()
        if earlier is None:
            return None
        told = sides.said_since_quotation()
        return Attribution(told, None, SENTENCE_BEFORE) if told else Attribution(None, None, GOES_ON, earlier)

    def _reported_on(self, sides: Sides) -> Attribution | None:
        """A sentence whose verb tells that it is reported goes on with the source of the sentence before."""
        sentences = sides.sentences()
        own = next(sentences, None)
        if own is None or not sides.is_reported(*own):
            return None
        for start, end in sentences:
            mention = self._said_in(sides, start, end)
            if mention or not sides.is_reported(start, end):
                return Attribution(mention, None, REPORTED_ON) if mention else None
        return None

    def _narrated_on(self, number: int, sides: Sides) -> Attribution | None:
        """An infinitive goes on with the source of its sentence, of the one before, or who spoke last."""
        place = sides.narrating()
        if place is None:
            return None
        (begin, _), *before = islice(sides.sentences(), 2)
        told = (begin, place) if place - begin > OPENING else next(iter(before), None)
        spoke = self.spoken[-1][1] if self.spoken and self.spoken[-1][0] == number - 1 else None
        mention = self._said_in(sides, *told) if told else spoke
        return Attribution(mention, sides.items[place].span, NARRATED_ON) if mention else None

    def _said_in(self, sides: Sides, start: int, end: int) -> Mention | None:
        """Whose words a sentence tells: those of its last quotation's source, or of its subject."""
        indices = [item.quotation for item in sides.items[start:end] if item.quotation in self.found]
        told = [self.found[index].mention for index in indices if index is not None]
        return told[-1] if told else sides.source_in(start, end)

    def _paragraph_before(self, number: int) -> Attribution | None:
        """A quotation that stands free goes on with who spoke last, a few paragraphs before at most."""
        if not self.spoken or self.spoken[-1][0] < number - PARAGRAPHS_BACK:
            return None
        return Attribution(self.spoken[-1][1], None, STANDS_FREE)


def _speakers(block: Block, letters: str) -> Iterator[Mention]:
    """The subjects of verbs of saying in a paragraph, with or without a quotation."""
    matches = [*patterns.SAYING.finditer(letters), *patterns.INVERTED.finditer(letters)]
    for match in sorted(matches, key=lambda match: match.start("who")):
        mention = block.items[match.start("who")].mention
        if mention and mention.kind is not MentionKind.WRITER:
            yield mention

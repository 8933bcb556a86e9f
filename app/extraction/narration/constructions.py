"""Constructions of the narration that say what a simpler one says, written like that one.

So the patterns of attribution need to know one form of each: `zitierte das Blatt den Minister` reads as `the paper
quoted the minister as saying`, `сообщили в ведомстве` as `the agency reported`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.narration.blocks import Item, spelled

QUOTING = re.compile(
    "(?<!o)(?P<by>[NTOPRDGX])a*(?P<verb>Y)[aw]{0,3}o?(?P<whom>[NTOPRDGX])"
    "|(?P<verb_1>Y)[aw]{0,3}o(?P<whom_1>[NTOPRDGX])a*(?P<by_1>[NTOPRDGX])"
    "|(?P<verb_2>Y)[aw]{0,3}(?P<by_2>[NTOPRDGX])a*o?(?P<whom_2>[NTOPRDGX])"
)
"""Over the letters with `Y` for a verb of quoting and `o` before a mention whose determiner tells that it is no
subject.
"""
PASSIVE = re.compile(
    "(?P<subject>(?<!p)[NTOPRGX]a*)?(?P<auxiliary>Y)(?P<inner>(?:[^.,:;?kCcY]|k[dw]{0,2}q){0,20}?)(?P<verb>C)"
)
"""Over the letters with `Y` for an auxiliary of the passive: a clause that its participle ends."""
PATIENT = re.compile("a*o?[NTOPRGX]")
"""The subject behind the auxiliary."""
AGENT = re.compile("Bd?[NTOPRGX]")
"""Whom it came from, with `B` for `by`."""
RECALLED = re.compile("(?P<verb>C)a*[NTRGPX]a*(?P<said>c)")
VIEW = re.compile(r"(?<![^.?])p(?=[NTRG](?:,[NTR])?,)")
TOPIC_AND_QUOTATION = re.compile(r"p[^qCc.?:]*:q")
FREE_VERB = re.compile(r"q[,?\-]{1,2}a{0,3}w(?=[NTRPOG](?!a*C))")
BACKWARD = re.compile(r"(?:^|q[.,?\-]+)(?=[pwd])")
"""Where a sentence begins, or its clause behind a quotation, that may lead back to it."""
DIALOGUE = re.compile("-q")
"""A dash opens the line, and its speech follows."""
LONGEST_BACKWARD = 3
SPEAKING_BODIES = frozenset("OG")


@dataclass(frozen=True, slots=True)
class Constructions:
    """Rewrites the items of paragraphs, as far as their language has such constructions."""

    language: Language
    text: str

    def rewritten(self, items: list[Item]) -> list[Item]:
        """The items of one paragraph, each construction written like the simpler one."""
        language = self.language
        if language.quoting:
            items = self._with_quoted(items)
        if language.recalling:
            items = self._with_recalled(items)
        if language.impersonal_endings:
            items = self._with_bodies_as_subjects(items)
        if language.verb_second and language.passives:
            items = self._with_passives(items)
        if language.views:
            items = self._with_views(items)
        if language.topics:
            items = self._with_topic(items)
        if language.free_verbs or (language.dialogue and DIALOGUE.match(spelled(items))):
            items = _with_free_verbs(items)
        return list(self._beside_documents(items)) if language.reading else items

    def with_backward(self, items: list[Item]) -> list[Item]:
        """Write the words that lead back to a quotation before them as one item."""
        written, done = [], 0
        for match in BACKWARD.finditer(spelled(items)):
            place = match.end()
            length = self._backward_length([self._word(item) for item in items[place : place + LONGEST_BACKWARD]])
            if length:
                span = Span(items[place].span.start, items[place + length - 1].span.end)
                written += [*items[done:place], Item("b", span)]
                done = place + length
        return [*written, *items[done:]]

    def _backward_length(self, words: Sequence[str]) -> int:
        """How many of these words lead back."""
        phrases = self.language.backward
        return next((end for end in range(len(words), 0, -1) if tuple(words[:end]) in phrases), 0)

    def _with_quoted(self, items: list[Item]) -> list[Item]:
        """Write whom a verb of quoting has for its object as quoted, and who quotes him before the verb.

        The object is told by its determiner, else it stands last.
        """
        written: list[Item] = []
        done = 0
        for match in QUOTING.finditer("".join(map(self._with_case, items))):
            parts = {name.rstrip("_12"): items[match.start(name)] for name, found in match.groupdict().items() if found}
            written += [*items[done : match.start()], parts["by"], parts["verb"], parts["whom"]]
            written.append(Item("Q", parts["verb"].span))
            done = match.end()
        return [*written, *items[done:]]

    def _with_recalled(self, items: list[Item]) -> list[Item]:
        """Write whom somebody remembers speaking as quoted (`recalled Lee saying` as `quoted Lee as saying`)."""
        matches = RECALLED.finditer(spelled(items))
        said = {m.start("said") for m in matches if self._word(items[m.start("verb")]) in self.language.recalling}
        return [replace(item, letter="Q") if place in said else item for place, item in enumerate(items)]

    def _with_case(self, item: Item) -> str:
        """The letter of an item as `QUOTING` has it."""
        word = self._word(item)
        if item.letter == "C" and word in self.language.quoting:
            return "Y"
        return "o" if item.letter == "p" and word in self.language.oblique else item.letter

    def _with_passives(self, items: list[Item]) -> list[Item]:
        """Write a participle that ends its clause behind the auxiliary and subject, and whom it came from behind that.

        `Kern wurde am Montag von Roth gewarnt` reads as `Kern was warned by Roth on Monday`.
        """
        letters = "".join(map(self._with_voice, items))
        written: list[Item] = []
        done = 0
        for match in PASSIVE.finditer(letters):
            verb, inner = items[match.start("verb")], match.start("inner")
            patient = None if match["subject"] else PATIENT.match(match["inner"])
            split = inner + (patient.end() if patient else 0)
            agent = AGENT.search(letters, split, match.start("verb"))
            told = agent or patient or match["subject"]
            if told and self._word(verb) not in self.language.quoting:
                first, last = agent.span() if agent else (split, split)
                written += [*items[done:split], replace(verb, letter="U" if agent else "V"), *items[first:last]]
                written += [*items[split:first], *items[last : match.start("verb")]]
                done = match.end()
        return [*written, *items[done:]]

    def _with_voice(self, item: Item) -> str:
        """The letter of an item as `PASSIVE` has it."""
        word = self._word(item)
        if item.letter == "a" and word in self.language.passives:
            return "Y"
        return "B" if item.letter == "p" and word in self.language.agents else self._with_case(item).replace("Y", "C")

    def _with_bodies_as_subjects(self, items: list[Item]) -> list[Item]:
        """Leave out the preposition between a verb that needs no subject and the body that speaks."""
        threes = zip(items, items[1:], items[2:], strict=False)
        left_out = [False, *(self._is_impersonal(*three) for three in threes), False]
        return [item for item, out in zip(items, left_out, strict=False) if not out]

    def _is_impersonal(self, verb: Item, preposition: Item, body: Item) -> bool:
        if verb.letter != "C" or preposition.letter != "p" or body.letter not in SPEAKING_BODIES:
            return False
        return verb.span.of(self.text).lower().endswith(self.language.impersonal_endings)

    def _with_views(self, items: list[Item]) -> list[Item]:
        """Take a preposition that opens a sentence and leads somebody's view as a source (`Pour la ministre, …`)."""
        places = (match.start() for match in VIEW.finditer(spelled(items)))
        views = {place for place in places if self._word(items[place]) in self.language.views}
        return [replace(item, letter="A") if place in views else item for place, item in enumerate(items)]

    def _with_topic(self, items: list[Item]) -> list[Item]:
        """Mark the label that names the topic of a quotation, with which the paragraph begins."""
        match = TOPIC_AND_QUOTATION.match(spelled(items))
        if not match or self._word(items[0]) not in self.language.topics:
            return items
        end = match.end() - 2
        label = (replace(item, letter="w") for item in items[1:end])
        return [replace(items[0], letter="t"), *label, *items[end:]]

    def _beside_documents(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items, a document in which somebody not named says it being no source (`ha detto in una nota`)."""
        previous = ""
        verb: Item | None = None
        for item in items:
            if item.letter in "Cc":
                verb = item
            elif item.letter not in "ap" and not (item.letter == "D" and previous == "p"):
                verb = None
            if item.letter == "D" and verb and self._word(verb) not in self.language.reading:
                yield Item("w", item.span, item.mention)
            else:
                yield item
            previous = item.letter

    def _word(self, item: Item) -> str:
        return fold(item.span.of(self.text))


def _with_free_verbs(items: list[Item]) -> list[Item]:
    """Take an unknown word between the comma behind a quotation and its subject as a verb of saying."""
    verbs = {match.end() - 1 for match in FREE_VERB.finditer(spelled(items))}
    return [replace(item, letter="C") if place in verbs else item for place, item in enumerate(items)]

"""What the narration on either side of one quotation tells of who said it: the rules, but for going on with others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extraction.attribution import source_patterns as patterns
from app.extraction.attribution.evidence import (
    ACCORDING_TO,
    BEFORE_COLON,
    LABELLED,
    LEADS_BACK,
    QUOTED_BY_ANOTHER,
    SECOND_HAND,
    SENTENCE_BEFORE,
    SUBJECT_BEFORE,
    SUBJECT_OF_SENTENCE,
    SUBJECT_WITHOUT_SAYING,
    VERB_ALONE,
    VERB_FIRST,
    VERB_IN_DOCUMENT,
    Attribution,
)
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Block

WINDOW = 60
"""Items read on either side of a quotation: bounds the work on hostile text."""
LED_WITHIN = 2
"""Items behind a preposition among which stands whom it leads to: `a todos los vecinos`."""
DOCUMENT_REACH = 8
"""Items before a verb among which the document stands that it is read from."""


class Sides:
    """The letters before and after one quotation within its paragraph."""

    def __init__(self, block: Block, letters: str, position: int, *, verb_second: bool = False) -> None:
        self.block = block
        self.items = block.items
        self.verb_second = verb_second
        self.position = position
        self.first = max(0, position - WINDOW)
        self.left = letters[self.first : position]
        self.right = letters[position + 1 : position + 1 + WINDOW]
        self.right_start = position + 1
        self.left_start = self.first + max(self.left.rfind("."), self.left.rfind("?"), -1) + 1
        self.sentence = letters[self.left_start : position]

    @property
    def ended_openly(self) -> bool:
        """Does the sentence go on behind the quotation? Not where a colon leads to it and it ends by itself."""
        is_whole = self.right.startswith("?") and patterns.INTRODUCED.search(self.sentence)
        return self.right[:1] in {",", "?", "-"} and not is_whole

    @property
    def is_on_topic(self) -> bool:
        """Does the paragraph begin with what the quotation is about (`On the budget: “…”`)?"""
        return bool(patterns.TOPIC_LABEL.match(self.left))

    def after(self) -> Attribution | None:
        """Cue and subject behind the quotation."""
        for rule, pattern in patterns.AFTER:
            match = pattern.search(self.right)
            if match:
                return self._attribution(rule, match, self.right_start)
        return None

    def dropped_after(self) -> Attribution | None:
        """A verb of saying behind the quotation that has no subject before the next preposition."""
        match = patterns.DROPPED.search(self.right)
        return self._attribution(VERB_ALONE, match, self.right_start) if match else None

    def dropped_before(self) -> Attribution | None:
        """The same before the quotation in its sentence."""
        fronted = self._fronted_hearer_end()
        match = patterns.DROPPED_BEFORE.search(self.sentence[fronted:])
        if not match:
            return None
        start = self.left_start + fronted
        hearer = self.items[start + match.start("hearer")].mention if match["hearer"] else None
        return replace(self._attribution(VERB_ALONE, match, start), hearers=(hearer,) if hearer else ())

    def _fronted_hearer_end(self) -> int:
        """How many letters at the beginning of the sentence name whom the verb behind them speaks to (`A Gil`)."""
        led = self.items[self.left_start + 1 : self.left_start + 1 + LED_WITHIN]
        end = next((place for place, item in enumerate(led, 2) if item.mention), 0)
        is_led = self.left_start in self.block.addressing and self.sentence[end : end + 1] not in {",", "r", "."}
        return end if is_led else 0

    def label(self) -> Attribution | None:
        """An office and its holder before a colon, where the rest of the paragraph is all quotation."""
        match = patterns.LABEL.search(self.left)
        alone = match and not self.right.strip("q.,?-")
        return self._attribution(LABELLED, match, self.first) if match and alone else None

    def before(self) -> Attribution | None:
        """Cue and subject before the quotation in its sentence; the last cue governs it."""
        return (
            self._agent_behind()
            or self.source_before()
            or self._first_in_sentence(QUOTED_BY_ANOTHER, patterns.QUOTED)
            or self._first_in_sentence(ACCORDING_TO, [patterns.AGENT])
            or self._said_within()
            or self._subject_of_last_cue()
            or self._talked_of()
            or self._first_in_sentence(BEFORE_COLON, [patterns.COLON])
        )

    def source_before(self) -> Attribution | None:
        """Whom `according to` names before the quotation in its sentence, or who speaks in what it names."""
        source = _first_of(patterns.SOURCE, self.sentence)
        if source is None:
            return None
        said = patterns.SAID_THERE.match(self.sentence, source.end()) or patterns.SAID_BY_SOURCE.search(self.sentence)
        return self._attribution(SUBJECT_BEFORE if said else ACCORDING_TO, said or source, self.left_start)

    def subject_before(self) -> Attribution | None:
        """No cue word: the first subject of the sentence, for partial quotations."""
        return self._first_in_sentence(SUBJECT_WITHOUT_SAYING, patterns.SUBJECTS)

    def sentence_before(self) -> Attribution | None:
        """The subject of the sentence before, in the same paragraph; a thing without a name says nothing there."""
        end = max(0, self.left_start - 1 - self.first)
        start = self.left[:end].rfind(".") + 1
        match = patterns.SUBJECTS[0].search(self.left[start:end])
        return self._attribution(SENTENCE_BEFORE, match, self.first + start) if match else None

    def hearers(self) -> tuple[Mention | None, ...]:
        """By which words the sentence names whom it was said to or of, if it tells no other verb of saying."""
        objects = (patterns.FRONTED_OBJECT,) if self.verb_second else (patterns.OBJECT, patterns.OPENING_OBJECT)
        found = (pattern.search(self.sentence) for pattern in objects)
        told = (self.items[self.left_start + match.start("who")].mention for match in found if match)
        if mention := next(filter(None, told), None):
            return (mention,)
        sides = (self.sentence, self.left_start), (self.right, self.right_start)
        for pattern, (letters, start) in zip(patterns.HEARERS, sides, strict=True):
            match = pattern.search(letters)
            if match:
                places = [match.start(group) for group in ("who", "apposed") if match[group]]
                return tuple(self.items[start + place].mention for place in places)
        return ()

    def addressed(self) -> tuple[Mention, ...]:
        """Whom a preposition beside a verb of saying tells to be spoken to (`le espetó a Gil`, `A Gil le espetó`).

        At the beginning of the sentence beside whatever verb (`A Gil le envió una carta: «…»`).
        """
        behind = self.right.partition(".")[0]
        sides = (self.sentence, self.left_start), (behind, self.right_start)
        clauses = [
            (start + clause.start(), start + clause.end())
            for letters, start in sides
            for clause in patterns.SAYING_CLAUSE.finditer(letters)
        ]
        clauses.append((self.left_start, self.left_start + bool(self._fronted_hearer_end())))
        led = (p for p in self.block.addressing if any(start <= p < end for start, end in clauses))
        followed = (self.items[p + 1 : p + 1 + LED_WITHIN] for p in led)
        told = (next((item.mention for item in items if item.mention), None) for items in followed)
        return tuple(mention for mention in told if mention)

    def quotation_before(self) -> int | None:
        """The quotation before, where this one opens its sentence."""
        if self.sentence.strip("k-:,"):
            return None
        quotations = (item.quotation for item in reversed(self.items[self.first : self.position]))
        return next((quotation for quotation in quotations if quotation is not None), None)

    def said_since_quotation(self) -> Mention | None:
        """Who speaks in the sentence before, where no quotation stands (`Asked of the plan, Lee answered at once.`)."""
        end = max(0, self.left_start - 1 - self.first)
        start = self.left[:end].rfind(".") + 1
        if not start or "q" in self.left[start:end]:
            return None
        said = [*patterns.SAYING.finditer(self.left, start, end), *patterns.INVERTED.finditer(self.left, start, end)]
        return self.items[self.first + said[-1].start("who")].mention if said else None

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where the sentence of the quotation begins and ends, and then those before it, the last one first.

        None that begins before the window: what stands there is not read.
        """
        end = self.right_start + len(self.right.partition(".")[0])
        for stop in patterns.SENTENCE_STOP.finditer(self.left[::-1]):
            start = self.position - stop.start()
            yield start, end
            end = start - 1
        if not self.first:
            yield 0, end

    def is_reported(self, start: int, end: int) -> bool:
        """Does a verb between these places tell that somebody said so?"""
        return any(start <= place < end for place in self.block.reported)

    def narrating(self) -> int | None:
        """The place of the infinitive in the sentence before the quotation that tells what was said next."""
        return next((place for place in self.block.narrating if self.left_start <= place < self.position), None)

    def source_in(self, start: int, end: int) -> Mention | None:
        """Who says something in this sentence, else its subject."""
        letters = self.left[max(0, start - self.first) : end - self.first]
        told = (patterns.SAYING, patterns.INVERTED, *patterns.SOURCE)
        said = [match for pattern in told for match in pattern.finditer(letters)]
        found = max(said, key=lambda match: match.start("who")) if said else patterns.SUBJECTS[0].search(letters)
        return self.items[start + found.start("who")].mention if found else None

    def _first_in_sentence(self, rule: str, listed: Sequence[re.Pattern[str]]) -> Attribution | None:
        """What the first of these patterns tells that matches before the quotation in its sentence."""
        match = _first_of(listed, self.sentence)
        return self._attribution(rule, match, self.left_start) if match else None

    def _agent_behind(self) -> Attribution | None:
        """By whom it was said, behind a quotation that a verb in the passive leads to."""
        match = patterns.AGENT_BEHIND.match(self.right) if patterns.PASSIVE.search(self.sentence) else None
        if match is None or self.right_start + match.start("by") not in self.block.agents:
            return None
        cue = self.left_start + self.sentence.rfind("V")
        return self._attribution(QUOTED_BY_ANOTHER, match, self.right_start, cue)

    def _said_within(self) -> Attribution | None:
        """Who says it in what another says (`Holm said Pike called it “dead”`), if it tells that this was said."""
        match = patterns.SAID_WITHIN.search(self.sentence)
        if match is None:
            return None
        start, end = (self.left_start + place for place in (match.start("who"), match.end("cue")))
        if any(start < place < end for place in self.block.unsaid):
            return None
        return self._attribution(SECOND_HAND, match, self.left_start)

    def _subject_of_last_cue(self) -> Attribution | None:
        """The subject of the last cue word before the quotation: its own, or the one of the sentence."""
        cue = max(map(self.sentence.rfind, "CcQ"))
        if cue < 0:
            return None
        clause = self.sentence[: cue + 1]
        return (
            self._shared_subject(clause)
            or (self._fronted(cue) or self._object_first(cue) if self.verb_second else None)
            or self._own_subject(clause)
            or self._inverted(cue)
        )

    def _shared_subject(self, clause: str) -> Attribution | None:
        """The subject of a participle or of a verb that goes on with the one of the sentence."""
        is_coordinated = patterns.COORDINATED.search(clause) and not patterns.APPOSED.search(clause)
        if not clause.endswith(("c", "Q")) and not is_coordinated:
            return None
        match = _first_of((patterns.ABSOLUTE, *patterns.SUBJECTS), clause)
        cue = self.left_start + len(clause) - 1
        return self._attribution(SUBJECT_OF_SENTENCE, match, self.left_start, cue) if match else None

    def _fronted(self, cue: int) -> Attribution | None:
        match = patterns.FRONTED.search(self.sentence, 0, cue + 2)
        return self._attribution(VERB_FIRST, match, self.left_start) if match else None

    def _object_first(self, cue: int) -> Attribution | None:
        match = patterns.OBJECT_FIRST.search(self.sentence, 0, cue + 2)
        return self._attribution(VERB_FIRST, match, self.left_start) if match else None

    def _own_subject(self, clause: str) -> Attribution | None:
        match = _first_of(patterns.SUBJECT_OF_CUE, clause)
        if match is None or self.left_start + match.start("who") - 1 in self.block.addressing:
            return None
        return self._attribution(SUBJECT_BEFORE, match, self.left_start)

    def _inverted(self, cue: int) -> Attribution | None:
        """The subject behind the verb, or the document that it is read from."""
        inverted = (VERB_FIRST, patterns.INVERTED), (VERB_FIRST, patterns.INVERTED_LATER)
        for rule, pattern in (*inverted, (VERB_IN_DOCUMENT, patterns.IN_DOCUMENT)):
            match = pattern.search(self.sentence, max(0, cue - DOCUMENT_REACH))
            if match:
                return self._attribution(rule, match, self.left_start)
        return None

    def _talked_of(self) -> Attribution | None:
        """The document that talk is of, where that word stands behind the quotation."""
        match = patterns.TALKING_OF.search(self.sentence) if patterns.TALK.search(self.right) else None
        return self._attribution(VERB_IN_DOCUMENT, match, self.left_start, self.right_start) if match else None

    def _attribution(self, rule: str, match: re.Match[str], start: int, cue_at: int | None = None) -> Attribution:
        """What a match tells; `start` is where its letters begin, `cue_at` the place of a cue that is not its own."""
        groups = match.groupdict()
        who = self.items[start + match.start("who")] if groups.get("who") else None
        if groups.get("cue"):
            cue_at = start + match.start("cue")
        cue = self.items[cue_at] if cue_at is not None else None
        return Attribution(who.mention if who else None, cue.span if cue else None, rule)


def led_back(block: Block, start: int) -> Attribution | None:
    """Who says it, a person or a body by its noun, in a sentence from this place on that leads back to a quotation."""
    letters = block.letters
    match = patterns.LEADING_BACK.match(letters, start)
    told = Sides(block, letters, match.end() - 1).after() if match else None
    return replace(told, rule=LEADS_BACK) if told and told.mention and _may_say(told.mention) else None


def _may_say(mention: Mention) -> bool:
    """Is this somebody who speaks, not a paper or an agency that passes it on (`Об этом сообщает «Волна»`)?"""
    if mention.kind is MentionKind.NAME:
        return bool(mention.description.heads or (mention.gender and " " in (mention.name or "")))
    owned = mention.name is None and " " in mention.phrase  # `пресс-служба порта`
    return mention.kind is MentionKind.ROLE or (mention.kind is MentionKind.ORGANIZATION and owned)


def _first_of(listed: Sequence[re.Pattern[str]], letters: str) -> re.Match[str] | None:
    matches = (pattern.search(letters) for pattern in listed)
    return next((match for match in matches if match), None)

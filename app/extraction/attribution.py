"""Which mention said which quotation: patterns over the letters of the narration, strongest first.

First-level rules in the manner of Pouliquen et al. 2007 (NewsExplorer) and Pareti 2015: cue verb and subject on either
side, inverted order, "according to", colon, and the speaker before where a paragraph is all quotation. Each rule's
confidence is its precision on training data (see `training/rules.py`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from app.extraction.document import Span
from app.extraction.languages import Language
from app.extraction.mentions import Mention, MentionKind
from app.extraction.narration import Block

WINDOW = 60
"""Items read on either side of a quotation: bounds the work on hostile text."""

STRONG = "[NTOPRDGI]"
S = "[NTOPRDGXI]"
PHRASE = "[pdwaNTOPRDGX]"
CUE = "(?P<cue>[Cc])"
SIGNED = "signature on a line of its own"
IN_TURN = "answers in turn"
REPLY = "answers another"
ADJUNCT = "(?:p(?:d?w{1,2}|[XODGN])a?){1,2}"
"""What may stand between a verb and its subject behind it: `afirmó por teléfono la ministra`."""
REST = r"[^.,:;?qACc]{1,8}"
"""The rest of the clause that a quotation stands in: `„nötig“ gewesen, so der Minister`."""
REPORTED_ON = "goes on in reported speech"
QUOTED_BY_ANOTHER = "quoted by another"
LABELLED = "office and name before the colon"
TOPIC = "on a topic, speaker before"
AFTER = (
    (QUOTED_BY_ANOTHER, rf"^[,?\-]*k?{S}a*C(?P<who>{S})(?P<cue>Q)"),
    ("verb before its subject", rf"^[,?\-]*a*{CUE}R[pdwNTO]{{0,6}},(?P<who>[NT])"),
    ("verb before its subject", rf"^[,?\-]*a*{CUE}[aw]{{0,3}}d?(?P<who>{S})(?!a*C)"),
    (
        "verb before its subject",
        rf"^[,?\-]*a*{CUE}[aw]{{0,3}}(?:p[dw]{{0,2}}{S}?a*){{1,2}}(?<!p)d?(?P<who>[NTR])(?=[.,]|$)",
    ),
    ("verb before its subject", rf"^[,?\-]*a*{CUE},[^.,CqA?]{{1,12}},(?P<who>[NTR])(?!,?a*C)"),
    ("subject and verb behind the quote", rf"^[,?\-]*k?(?P<who>{S})a*{CUE}"),
    ("subject and verb behind the quote", rf"^[,?\-]*(?P<who>{S})a*Vpa*{CUE}"),  # `is reported to have said`
    ("apposition and verb behind the quote", rf"^[,?\-]*[RXGPDO],(?P<who>[NT]),?a*{CUE}"),
    ("apposition and verb behind the quote", rf"^[,?\-]*(?P<who>{S}),[^.Cq?]{{1,25}},a*{CUE}"),
    ("subject and verb behind the quote", rf"^[,?\-]*k?(?P<who>{S}){PHRASE}{{0,8}}?{CUE}"),
    ("according to", rf"^[,?\-]*(?P<cue>A)d?(?P<who>{S})"),
    ("according to", rf"^[,?\-]*{S}a*(?P<cue>U)pd?(?P<who>{S})"),
    ("according to", rf"^[,?\-]*(?P<who>{S})(?P<cue>Z)"),
    ("verb before its subject", rf"^[,?\-]*a*{CUE}a{{0,2}}{ADJUNCT}(?P<who>{STRONG})(?!a*C)"),
    ("verb before its subject", rf"^[,?\-]*a*{CUE},[aw]{{1,2}},(?P<who>{STRONG})(?!a*C)"),
    ("verb in a document", rf"^[,?\-]*a*{CUE}a*p(?P<who>D)"),
    ("according to", rf"^{REST},(?P<cue>A)d?(?P<who>{S})"),
    ("verb before its subject", rf"^{REST},a*{CUE}[aw]{{0,3}}d?(?P<who>{S})(?!a*C)"),
    ("verb without a subject", rf"^[,?\-]*a*{CUE}(?=[.,:;]|$)"),
    ("subject and verb behind the quote", rf"^[,?\-]*[^.q?;]{{0,15}}?(?<![pd])(?P<who>{S})a*{CUE}"),
    ("subject and verb behind the quote", rf"^\.(?P<who>{S})a*{CUE}\."),
    (SIGNED, r"^[.,?]*¶-*(?P<who>[NTOR])(?=[.,]|$)"),
    ("signature", r"^[.,?]*-+(?P<who>[NTOR])(?=[.,]|$)"),
)
DROPPED = ("verb without a subject", re.compile(r"^[,?\-]*a*(?P<cue>[Cc])(?=a*p)"))
"""A verb before a preposition: no subject in a language that drops it (`ha detto in una nota`)."""
SOURCE = (
    rf".*(?P<cue>A)d?(?P<who>{S})",
    rf".*(?P<who>{S})(?P<cue>Z)",
)
SAID_THERE = re.compile(
    rf"(?:,[^.Cq?,]{{1,25}})?,(?:[RXGO],)?(?P<who>{STRONG})(?:,[^.Cq?,]{{1,25}},)?a*(?P<cue>C)[^,;kCr]*[:,]?$"
)
"""What the source tells that another said (`According to the suit, Lee told them to “…”`): that one is quoted."""
SUBJECT_OF_CUE = (
    r"(?<![pd])(?P<who>T)a*(?P<cue>C)$",
    rf"(?<!p)(?P<who>{STRONG})(?:,[^.Cq?,]{{1,25}},)?,?r?{PHRASE}{{0,6}}?(?P<cue>C)$",
    rf"(?P<who>{STRONG})a*(?P<cue>C)$",
    rf"(?<!p)(?P<who>X){PHRASE}{{0,6}}?(?P<cue>C)$",
)
QUOTED = (
    rf"[Cc](?P<who>{S})(?:p[dw]{{0,2}}{S}|,[^.Cq?,]{{1,25}},)?(?P<cue>Q)",
    rf"(?P<who>{S})(?:,[^.Cq?,]{{1,25}},)?a+C(?:p[dw]{{0,2}}{S})?(?P<cue>Q)",
)
"""`The agency quoted the minister as saying`, `The minister was quoted by the agency as saying`."""
AGENT = re.compile(rf"(?P<cue>U)pd?(?P<who>{S})[^.?CcA]*$")
"""`The mayor was told by her deputy that`."""
HEARERS = (
    re.compile(rf"(?P<who>{S})a*[UV][^.?CcAQ]*$"),
    re.compile(rf"^[,?\-]*(?P<who>{S})a*[UV](?![^.q]*[QC])"),
)
"""Who was told or asked it, or of whom it was said, before the quotation and behind it."""
TALK = re.compile(r"^(?P<cue>D)(?=[.,;:]|$|a[.,])")
TALKING_OF = re.compile(rf"(?:^|[,;])p(?P<who>{S})(?:p?X)?(?:a|,p[dr])p[dw]{{0,2}}$")
"""`In dem Papier ist von „…“ die Rede`."""
IN_DOCUMENT = re.compile(r"p(?P<who>D)[^.Cc]{0,6}(?P<cue>C)")
ABSOLUTE = re.compile(rf"p(?P<who>{STRONG})a*(?P<cue>c)$")
FRONTED = re.compile(rf"(?:^|[,;k])a*p[^.,:;qCc]{{1,8}}(?P<cue>C)(?P<who>{S})$")
"""The verb stands second, what opens the clause is no subject: `Nach dem Treffen mit Roth sagte der Minister`."""
COORDINATED = re.compile(r"[,k]a*C$")
INVERTED = re.compile(rf"(?:^|[,q?\-])a*(?P<cue>C)(?P<who>{S})")
COLON = re.compile(rf"(?P<who>{S}):$")
LABEL = re.compile(r"^(?P<who>T):$")
TOPIC_LABEL = re.compile(r"^tw*:$")
SENTENCE_STOP = re.compile("[.?]")
SUBJECTS = (re.compile(rf"(?<![pdA])(?P<who>{STRONG})"), re.compile(r"(?<![pdA])(?P<who>X)"))
SAYING = re.compile(rf"(?<!p)(?P<who>{STRONG})(?:,[^.Cq?,]{{1,25}},)?,?r?{PHRASE}{{0,6}}?(?P<cue>C)")
AFTER = tuple((name, re.compile(pattern)) for name, pattern in AFTER)
SOURCE = tuple(map(re.compile, SOURCE))
QUOTED = tuple(map(re.compile, QUOTED))
SUBJECT_OF_CUE = tuple(map(re.compile, SUBJECT_OF_CUE))


RULES = {
    "apposition and verb behind the quote": 0.95,
    "verb before its subject": 0.94,
    "subject and verb behind the quote": 0.93,
    "according to": 0.92,
    QUOTED_BY_ANOTHER: 0.9,
    SIGNED: 0.9,
    LABELLED: 0.9,
    TOPIC: 0.8,
    "signature": 0.9,
    "verb in a document": 0.8,
    "subject and verb before the quote": 0.81,
    "subject of the sentence": 0.79,
    REPORTED_ON: 0.79,
    "goes on in its paragraph": 0.9,
    IN_TURN: 0.6,
    "no verb of saying, subject of the sentence": 0.46,
    "stands free, speaker before": 0.46,
    "colon": 0.4,
    "subject of the sentence before": 0.39,
    "verb without a subject": 0.3,
    "nobody near it": 0.02,
    REPLY: 0.02,
}
"""The share of each rule's quotes on PolNeAR train that are quotes and point at their source: `training/rules.py`.

Some have too few cases there to be measured: `quoted by another`, the signatures, the labels before a colon, `verb in a
document`, `verb without a subject`, or none, as `goes on in reported speech`, which English verbs do not tell, and
those of dialogue, which English does not set so.
"""
SEEN_BY_LAYOUT = {SIGNED, LABELLED, TOPIC}
"""Rules that read the layout of a paragraph, of which the model sees little: line breaks are no pieces to it."""
GUESSES = {"verb without a subject", "subject of the sentence before", "stands free, speaker before", "nobody near it"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, by which words, as which rule saw it."""

    mention: Mention | None
    cue: Span | None
    rule: str
    inherited: int | None = None
    """The quotation whose speaker this one goes on with."""
    is_quote: float | None = None
    """The model's probability that it reports speech; None without the model."""
    chance: float | None = None
    """The model's probability of this source; None without the model."""
    phrase: Span | None = None
    """The whole phrase that the model takes for the source."""
    hearer: Mention | None = None
    """Who does not speak, being the subject of a passive (`The mayor was told: “…”`)."""

    @property
    def is_guess(self) -> bool:
        """Was it told from the sentences before alone?"""
        return self.rule in GUESSES


NOBODY = Attribution(None, None, "nobody near it")


@dataclass(frozen=True, slots=True)
class Saying:
    """A subject and a verb of saying in the narration, with or without a quotation."""

    start: int
    mention: Mention


class Attributor:
    """Attributes the quotations of one article, block by block, in reading order.

    `dialogue` holds the indices of those that a dash opens: the narrator tells of them behind them or nowhere.
    """

    def __init__(self, blocks: Sequence[Block], language: Language, dialogue: Container[int] = ()) -> None:
        self.blocks = blocks
        self.language = language
        self.dialogue = dialogue
        self.found: dict[int, Attribution] = {}
        self.sayings: list[tuple[int, Saying]] = []

    def attribute(self) -> dict[int, Attribution]:
        """The attribution of each quotation by its index."""
        for number, block in enumerate(self.blocks):
            self._read_block(number, block)
        return self.found

    def _read_block(self, number: int, block: Block) -> None:
        letters = block.letters
        for position, item in enumerate(block.items):
            if item.quotation is not None and item.quotation not in self.found:
                told = self._in_dialogue if item.quotation in self.dialogue else self._one
                self.found[item.quotation] = told(number, block, letters, position)
        self.sayings += [(number, saying) for saying in _sayings(block, letters)]

    def _one(self, number: int, block: Block, letters: str, position: int) -> Attribution:
        sides = self._sides(block, letters, position)
        if TOPIC_LABEL.match(sides.left):
            return self._on_topic(number, block.span)
        hearer, found = sides.hearer(), self._found(number, sides)
        if hearer and (found.mention in {hearer, None} or found.is_guess):
            found = NOBODY
        return replace(found, hearer=hearer) if hearer else found

    def _found(self, number: int, sides: Sides) -> Attribution:
        after = self._after(sides) if sides.ended_openly else None
        if after and after.mention and after.mention.kind is MentionKind.ORGANIZATION:
            after = sides.source_before() or after  # `according to Lee “…”, the agency reports`
        return (
            sides.label()
            or after
            or sides.before()
            or self._after(sides)
            or self._same_paragraph(sides)
            or self._reported_on(sides)
            or sides.subject_before()
            or sides.sentence_before()
            or self._paragraph_before(number)
            or NOBODY
        )

    def _on_topic(self, number: int, place: Span) -> Attribution:
        """A quotation behind its topic (`On the budget: “…”`) goes on with who spoke last, and so may the next one."""
        before = self._paragraph_before(number)
        if before is None or before.mention is None:
            return NOBODY
        self.sayings.append((number, Saying(place.start, before.mention)))
        return replace(before, rule=TOPIC)

    def _in_dialogue(self, number: int, block: Block, letters: str, position: int) -> Attribution:
        """What stands behind it; where nothing does, what leads to it at the end of the paragraph before."""
        told = self._after(self._sides(block, letters, position))
        if not told and number and letters.strip("-,.?") == "q":
            above = self.blocks[number - 1]
            told = self._sides(above, above.letters, len(above.items) - 1).before()
        return told or NOBODY

    def _sides(self, block: Block, letters: str, position: int) -> Sides:
        return Sides(block, letters, position, verb_second=self.language.verb_second)

    def _after(self, sides: Sides) -> Attribution | None:
        """What stands behind it, be it a verb alone where the language leaves subjects out."""
        return sides.after() or (sides.dropped_after() if self.language.drops_subjects else None)

    def _same_paragraph(self, sides: Sides) -> Attribution | None:
        """A quotation that follows another one of its paragraph without narration of its own goes on with it."""
        earlier = sides.quotation_before()
        return Attribution(None, None, "goes on in its paragraph", earlier) if earlier is not None else None

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

    def _said_in(self, sides: Sides, start: int, end: int) -> Mention | None:
        """Whose words a sentence tells: those of its last quotation's source, or of its subject."""
        indices = [item.quotation for item in sides.items[start:end] if item.quotation in self.found]
        told = [self.found[index].mention for index in indices if index is not None]
        return told[-1] if told else sides.source_in(start, end)

    def _paragraph_before(self, number: int) -> Attribution | None:
        """A quotation that stands free goes on with who spoke last, up to two paragraphs before."""
        if not self.sayings or self.sayings[-1][0] < number - 2:
            return None
        return Attribution(self.sayings[-1][1].mention, None, "stands free, speaker before")


class Sides:
    """The letters before and after one quotation within its paragraph."""

    def __init__(self, block: Block, letters: str, position: int, *, verb_second: bool = False) -> None:
        self.items = block.items
        self.block = block
        self.verb_second = verb_second
        self.position = position
        self.first = max(0, position - WINDOW)
        self.left = letters[self.first : position]
        self.right = letters[position + 1 : position + 1 + WINDOW]
        self.left_start = self.first + max(self.left.rfind("."), self.left.rfind("?"), -1) + 1
        self.sentence = letters[self.left_start : position]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where the sentence of the quotation begins and ends, and then those before it, the last one first.

        None that begins before the window: what stands there is not read.
        """
        end = self.position + 1 + len(self.right.partition(".")[0])
        for stop in SENTENCE_STOP.finditer(self.left[::-1]):
            start = self.position - stop.start()
            yield start, end
            end = start - 1
        if not self.first:
            yield 0, end

    def is_reported(self, start: int, end: int) -> bool:
        """Does a verb between these places tell that somebody said so?"""
        return any(start <= place < end for place in self.block.reported)

    def source_in(self, start: int, end: int) -> Mention | None:
        """Who says something in this sentence, else its subject."""
        letters = self.left[max(0, start - self.first) : end - self.first]
        said = [match for pattern in (SAYING, INVERTED, *SOURCE) for match in pattern.finditer(letters)]
        found = max(said, key=lambda match: match.start("who")) if said else SUBJECTS[0].search(letters)
        return self.items[start + found.start("who")].mention if found else None

    @property
    def ended_openly(self) -> bool:
        """Does the sentence go on behind the quotation?"""
        return self.right[:1] in {",", "?", "-"} and bool(self.right)

    def after(self) -> Attribution | None:
        """Cue and subject behind the quotation."""
        for rule, pattern in AFTER:
            match = pattern.search(self.right)
            if match:
                return self._attribution(rule, match, self.position + 1)
        return None

    def dropped_after(self) -> Attribution | None:
        """A verb of saying behind the quotation that has no subject before the next preposition."""
        rule, pattern = DROPPED
        match = pattern.search(self.right)
        return self._attribution(rule, match, self.position + 1) if match else None

    def before(self) -> Attribution | None:
        """Cue and subject before the quotation in its sentence; the last cue governs it."""
        source = self.source_before()
        if source:
            return source
        quoted = self._first_of(QUOTED, self.sentence)
        if quoted:
            return self._attribution(QUOTED_BY_ANOTHER, quoted, self.left_start)
        agent = AGENT.search(self.sentence)
        if agent:
            return self._attribution("according to", agent, self.left_start)
        cue = max(self.sentence.rfind("C"), self.sentence.rfind("c"))
        found = self._subject_of(cue) if cue >= 0 else None
        if found:
            return found
        match = TALKING_OF.search(self.sentence) if TALK.search(self.right) else None
        if match:
            return self._attribution("verb in a document", match, self.left_start, self.position + 1 - self.left_start)
        match = COLON.search(self.sentence)
        return self._attribution("colon", match, self.left_start) if match else None

    def label(self) -> Attribution | None:
        """An office and its holder before a colon, where the rest of the paragraph is all quotation."""
        match = LABEL.search(self.left)
        alone = match and not self.right.strip("q.,?-")
        return self._attribution(LABELLED, match, self.first) if match and alone else None

    def hearer(self) -> Mention | None:
        """Whom the sentence says it was said to or of, if it tells no other verb of saying."""
        sides, offsets = (self.sentence, self.right), (self.left_start, self.position + 1)
        for pattern, letters, offset in zip(HEARERS, sides, offsets, strict=True):
            match = pattern.search(letters)
            if match:
                return self.items[offset + match.start("who")].mention
        return None

    def source_before(self) -> Attribution | None:
        """Whom `according to` names before the quotation in its sentence, or who speaks in what it names."""
        source = self._first_of(SOURCE, self.sentence)
        if source is None:
            return None
        said = SAID_THERE.match(self.sentence, source.end())
        rule = "subject and verb before the quote" if said else "according to"
        return self._attribution(rule, said or source, self.left_start)

    def _subject_of(self, cue: int) -> Attribution | None:
        """The subject of the cue word at this place of the sentence: its own, or the one of the sentence."""
        clause = self.sentence[: cue + 1]
        if clause.endswith("c") or COORDINATED.search(clause):
            match = ABSOLUTE.search(clause) or self._first_subject(clause)
            if match:
                return self._attribution("subject of the sentence", match, self.left_start, self.left_start + cue)
        match = FRONTED.search(self.sentence, 0, cue + 2) if self.verb_second else None
        if match:
            return self._attribution("verb before its subject", match, self.left_start)
        for pattern in SUBJECT_OF_CUE:
            match = pattern.search(clause)
            if match:
                return self._attribution("subject and verb before the quote", match, self.left_start)
        fallbacks = (("verb before its subject", INVERTED), ("verb in a document", IN_DOCUMENT))
        for rule, pattern in fallbacks:
            match = pattern.search(self.sentence, max(0, cue - 8))
            if match:
                return self._attribution(rule, match, self.left_start)
        return None

    def _first_subject(self, letters: str) -> re.Match[str] | None:
        return self._first_of(SUBJECTS, letters)

    def _first_of(self, patterns: Sequence[re.Pattern[str]], letters: str) -> re.Match[str] | None:
        matches = (pattern.search(letters) for pattern in patterns)
        return next((match for match in matches if match), None)

    def subject_before(self) -> Attribution | None:
        """No cue word: the first subject of the sentence, for partial quotations."""
        match = self._first_subject(self.sentence)
        rule = "no verb of saying, subject of the sentence"
        return self._attribution(rule, match, self.left_start) if match else None

    def sentence_before(self) -> Attribution | None:
        """The subject of the sentence before, in the same paragraph; a thing without a name says nothing there."""
        end = max(0, self.left_start - 1 - self.first)
        start = self.left[:end].rfind(".") + 1
        match = SUBJECTS[0].search(self.left[start:end])
        return self._attribution("subject of the sentence before", match, self.first + start) if match else None

    def quotation_before(self) -> int | None:
        """The quotation before, where this one opens its sentence."""
        if self.sentence.strip("k-:,"):
            return None
        for item in reversed(self.items[self.first : self.position]):
            if item.quotation is not None:
                return item.quotation
        return None

    def _attribution(self, rule: str, match: re.Match[str], offset: int, cue_at: int | None = None) -> Attribution:
        groups = match.groupdict()
        who = self.items[offset + match.start("who")] if groups.get("who") else None
        if groups.get("cue"):
            cue_at = offset + match.start("cue")
        cue = self.items[cue_at] if cue_at is not None else None
        return Attribution(who.mention if who else None, cue.span if cue else None, rule)


def _sayings(block: Block, letters: str) -> Iterator[Saying]:
    matches = [*SAYING.finditer(letters), *INVERTED.finditer(letters)]
    for match in sorted(matches, key=lambda match: match.start("who")):
        item = block.items[match.start("who")]
        if item.mention and item.mention.kind is not MentionKind.WRITER:
            yield Saying(item.span.start, item.mention)

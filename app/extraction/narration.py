"""The narration around the quotations, written as one letter a word, so that attribution can be read off by patterns.

A letter is a `MentionKind` value for a mention, and else one of the following; quotations stand as single letters.

    T name with an office   q quotation   C cue word   c the same as a participle (`saying`)   A "according to"
    V cue word in the passive (`was told`)   U the same before whom it came from (`was told by`)
    Z the same behind its noun   Q "as saying"   a auxiliary or adverb   p preposition   d determiner
    k conjunction, clause opener   r relative pronoun   w any other word   ? a quotation ended by its own question mark
    t the preposition before the topic of a quotation (`On the budget: “…”`), in whose phrase nobody speaks
    ¶ the line begins that signs the last quotation   , : ; - . as they are
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mention_finder import MentionFinder
from app.extraction.mentions import Mention, MentionKind
from app.extraction.paragraphs import SENTENCE_END

MARKS = frozenset("“”\"«»„‟‘’‚‹›「」『』＂'`")
LONGEST_PHRASE = 6
QUOTING = re.compile(
    "(?<!o)(?P<by>[NTOPRDGX])a*(?P<verb>Y)[aw]{0,3}o?(?P<whom>[NTOPRDGX])"
    "|(?P<verb_1>Y)[aw]{0,3}o(?P<whom_1>[NTOPRDGX])a*(?P<by_1>[NTOPRDGX])"
    "|(?P<verb_2>Y)[aw]{0,3}(?P<by_2>[NTOPRDGX])a*o?(?P<whom_2>[NTOPRDGX])"
)
"""Over the letters with `Y` for a verb of quoting and `o` before a mention whose determiner tells that it is no
subject.
"""
VIEW = re.compile(r"(?<![^.?])p(?=[NTRG](?:,[NTR])?,)")
TOPIC = re.compile(r"p[^qCc.?:]*:q")
FREE_VERB = re.compile(r"q[,?\-]{1,2}a{0,3}w(?=[NTRPOG](?!a*C))")
DIALOGUE = re.compile("-q")
"""A dash opens the line, and its speech follows."""
AUXILIARY_REACH = 4
"""Words before a participle among which its auxiliary stands."""
SOON = 12
"""Words behind a passive verb within which it may be told what somebody is quoted as saying."""
APOSTROPHES = frozenset("'’")
DASHES = frozenset("-–—―")
SPEAKING_BODIES = frozenset("OG")
PUNCTUATION = {",": ",", ":": ":", ";": ";", "(": "(", ")": ")", "[": "(", "]": ")"} | dict.fromkeys(DASHES, "-")


@dataclass(frozen=True, slots=True)
class Item:
    """One letter of the narration and what stands behind it."""

    letter: str
    span: Span
    mention: Mention | None = None
    quotation: int | None = None


@dataclass(slots=True)
class Block:
    """One paragraph of the body: its place and its narration as items; `letters` is their string."""

    span: Span
    items: list[Item] = field(default_factory=list)

    @property
    def letters(self) -> str:
        return "".join(item.letter for item in self.items)

    reported: Sequence[int] = ()
    """Places of the verbs whose form tells that their sentence is somebody's words (German `sei`), in order."""
    bracketed: list[tuple[Item | None, Mention]] = field(default_factory=list)
    """Full names in brackets, each with the item before it: `the mayor (Ann Lee)`."""

    @property
    def mentions(self) -> Iterator[Mention]:
        return (item.mention for item in self.items if item.mention)


@dataclass(slots=True)
class NarrationReader:
    """Writes paragraphs as blocks of items."""

    language: Language
    text: str
    finder: MentionFinder

    def read(self, span: Span, tokens: Sequence[Token], segments: Sequence[tuple[Span, int]]) -> Block:
        """Read one paragraph; `segments` lists those in it with the indices of their quotations, in order."""
        block = Block(span)
        position = 0
        for segment, index in segments:
            start = position
            while position < len(tokens) and tokens[position].span.start < segment.start:
                position += 1
            block.items += self.items(tokens[start:position])
            while position < len(tokens) and tokens[position].span.start < segment.end:
                position += 1
            block.items += self._quotation(index, segment, self._following(tokens[position : position + 4]))
        if segments and position < len(tokens) and self._is_signed(segments[-1][0], span):
            block.items.append(Item("¶", tokens[position].span))
        block.items += self.items(tokens[position:])
        block.items, block.bracketed = _without_brackets(block.items)
        if self.language.quoting:
            block.items = self._with_quoted(block.items)
        if self.language.impersonal_endings:
            block.items = self._with_bodies_as_subjects(block.items)
        block.items = _with_views(block.items, self.language, self.text)
        block.items = _with_topic(block.items, self.language, self.text)
        if self.language.free_verbs or (self.language.dialogue and DIALOGUE.match(block.letters)):
            block.items = _with_free_verbs(block.items)
        if self.language.reading:
            block.items = list(self._beside_documents(block.items))
        if self.language.subjunctives:
            block.reported = [place for place, item in enumerate(block.items) if self._is_subjunctive(item)]
        return block

    def _is_subjunctive(self, item: Item) -> bool:
        narrated = item.mention is None and item.quotation is None
        return narrated and fold(item.span.of(self.text)) in self.language.subjunctives

    def _following(self, tokens: Sequence[Token]) -> Token | None:
        """The first word or mark behind a quotation, but for a dash where narration begins with one."""
        dashes = DASHES if self.language.dialogue else frozenset()
        return next((token for token in _words(tokens) if token.text not in dashes), None)

    def _is_signed(self, segment: Span, paragraph: Span) -> bool:
        """Does a line of its own behind the last quotation, which is no sentence, name its speaker?"""
        behind = self.text[segment.end : paragraph.end]
        _, _, line = behind.partition("\n")
        return bool(line) and not any(map(str.isalnum, behind[: -len(line)])) and not SENTENCE_END.search(line[-20:])

    def _with_bodies_as_subjects(self, items: list[Item]) -> list[Item]:
        """Leave out the preposition between a verb that needs no subject and the body that speaks.

        `сообщили в ведомстве` reads as `the agency reported`.
        """
        impersonal = [self._is_impersonal(before, item, after) for before, item, after in _threes(items)]
        return [item for item, left_out in zip(items, [False, *impersonal, False], strict=False) if not left_out]

    def _is_impersonal(self, verb: Item, preposition: Item, body: Item) -> bool:
        if verb.letter != "C" or preposition.letter != "p" or body.letter not in SPEAKING_BODIES:
            return False
        endings = self.language.impersonal_endings
        return self.text[verb.span.start : verb.span.end].lower().endswith(endings)

    def _with_quoted(self, items: list[Item]) -> list[Item]:
        """Write whom a verb of quoting has for its object as quoted, and who quotes him before the verb.

        `zitierte das Blatt den Minister` reads as `the paper quoted the minister as saying`; the object is told by its
        determiner, else it stands last.
        """
        written: list[Item] = []
        done = 0
        for match in QUOTING.finditer("".join(map(self._with_case, items))):
            parts = {name.rstrip("_12"): items[match.start(name)] for name, found in match.groupdict().items() if found}
            written += [*items[done : match.start()], parts["by"], parts["verb"], parts["whom"]]
            written.append(Item("Q", parts["verb"].span))
            done = match.end()
        return [*written, *items[done:]]

    def _with_case(self, item: Item) -> str:
        word = fold(item.span.of(self.text))
        if item.letter == "C" and word in self.language.quoting:
            return "Y"
        return "o" if item.letter == "p" and word in self.language.oblique else item.letter

    def _beside_documents(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items, a document in which somebody not named says it being no source (`ha detto in una nota`)."""
        previous = ""
        verb: Item | None = None
        for item in items:
            if item.letter in "Cc":
                verb = item
            elif item.letter not in "ap" and not (item.letter == "D" and previous == "p"):
                verb = None
            if item.letter == "D" and verb and fold(verb.span.of(self.text)) not in self.language.reading:
                yield Item("w", item.span, item.mention)
            else:
                yield item
            previous = item.letter

    def _quotation(self, index: int, segment: Span, following: Token | None) -> Iterator[Item]:
        """The quotation, and the mark at its end; a full stop before a small letter does not end the sentence."""
        yield Item("q", segment, quotation=index)
        last = self.text[segment.end - 1]
        goes_on = following is not None and following.text[0].islower()
        stop = "," if goes_on else "."
        ending = {",": ",", ".": stop, "…": stop, "?": "?", "!": "?"}.get(last, "-" if last in DASHES else "")
        if ending:
            yield Item(ending, Span(segment.end - 1, segment.end))

    def items(self, tokens: Sequence[Token]) -> Iterator[Item]:
        """The items of a stretch of words that no quotation interrupts."""
        words = list(_words(tokens))
        position = 0
        for mention in self.finder.find(words):
            between = list(self._words(words, position, mention.first_token))
            yield from between
            if self._is_oblique(words, mention):
                yield Item("p", words[mention.first_token].span)
            addressed = bool(between) and self._is_addressed(between[-1], mention)
            yield Item("w" if addressed else _letter_of(mention), mention.span, mention)
            position = mention.last_token
            if words[position - 1].ends_sentence:
                yield Item(".", words[position - 1].span)
        yield from self._words(words, position, len(words))

    def _is_addressed(self, verb: Item, mention: Mention) -> bool:
        """Are these, by the case, people told of it, who stand straight behind a verb (`заверил журналистов`)?

        Behind a verb that governs whom it quotes (`цитирует министра`) they are its source.
        """
        if verb.letter != "C" or fold(verb.span.of(self.text)) in self.language.governs:
            return False
        inflection, first = self.finder.wording.inflection, fold(mention.phrase.split()[0])
        is_noun = mention.kind in {MentionKind.GROUP, MentionKind.ROLE} and first in self.language.lemmas
        return bool(inflection) and is_noun and inflection.is_oblique(first)

    def _is_oblique(self, words: Sequence[Token], mention: Mention) -> bool:
        """Does its determiner tell that a mention is no subject (`den Minister`), with no preposition before it?"""
        first, last = mention.first_token, mention.last_token
        if fold(words[first].text) not in self.language.oblique:
            return False
        before = fold(words[first - 1].text) if first else ""
        behind = fold(words[last].text) if last < len(words) else ""
        led = before in self.language.prepositions or any(before == phrase[-1] for phrase in self.language.sources)
        return not led and behind not in self.language.afterthoughts

    def _words(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[Item]:
        position = start
        while position < end:
            letter, length = self._phrase(tokens, position, end)
            if length:
                yield Item(letter, Span(tokens[position].span.start, tokens[position + length - 1].span.end))
                position += length - 1
                if tokens[position].ends_sentence:
                    yield Item(".", tokens[position].span)
                position += 1
                continue
            token = tokens[position]
            before = tokens[position - 1] if position else None
            letter = self._letter(token, fold(before.text) if before and not before.ends_sentence else "")
            if letter == "C" and (self._is_noun(tokens, position) or self._is_adjective(tokens, position)):
                letter = "w"
            elif letter == "C" and self._is_passive(tokens, position):
                letter = "U" if self._has_agent(tokens, position) else "V"
            elif self._is_object(tokens, position):
                letter = "a"
            if letter:
                yield Item(letter, token.span)
            if token.ends_sentence and letter != ".":
                yield Item(".", token.span)
            position += 1

    def _is_noun(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a word of saying straight behind a preposition a noun (`en respuesta`)? Not behind `según`."""
        before = fold(tokens[position - 1].text) if position and self.language.clitics else ""
        if tokens[position].is_capitalized or before not in self.language.prepositions:
            return False
        return not any(phrase[0] == before for phrase in self.language.sources if len(phrase) == 1)

    def _is_object(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this an object pronoun before its verb (`l'a coupé`, `lui répond`)?"""
        language, following = self.language, position + 1
        if fold(tokens[position].text) not in language.clitics | language.datives or following == len(tokens):
            return False
        word = fold(tokens[following].text)
        leads_noun = word in language.preposed and self.finder.wording.is_plain(tokens, following)
        return not leads_noun and (word in language.between or word in language.cues)

    def _phrase(self, tokens: Sequence[Token], position: int, end: int) -> tuple[str, int]:
        """The letter and the length in tokens of the longest phrase that begins here; no length where none does."""
        words = tuple(fold(token.text) for token in tokens[position : min(position + LONGEST_PHRASE, end)])
        phrases = (("A", self.language.sources), ("Q", self.language.quoted), ("C", self.language.cue_phrases))
        lengths = [(len(p), letter) for letter, listed in phrases for p in listed if words[: len(p)] == p]
        length, letter = max(lengths, default=(0, ""))
        return letter, length

    def _is_adjective(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this participle no verb of its subject: without an auxiliary before it, or passive?"""
        language = self.language
        if not language.past_endings or not fold(tokens[position].text).endswith(language.past_endings):
            return False
        before = [fold(token.text) for token in tokens[max(0, position - AUXILIARY_REACH) : position]]
        mark = max((i + 1 for i, word in enumerate(before) if word in PUNCTUATION), default=0)
        return language.auxiliaries.isdisjoint(before) or not language.passives.isdisjoint(before[mark:])

    def _is_passive(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this verb in the passive, so that its subject speaks not (`was told`)? Not `was quoted as saying`.

        A language whose participles have endings of their own tells it by those.
        """
        language, before = self.language, position - 1
        if language.past_endings or any(
            self._phrase(tokens, i, len(tokens))[0] == "Q" for i in _soon(tokens, position)
        ):
            return False
        while before >= 0 and self._letter(tokens[before], "") == "a" and not tokens[before].ends_sentence:
            if fold(tokens[before].text) in language.passives:
                return True
            before -= 1
        return False

    def _has_agent(self, tokens: Sequence[Token], position: int) -> bool:
        following = tokens[position + 1 : position + 2]
        return bool(following) and fold(following[0].text) in self.language.agents

    def _letter(self, token: Token, before: str) -> str:
        """The letter of a word that is no part of a mention, seeing the folded word before it."""
        if not token.is_word:
            return "." if token.ends_sentence else PUNCTUATION.get(token.text, "a" if token.text == "'s" else "")
        word, language = fold(token.text), self.language
        classes = (
            (language.cues, "C"),
            (language.afterthoughts, "Z"),
            (language.between, "a"),
            (language.prepositions, "p"),
            (language.relatives, "r"),
            (language.openers, "k"),
            (language.determiners, "d"),
        )
        letter = next((letter for words, letter in classes if word in words), "w")
        if letter == "C" and not language.reports(word, before):
            return "w"
        if letter == "C" and language.participle_endings and word.endswith(language.participle_endings):
            return "c"
        return "a" if letter == "w" and language.adverb_endings and word.endswith(language.adverb_endings) else letter


def _soon(tokens: Sequence[Token], position: int) -> Iterator[int]:
    """The places behind this one in its sentence, a few."""
    for place in range(position + 1, min(position + SOON, len(tokens))):
        if tokens[place - 1].ends_sentence:
            return
        yield place


def _threes(items: list[Item]) -> Iterator[tuple[Item, Item, Item]]:
    return zip(items, items[1:], items[2:], strict=False)


def _letter_of(mention: Mention) -> str:
    return "T" if mention.kind is MentionKind.NAME and mention.description.heads else mention.kind.value


def _words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without quotation marks; an apostrophe behind an s is a possessive (`News’ anchor`)."""
    before: Token | None = None
    for token in tokens:
        possessive = (
            token.text in APOSTROPHES and before and before.text.endswith("s") and before.span.end == token.span.start
        )
        if possessive or token.text not in MARKS:
            yield token
        before = token


def _with_views(items: list[Item], language: Language, text: str) -> list[Item]:
    """Take a preposition that leads somebody's view as a source (`Pour la ministre, …`), where it opens a sentence."""
    if language.views:
        letters = "".join(item.letter for item in items)
        for match in VIEW.finditer(letters):
            item = items[match.start()]
            if fold(item.span.of(text)) in language.views:
                items[match.start()] = replace(item, letter="A")
    return items


def _with_topic(items: list[Item], language: Language, text: str) -> list[Item]:
    """Mark the label that names the topic of a quotation, with which the paragraph begins."""
    match = TOPIC.match("".join(item.letter for item in items)) if language.topics else None
    if not match or fold(items[0].span.of(text)) not in language.topics:
        return items
    end = match.end() - 2
    return [replace(items[0], letter="t"), *(replace(item, letter="w") for item in items[1:end]), *items[end:]]


def _with_free_verbs(items: list[Item]) -> list[Item]:
    """Take an unknown word between the comma behind a quotation and its subject as a verb of saying."""
    letters = "".join(item.letter for item in items)
    for match in FREE_VERB.finditer(letters):
        items[match.end() - 1] = replace(items[match.end() - 1], letter="C")
    return items


def _without_brackets(items: list[Item]) -> tuple[list[Item], list[tuple[Item | None, Mention]]]:
    """Leave out what stands in round brackets, unless a quotation stands there or they do not match.

    Beside the rest, the full names that brackets enclose or begin with, each with the item before its bracket.
    """
    kept: list[Item] = []
    named: list[tuple[Item | None, Mention]] = []
    opened: int | None = None
    for item in items:
        if item.letter == "(":
            opened = len(kept)
        elif item.letter == ")" and opened is not None:
            inside = kept[opened + 1 :]
            if not any(inner.letter == "q" for inner in inside):
                del kept[opened:]
                name = _enclosed(inside)
                named += [(kept[-1] if kept else None, name)] if name else []
            opened = None
            continue
        kept.append(item)
    return kept, named


def _enclosed(items: Sequence[Item]) -> Mention | None:
    """The full name that stands alone in brackets, or before a comma."""
    first = items[0].mention if items else None
    alone = len(items) == 1 or (len(items) > 1 and items[1].letter == ",")
    return first if first and alone and first.kind is MentionKind.NAME and " " in (first.name or "") else None

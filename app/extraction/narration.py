"""The narration around the quotations, written as one letter a word, so that attribution can be read off by patterns.

A letter is a `MentionKind` value for a mention, and else one of the following; quotations stand as single letters.

    T name with an office   q quotation   C cue word   c the same as a participle (`saying`)   A "according to"
    Z the same behind its noun   a auxiliary or adverb   p preposition   d determiner   k conjunction, clause opener
    r relative pronoun   w any other word   ? a quotation ended by its own question mark   , : ; - . as they are
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mention_finder import MentionFinder
from app.extraction.mentions import Mention, MentionKind

MARKS = frozenset("“”\"«»„‟‘’‚‹›「」『』＂'`")
LONGEST_PHRASE = 6
AUXILIARY_REACH = 4
"""Words before a participle among which its auxiliary stands."""
PERSONS = frozenset({MentionKind.NAME, MentionKind.ROLE, MentionKind.PRONOUN})
APOSTROPHES = frozenset("'’")
DASHES = frozenset("-–—―")
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
            block.items += self._quotation(index, segment, next(_words(tokens[position : position + 3]), None))
        block.items += self.items(tokens[position:])
        block.items = _without_brackets(block.items)
        if self.language.reading:
            block.items = list(self._beside_documents(block.items))
        return block

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
            leads = mention.kind in PERSONS
            yield from self._words(words, position, mention.first_token, leads)
            yield Item(_letter_of(mention), mention.span, mention)
            position = mention.last_token
            if words[position - 1].ends_sentence:
                yield Item(".", words[position - 1].span)
        yield from self._words(words, position, len(words))

    def _words(self, tokens: Sequence[Token], start: int, end: int, leads: bool = False) -> Iterator[Item]:
        """The items of words between mentions; `leads` tells that a person's mention follows."""
        position = start
        while position < end:
            length = self._source_phrase(tokens, position, end)
            if length:
                yield Item("A", Span(tokens[position].span.start, tokens[position + length - 1].span.end))
                position += length
                continue
            token = tokens[position]
            before = tokens[position - 1] if position else None
            letter = self._letter(token, fold(before.text) if before and not before.ends_sentence else "")
            if letter == "C" and self._is_adjective(tokens, position):
                letter = "w"
            if letter == "d" and self._is_clitic(tokens, position):
                letter = "a"
            if position == end - 1 and leads and self._leads_to_source(token, before):
                letter = "A"
            if letter:
                yield Item(letter, token.span)
            if token.ends_sentence and letter != ".":
                yield Item(".", token.span)
            position += 1

    def _source_phrase(self, tokens: Sequence[Token], position: int, end: int) -> int:
        """The length of the longest source phrase that begins here, in tokens."""
        words = tuple(fold(token.text) for token in tokens[position : min(position + LONGEST_PHRASE, end)])
        return max((len(phrase) for phrase in self.language.sources if words[: len(phrase)] == phrase), default=0)

    def _is_adjective(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this participle no verb of its subject: without an auxiliary before it, or passive?"""
        language = self.language
        if not language.past_endings or not fold(tokens[position].text).endswith(language.past_endings):
            return False
        before = {fold(token.text) for token in tokens[max(0, position - AUXILIARY_REACH) : position]}
        return language.auxiliaries.isdisjoint(before) or not language.passives.isdisjoint(before)

    def _is_clitic(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this a pronoun before a verb, not an article (`lo ha detto`)?"""
        if position + 1 == len(tokens) or fold(tokens[position].text) not in self.language.clitics:
            return False
        following = fold(tokens[position + 1].text)
        return following in self.language.between or following in self.language.cues

    def _leads_to_source(self, token: Token, before: Token | None) -> bool:
        """Is this the first word of a sentence that names whose view it tells (`Per Rossi, …`)?"""
        opens = before is None or before.ends_sentence
        return opens and token.is_capitalized and fold(token.text) in self.language.leading_sources

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


def _without_brackets(items: list[Item]) -> list[Item]:
    """Leave out what stands in round brackets, unless a quotation stands there or they do not match."""
    kept: list[Item] = []
    opened: int | None = None
    for item in items:
        if item.letter == "(":
            opened = len(kept)
        elif item.letter == ")" and opened is not None:
            if not any(inner.letter == "q" for inner in kept[opened:]):
                del kept[opened:]
            opened = None
            continue
        kept.append(item)
    return kept

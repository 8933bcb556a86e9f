"""Writes the narration of paragraphs as blocks: their mentions, and the words and quotations between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import APOSTROPHES, DASHES, MARKS, Token
from app.extraction.mentions.finder import MentionFinder
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Block, Item, spelled
from app.extraction.narration.brackets import without_brackets
from app.extraction.narration.cases import Cases
from app.extraction.narration.constructions import Constructions
from app.extraction.narration.word_letters import WordLetters
from app.extraction.page.paragraphs import SENTENCE_END

NARRATING = re.compile(r"(?:(?:^|[.?])k|,p)pw(?=[:r])")
"""Where an infinitive may tell what was said next: at the beginning of a sentence, or behind `before`."""
PLACES = {
    "reported": "subjunctives",
    "asking": "asking",
    "unsaid": "unsaid",
    "becoming": "becoming",
    "agents": "agents",
}
"""Places of a block, by the words of the language file that stand there."""
SHORTLY = 4
"""Tokens behind a quotation among which its sentence goes on."""


@dataclass(slots=True)
class NarrationReader:
    """Writes paragraphs as blocks of items."""

    language: Language
    text: str
    finder: MentionFinder
    constructions: Constructions = field(init=False)
    word_letters: WordLetters = field(init=False)
    cases: Cases = field(init=False)

    def __post_init__(self) -> None:
        self.constructions = Constructions(self.language, self.text)
        self.word_letters = WordLetters(self.language, self.finder.wording)
        self.cases = Cases(self.text, self.finder.wording)

    def read(self, span: Span, tokens: Sequence[Token], segments: Sequence[tuple[Span, int]]) -> Block:
        """Read one paragraph; `segments` lists those in it with the indices of their quotations, in order."""
        items, bracketed = without_brackets(list(self._all_items(span, tokens, segments)))
        if self.language.backward:
            items = self.constructions.with_backward(items)
        if self.language.impersonal_endings:
            items = self.cases.with_told(items)
            self.cases.learn_genders(items)
        items = self.constructions.rewritten(items)
        told = {name: self._places(items, getattr(self.language, words)) for name, words in PLACES.items()}
        narrating, addressing = self._narrating(items), self._addressing(items)
        return Block(span, items, narrating=narrating, addressing=addressing, bracketed=bracketed, **told)

    def _addressing(self, items: Sequence[Item]) -> Sequence[int]:
        """Where a preposition leads to whom somebody speaks to, be it one that else is a determiner (`disse a Rui`)."""
        places = self._places(items, self.language.addressing | self.language.ambiguous)
        return [place for place in places if items[place].letter == "p"]

    def _all_items(self, span: Span, tokens: Sequence[Token], segments: Sequence[tuple[Span, int]]) -> Iterator[Item]:
        """The items of the narration and of the quotations in it."""
        position = 0
        for segment, index in segments:
            opening = _first_from(tokens, segment.start, position)
            yield from self.items(tokens[position:opening])
            position = _first_from(tokens, segment.end, opening)
            yield from self._quotation(index, segment, self._following(tokens[position : position + SHORTLY]))
        if segments and position < len(tokens) and self._is_signed(segments[-1][0], span):
            yield Item("¶", tokens[position].span)
        yield from self.items(tokens[position:])

    def _quotation(self, index: int, segment: Span, following: Token | None) -> Iterator[Item]:
        """The quotation, and the mark at its end; a full stop before a small letter does not end the sentence."""
        yield Item("q", segment, quotation=index)
        last = self.text[segment.end - 1]
        goes_on = following is not None and following.text[0].islower()
        stop = "," if goes_on else "."
        ending = {",": ",", ".": stop, "…": stop, "?": "?", "!": "?"}.get(last, "-" if last in DASHES else "")
        if ending:
            yield Item(ending, Span(segment.end - 1, segment.end))

    def _following(self, tokens: Sequence[Token]) -> Token | None:
        """The first word or mark behind a quotation, but for a dash where narration begins with one."""
        dashes = DASHES if self.language.dialogue else frozenset()
        return next((token for token in _unmarked(tokens) if token.text not in dashes), None)

    def _is_signed(self, segment: Span, paragraph: Span) -> bool:
        """Does a line of its own behind the last quotation, which is no sentence, name its speaker?"""
        behind = self.text[segment.end : paragraph.end]
        _, _, line = behind.partition("\n")
        return bool(line) and not any(map(str.isalnum, behind[: -len(line)])) and not SENTENCE_END.search(line[-20:])

    def _narrating(self, items: Sequence[Item]) -> Sequence[int]:
        """Where an infinitive tells what was said next."""
        endings = self.language.infinitive_endings
        found = (match.end() - 1 for match in NARRATING.finditer(spelled(items))) if endings else ()
        return [place for place in found if fold(items[place].span.of(self.text)).endswith(endings)]

    def _places(self, items: Sequence[Item], words: frozenset[str]) -> Sequence[int]:
        """Where one of these words stands in the narration."""
        narrated = [place for place, item in enumerate(items) if item.mention is None and item.quotation is None]
        return [place for place in narrated if fold(items[place].span.of(self.text)) in words] if words else ()

    def items(self, tokens: Sequence[Token]) -> Iterator[Item]:
        """The items of a stretch of words that no quotation interrupts."""
        words = list(_unmarked(tokens))
        position, last = 0, None
        for mention in self.finder.find(words):
            between = list(self.word_letters.items(words, position, mention.first_token))
            yield from between
            if last and self.cases.is_owner(words, mention, last, between):
                last.owner = mention
            if self.cases.is_oblique(words, mention, last):
                yield Item("p", words[mention.first_token].span)
            addressed = bool(between) and self.cases.is_addressed(between[-1], mention)
            yield Item("w" if addressed else _letter_of(mention), mention.span, mention)
            position, last = mention.last_token, mention
            if words[position - 1].ends_sentence:
                yield Item(".", words[position - 1].span)
        yield from self.word_letters.items(words, position, len(words))


def _letter_of(mention: Mention) -> str:
    return "T" if mention.kind is MentionKind.NAME and mention.description.heads else mention.kind.value


def _first_from(tokens: Sequence[Token], offset: int, start: int) -> int:
    """The place of the first token from `start` on that begins at this offset of the text or behind it."""
    position = start
    while position < len(tokens) and tokens[position].span.start < offset:
        position += 1
    return position


def _unmarked(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without quotation marks; an apostrophe behind an s is a possessive (`News’ anchor`)."""
    before: Token | None = None
    for token in tokens:
        possessive = (
            token.text in APOSTROPHES and before and before.text.endswith("s") and before.span.end == token.span.start
        )
        if possessive or token.text not in MARKS:
            yield token
        before = token

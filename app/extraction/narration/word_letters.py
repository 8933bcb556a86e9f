"""The letters of words that are no part of a mention: verbs of saying in all their uses, small words, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import DASHES, Token
from app.extraction.mentions.wording import Wording
from app.extraction.narration.blocks import Item

LONGEST_PHRASE = 6
AUXILIARY_REACH = 4
"""Words before a participle among which its auxiliary stands."""
SOON = 12
"""Words behind a passive verb within which it may be told what somebody is quoted as saying."""
PUNCTUATION = {",": ",", ":": ":", ";": ";", "(": "(", ")": ")", "[": "(", "]": ")"} | dict.fromkeys(DASHES, "-")


@dataclass(slots=True)
class WordLetters:
    """Tells the letter of each word by its class and by the words around it."""

    language: Language
    wording: Wording

    def items(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[Item]:
        """The items of the words in [start, end), none of which is part of a mention."""
        position = start
        while position < end:
            letter, length = self._phrase(tokens, position, end)
            if not length:
                letter, length = self._in_place(tokens, position), 1
            first, last = tokens[position], tokens[position + length - 1]
            if letter:
                yield Item(letter, Span(first.span.start, last.span.end))
            if last.ends_sentence and letter != ".":
                yield Item(".", last.span)
            position += length

    def _phrase(self, tokens: Sequence[Token], position: int, end: int) -> tuple[str, int]:
        """The letter and the length in tokens of the longest phrase that begins here; no length where none does."""
        words = tuple(fold(token.text) for token in tokens[position : min(position + LONGEST_PHRASE, end)])
        phrases = (("A", self.language.sources), ("Q", self.language.quoted), ("C", self.language.cue_phrases))
        lengths = [(len(p), letter) for letter, listed in phrases for p in listed if words[: len(p)] == p]
        length, letter = max(lengths, default=(0, ""))
        return letter, length

    def _in_place(self, tokens: Sequence[Token], position: int) -> str:
        """The letter of a word by its class and by what stands around it."""
        before = tokens[position - 1] if position else None
        letter = self._letter(tokens[position], fold(before.text) if before and not before.ends_sentence else "")
        if letter == "C" and (self._is_noun(tokens, position) or self._is_adjective(tokens, position)):
            return "w"
        if letter == "C" and self._is_passive(tokens, position):
            return "U" if self._has_agent(tokens, position) else "V"
        if letter == "w" and self.wording.is_attribute(tokens, position):
            return "p"
        return "a" if self._is_object(tokens, position) else letter

    def _letter(self, token: Token, before: str) -> str:
        """The letter of a word by its class, seeing the folded word before it."""
        if not token.is_word:
            return "." if token.ends_sentence else PUNCTUATION.get(token.text, "a" if token.text == "'s" else "")
        word, language = fold(token.text), self.language
        letter = self._letter_of_class(word)
        if letter == "C" and not language.reports(word, before):
            return "w"
        if letter == "C" and language.participle_endings and word.endswith(language.participle_endings):
            return "c"
        return "a" if letter == "w" and language.adverb_endings and word.endswith(language.adverb_endings) else letter

    def _letter_of_class(self, word: str) -> str:
        language = self.language
        classes = (
            (language.cues, "C"),
            (language.afterthoughts, "Z"),
            (language.between, "a"),
            (language.prepositions, "p"),
            (language.relatives, "r"),
            (language.openers, "k"),
            (language.determiners, "d"),
        )
        return next((letter for words, letter in classes if word in words), "w")

    def _is_noun(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a word of saying straight behind a preposition a noun (`en respuesta`)? Not behind `según`."""
        before = fold(tokens[position - 1].text) if position and self.language.clitics else ""
        if tokens[position].is_capitalized or before not in self.language.prepositions:
            return False
        return not any(phrase[0] == before for phrase in self.language.sources if len(phrase) == 1)

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

        A language whose participles have endings of their own tells it by those; of one whose participles end their
        clause `constructions.py` does.
        """
        if self.language.past_endings or self.language.verb_second or self._is_quoted_soon(tokens, position):
            return False
        before = position - 1
        while before >= 0 and self._letter(tokens[before], "") == "a" and not tokens[before].ends_sentence:
            if fold(tokens[before].text) in self.language.passives:
                return True
            before -= 1
        return False

    def _is_quoted_soon(self, tokens: Sequence[Token], position: int) -> bool:
        """Does the sentence tell within a few words behind the verb what somebody is quoted as saying?"""
        return any(self._phrase(tokens, place, len(tokens))[0] == "Q" for place in _soon(tokens, position))

    def _has_agent(self, tokens: Sequence[Token], position: int) -> bool:
        following = tokens[position + 1 : position + 2]
        return bool(following) and fold(following[0].text) in self.language.agents

    def _is_object(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this an object pronoun before its verb (`l'a coupé`, `lui répond`)?"""
        language, following = self.language, position + 1
        if fold(tokens[position].text) not in language.clitics | language.datives or following == len(tokens):
            return False
        word = fold(tokens[following].text)
        leads_noun = word in language.preposed and self.wording.is_plain(tokens, following)
        return not leads_noun and (word in language.between or word in language.cues)


def _soon(tokens: Sequence[Token], position: int) -> Iterator[int]:
    """The places behind this one in its sentence, a few."""
    for place in range(position + 1, min(position + SOON, len(tokens))):
        if tokens[place - 1].ends_sentence:
            return
        yield place

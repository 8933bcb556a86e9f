"""Tells which noun of a run is its head: the last one, or the first where nouns stand before what describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.wording import Wording

MOST_PREPOSED = 4


@dataclass(slots=True)
class HeadFinder:
    """Finds the head noun of a run."""

    wording: Wording

    def find(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """The place of the head noun; None where no list holds a noun of the run."""
        if self.wording.language.postmodifies:
            return next((i for i in range(start, end) if self._leads(tokens, i, start, end)), None)
        for position in range(end - 1, start - 1, -1):
            is_name = self.wording.is_surname(tokens, position, start) or self.wording.is_given(tokens, position)
            if not is_name and self._is_head(tokens, position, end):
                return self._governing(tokens, start, position)
        return None

    def _is_head(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        """Is this a listed noun? A thing's noun before a capital is part of a name (`Bill Clinton`)."""
        word = self.wording.noun(tokens[position])
        if self.wording.is_office(word):
            return True
        return word in self.wording.heads and not self.wording.precedes_capital(tokens, position, end)

    def _governing(self, tokens: Sequence[Token], start: int, head: int) -> int:
        """The head noun that this one belongs to as a genitive (`глава` in `глава управления`); else this one."""
        inflection = self.wording.inflection
        if inflection:
            for position in range(head - 1, start - 1, -1):
                if not inflection.is_genitive(tokens[head].text):
                    break
                if fold(tokens[position].text) in self.wording.heads:
                    head = position
        return head

    def _leads(self, tokens: Sequence[Token], position: int, start: int, end: int) -> bool:
        """Is this a head noun where adjectives follow nouns, and not a name (`Berger`, `Zapatero`)?"""
        token, word = tokens[position], fold(tokens[position].text)
        if word in self.wording.language.preposed and position + 1 < end:
            return False
        if self._is_person(tokens, position):
            return True
        if self.wording.is_office(word):
            return not token.is_capitalized or self._is_written_office(tokens, position)
        if self.wording.is_surname(tokens, position, start):
            return False
        return word in self.wording.heads and not self.wording.precedes_capital(tokens, position, end)

    def _is_written_office(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a person's noun with a capital an office (`le Président`), not a surname (`Anna Berger`)?"""
        word, language = fold(tokens[position].text), self.wording.language
        if not position or tokens[position - 1].ends_sentence:
            return word not in self.wording.names or word in language.titles
        before = tokens[position - 1]
        if self.wording.is_determiner(before) or fold(before.text) in language.fused | language.preposed:
            return True
        is_name = before.is_capitalized and self.wording.is_plain(tokens, position - 1)  # not `Selon | Mme Roux`
        if is_name and not self.wording.is_office(fold(before.text)):
            return False
        return word in language.titles

    def _is_person(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this, straight behind a determiner, a person by the ending or by the place (`la romancière`)?"""
        language, token, before = self.wording.language, tokens[position], position - 1
        word = fold(token.text)
        if word not in language.demonyms:
            by_ending = bool(language.person_endings) and word.endswith(language.person_endings)
            if not by_ending or token.is_capitalized or word in language.things or word in self.wording.heads:
                return False
        while before > 0 and position - before < MOST_PREPOSED and fold(tokens[before].text) in language.preposed:
            before -= 1
        return before >= 0 and self.wording.is_determiner(tokens[before]) and not tokens[before].ends_sentence

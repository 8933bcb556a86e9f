"""Where the name of a body ends that goes on with its field: `Institute | for Justice`, `Amt | für Kultur`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.wording import Wording
from app.extraction.names.given_names import gender_of

LONGEST = 9
"""Words of a body's name, from its noun on."""
MOST_SMALL = 2
"""Determiners and adjectives before the noun of the field."""


@dataclass(slots=True)
class Fields:
    """Finds what the noun for a body does."""

    wording: Wording

    def end(self, tokens: Sequence[Token], head: int) -> int:
        """The end of the name that the noun at `head` begins; behind it where no field follows."""
        end, limit = head + 1, min(len(tokens), head + LONGEST)
        if not self._is_body(tokens[head]):
            return end
        while (further := self._field_end(tokens, end, limit)) is not None:
            end = further
        return end

    def _is_body(self, token: Token) -> bool:
        language, noun = self.wording.language, self.wording.noun(token)
        bodies = language.institutions or language.organizations
        return token.is_capitalized and not token.ends_sentence and noun in bodies

    def _field_end(self, tokens: Sequence[Token], start: int, limit: int) -> int | None:
        """The end of a field that a preposition leads to here (`for the Study`, `of War`)."""
        if (
            start >= limit
            or tokens[start - 1].ends_sentence
            or fold(tokens[start].text) not in self.wording.language.fields
        ):
            return None
        noun = start + 1
        while noun < limit and noun - start <= MOST_SMALL and self._is_small(tokens, noun):
            noun += 1
        belongs = noun < limit and noun == start + 1 and fold(tokens[start].text) in self.wording.language.complements
        if belongs and tokens[noun].is_capitalized:  # `Bank of Virginia`, be it a given name, too
            end = self._further_end(tokens, noun + 1, limit)
        else:
            end = self._words_end(tokens, noun, limit)
        return None if end is None else self._list_end(tokens, end, limit)

    def _is_small(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this a determiner or, where nouns have capitals, an adjective (`für politische Bildung`)?"""
        token, language = tokens[position], self.wording.language
        if token.is_capitalized or token.ends_sentence:
            return False
        if self.wording.is_determiner(token):
            return fold(token.text) not in language.indefinites | language.possessives
        return language.capitalizes_nouns and self.wording.is_small(tokens, position)

    def _words_end(self, tokens: Sequence[Token], start: int, limit: int) -> int | None:
        """The end of the capitalized words that begin here; None where they are none, or somebody's name."""
        if start >= limit or not self._opens(tokens, start):
            return None
        return self._further_end(tokens, start + 1, limit)

    def _further_end(self, tokens: Sequence[Token], end: int, limit: int) -> int:
        """The end of the capitalized words behind the first; where every noun is one, they tell nothing."""
        while end < limit and self._is_of_field(tokens, end) and not self.wording.language.capitalizes_nouns:
            end += 1
        return end

    def _opens(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this the first word of a field? An office may be one (`for Justice`), but not before a name."""
        token, following = tokens[position], tokens[position + 1 : position + 2]
        if self._is_of_field(tokens, position):
            return not gender_of(token.text)
        leads_name = following and following[0].is_capitalized and not token.ends_sentence
        return token.is_capitalized and self.wording.is_office(fold(token.text)) and not leads_name

    def _is_of_field(self, tokens: Sequence[Token], position: int) -> bool:
        token = tokens[position]
        word, language = fold(token.text), self.wording.language
        is_other = word in language.capitalized or word in self.wording.surnames or self.wording.is_office(word)
        return token.is_capitalized and not is_other and not tokens[position - 1].ends_sentence

    def _list_end(self, tokens: Sequence[Token], end: int, limit: int) -> int:
        """The end of further words of the field (`Culture | , Media and Sport`); a list without `and` is none."""
        last = end
        while last + 1 < limit and not tokens[last - 1].ends_sentence:
            word = fold(tokens[last].text)
            further = self._words_end(tokens, last + 1, limit)
            if further is None or tokens[last + 1].text.isupper():  # `the Department of Justice | and FBI`
                return end
            if word in self.wording.language.conjunctions:
                return further
            if word != ",":
                return end
            last = further
        return end

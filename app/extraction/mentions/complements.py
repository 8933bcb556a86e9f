"""Where a noun's phrase ends behind the noun: adjectives, genitives and complements that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.fields import Fields
from app.extraction.mentions.wording import Wording
from app.extraction.names.given_names import gender_of

LONGEST_PHRASE = 14
MOST_QUALIFIERS = 6
MOST_BEFORE_NOUN = 3
"""Determiners, numbers and adjectives between a preposition and its noun."""


@dataclass(slots=True)
class Complements:
    """Finds what belongs to the noun before it."""

    wording: Wording
    fields: Fields = field(init=False)

    def __post_init__(self) -> None:
        self.fields = Fields(self.wording)

    def end(self, tokens: Sequence[Token], head: int, end: int) -> int:
        """The end of the phrase with this head noun; `end` is where its run ends."""
        if self.wording.inflection:
            return self._genitives_end(tokens, head, end)
        named = self.fields.end(tokens, head)
        return self._complements_end(tokens, head, named) if self.wording.language.postmodifies else named

    def follows(self, tokens: Sequence[Token], head: int, end: int) -> bool:
        """Does a preposition behind the head lead to what belongs to it, not to its name (`o bispo de Beja`)?"""
        language = self.wording.language
        leads = head + 1 < end and fold(tokens[head + 1].text) in language.complements
        return language.postmodifies and leads and self.wording.is_office(fold(tokens[head].text))

    def _genitives_end(self, tokens: Sequence[Token], head: int, end: int) -> int:
        """The end of the genitives behind a head noun (`глава областного управления`)."""
        last = head + 1
        while last < end and not tokens[last - 1].ends_sentence and self._is_genitive(tokens[last].text):
            last += 1
        return last

    def _is_genitive(self, word: str) -> bool:
        inflection = self.wording.inflection
        return inflection.is_genitive(word) or (len(word) > 1 and word.isupper()) or inflection.is_place(word)

    def _complements_end(self, tokens: Sequence[Token], head: int, named: int) -> int:
        """The end of the adjectives and complements behind a head noun (`ministra | portuguesa da Saúde`).

        `named` is where the name ends that it begins.
        """
        end = self._qualifiers_end(tokens, named)
        while end - head < LONGEST_PHRASE and (further := self._complement_end(tokens, end)):
            end = further
        return end

    def _qualifiers_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the adjectives and further nouns that begin here (`délégué`, `premier ministre`)."""
        end = start
        limit = min(len(tokens), start + MOST_QUALIFIERS)
        while end < limit and self.wording.is_small(tokens, end) and self._is_qualifier(fold(tokens[end].text)):
            end += 1
        return end

    def _is_qualifier(self, word: str) -> bool:
        return word in self.wording.heads or word.endswith(self.wording.language.adjective_endings)

    def _complement_end(self, tokens: Sequence[Token], start: int) -> int | None:
        """The end of a complement that begins here (`de la Santé`, `de 57 ans`), none before the name of a person."""
        if not self._leads_complement(tokens, start):
            return None
        noun = self._noun_of_complement(tokens, start)
        before, token = tokens[start:noun], tokens[noun]
        if not self._may_belong(tokens, before, noun):
            return None
        end = self._qualifiers_end(tokens, noun + 1)
        named = end < len(tokens) and tokens[end].is_capitalized and not tokens[end - 1].ends_sentence
        bare = len(before) == 1 and fold(before[0].text) not in self.wording.language.fused
        material = bare and not token.is_capitalized  # `professora de física | Ana Bezerra`
        of_group = end == noun + 1 and fold(token.text) in self.wording.language.groups
        its_holder = named and of_group and self._is_whole_name(tokens, end)  # `représentant du personnel | Karim Roux`
        return end if material or not named or its_holder else None

    def _is_whole_name(self, tokens: Sequence[Token], position: int) -> bool:
        """Do a known given name and another name begin here?"""
        following = tokens[position + 1 : position + 2]
        return bool(gender_of(tokens[position].text)) and bool(following) and following[0].is_capitalized

    def _leads_complement(self, tokens: Sequence[Token], start: int) -> bool:
        if start + 1 >= len(tokens) or tokens[start - 1].ends_sentence:
            return False
        return fold(tokens[start].text) in self.wording.language.complements

    def _noun_of_complement(self, tokens: Sequence[Token], start: int) -> int:
        """The place of the noun behind a preposition, its determiner and adjectives."""
        noun = start + 1
        limit = min(len(tokens) - 1, start + 1 + MOST_BEFORE_NOUN)
        while noun < limit and self._leads_noun(tokens[noun]):
            noun += 1
        return noun

    def _leads_noun(self, token: Token) -> bool:
        """Does this word stand before a noun in its phrase: a determiner, a number, an adjective?"""
        word = fold(token.text)
        small = not token.is_capitalized
        return small and (self.wording.is_determiner(token) or word.isdigit() or word in self.wording.language.preposed)

    def _may_belong(self, tokens: Sequence[Token], before: Sequence[Token], noun: int) -> bool:
        """May the noun behind these small words belong to the noun before them, and not be somebody of their own?"""
        language, token = self.wording.language, tokens[noun]
        word, small = fold(token.text), [fold(each.text) for each in before]
        if token.is_capitalized:
            with_article = small[0] in language.fused or any(self.wording.is_determiner(each) for each in before)
            return token.is_word and word not in language.capitalized and (with_article or not self._is_name(word))
        if word in language.roles and not language.indefinites.isdisjoint(small):
            return False  # `le message d'une voisine, Anne Roux`: somebody whom the text names
        return token.is_word and self.wording.is_plain(tokens, noun)

    def _is_name(self, word: str) -> bool:
        """Is this a person's name, not a place's (`o bispo de Beja`)?"""
        return word in self.wording.bearers or bool(gender_of(word))

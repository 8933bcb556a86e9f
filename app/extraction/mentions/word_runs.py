"""Runs of plain words, in which a name or a noun's phrase is looked for, and where that begins and ends in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.wording import POSSESSIVE, Wording
from app.extraction.names.finder import NameFinder

LONGEST_RUN = 14


class WordRuns:
    """Finds where runs end; a run holds no mark, preposition, verb of saying or other small word."""

    def __init__(self, wording: Wording, name_finder: NameFinder) -> None:
        self.wording = wording
        self.language = wording.language
        self.name_finder = name_finder

    def opens(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a run begin with this word?"""
        if self.wording.is_determiner(tokens[position]):
            return True
        plain = self.wording.is_plain(tokens, position)
        return plain and (
            fold(tokens[position].text) not in self.language.capitalized or self.wording.is_given(tokens, position)
        )

    def end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the run that starts here; a cue word straight behind a determiner is a noun (`the report`)."""
        end = start + 1
        while end < len(tokens) and end - start < LONGEST_RUN and self._continues(tokens, start, end):
            end += 1
        return end

    def _continues(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        previous, token = fold(tokens[end - 1].text), tokens[end]
        word, wording, language = fold(token.text), self.wording, self.language
        if tokens[end - 1].ends_sentence or not (token.is_word or word in POSSESSIVE):
            return wording.joins_names(tokens, end)
        if previous in language.determiners and language.reports(word, previous) and wording.is_noun(tokens, end):
            return True
        if word in language.particles and wording.is_in_name(tokens, start, end):
            return True
        if word in POSSESSIVE:
            return end + 1 < len(tokens) and wording.is_plain(tokens, end + 1)
        if wording.leads_surname(tokens, end):
            return True
        if self._opens_body(tokens, start, end) or wording.is_attribute(tokens, end):
            return False
        return word not in language.determiners and wording.is_plain(tokens, end)

    def _opens_body(self, tokens: Sequence[Token], start: int, position: int) -> bool:
        """Does a body of its own follow a name, whom the name speaks to or who quotes it (`сказал Котов | ТАСС`)?

        Behind a noun an acronym belongs to that, and before a given name to a noun that no list holds.
        """
        if not self.name_finder.is_body(tokens, position):
            return False
        following = tokens[position + 1].text if position + 1 < len(tokens) else ""
        has_noun = any(self.wording.noun(token) in self.wording.known for token in tokens[start:position])
        belongs = has_noun and not self._ends_whole_name(tokens, start, position)
        return not belongs and not self.wording.inflection.is_given(following)

    def _ends_whole_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Do the words before this place end with a given name and a surname (`министра Ивана Котова | РИА`)?"""
        given, surname = tokens[end - 2], tokens[end - 1]
        return end - 2 >= start and surname.is_capitalized and self.wording.inflection.is_given(given.text)

    def phrase_start(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Without a determiner a phrase begins at its first capital, head noun or title: a verb may stand before."""
        if self.wording.is_determiner(tokens[start]):
            return start
        opening = self.wording.heads | self.language.titles.keys() | self.language.altering | self.language.former
        begins = (i for i in range(start, end) if tokens[i].is_capitalized or fold(tokens[i].text) in opening)
        return next(begins, start)

    def phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """A phrase ends behind a name that no head noun follows: the next word is a verb (`Ann Lee met`)."""
        for last in range(start + 1, end):
            name, following = tokens[last - 1], tokens[last]
            goes_on = following.is_capitalized or self.wording.joins_names(tokens, last)
            if self._is_name(name) and not goes_on and self._leaves_phrase(name, following):
                alone = last - start == 2 and self.wording.is_determiner(tokens[start])
                compound = last - start == 1 and self._names_office(tokens, last, end)
                return end if alone or compound else last
        return end

    def _is_name(self, token: Token) -> bool:
        unknown = token.is_capitalized and self.wording.noun(token) not in self.wording.known
        return unknown and not self.wording.is_determiner(token)

    def _leaves_phrase(self, name: Token, following: Token) -> bool:
        """Is the word behind a name no part of its phrase? Of inflecting languages only adjectives go before nouns."""
        inflection, word = self.wording.inflection, fold(following.text)
        if inflection:
            return word not in self.language.particles and not inflection.qualifies(name.text, following.text)
        if self.language.postmodifies:  # `Marta Gallo guida` is no guide
            return word not in self.language.particles and word not in POSSESSIVE
        return word not in self.wording.known

    def _names_office(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does an office in small letters and a name behind it follow (`Clinton press secretary Brian Fallon`)?"""
        pairs = pairwise(tokens[start:end])
        roles = self.language.roles
        return any(o.text in roles and not o.is_capitalized and name.is_capitalized for o, name in pairs)

    def agreeing_start(self, tokens: Sequence[Token], start: int, head: int) -> int:
        """Where the words that agree with a head noun begin (`о тех неделях | доктор`)."""
        inflection = self.wording.inflection
        if not inflection:
            return start
        position = head
        while position > start and inflection.qualifies(tokens[position - 1].text, tokens[head].text):
            position -= 1
        return position

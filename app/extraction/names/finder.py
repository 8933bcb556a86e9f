"""Tells which capitalized words of a run are a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.wording import POSSESSIVE, Wording
from app.extraction.names.given_names import gender_of

LONGEST_NAME = 6
MOST_ADJECTIVES = 2
"""Between a determiner and its noun."""
SHORTEST_TRADE = 6
"""Letters of a noun for a trade that stands before a name: a given name that no list holds is shorter, mostly."""

Place = tuple[int, int]
"""The first token and the end."""


@dataclass(slots=True)
class NameFinder:
    """Finds the name in a run."""

    wording: Wording

    def find(self, tokens: Sequence[Token], start: int, end: int, head: int | None) -> Place | None:
        """The name behind the head noun or, where the run has none, anywhere in it."""
        name = self._last(tokens, start if head is None else head + 1, end)
        if name and self.wording.inflection:
            is_held = head is not None and self.wording.is_office(fold(tokens[head].text))
            name = self._without_kin(tokens, *name) if head is not None and self._is_kin(tokens, head) else name
            return self._holder(tokens, *name) if is_held else self._without_place(tokens, *name)
        return name and (self._without_thing(tokens, *name), name[1])

    def is_none(self, tokens: Sequence[Token], name: Place, head: int | None) -> bool:
        """Does something speak against it: that it is a noun, or the adjective of one?"""
        if self.wording.language.capitalizes_nouns and self._may_be_noun(tokens, name, head):
            return True
        told = head is not None and head == name[0] - 1 and self._leads_name_of_one(tokens, head)
        return self._is_qualified(tokens, name) and not (told or self._stands_alone(tokens, name))

    def _leads_name_of_one(self, tokens: Sequence[Token], head: int) -> bool:
        """Does the name of a body follow this noun, or that of somebody's kin (`his wife Katrin | wept`)?"""
        return self._is_body_noun(tokens[head]) or self._is_kin_of_somebody(tokens, head)

    def _is_kin_of_somebody(self, tokens: Sequence[Token], head: int) -> bool:
        """Is this a word for kin behind a possessive?

        Where nouns have capitals any of them may follow (`seiner Mutter Angst`).
        """
        language = self.wording.language
        if language.capitalizes_nouns or tokens[head].is_capitalized or not head:
            return False
        is_kin = fold(tokens[head].text) in language.kin | language.elders | language.juniors
        return is_kin and fold(tokens[head - 1].text) in language.possessives

    def _is_body_noun(self, token: Token) -> bool:
        """Is this, in small letters, what a body is called before its name (`the airline Lufthaven`)?"""
        return not token.is_capitalized and fold(token.text) in self.wording.language.organizations

    def is_body(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this, where names inflect, an acronym or an agency of its own (`цитирует Лосева | РИА Новости`)?"""
        word, before = tokens[position].text, tokens[position - 1].text
        is_acronym = len(word) > 1 and word.isalpha() and word.isupper() and not before.isupper()
        is_agency = tokens[position].is_capitalized and fold(word) in self.wording.language.agencies
        return bool(self.wording.inflection) and (is_acronym or is_agency)

    def _last(self, tokens: Sequence[Token], start: int, end: int) -> Place | None:
        """The last stretch of capitalized words in [start, end), particles between them included."""
        best: Place | None = None
        position = start
        while position < end:
            if not self._may_be_name(tokens, position):
                position += 1
                continue
            last = position + 1
            while last < end and last - position < LONGEST_NAME and self._joins(tokens, position, last):
                last += 1
            while last - 1 > position and not tokens[last - 1].is_capitalized and tokens[last - 1].text.isalpha():
                last -= 1  # a particle that no name follows
            best = (position, last)
            position = last
        return best and (self._without_trade(tokens, *best), best[1])

    def _without_trade(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Where the name begins behind a noun with a capital that no list holds (`Juwelierin Theresia Lang`)."""
        trade, language = fold(tokens[first].text), self.wording.language
        if not language.capitalizes_nouns or last - first < 2 or len(trade) < SHORTEST_TRADE:
            return first
        if self._is_weak_noun(trade):
            return first + 1
        surname_first = last - first == 2 and not trade.endswith(language.person_endings)
        is_name = surname_first or any(gender_of(part) for part in re.split("[-‐‑]", trade))
        return first if is_name or not gender_of(tokens[first + 1].text) else first + 1

    def _is_weak_noun(self, word: str) -> bool:
        """Is this an office in another case (`dem Zeugen`, `den Studenten`), written as the plural is?"""
        roles, is_name = self.wording.language.roles, bool(gender_of(word))
        return word.endswith("en") and not is_name and (word[:-1] in roles or word[:-2] in roles)

    def _without_thing(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Where a person's name begins that follows the name of a thing without a comma.

        `At the Globe News | Lee said`, `the head of the Senate | Ann Lee`, `a indiqué à Keystone-ATS | Jean Rochat`
        """
        if last - first > 2 and self._is_agency(tokens[first], tokens[first + 1]):
            return first + 1
        behind_article = bool(first) and self.wording.is_determiner(tokens[first - 1])
        nouns = self.wording.language.capitalizes_nouns
        if nouns or not behind_article or last - first <= 2 or gender_of(tokens[first].text):
            return first
        if fold(tokens[last - 1].text) not in self.wording.surnames:
            return first
        return last - 2 if gender_of(tokens[last - 2].text) else last - 1

    def _is_agency(self, token: Token, following: Token) -> bool:
        """Is this an acronym before a known given name, or does it end with one (`Keystone-ATS`)?"""
        _, hyphen, last = token.text.replace("‐", "-").replace("‑", "-").rpartition("-")
        apart = len(last) > 1 and last.isupper() and not following.text.isupper()
        return apart and bool(hyphen or gender_of(following.text))

    def _without_place(self, tokens: Sequence[Token], first: int, last: int) -> Place:
        """The name without what its forms tell is no part of it (`(в) Белоруссии | Павел Грицевич`)."""
        return first + self.wording.inflection.foreign_start([token.text for token in tokens[first:last]]), last

    def _without_kin(self, tokens: Sequence[Token], first: int, last: int) -> Place:
        """The name behind a word for kin without whose kin it is (`(жена) Громова | Ирина`)."""
        return first + self.wording.inflection.kin_start([token.text for token in tokens[first:last]]), last

    def _is_kin(self, tokens: Sequence[Token], head: int) -> bool:
        """Is the noun a word for kin, and does no possessive tell whose (`его жена`)?"""
        language = self.wording.language
        is_told = bool(head) and fold(tokens[head - 1].text) in language.possessives
        return not is_told and fold(tokens[head].text) in language.kin | language.elders | language.juniors

    def _holder(self, tokens: Sequence[Token], first: int, last: int) -> Place | None:
        """The name behind an office without the bodies and places that it belongs to; None where nothing is left."""
        first += self.wording.inflection.holder_start([token.text for token in tokens[first:last]])
        return self._without_place(tokens, first, last) if first < last else None

    def _may_be_noun(self, tokens: Sequence[Token], name: Place, head: int | None) -> bool:
        """In a language that writes nouns with a capital: a single word that nothing else shows to be a name."""
        (first, last), language = name, self.wording.language
        if last - first > 1 or head is not None or fold(tokens[first].text) in self.wording.bearers:
            return False
        if self._is_led(tokens, first):
            return True
        if gender_of(tokens[first].text) and self._leads_another(tokens, last):
            return False
        beside = (fold(token.text) for token in (*tokens[max(0, first - 2) : first], *tokens[last : last + 2]))
        return not any(word in language.cues or word in language.afterthoughts for word in beside)

    def _is_led(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a determiner stand before this word, perhaps with adjectives between (`die zweite Halbzeit`)?"""
        before = position - 1
        while before > 0 and position - before <= MOST_ADJECTIVES and self.wording.is_small(tokens, before):
            before -= 1
        return before >= 0 and not tokens[before].ends_sentence and self.wording.is_determiner(tokens[before])

    def _is_qualified(self, tokens: Sequence[Token], name: Place) -> bool:
        """Does a small word follow that the name might qualify?"""
        last = name[1]
        if last == len(tokens) or tokens[last - 1].ends_sentence or self.wording.is_determiner(tokens[last]):
            return False
        if self.is_body(tokens, last):
            return False
        return self.wording.is_plain(tokens, last)

    def _stands_alone(self, tokens: Sequence[Token], name: Place) -> bool:
        """Is this a name although a small word follows, not an adjective (`Western states`)?"""
        first, last = name
        return last - first > 1 or fold(tokens[first].text) in self.wording.bearers

    def _may_be_name(self, tokens: Sequence[Token], position: int) -> bool:
        token = tokens[position]
        if not token.is_capitalized or self._is_adjective(token) or self._leads_name(tokens, position):
            return False
        if self.wording.is_given(tokens, position):
            return True
        if fold(token.text) in self.wording.language.capitalized:
            return self.wording.leads_surname(tokens, position)
        if position and not tokens[position - 1].ends_sentence:
            return True
        return fold(token.text) in self.wording.names or self._leads(tokens, position)

    def _is_adjective(self, token: Token) -> bool:
        """Is this an adjective made of a name (`Texas-based`)?"""
        endings = self.wording.language.name_adjectives
        return bool(endings) and token.text.lower().endswith(endings)

    def _leads_name(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a word that has its capital from the sentence followed by a whole name (`Neither Ann Lee`)?"""
        language, word = self.wording.language, fold(tokens[position].text)
        opens = not position or tokens[position - 1].ends_sentence
        if not opens or language.capitalizes_nouns or word in self.wording.names or gender_of(word):
            return False
        following = tokens[position + 1 : position + 3]
        if len(following) < 2 or not all(token.is_capitalized for token in following) or following[0].ends_sentence:
            return False
        return bool(gender_of(following[0].text)) and fold(following[1].text) in self.wording.names

    def _leads(self, tokens: Sequence[Token], position: int) -> bool:
        """Is the first word of a sentence, unknown so far, a name by what follows it?"""
        if position + 1 == len(tokens):
            return True
        following = tokens[position + 1]
        word = fold(following.text)
        if following.is_capitalized or word in self.wording.language.cues or word in POSSESSIVE:
            return True
        if not self.wording.is_determiner(following) and self.wording.is_particle(following):
            return self.wording.is_in_name(tokens, position, position + 1)  # `Lotte | de Vries`
        return bool(gender_of(tokens[position].text)) and self._leads_another(tokens, position + 1)

    def _leads_another(self, tokens: Sequence[Token], position: int) -> bool:
        """Does another name follow by `and` or a comma (`Derek | and Joan Flint`)?"""
        if position + 1 >= len(tokens) or not tokens[position + 1].is_capitalized:
            return False
        return fold(tokens[position].text) in self.wording.language.conjunctions or tokens[position].text == ","

    def _joins(self, tokens: Sequence[Token], start: int, position: int) -> bool:
        token, wording = tokens[position], self.wording
        if self._is_adjective(token) or self.is_body(tokens, position):
            return False
        if wording.joins_names(tokens, position):
            return True
        if token.is_capitalized and fold(token.text) not in wording.language.capitalized:
            return True
        if wording.leads_surname(tokens, position):
            return True
        return wording.is_particle(token) and wording.is_in_name(tokens, start, position)

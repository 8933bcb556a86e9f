"""What the words of a phrase say of somebody: office, age, gender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.mention import FORMER, Description
from app.extraction.mentions.wording import POSSESSIVE, Wording
from app.extraction.names.given_names import gender_of

YEARS = re.compile(r"(?P<years>\d{1,3})[-‐‑]?(?P<unit>[^\W\d].*)")
OLDEST = 120
SHORTEST_WORD = 3


@dataclass(slots=True)
class Describer:
    """Describes persons by the words of their phrases."""

    wording: Wording

    def description(self, tokens: Sequence[Token]) -> Description:
        """What these words say of a person: not the office of another in the possessive (`the mayor's aide`)."""
        own = max((i + 1 for i, token in enumerate(tokens) if fold(token.text) in POSSESSIVE), default=0)
        words: dict[str, Token] = {}
        offices: list[str] = []
        for position, token in enumerate(tokens):
            word, is_office = fold(token.text), self._names_office(tokens, position)
            if (self._is_small_word(word) and not is_office) or (is_office and position < own):
                continue
            words[word] = token
            offices += [self._office_held(tokens, position)] if is_office else []
        offices = self._joint_offices(tokens, list(words)) or offices
        if self.wording.inflection:
            offices = offices[:1]  # what follows belongs to it: `заместитель министра`
        plain = {office.removeprefix(FORMER) for office in offices}.union(offices)
        proper = frozenset(word for word, token in words.items() if token.is_capitalized and word not in plain)
        return Description(self._lemmas(words), self._lemmas(offices), proper, self._age(tokens))

    def _office_held(self, tokens: Sequence[Token], position: int) -> str:
        """The office at this place, another one where it was held before (`ancien maire`, `exalcalde`)."""
        word = fold(tokens[position].text)
        stem = word.removeprefix("ex").removeprefix("-")
        if word.startswith("ex") and self.wording.is_office(stem):
            return FORMER + stem
        return FORMER + word if self._is_over(tokens, position) else word

    def _is_over(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a word before the office tell that it was held before, with nothing but what narrows it between?"""
        for token in reversed(tokens[:position]):
            word = fold(token.text)
            if word in self.wording.language.former:
                return True
            if word in self.wording.language.roles or self._is_small_word(word):
                return False
        return False

    def _joint_offices(self, tokens: Sequence[Token], words: Sequence[str]) -> list[str]:
        """Offices that several words tell together (`il primo cittadino`, `deputy prime minister`)."""
        language = self.wording.language
        pairs = ["-".join(pair) for pair in pairwise(words)]
        office = next((word for word in reversed(words) if self.wording.is_office(word)), "")
        before = words[: words.index(office)] if office else []
        altered = next((f"{word}-{office}" for word in before if word in language.altering), None)
        offices = [altered] if altered else [language.lemmas[pair] for pair in pairs if pair in language.lemmas]
        was = any(fold(token.text) in language.former for token in tokens)
        return [FORMER + office for office in offices] if was else offices

    def _names_office(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this an office? A country or a party before another noun only narrows it (`the Chinese envoy`)."""
        language, noun = self.wording.language, self.wording.noun(tokens[position])
        narrows = noun in language.epithets and position + 1 < len(tokens) and not language.postmodifies
        return self.wording.is_office(noun) and noun not in language.former and not narrows

    def _is_small_word(self, word: str) -> bool:
        language = self.wording.language
        return len(word) < SHORTEST_WORD or word in language.determiners or word in language.prepositions

    def _lemmas(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self._lemma(word) for word in words)

    def _lemma(self, word: str) -> str:
        if word.startswith(FORMER):
            return FORMER + self._lemma(word.removeprefix(FORMER))
        lemmas, (before, _, office) = self.wording.language.lemmas, word.partition("-")
        altered = office and before in self.wording.language.altering
        return f"{before}-{lemmas.get(office, office)}" if altered else lemmas.get(word, word)

    def _age(self, tokens: Sequence[Token]) -> str:
        """The years of somebody called by them: `the 61-year-old`, `l'homme de 57 ans`."""
        ages = self.wording.language.ages
        for word, following in pairwise([*(fold(token.text) for token in tokens), ""]):
            match = YEARS.fullmatch(word)
            if match and match["unit"] in ages:
                return match["years"]
            if following in ages and _is_age(word):
                return word
        return ""

    def age_behind(self, tokens: Sequence[Token], last: int) -> str:
        """The age behind a name between commas or brackets: `Ann Lee, 61, …`, `Anna Roth (61)`, `Ana Roux, 61 ans`."""
        if last + 1 >= len(tokens) or tokens[last - 1].ends_sentence or tokens[last].text not in ",(":
            return ""
        following = last + 2
        if following < len(tokens) and fold(tokens[following].text) in self.wording.language.ages:
            following += 1
        closed = following == len(tokens) or tokens[following].text in ",.;)" or tokens[following - 1].ends_sentence
        return tokens[last + 1].text if closed and _is_age(tokens[last + 1].text) else ""

    def gender(self, nouns: Sequence[str], tokens: Sequence[Token], start: int) -> str:
        """What the nouns of a person's phrase tell, else the determiner that leads it.

        A feminine determiner before a masculine noun tells that a woman holds the office (`la maire`).
        """
        by_noun, language = self.gender_of(nouns), self.wording.language
        if (
            by_noun == "m"
            and not language.determiners_inflect
            and language.genders.get(fold(tokens[start].text)) == "f"
        ):
            return "f"
        return by_noun or self.gender_by_determiner(nouns, tokens, start)

    def gender_of_titled(self, titles: Sequence[str], name: Sequence[Token]) -> str:
        """What titles before a name tell: a woman may hold a masculine one (`Chairman Judith Frame`), but no address.

        Where names inflect, a man's in another case may look like a woman's.
        """
        told, language = self.gender_of(titles), self.wording.language
        addressed = self.wording.inflection or not language.honorifics.isdisjoint(titles)
        is_woman = told == "m" and not addressed and len(name) > 1 and gender_of(name[0].text) == "f"
        return "f" if is_woman else told

    def gender_of(self, words: Sequence[str]) -> str:
        """The gender that titles tell, else nouns."""
        language = self.wording.language
        for table in (language.titles, language.persons, language.demonyms):
            told = [table[word] for word in words if table.get(word, "u") != "u"]
            if told:
                return told[-1]
        return ""

    def gender_by_determiner(self, nouns: Sequence[str], tokens: Sequence[Token], start: int) -> str:
        """A determiner may be fused with a preposition (`du maire`) or stand in another case behind one (`mit der`).

        Nouns of one gender for everybody tell nothing (`la vittima`), nor may a title's masculine (`il presidente`).
        """
        language = self.wording.language
        before = fold(tokens[start - 1].text) if start and not tokens[start - 1].ends_sentence else ""
        if (language.determiners_inflect and before in language.prepositions) or not language.epicenes.isdisjoint(
            nouns
        ):
            return ""
        word = fold(tokens[start].text)
        told = language.genders.get(word) or ("" if word in language.determiners else language.genders.get(before, ""))
        common = told == "m" and language.common_masculine
        return "" if common and any(language.titles.get(noun) == "u" for noun in nouns) else told


def _is_age(word: str) -> bool:
    return word.isdecimal() and len(word) <= len(str(OLDEST)) and int(word) <= OLDEST

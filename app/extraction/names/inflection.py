"""What the forms of words tell of a language that inflects its names: which belong together, which name nobody."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.languages import Language, fold
from app.extraction.morphology import (
    GIVEN,
    GUESSED,
    KNOWN,
    LIKELY,
    NOMINATIVE,
    UNCHANGED_SURNAMES,
    Morphology,
    morphology_named,
)
from app.extraction.names.readings import LONGEST_NAME, Reading, readings


class Inflection:
    """What the forms of words tell in a language that inflects names; for other languages there is none at all."""

    def __init__(self, language: Language, morphology: Morphology) -> None:
        self.language = language
        self.morphology = morphology

    @classmethod
    def of(cls, language: Language) -> Inflection | None:
        """The inflection of a language; None where names stand in one form."""
        morphology = morphology_named(language.morphology)
        return cls(language, morphology) if morphology else None

    def readings(self, words: Sequence[str]) -> list[Reading]:
        """All ways to read these words as one name."""
        return readings(words, self.morphology)

    def name_cases(self, words: Sequence[str]) -> set[str]:
        """The cases in which these words may be a name, without those that rest on guesses where others do not."""
        found = self.readings(words)
        best = max((reading.trust for reading in found), default=0)
        return {reading.case for reading in found if 2 * reading.trust >= best}

    def is_genitive(self, word: str) -> bool:
        """May this word be a genitive, as what follows a noun and belongs to it is?"""
        return "gent" in self.morphology.noun_cases(fold(word))

    def is_oblique(self, word: str) -> bool:
        """Is this a noun in another case than the nominative, so no subject?"""
        cases = self.morphology.noun_cases(fold(word))
        return bool(cases) and NOMINATIVE not in cases

    def verb_gender(self, word: str) -> str:
        """`m` or `f` where this is a verb whose form tells its subject's gender (`сказала`), else empty."""
        return self.morphology.verb_gender(fold(word))

    def is_plural_verb(self, word: str) -> bool:
        """Is this a verb whose subject are several, or nobody in particular (`сообщили`)?"""
        return self.morphology.is_plural_verb(fold(word))

    def joins_nouns(self, word: str) -> bool:
        """May this word be part of a noun's phrase, not a verb or an adverb between phrases?"""
        return self.morphology.is_nominal(fold(word))

    def is_noun(self, word: str) -> bool:
        """Is this word a noun and nothing else?"""
        return bool(self.morphology.noun_cases(fold(word))) and not self.morphology.adjective_cases(fold(word))

    def is_place(self, word: str) -> bool:
        """Is this word a country or a town?"""
        return self.morphology.is_place(fold(word))

    def is_adjective(self, word: str) -> bool:
        """May this word stand before a noun as its adjective?"""
        return bool(self.morphology.adjective_cases(fold(word)))

    def qualifies(self, word: str, noun: str) -> bool:
        """May this word be an adjective of that noun (`Российский президент`)?"""
        cases = self.morphology.adjective_cases(fold(word))
        return bool(cases) and not cases.isdisjoint(self.morphology.noun_cases(fold(noun)))

    def is_given(self, word: str) -> bool:
        """May this be a given name or a patronymic?"""
        return any(form.trust == GIVEN for form in self.morphology.name_forms(fold(word)))

    def foreign_start(self, words: Sequence[str]) -> int:
        """How many words before a given name are no part of the name (`(в) Белоруссии | Павел Грицевич`)."""
        for start in range(1, min(len(words) - 1, LONGEST_NAME)):
            if (
                self.is_given(words[start])
                and self.readings(words[start:])
                and self._stands_apart(words[:start], words[start:])
            ):
                return start
        return 0

    def _stands_apart(self, before: Sequence[str], name: Sequence[str]) -> bool:
        """Are the words before a given name no surname: an acronym, a thing in the genitive, another case?"""
        acronym = len(before[-1]) > 1 and before[-1].isupper()
        return acronym or self._belongs_before(before[-1], name) or not self.readings([*before, *name])

    def _belongs_before(self, word: str, name: Sequence[str]) -> bool:
        """Is this a thing in the genitive (`депутат Госдумы | Ольга Котова`), no surname (`Сороки Юрия Львовича`)?

        A surname stands before a given name and patronymic in their case; where another surname follows it is none.
        """
        agrees = any(reading.case == "gent" for reading in self.readings(name))
        return self.morphology.is_belonging(fold(word)) and not (agrees and self.is_given(name[-1]))

    def holder_start(self, words: Sequence[str]) -> int:
        """How many words behind an office tell what it belongs to (`(президент) Франции | Лакруа`): perhaps all."""
        start = 0
        while start < len(words) and (length := self._owner_length(words[start:])):
            start += length
        return start

    def kin_start(self, words: Sequence[str]) -> int:
        """How many words behind a word for kin name whose it is (`(жена) Громова | Ирина`), before a given name."""
        start = len(words)
        while start and self.is_given(words[start - 1]):
            start -= 1
        if start == len(words) or not start:
            return 0
        cases = self.name_cases(words[:start])
        return start if "gent" in cases or fold(words[start - 1]).endswith(UNCHANGED_SURNAMES) else 0

    def _owner_length(self, words: Sequence[str]) -> int:
        """How many of these words are one body or place, perhaps with its adjective (`Южной Кореи`); 0 for a name.

        The acronym of an agency takes a word behind it (`РИА Новости`).
        """
        if len(words) > 1 and words[0].isupper() and fold(words[0]) in self.language.agencies:
            return 2
        if self._is_owner(words[0]) or (len(words) > 1 and self._is_owner_of(words[0], words[1:])):
            return 1
        adjective = len(words) > 1 and self.is_adjective(words[0]) and self.morphology.is_belonging(fold(words[1]))
        return 2 if adjective and self.is_genitive(words[0]) and not self.is_given(words[1]) else 0

    def _is_owner_of(self, word: str, name: Sequence[str]) -> bool:
        """Does the office before this word and the name behind it belong to what or whom the word names?

        A foreign word before a name (`Apple | Тим Кук`), a thing in the genitive, a man in the genitive before the
        whole name of somebody else (`Белкина | Ирина Сойкина`).
        """
        if word.isascii() and not name[-1].isascii():
            return True
        whole = len(name) > 1 and self.is_given(name[0]) and not self.is_given(name[-1])
        forms = self.morphology.name_forms(fold(word)) if whole else ()
        man = any(form.case == "gent" and form.gender == "m" and form.trust in {LIKELY, KNOWN} for form in forms)
        return man or (whole and self._is_masculine_genitive(word, name[0])) or self._belongs_before(word, name)

    def _is_masculine_genitive(self, word: str, given: str) -> bool:
        """May an unknown word be a town in the genitive before a man's name (`(мэр) Заозёрска | Павел Котов`)?

        In the nominative it would be a woman's.
        """
        known = self.morphology.name_forms(fold(given))
        is_man = any((form.case, form.gender, form.trust) == (NOMINATIVE, "m", GIVEN) for form in known)
        forms = self.morphology.name_forms(fold(word))
        genitive = any((form.case, form.gender) == ("gent", "m") for form in forms)
        of_man = any((form.case, form.gender) == (NOMINATIVE, "m") and form.trust > GUESSED for form in forms)
        return is_man and genitive and not of_man and not self.is_given(word)

    def _is_owner(self, word: str) -> bool:
        """Is this a body or a place whatever follows? A surname in capitals (`ЛОСЕВ`) is none."""
        folded = fold(word)
        acronym = len(word) > 1 and word.isalpha() and word.isupper()
        if acronym:
            return all(form.trust <= GUESSED for form in self.morphology.name_forms(folded))
        return folded in self.language.organizations or self.is_place(word)

    def is_complement(self, head: str, name: Sequence[str], before: str = "") -> bool:
        """Does the name belong to the noun before it as its genitive (`адвокат Ивана Петрова`), not name its holder?

        Kin are somebody's: a full name behind them that may be a genitive is one, unless it is told whose they are.
        """
        cases, word = self.name_cases(name), fold(head)
        if "gent" not in cases or not self.morphology.noun_cases(word):
            return False
        is_kin = self.language.lemmas.get(word, word) in self.language.kin and before not in self.language.possessives
        return (is_kin and len(name) > 1) or self.morphology.holder_cases(word).isdisjoint(cases)

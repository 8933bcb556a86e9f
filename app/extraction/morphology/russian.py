"""Russian words by the dictionary of pymorphy3 (OpenCorpora), and by endings for foreign names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from app.extraction.morphology.forms import (
    CASES,
    FIXED,
    GIVEN,
    GUESSED,
    KNOWN,
    LIKELY,
    NOMINATIVE,
    Form,
    capitalized_like,
)
from app.extraction.morphology.russian_names import (
    UNCHANGED_SURNAMES,
    guessed_forms,
    own_surname,
    shared_surname,
    unchanged_of_women,
)

REMEMBERED = 20_000
LONGEST_WORD = 40
"""Letters of a word that is looked up at all: bounds the work on hostile text."""
RARE = 0.1
"""The share of a word's uses in which a place is somebody's given name (`Израиль`) that leaves it a place."""
_ADJECTIVES = frozenset(["ADJF", "PRTF"])
_NOMINAL = frozenset(["NOUN", "ADJF", "PRTF", "NUMR", "NPRO", None])
_PREDICATES = frozenset(["VERB", "ADJS", "PRTS"])
_GENDERS = {"masc": "m", "femn": "f"}
_NAMES = {"Name": GIVEN, "Patr": GIVEN, "Surn": KNOWN}


class RussianMorphology:
    """Russian by the dictionary of pymorphy3 (OpenCorpora), and by endings for foreign names."""

    def __init__(self) -> None:
        import pymorphy3

        self._analyzer: Any = pymorphy3.MorphAnalyzer(lang="ru")
        self.name_forms = lru_cache(REMEMBERED)(self._name_forms)
        self.noun_cases = lru_cache(REMEMBERED)(self._noun_cases)
        self.holder_cases = lru_cache(REMEMBERED)(self._holder_cases)
        self.adjective_cases = lru_cache(REMEMBERED)(self._adjective_cases)
        self.is_belonging = lru_cache(REMEMBERED)(self._is_belonging)
        self.is_place = lru_cache(REMEMBERED)(self._is_place)
        self.is_nominal = lru_cache(REMEMBERED)(self._is_nominal)
        self.verb_gender = lru_cache(REMEMBERED)(self._verb_gender)
        self.is_plural_verb = lru_cache(REMEMBERED)(self._is_plural_verb)

    def _name_forms(self, word: str) -> Sequence[Form]:
        word = word.lower()
        if len(word) > LONGEST_WORD:
            return ()
        best: dict[tuple[str, str, str], int] = {}
        for form in self._forms(word):
            key = (form.nominative, form.case, form.gender)
            best[key] = max(form.trust, best.get(key, 0))
        return tuple(Form(*key, trust) for key, trust in best.items())

    def shared_forms(self, word: str) -> Sequence[Form]:
        return tuple(shared_surname(word.lower()))

    def _forms(self, word: str) -> Iterator[Form]:
        parses = self._analyzer.parse(word)
        found = [form for parse in parses for form in self._read(word, parse)]
        yield from found
        if word.endswith(UNCHANGED_SURNAMES):
            yield from (Form(word, case, gender, LIKELY) for case in CASES for gender in "mf")
        if any(p.is_known and "Geox" in p.tag and p.tag.gender != "masc" for p in parses):
            return  # a country or a town: no surname is made up of it
        own = []
        if not any(form.trust == GIVEN and form.case == NOMINATIVE for form in found):
            yield from (own := list(own_surname(word)))
        if not any(form.trust >= KNOWN for form in found):
            yield from (form for form in guessed_forms(word) if not own or form.trust > FIXED)
        elif not any(form.trust == GIVEN for form in found):
            yield from unchanged_of_women(word)

    def _read(self, word: str, parse: Any) -> Iterator[Form]:
        """The forms of one parse: the singular of what may name a person."""
        tag, trust = parse.tag, _trust(parse)
        if not trust or not _may_name(tag):
            return
        for gender, ours in _GENDERS.items():
            if tag.gender not in {gender, "ms-f", None}:
                continue
            if "Fixd" in tag:
                yield Form(word, tag.case, ours, trust)
            elif tag.case == NOMINATIVE:
                yield Form(word, NOMINATIVE, ours, trust)
            elif inflected := parse.inflect({"nomn", "sing"}):
                yield Form(_without_new_dots(inflected.word, word), tag.case, ours, trust)

    def _noun_cases(self, word: str) -> frozenset[str]:
        return self._cases(word, _ADJECTIVES | {"NOUN"})

    def _holder_cases(self, word: str) -> frozenset[str]:
        tags = (parse.tag for parse in self._parses(word))
        return frozenset(str(tag.case) for tag in tags if tag.number == "sing" and tag.case in CASES)

    def _adjective_cases(self, word: str) -> frozenset[str]:
        return self._cases(word, _ADJECTIVES)

    def _cases(self, word: str, classes: frozenset[str]) -> frozenset[str]:
        """The cases in which this word may stand as a part of speech of one of these classes."""
        tags = (parse.tag for parse in self._parses(word))
        return frozenset(str(tag.case) for tag in tags if tag.POS in classes and tag.case in CASES)

    def _is_belonging(self, word: str) -> bool:
        tags = [parse.tag for parse in self._known(word)]
        names = any(kind in tag for tag in tags for kind in _NAMES)
        subject = any(tag.case == NOMINATIVE and tag.number == "sing" for tag in tags)
        return not names and not subject and any(tag.POS == "NOUN" and tag.case == "gent" for tag in tags)

    def _is_place(self, word: str) -> bool:
        known = self._known(word)
        given = sum(parse.score for parse in known if "Name" in parse.tag)
        surname = any("Surn" in parse.tag for parse in known)
        return any("Geox" in parse.tag for parse in known) and not surname and given <= RARE

    def _known(self, word: str) -> list[Any]:
        """The readings of a word that the dictionary holds."""
        return [parse for parse in self._parses(word) if parse.is_known]

    def _parses(self, word: str) -> Sequence[Any]:
        """All readings of a word, guessed ones included; none of an overlong one."""
        return self._analyzer.parse(word) if len(word) <= LONGEST_WORD else ()

    def _is_nominal(self, word: str) -> bool:
        parses = self._parses(word)
        return not parses or any(not p.is_known or p.tag.POS in _NOMINAL for p in parses)

    def _verb_gender(self, word: str) -> str:
        tags = [p.tag for p in self._parses(word) if p.tag.POS in _PREDICATES and p.tag.gender]
        genders = {_GENDERS.get(str(tag.gender), "n") for tag in tags}
        return genders.pop().replace("n", "") if len(genders) == 1 else ""

    def _is_plural_verb(self, word: str) -> bool:
        numbers = {str(p.tag.number) for p in self._parses(word) if p.tag.POS in _PREDICATES}
        return numbers == {"plur"}

    def phrase(self, words: Sequence[str], head: int) -> list[str]:
        noun = self._inflectable(words[head])
        if noun is None:
            return list(words)
        changed = {head: noun.inflect({NOMINATIVE, noun.tag.number})}
        for position in range(head - 1, -1, -1):
            adjective = self._agreeing(words[position], noun.tag)
            if adjective is None:
                break
            changed[position] = adjective.inflect({NOMINATIVE, *_agreement(noun.tag)})
        return [self._written(word, changed.get(i)) for i, word in enumerate(words)]

    def _agreeing(self, word: str, noun: Any) -> Any:
        """The reading of a word as an adjective that agrees with the noun of this tag; None where it is none."""
        parses = [p for p in self._analyzer.parse(word) if p.tag.POS in _ADJECTIVES and p.tag.case == noun.case]
        fitting = (p for p in parses if p.tag.number == noun.number and p.tag.gender in {noun.gender, None})
        return next(fitting, None)

    def _inflectable(self, word: str) -> Any:
        """The noun's reading in an oblique case; None where it may stand in the nominative already."""
        nouns = [p for p in self._analyzer.parse(word) if p.tag.POS == "NOUN"]
        if not nouns or any(p.tag.case == NOMINATIVE and p.tag.number == "sing" for p in nouns):
            return None
        singular = [p for p in nouns if p.tag.number == "sing"]
        if singular:
            return singular[0]
        return None if any(p.tag.case == NOMINATIVE for p in nouns) else nouns[0]

    def _written(self, word: str, changed: Any) -> str:
        return capitalized_like(word, _without_new_dots(changed.word, word.lower())) if changed else word


def _may_name(tag: Any) -> bool:
    """Is this a singular noun or adjective, and no place?"""
    return tag.POS in {"NOUN", "ADJF"} and tag.number == "sing" and tag.case in CASES and "Geox" not in tag


def _agreement(noun: Any) -> set[str]:
    """The number that an adjective has of its noun, and in the singular the gender."""
    genders = {"masc", "femn", "neut"} & {str(noun.gender)} if noun.number == "sing" else set()
    return {noun.number, *genders}


def _trust(parse: Any) -> int:
    """Dictionary words by what they are, foretold ones only where they look like names."""
    kind = next((trust for name, trust in _NAMES.items() if name in parse.tag), 0)
    if not parse.is_known:
        return min(kind, LIKELY)
    return kind or GUESSED


def _without_new_dots(word: str, written: str) -> str:
    """The dictionary's `ё` as this text writes it: `е` where it has no `ё`."""
    return word if "ё" in written else word.replace("ё", "е")

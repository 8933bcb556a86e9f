"""Which forms a word of an inflecting language may be: its cases, its genders and its nominative.

A `Morphology` knows words only; what a form means in a text is for `inflection.py` to tell. A language names its
morphology in its data file (`morphology = "pymorphy3"`); languages whose nouns stand in one form have none. The
dictionary is loaded when the first text of such a language is read: 0.2 seconds and 30 MB for Russian.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol

NOMINATIVE = "nomn"
CASES = (NOMINATIVE, "gent", "datv", "accs", "ablt", "loct")
"""The cases by the names of OpenCorpora: the nominative, and the oblique ones as prepositions govern them."""
GIVEN, KNOWN, LIKELY, GUESSED, FIXED = 4, 3, 2, 1, 0
"""How far a form is to be trusted: a given name or patronymic, another name of the dictionary, a name by its ending
(`-ов`), another noun or a guess by a foreign name's ending, and a foreign name taken as not inflected at all.
"""
REMEMBERED = 20_000
LONGEST_WORD = 40
"""Letters of a word that is looked up at all: bounds the work on hostile text."""


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word in the singular; all in small letters."""

    nominative: str
    case: str
    gender: str
    """`m` or `f`."""
    trust: int


class Morphology(Protocol):
    """What a language's dictionary of word forms is asked."""

    def name_forms(self, word: str) -> Sequence[Form]:
        """What this word may be as part of a person's name; empty where nothing can be told."""
        ...

    def noun_cases(self, word: str) -> frozenset[str]:
        """The cases in which this noun or adjective may stand, in the singular or plural."""
        ...

    def holder_cases(self, word: str) -> frozenset[str]:
        """The cases in which this noun may stand for one person; none for a plural (`директора` is a genitive)."""
        ...

    def adjective_cases(self, word: str) -> frozenset[str]:
        """The cases in which this word may stand as an adjective; none where it is none."""
        ...

    def is_belonging(self, word: str) -> bool:
        """Does the dictionary hold this word as a genitive, and as no nominative singular and no person's name?"""
        ...

    def is_place(self, word: str) -> bool:
        """Does the dictionary hold this word as a country or a town, and hardly ever as a person's name?"""
        ...

    def is_nominal(self, word: str) -> bool:
        """May this word be a noun, an adjective or a numeral? Yes for a word that is not known."""
        ...

    def verb_gender(self, word: str) -> str:
        """`m` or `f` where the word is a verb form that tells its subject's gender (`сказала`), else empty."""
        ...

    def phrase(self, words: Sequence[str], head: int) -> list[str]:
        """These words with the noun at `head` and the adjectives straight before it in the nominative."""
        ...


@cache
def morphology(name: str) -> Morphology | None:
    """The morphology a language file asks for; None for the empty name."""
    return _BY_NAME[name]() if name else None


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

    def _name_forms(self, word: str) -> Sequence[Form]:
        word = word.lower()
        if len(word) > LONGEST_WORD:
            return ()
        best: dict[tuple[str, str, str], int] = {}
        for form in self._forms(word):
            key = (form.nominative, form.case, form.gender)
            best[key] = max(form.trust, best.get(key, 0))
        return tuple(Form(*key, trust) for key, trust in best.items())

    def _forms(self, word: str) -> Iterator[Form]:
        parses = self._analyzer.parse(word)
        found = [form for parse in parses for form in self._read(word, parse)]
        yield from found
        if word.endswith(_UNCHANGED_SURNAMES):
            yield from (Form(word, case, gender, LIKELY) for case in CASES for gender in "mf")
        if any(p.is_known and "Geox" in p.tag and p.tag.gender != "masc" for p in parses):
            return  # a country or a town: no surname is made up of it
        own = []
        if not any(form.trust == GIVEN and form.case == NOMINATIVE for form in found):
            yield from (own := list(_own_surname(word)))
        if not any(form.trust >= KNOWN for form in found):
            yield from (form for form in guessed_forms(word) if not own or form.trust > FIXED)
        elif not any(form.trust == GIVEN for form in found):
            yield from _unchanged_of_women(word)

    def _read(self, word: str, parse: Any) -> Iterator[Form]:
        """The forms of one parse: the singular of what may name a person."""
        tag = parse.tag
        trust = _trust(parse)
        if (
            not trust
            or "Geox" in tag
            or tag.number != "sing"
            or tag.case not in CASES
            or tag.POS not in {"NOUN", "ADJF"}
        ):
            return
        for gender, ours in (("masc", "m"), ("femn", "f")):
            if tag.gender not in {gender, "ms-f", None}:
                continue
            if "Fixd" in tag:
                yield Form(word, tag.case, ours, trust)
            elif tag.case == NOMINATIVE:
                yield Form(word, NOMINATIVE, ours, trust)
            elif inflected := parse.inflect({"nomn", "sing"}):
                yield Form(_without_new_dots(inflected.word, word), tag.case, ours, trust)

    def _noun_cases(self, word: str) -> frozenset[str]:
        return self._cases(word, {"NOUN", "ADJF", "PRTF"})

    def _holder_cases(self, word: str) -> frozenset[str]:
        tags = (parse.tag for parse in self._analyzer.parse(word)) if len(word) <= LONGEST_WORD else ()
        return frozenset(str(tag.case) for tag in tags if tag.number == "sing" and tag.case in CASES)

    def _adjective_cases(self, word: str) -> frozenset[str]:
        return self._cases(word, {"ADJF", "PRTF"})

    def _cases(self, word: str, classes: set[str]) -> frozenset[str]:
        tags = (parse.tag for parse in self._analyzer.parse(word)) if len(word) <= LONGEST_WORD else ()
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
        parses = self._analyzer.parse(word) if len(word) <= LONGEST_WORD else ()
        return [parse for parse in parses if parse.is_known]

    def _is_nominal(self, word: str) -> bool:
        parses = self._analyzer.parse(word) if len(word) <= LONGEST_WORD else ()
        return not parses or any(not p.is_known or p.tag.POS in _NOMINAL for p in parses)

    def _verb_gender(self, word: str) -> str:
        if len(word) > LONGEST_WORD:
            return ""
        tags = [p.tag for p in self._analyzer.parse(word) if p.tag.POS in {"VERB", "ADJS", "PRTS"} and p.tag.gender]
        genders = {_GENDERS.get(str(tag.gender), "n") for tag in tags}
        return genders.pop().replace("n", "") if len(genders) == 1 else ""

    def phrase(self, words: Sequence[str], head: int) -> list[str]:
        noun = self._inflectable(words[head])
        if noun is None:
            return list(words)
        number, gender = noun.tag.number, noun.tag.gender
        wanted = {NOMINATIVE, number}
        changed = {head: noun.inflect(wanted)}
        for position in range(head - 1, -1, -1):
            parses = self._analyzer.parse(words[position])
            fitting = [p for p in parses if p.tag.POS in {"ADJF", "PRTF"} and p.tag.case == noun.tag.case]
            fitting = [p for p in fitting if p.tag.number == number and p.tag.gender in {gender, None}]
            if not fitting:
                break
            agreed = {"masc", "femn", "neut"} & {str(gender)} if number == "sing" else set()
            changed[position] = fitting[0].inflect(wanted | agreed)
        return [self._written(word, changed.get(i)) for i, word in enumerate(words)]

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


_NOMINAL = frozenset(["NOUN", "ADJF", "PRTF", "NUMR", "NPRO", None])
_GENDERS = {"masc": "m", "femn": "f"}
_NAMES = {"Name": GIVEN, "Patr": GIVEN, "Surn": KNOWN}
_BY_NAME = {"pymorphy3": RussianMorphology}
VOWELS = "аеёиоуыэюя"
_OWN_SURNAMES = ("ов", "ев", "ёв", "ин", "ын")
"""Surnames in these have a feminine form: a woman's name in them is not left unchanged."""
_UNCHANGED_SURNAMES = ("ых", "их")
_OWN_ENDINGS = {
    "": ((NOMINATIVE, "m"),),
    "а": ((NOMINATIVE, "f"), ("gent", "m"), ("accs", "m")),
    "у": (("datv", "m"), ("accs", "f")),
    "ым": (("ablt", "m"),),
    "е": (("loct", "m"),),
    "ой": (("gent", "f"), ("datv", "f"), ("ablt", "f"), ("loct", "f")),
}
MIN_SURNAME = 3
RARE = 0.1
"""The share of a word's uses in which a place is somebody's given name (`Израиль`) that leaves it a place."""
_HARD = "гкхжшщчц"


def _trust(parse: Any) -> int:
    """Dictionary words by what they are, foretold ones only where they look like names."""
    kind = next((trust for name, trust in _NAMES.items() if name in parse.tag), 0)
    if not parse.is_known:
        return min(kind, LIKELY)
    return kind or GUESSED


def guessed_forms(word: str) -> Iterator[Form]:
    """What a name that no dictionary holds may be by its ending, as foreign names are inflected in Russian."""
    stem, last = word[:-1], word[-1:]
    for ending, case, genders, rests in _ENDINGS:
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) > 1:
            yield from (Form(base + rest, case, gender, GUESSED) for rest in rests(base) for gender in genders)
    if last in "ая":
        yield from (Form(word, NOMINATIVE, gender, GUESSED) for gender in "fm")
    if last and last in VOWELS:
        trust = GUESSED if last in "оэиую" or stem[-1:] in VOWELS else FIXED
        yield from (Form(word, case, gender, trust) for case in CASES for gender in "mf")
    elif last:
        yield Form(word, NOMINATIVE, "m", GUESSED)
        yield from _unchanged_of_women(word)


def _own_surname(word: str) -> Iterator[Form]:
    """A surname in `-ов` or `-ин`, whatever else the dictionary holds for the word (`Галиной`, of Галин's wife)."""
    for ending, cases in _OWN_ENDINGS.items():
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) > MIN_SURNAME and stem.endswith(_OWN_SURNAMES):
            yield from (Form(stem + ("а" if g == "f" else ""), case, g, LIKELY) for case, g in cases)


def _unchanged_of_women(word: str) -> Iterator[Form]:
    """A woman's surname that ends in a consonant stands in one form: `Анны Ким`."""
    if word[-1:] not in VOWELS and not word.endswith(_OWN_SURNAMES):
        yield from (Form(word, case, "f", GUESSED) for case in CASES)


def _bare(base: str) -> tuple[str, ...]:
    return ("",) if base[-1] not in VOWELS + "йьъ" else ()


def _soft(base: str) -> tuple[str, ...]:
    return ("й",) if base[-1] in VOWELS else () if base[-1] in _HARD else ("ь",)


def _a(base: str) -> tuple[str, ...]:
    return ("а",) if base[-1] not in VOWELS else ()


def _ya(base: str) -> tuple[str, ...]:
    return ("я",) if base[-1] not in _HARD else ()


def _a_or_ya(base: str) -> tuple[str, ...]:
    return _a(base) if base[-1] in _HARD else _ya(base)


def _a_or_vowel_ya(base: str) -> tuple[str, ...]:
    """A foreign name in another consonant and `-и` stands in one form, mostly (`Росси`)."""
    return _a_or_ya(base) if base[-1] in _HARD + VOWELS else ()


_ENDINGS = (
    ("а", "gent", "m", _bare),
    ("а", "accs", "m", _bare),
    ("я", "gent", "m", _soft),
    ("я", "accs", "m", _soft),
    ("у", "datv", "m", _bare),
    ("ю", "datv", "m", _soft),
    ("ом", "ablt", "m", _bare),
    ("ем", "ablt", "m", lambda base: _bare(base) if base[-1] in _HARD else _soft(base)),
    ("е", "loct", "m", lambda base: (*_bare(base), *(_soft(base) if base[-1] in VOWELS else ()))),
    ("у", "accs", "fm", _a),
    ("ю", "accs", "fm", _ya),
    ("ы", "gent", "fm", _a),
    ("и", "gent", "fm", _a_or_vowel_ya),
    ("е", "datv", "fm", _a),
    ("е", "loct", "fm", _a),
    ("ой", "ablt", "fm", _a),
    ("ей", "ablt", "fm", _a_or_ya),
)


def _without_new_dots(word: str, written: str) -> str:
    """The dictionary's `ё` as this text writes it: `е` where it has no `ё`."""
    return word if "ё" in written else word.replace("ё", "е")


def capitalized_like(written: str, word: str) -> str:
    """The word with capitals where the written form has them, part by part of a hyphenated one."""
    if written.isupper() and len(written) > 1:
        return word.upper()
    ours, theirs = word.split("-"), written.split("-")
    if len(ours) != len(theirs):
        return word.capitalize() if written[:1].isupper() else word
    return "-".join(o.capitalize() if t[:1].isupper() else o for o, t in zip(ours, theirs, strict=True))

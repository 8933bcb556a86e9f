"""What a Russian or foreign surname may be by its ending, where the dictionary does not hold it."""

from __future__ import annotations

from collections.abc import Iterator

from app.extraction.morphology.forms import CASES, FIXED, GUESSED, LIKELY, NOMINATIVE, Form

VOWELS = "аеёиоуыэюя"
UNCHANGED_SURNAMES = ("ых", "их")
MIN_SURNAME = 3
_HARD = "гкхжшщчц"
_OWN_SURNAMES = ("ов", "ев", "ёв", "ин", "ын")
"""Surnames in these have a feminine form: a woman's name in them is not left unchanged."""
_OWN_ENDINGS = {
    "": ((NOMINATIVE, "m"),),
    "а": ((NOMINATIVE, "f"), ("gent", "m"), ("accs", "m")),
    "у": (("datv", "m"), ("accs", "f")),
    "ым": (("ablt", "m"),),
    "е": (("loct", "m"),),
    "ой": (("gent", "f"), ("datv", "f"), ("ablt", "f"), ("loct", "f")),
}

_SHARED_ENDINGS = {"ы": {"m": "", "f": "а"}, "ские": {"m": "ский", "f": "ская"}, "цкие": {"m": "цкий", "f": "цкая"}}


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
        yield from unchanged_of_women(word)


def own_surname(word: str) -> Iterator[Form]:
    """A surname in `-ов` or `-ин`, whatever else the dictionary holds for the word (`Галиной`, of Галин's wife)."""
    for ending, cases in _OWN_ENDINGS.items():
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) > MIN_SURNAME and stem.endswith(_OWN_SURNAMES):
            yield from (Form(stem + ("а" if g == "f" else ""), case, g, LIKELY) for case, g in cases)


def shared_surname(word: str) -> Iterator[Form]:
    """The surname of several, in the singular of each: `Иван и Анна Котовы`."""
    for ending, singular in _SHARED_ENDINGS.items():
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) > MIN_SURNAME and (ending != "ы" or stem.endswith(_OWN_SURNAMES)):
            yield from (Form(stem + rest, NOMINATIVE, gender, LIKELY) for gender, rest in singular.items())


def unchanged_of_women(word: str) -> Iterator[Form]:
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

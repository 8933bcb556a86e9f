"""All ways to read the words of a name: each of them in the same case and gender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.linguistics import LED_NAME
from app.extraction.morphology import CASES, KNOWN, VOWELS, Form, Morphology, capitalized_like

LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a whole name: every word of it in this case and gender."""

    nominative: tuple[str, ...]
    case: str
    gender: str
    trust: int


def readings(words: Sequence[str], morphology: Morphology) -> list[Reading]:
    """All ways to read these words as one name."""
    if len(words) > LONGEST_NAME:
        return []
    forms = [_forms(word, morphology) for word in words]
    forms[:-1] = [of and [*of, *_unchanged(word, of)] for word, of in zip(words[:-1], forms, strict=False)]
    if len(words) > 1 and forms[-1]:
        forms[-1] = [*forms[-1], *morphology.shared_forms(fold(words[-1]))]
    found = (_reading(words, forms, case, gender) for case in CASES for gender in "mf")
    return [reading for reading in found if reading]


def _forms(word: str, morphology: Morphology) -> Sequence[Form] | None:
    """The forms of a word; None for one that has no forms: an initial, an acronym, a particle."""
    bare = word.rstrip(".")
    led = LED_NAME.match(bare)
    capital = bare[led.end() if led else 0 :][:1]
    if len(bare) < 2 or bare.isupper() or not capital.isupper() or "." in bare:
        return None
    return morphology.name_forms(fold(bare))


def _reading(words: Sequence[str], forms: Sequence[Sequence[Form] | None], case: str, gender: str) -> Reading | None:
    """The words read in this case and gender; None where one of them has no such form."""
    nominatives, trust = [], 0
    for word, of_word in zip(words, forms, strict=True):
        fitting = [f for f in of_word or () if f.case == case and f.gender == gender]
        if of_word is not None and not fitting:
            return None
        best = max(fitting, key=lambda form: form.trust, default=None)
        unchanged = best is None or fold(word) == best.nominative
        nominatives.append(word if unchanged else capitalized_like(word, best.nominative))
        trust += best.trust if best else 0
    return Reading(tuple(nominatives), case, gender, trust)


def _unchanged(word: str, forms: Sequence[Form]) -> Iterator[Form]:
    """A family name of one syllable that goes first stands in one form (`Ван Вэньбиня`)."""
    if sum(letter in VOWELS for letter in fold(word)) == 1:
        trust = min(KNOWN, max(form.trust for form in forms))
        yield from (Form(fold(word), case, gender, trust) for case in CASES for gender in "mf")

"""Which forms a word of an inflecting language may be: its cases, its genders and its nominative.

A `Morphology` knows words only; what a form means in a text is for `inflection.py` to tell. A language names its
morphology in its data file (`morphology = "pymorphy3"`); languages whose nouns stand in one form have none. The
dictionary is loaded when the first text of such a language is read: 0.2 seconds and 30 MB for Russian.
"""

from functools import cache

from app.extraction.morphology.forms import (
    CASES,
    GIVEN,
    GUESSED,
    KNOWN,
    LIKELY,
    NOMINATIVE,
    Form,
    Morphology,
    capitalized_like,
)
from app.extraction.morphology.russian import RussianMorphology
from app.extraction.morphology.russian_names import UNCHANGED_SURNAMES, VOWELS, guessed_forms

__all__ = [
    "CASES",
    "GIVEN",
    "GUESSED",
    "KNOWN",
    "LIKELY",
    "NOMINATIVE",
    "UNCHANGED_SURNAMES",
    "VOWELS",
    "Form",
    "Morphology",
    "RussianMorphology",
    "capitalized_like",
    "guessed_forms",
    "morphology_named",
]

_BY_NAME = {"pymorphy3": RussianMorphology}


@cache
def morphology_named(name: str) -> Morphology | None:
    """The morphology a language file asks for; None for the empty name."""
    return _BY_NAME[name]() if name else None

"""Names of countries and continents, from the Unicode locale data (CLDR) that Babel carries."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from app.extraction.languages import fold
from app.extraction.names.given_names import gender_of


@cache
def _territories(language: str) -> frozenset[str]:
    try:
        names = Locale.parse(language).territories.values()
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(fold(name) for name in names)


def is_place(name: str, language: str) -> bool:
    """Is this a country or a continent in a language (an ISO 639-1 code), and nobody's given name (`Georgia`)?"""
    return fold(name) in _territories(language) and not gender_of(name)

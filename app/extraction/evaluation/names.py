"""When two names are the same: in any script, whatever their case, accents and titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from app.extraction import languages

WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)


class Names:
    """Compares names; `titles` are the words that may stand before one without being part of it."""

    def __init__(self, titles: Sequence[str] = ()) -> None:
        self.titles = frozenset(word for title in titles for word in words(title))

    def core(self, name: str | None) -> list[str]:
        """The words of a name without the titles before it; a title that stands alone is kept."""
        found = words(name or "")
        while len(found) > 1 and found[0] in self.titles:
            found = found[1:]
        return found

    def is_full(self, name: str | None, accepted: Sequence[str]) -> bool:
        """Does `name` have all words of one of the accepted names? Where none is accepted, is there no name?"""
        given = set(self.core(name))
        wanted = [set(self.core(each)) for each in accepted]
        return any(full and full <= given for full in wanted) if wanted else not name

    def shares_last_word(self, name: str | None, phrase: str) -> bool:
        """Does the phrase have the last word of the name, as `Mr Field` has that of `Ann Field`?"""
        found = self.core(name)
        return bool(found) and found[-1] in words(phrase)


@cache
def names_of(language: str) -> Names:
    """Names as they are compared in a language, an ISO 639-1 code; without a data file no word is a title."""
    return Names(tuple(languages.load(language).titles))


def words(name: str) -> list[str]:
    """The words of a name in lower case without accents: `José Ibáñez’s` gives `jose ibanez`, `Фёдор` gives `федор`."""
    folded = unicodedata.normalize("NFKD", POSSESSIVE.sub("", name).casefold())
    return WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))

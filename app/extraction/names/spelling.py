"""Names as they are written: their words, and whether two of them may be of one person."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.languages import fold
from app.extraction.names.given_names import gender_of

SHORTEST_GIVEN_NAME = 3
"""Letters of a short form of a given name."""
SENIOR = "sr"
SUFFIXES = frozenset(["jr", SENIOR, "ii", "iii", "iv"])


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, without quotation marks, full stops and what follows the surname (`Jr.`).

    Russian writes `ё` and `е` for the same letter.
    """
    words = [word for word in (fold(part).replace("ё", "е").strip(".,\"“”„«»'") for part in name.split()) if word]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


def suffix_of(name: str) -> str:
    """What tells apart those of one name (`jr`), or empty."""
    last = fold(name.rpartition(" ")[2]).strip(".,")
    return last if last in SUFFIXES else ""


def fullness(name: str) -> int:
    """Words written out count before initials (`John F. Kerry` over `John Kerry` over `J. Kerry`)."""
    words = name.split()
    return 10 * sum(len(word.rstrip(".")) > 1 for word in words) + len(words)


def are_of_one(words: Sequence[str], fuller: Sequence[str], patronymics: tuple[str, ...]) -> bool:
    """Are these two names of one person, one with fewer words or with initials?"""
    with_patronymic = bool(patronymics) and words[-1].endswith(patronymics)
    return (
        _ends(words, fuller)
        or (_ends(fuller, words) and not gender_of(fuller[0]))
        or (with_patronymic and _begins(words, fuller))
        or _abbreviates(words, fuller)
        or _abbreviates(fuller, words)
        or _shortens(words, fuller)
    )


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Is one name the other with initials before its surname (`И. П. Сидоров`, `И. Сидоров`)?"""
    before, behind = short[:-1], full[:-1]
    initials = [letter for word in before for letter in word.split(".")]
    if short[-1] != full[-1] or len(initials) > len(behind) or not all(len(letter) == 1 for letter in initials):
        return False
    return all(word.startswith(letter) for letter, word in zip(initials, behind, strict=False))


def _begins(short: Sequence[str], full: Sequence[str]) -> bool:
    return len(short) < len(full) and tuple(full[: len(short)]) == tuple(short)


def _ends(short: Sequence[str], full: Sequence[str]) -> bool:
    """Does the full name end with the short one (`García Luna`, `Rosa García Luna`)?"""
    return len(short) < len(full) and tuple(full[-len(short) :]) == tuple(short)


def _shortens(words: Sequence[str], others: Sequence[str]) -> bool:
    """Is one given name the beginning of the other's (`Ken`, `Kenneth`), before one surname?"""
    short, long = sorted((words[0], others[0]), key=len)
    if words[-1] != others[-1] or len(short) < SHORTEST_GIVEN_NAME or short == long or not long.startswith(short):
        return False
    genders = {gender_of(short), gender_of(long)} - {""}
    return len(genders) == 1

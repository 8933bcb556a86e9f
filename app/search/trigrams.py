"""Words by the trigrams they share, as pg_trgm has it, and which of them may be a slip of the fingers."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

LEAST_SHARED = 0.15
"""Of the trigrams of two words, the share that they have in common: what two letters turned about leave."""


def trigrams(word: str) -> frozenset[str]:
    """The trigrams of a word with two spaces before it and one behind."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def is_guessed(word: str) -> bool:
    """Whether a word is long enough that another may be meant by it."""
    return _most(word) > 0


def slips(word: str, candidates: Iterable[str]) -> list[str]:
    """The nearest of the words that may be meant by `word`; letters turned about count once.

    A name of three letters is never guessed at: Xi is not Yi. Nor is a first letter, which people seldom miss.
    """
    most = _most(word)
    near = [(distance, one) for one in candidates if 0 < (distance := _distance(word, one, most)) <= most]
    least = min(near, default=(0, ""))[0]
    return sorted(one for distance, one in near if distance == least)


def _most(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _distance(word: str, other: str, most: int) -> int:
    if word[0] != other[0] or _shared(word, other) < LEAST_SHARED:
        return most + 1
    return OSA.distance(word, other, score_cutoff=most)


def _shared(word: str, other: str) -> float:
    one, two = trigrams(word), trigrams(other)
    return len(one & two) / len(one | two)

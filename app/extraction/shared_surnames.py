"""The surname that several names share which stand side by side: `Derek and Joan Flint` are two Flints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.extraction.given_names import gender_of
from app.extraction.languages import Language, fold
from app.extraction.mentions import Mention, MentionKind
from app.extraction.names import words_of

LONGEST_GAP = 5
"""Characters between two names that stand side by side."""


def share_surnames(text: str, language: Language, mentions: Sequence[Mention]) -> None:
    """Give the surname of the full name behind it to a given name that nothing calls so before.

    The news names everybody in full at first, so that a given name alone has its surname from what it stands beside.
    A title tells another way of naming somebody (`Pope Leo and Ann Lee`).
    """
    known: set[str] = set()
    lone: dict[Mention, bool] = {}
    for mention in mentions:
        words = words_of(mention.name or "")
        lone[mention] = _is_given_name(mention, words) and known.isdisjoint(words)
        known |= set(words)
    shares = False
    for mention, following in reversed(list(pairwise(mentions))):
        between = fold(text[mention.span.end : following.span.start][: LONGEST_GAP + 1]).strip()
        joined = between in language.conjunctions or (between == "," and shares)
        shares = joined and lone[mention] and bool(surname := _surname(following))
        if shares:
            mention.name = f"{mention.name} {surname}"


def _is_given_name(mention: Mention, words: Sequence[str]) -> bool:
    return mention.kind is MentionKind.NAME and mention.phrase == mention.name and bool(gender_of(" ".join(words)))


def _surname(mention: Mention) -> str:
    """What follows the given names of a person's full name."""
    parts = (mention.name or "").split()
    last = len(parts) - 1
    first = next((i for i in range(1, last) if not gender_of(parts[i])), last)
    return " ".join(parts[first:]) if last > 0 and mention.kind is MentionKind.NAME else ""

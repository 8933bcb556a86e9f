"""The surname that several names share which stand side by side: `Derek and Joan Flint` are two Flints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.names.given_names import gender_of
from app.extraction.names.spelling import words_of

LONGEST_GAP = 5
"""Characters between two names that stand side by side."""
BESIDE = 40
"""Characters around them among which a word tells that they are of one family."""
SURE = 0.8
"""How surely a surname is shared of which nothing else tells: some are known by the given name alone (`Adele`)."""
_WORD = re.compile(r"[\w-]+")


def share_surnames(text: str, language: Language, mentions: Sequence[Mention]) -> None:
    """Give the surname of the full name behind it to a given name that nothing calls so before.

    The news names everybody in full at first, so that a given name alone has its surname from what it stands beside.
    A title tells another way of naming somebody (`Pope Leo and Ann Lee`). Where nothing else in the text tells of a
    family, the surname is supposed.
    """
    known: set[str] = set()
    lone: dict[Mention, bool] = {}
    for mention in mentions:
        words = words_of(mention.name or "")
        lone[mention] = _is_given_name(mention, words) and known.isdisjoint(words)
        known |= set(words)
    written = {words_of(mention.name or "") for mention in mentions}
    for mention, surname in _sharing(text, language, mentions, lone):
        mention.name = f"{mention.name} {surname}"
        mention.supposed = words_of(mention.name) not in written and not _is_family(text, language, mention)


def _sharing(
    text: str, language: Language, mentions: Sequence[Mention], lone: Mapping[Mention, bool]
) -> Iterator[tuple[Mention, str]]:
    """The names that share the surname of the one behind them, the last ones first."""
    shares = False
    for mention, following in reversed(list(pairwise(mentions))):
        between = fold(text[mention.span.end : following.span.start][: LONGEST_GAP + 1]).strip()
        joined = between in language.conjunctions or (between == "," and shares)
        shares = joined and lone[mention] and bool(surname := _surname(following))
        if shares:
            yield mention, surname


def _is_family(text: str, language: Language, mention: Mention) -> bool:
    """Does a word beside the name tell that it is one of a family?"""
    beside = text[max(0, mention.span.start - BESIDE) : mention.span.end + BESIDE]
    words = {fold(word) for word in _WORD.findall(beside)}
    return not words.isdisjoint(language.families | language.kin | language.elders | language.juniors)


def _is_given_name(mention: Mention, words: Sequence[str]) -> bool:
    return mention.kind is MentionKind.NAME and mention.phrase == mention.name and bool(gender_of(" ".join(words)))


def _surname(mention: Mention) -> str:
    """What follows the given names of a person's full name."""
    parts = (mention.name or "").split()
    last = len(parts) - 1
    first = next((i for i in range(1, last) if not gender_of(parts[i])), last)
    return " ".join(parts[first:]) if last > 0 and mention.kind is MentionKind.NAME else ""

"""Names of two people though one may be short for the other: those of one sentence that tells of them as of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.names.spelling import words_of

Pair = frozenset[tuple[str, ...]]
"""The words of two names."""
FARTHEST = 120
"""Characters between somebody and their kin in one sentence."""
LONGEST_GAP = 30
"""Characters of a conjunction with what stands around it."""
_WORD = re.compile(r"[\w&]+")
_SENTENCE_END = re.compile(r"[.!?…]\s")


def names_apart(text: str, language: Language, mentions: Sequence[Mention]) -> frozenset[Pair]:
    """The pairs of full names that a conjunction or a word for kin tells to be of two people.

    `Ann Lee and Annabel Lee`, `Sam Lee came with his son Samuel Lee`.
    """
    full = [mention for mention in mentions if mention.kind is MentionKind.NAME and " " in (mention.name or "")]
    return frozenset(
        frozenset(words_of(each.name or "") for each in (one, other))
        for one, other in pairwise(full)
        if _are_joined(text, language, one, other) or _are_kin(text, language, one, other)
    )


def _are_joined(text: str, language: Language, one: Mention, other: Mention) -> bool:
    """Does a conjunction join them, perhaps with whose the second is (`Ann Lee and her editor, Annabel Lee`)?"""
    between = text[one.span.end : other.span.start]
    conjunction, *rest = _words(between[:LONGEST_GAP]) or [""]
    together = len(between) <= LONGEST_GAP and not _SENTENCE_END.search(between)
    return together and conjunction in language.conjunctions and (not rest or rest[0] in language.possessives)


def _are_kin(text: str, language: Language, one: Mention, other: Mention) -> bool:
    """Is one of them in their sentence told of as somebody's kin: in the news, of whom it names there?"""
    between = text[one.span.end : other.span.end][:FARTHEST]
    words = _words(between)
    is_kin = any(language.noun_of(word) in language.kin | language.elders | language.juniors for word in words)
    owned = not (language.possessives | language.complements).isdisjoint(words)
    return is_kin and owned and not _SENTENCE_END.search(between)


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]

"""Names of places that no list holds: where the report was written, and what is named only as where something is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.mentions.wording import POSSESSIVE
from app.extraction.names.given_names import gender_of
from app.extraction.names.spelling import words_of

LONGEST_PREPOSITION = 12


def tell_places(
    text: str, language: Language, mentions: Sequence[Mention], datelines: Container[tuple[str, ...]]
) -> None:
    """Take a name for nobody's where a preposition of place stands before it wherever it is written (`in Kisumu`).

    A place that is said to do something (`Paris said`) keeps its name. `datelines` holds the words of the places that
    reports were written in: they are none of somebody's, be the first a given name.
    """
    by_name: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
    elsewhere: set[str] = set()
    for mention in mentions:
        words = words_of(mention.name or "")
        is_somebody = words[:1] and words not in datelines and gender_of(words[0])
        if words and not is_somebody and _is_located(text, language, mention):
            by_name[words].append(mention)
        else:
            elsewhere.update(words)
    for words, located in by_name.items():
        if elsewhere.isdisjoint(words):
            for mention in located:
                mention.kind, mention.name, mention.definite = MentionKind.OTHER, None, False


def _is_located(text: str, language: Language, mention: Mention) -> bool:
    """Does a preposition of place lead to this name, beside which nothing tells whose it is?"""
    if mention.kind is not MentionKind.NAME or mention.phrase != mention.name:
        return False
    before = fold(text[max(0, mention.span.start - LONGEST_PREPOSITION) : mention.span.start]).split()
    possesses = fold(text[mention.span.end : mention.span.end + 2]).replace("’", "'") in POSSESSIVE
    return bool(before) and before[-1] in language.locatives and not possesses

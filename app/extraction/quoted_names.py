"""Names in quotation marks between an office and its holder: `гендиректор компании «Волна» Иван Петров`.

Such a name is no quotation, and read as one it would part the holder from the office; the narration is read without it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.extraction.document import Quotation, Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token

LONGEST_NAME = 5
REACH = 5
"""Words before the mark among which the office stands."""


def names_within_phrases(
    quotations: Sequence[Quotation], tokens: Sequence[Token], language: Language
) -> frozenset[int]:
    """The indices of the quotations that are names within a phrase for a person."""
    starts = [token.span.start for token in tokens]
    return frozenset(i for i, quotation in enumerate(quotations) if _is_name(quotation, tokens, starts, language))


def _is_name(quotation: Quotation, tokens: Sequence[Token], starts: Sequence[int], language: Language) -> bool:
    if len(quotation.segments) > 1 or not quotation.closed:
        return False
    first, behind = (bisect_left(starts, edge) for edge in (quotation.segments[0].start, quotation.segments[0].end))
    return (
        _looks_like_name(tokens[first:behind])
        and _opens_name(tokens[behind : behind + 2], quotation.segments[0])
        and _ends_in_office(tokens[max(0, first - 1 - REACH) : max(0, first - 1)], language)
    )


def _looks_like_name(words: Sequence[Token]) -> bool:
    """Few words that begin with a capital, without a mark at their end."""
    return 0 < len(words) <= LONGEST_NAME and words[0].is_capitalized and words[-1].is_word


def _opens_name(following: Sequence[Token], segment: Span) -> bool:
    """Does a capitalized word follow the closing mark, with nothing but a space between?"""
    if len(following) < 2 or following[0].is_word or following[0].ends_sentence:
        return False
    mark, word = following
    return mark.span.start == segment.end and word.is_capitalized and word.span.start == mark.span.end + 1


def _ends_in_office(words: Sequence[Token], language: Language) -> bool:
    """Does an office stand there that nothing but words parts from the mark?"""
    for token in reversed(words):
        word = fold(token.text)
        if not token.is_word or token.ends_sentence or word in language.cues:
            return False
        if word in language.roles:
            return True
    return False

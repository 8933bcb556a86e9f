"""Names in quotation marks within a phrase: between an office and its holder, or behind the noun for what they name.

`гендиректор компании «Волна» Иван Петров`: such a name is no quotation, and read as one it would part the holder from
the office; the narration is read without it. Behind a noun (`музей «Заря»`) only the forms of words tell the noun,
unless it is one for titles (`il tema “…”`), which may be long. A nickname stands within the name of a person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.extraction.document import Quotation, Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.names.given_names import gender_of
from app.extraction.names.inflection import Inflection

LONGEST_NAME = 5
REACH = 5
"""Words before the mark among which the office stands."""


def names_within_phrases(
    quotations: Sequence[Quotation], tokens: Sequence[Token], language: Language, inflection: Inflection | None
) -> frozenset[int]:
    """The indices of the quotations that are names within a phrase; `inflection` where the language has one."""
    starts = [token.span.start for token in tokens]
    found: set[int] = set()
    for i, quotation in enumerate(quotations):
        segment = quotation.segments[0]
        first, behind = (bisect_left(starts, edge) for edge in (segment.start, segment.end))
        if len(quotation.segments) > 1 or not quotation.closed:
            continue
        before = tokens[max(0, first - 1 - REACH) : max(0, first - 1)]
        if before and fold(before[-1].text) in language.titling:
            found.add(i)
        given, words = _ends_in_given_name(before), tokens[first:behind]
        has_article = given and len(words) > 1 and fold(words[0].text) in language.determiners
        if not _looks_like_name(words[has_article:]):  # `Tony “the Rat” Russo`
            continue
        if before and _speaks(before, tokens[behind : behind + 2], language):
            found.add(i)
        leads = given or _ends_in_office(before, language)
        of_holder = leads and _opens_name(tokens[behind : behind + 2], segment)
        if of_holder or (inflection and before and _is_noun(before[-1], language, inflection)):
            found.add(i)
    return frozenset(found)


def _speaks(before: Sequence[Token], following: Sequence[Token], language: Language) -> bool:
    """Does a determiner lead from or to a verb of saying, as before a paper's name (`schrieb die „Zeit“`)?"""
    if before[-1].ends_sentence or fold(before[-1].text) not in language.determiners:
        return False
    opens = before[-1].text[0].isupper() and (len(before) == 1 or before[-2].ends_sentence or not before[-2].is_word)
    if opens:
        return len(following) > 1 and fold(following[1].text) in language.cues
    ends = len(following) > 1 and (following[0].ends_sentence or following[1].text in ",.")
    return ends and len(before) > 1 and fold(before[-2].text) in language.cues


def _is_noun(token: Token, language: Language, inflection: Inflection) -> bool:
    """Is this a plain noun, which a saying does not follow without a mark between?"""
    word = fold(token.text)
    plain = token.is_word and not token.ends_sentence and not token.is_capitalized
    small = (language.cues, language.prepositions, language.openers, language.relatives, language.between)
    return plain and not any(word in words for words in (*small, language.pronouns)) and inflection.is_noun(word)


def _looks_like_name(words: Sequence[Token]) -> bool:
    """Few words that begin with a capital, without a mark at their end."""
    return 0 < len(words) <= LONGEST_NAME and words[0].is_capitalized and words[-1].is_word


def _opens_name(following: Sequence[Token], segment: Span) -> bool:
    """Does a capitalized word follow the closing mark, with nothing but a space between? French has one before it."""
    if len(following) < 2 or following[0].is_word or following[0].ends_sentence:
        return False
    mark, word = following
    return mark.span.start <= segment.end + 1 and word.is_capitalized and word.span.start == mark.span.end + 1


def _ends_in_given_name(words: Sequence[Token]) -> bool:
    """Does a given name stand there, so that a nickname follows (`Robert “Bobby” Crane`)?"""
    return bool(words) and not words[-1].ends_sentence and words[-1].is_capitalized and bool(gender_of(words[-1].text))


def _ends_in_office(words: Sequence[Token], language: Language) -> bool:
    """Does an office stand there that nothing but words parts from the mark?"""
    for token in reversed(words):
        word = fold(token.text)
        if not token.is_word or token.ends_sentence or word in language.cues:
            return False
        if word in language.roles:
            return True
    return False

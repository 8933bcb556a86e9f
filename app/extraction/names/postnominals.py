"""Letters behind a name for an office, a degree or an honour (`Anna Creed MP`), which are no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token


def without_postnominals(tokens: Sequence[Token], language: Language) -> Sequence[Token]:
    """The tokens without such letters, so that narration and mentions read on behind the name."""
    if not language.postnominals:
        return tokens
    return [token for i, token in enumerate(tokens) if not _is_postnominal(tokens, i, language)]


def _is_postnominal(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Are these letters, with a name before them and none behind (`Labour MP Jane Holt`)?"""
    token = tokens[position]
    if not _is_letters(token, language) or token.ends_sentence:
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    goes_on = following is not None and following.is_capitalized and not _is_letters(following, language)
    return not goes_on and _ends_name(tokens, position, language)


def _ends_name(tokens: Sequence[Token], end: int, language: Language) -> bool:
    """Does a name end here? Behind a determiner the capitals narrow an office (`the Labour MP`)."""
    start = end
    while start and tokens[start - 1].is_capitalized and not tokens[start - 1].ends_sentence:
        start -= 1
        if fold(tokens[start].text) in language.determiners:
            return False
    led = start > 0 and fold(tokens[start - 1].text) in language.determiners and not tokens[start - 1].ends_sentence
    return start < end and not led


def _is_letters(token: Token, language: Language) -> bool:
    """Is it one of those, written in capitals, small letters between them as in `PhD`?"""
    return fold(token.text) in language.postnominals and sum(letter.isupper() for letter in token.text) > 1

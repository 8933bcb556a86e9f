"""Whole names within phrases that mean something else: `Ann Lee's aides`, `the Ann Lee campaign`.

They tell the full name of somebody whom the text may call by the surname from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.extraction.document import Span
from app.extraction.given_names import gender_of
from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions import Mention, MentionKind
from app.extraction.wording import Wording

LONGEST_NAME = 3


def names_within(tokens: Sequence[Token], mention: Mention, wording: Wording, text: str) -> Iterator[Mention]:
    """The names among the words of a phrase that are not its own: they begin with a known given name."""
    end = mention.name_token if mention.name else mention.last_token
    position = mention.first_token
    while position < end:
        last = position
        while last < end and _is_part(tokens[last], wording):
            last += 1
        if 1 < last - position <= LONGEST_NAME and gender_of(tokens[position].text):
            yield _name(tokens, position, last, text)
        position = last + 1


def _is_part(token: Token, wording: Wording) -> bool:
    word = fold(token.text)
    return token.is_capitalized and word not in wording.known and word not in wording.language.capitalized


def _name(tokens: Sequence[Token], first: int, last: int, text: str) -> Mention:
    span = Span(tokens[first].span.start, tokens[last - 1].span.end)
    name = span.of(text)
    return Mention(span, MentionKind.NAME, name, name, first_token=first, last_token=last, name_token=first)

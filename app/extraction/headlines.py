"""What looks like names at the edge of the running text: headlines in title case, places before the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.extraction.characters import words_of
from app.extraction.given_names import gender_of
from app.extraction.linguistics import Token
from app.extraction.mentions import Mention, MentionKind

FEWEST_WORDS = 4
LONG_WORD = 4
"""Letters of a word that title case writes with a capital; shorter ones may be small."""
CAPITALS = 0.85
LONGEST_NAME = 4
DATELINE = re.compile(
    r"""(?P<place>[^\W\d_][^—–\n“”"«»:(]{1,40}?)
    (?P<end>\.[-—–]+[ ]|[ ]?\([^\d()]{2,30}\)[ ]?[-—–]+[ ]|[ ][-—–]+[ ]|\.[ ])""",
    re.VERBOSE,
)
"""A place at the beginning of a report, set off from its text: `Lima.— Con`, `LIMA, Peru — The`, `LIMA. Con`."""
SET_OFF = re.compile(r"\.[-—–]|.*\)")
"""Marks that nothing but a place is set off by; before others it is in capitals."""


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Is this line a headline that writes all but small words with a capital?"""
    words = [token for token in tokens if token.is_word and len(token.text) >= LONG_WORD]
    sentences = sum(token.ends_sentence for token in tokens[:-1])
    return (
        not sentences and len(words) >= FEWEST_WORDS and sum(t.is_capitalized for t in words) >= CAPITALS * len(words)
    )


def dateline_length(paragraph: str) -> int:
    """How many characters of the paragraph tell where it was written."""
    match = DATELINE.match(paragraph)
    told = match and (SET_OFF.match(match["end"]) or match["place"].partition(",")[0].isupper())
    return match.end() if match and told else 0


def without_name(mention: Mention) -> None:
    """Take a mention for a phrase that is no name."""
    mention.kind, mention.name, mention.definite = MentionKind.OTHER, None, False


def unsettle(headlines: Iterable[Mention], mentions: Iterable[Mention]) -> None:
    """Take names in headlines for names only where the running text has them, or their surname, too."""
    told = {part for mention in mentions for part in _parts(words_of(mention.name or ""))}
    for mention in headlines:
        words = words_of(mention.name or "")
        whole = 1 < len(words) <= LONGEST_NAME and words[-1:] in told and gender_of(words[0])
        if told and words and words not in told and not whole:
            without_name(mention)


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))

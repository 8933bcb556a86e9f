"""What looks like names at the edge of the running text: headlines in title case, places before the report."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.names.given_names import gender_of
from app.extraction.names.spelling import words_of

FEWEST_WORDS = 4
LONGEST_NAME = 4
DATELINE = re.compile(
    r"""(?P<place>[^\W\d_][^—–\n“”"«»:(]{1,40}?)
    (?P<end>\.[-—–]+[ ]|[ ]?\([^\d()]{2,30}\)[ ]?[-—–]+[ ]|[ ][-—–]+[ ]|\.[ ])""",
    re.VERBOSE,
)
"""A place at the beginning of a report, set off from its text: `Lima.— Con`, `LIMA, Peru — The`, `LIMA. Con`."""
SET_OFF = re.compile(r"\.[-—–]|.*\)")
"""Marks that nothing but a place is set off by; before others it is in capitals."""


def is_title_case(tokens: Sequence[Token], language: Language) -> bool:
    """Is this line a headline that writes all but small words with a capital?"""
    if any(token.ends_sentence for token in tokens[:-1]):
        return False
    words = [token for token in tokens if token.is_word and not token.text.isdecimal()]
    small = (language.prepositions, language.determiners, language.openers, language.between, language.particles)
    in_small = [fold(token.text) for token in words if not token.is_capitalized]
    return len(words) - len(in_small) >= FEWEST_WORDS and all(any(w in each for each in small) for w in in_small)


def dateline_length(paragraph: str) -> int:
    """How many characters of the paragraph tell where it was written."""
    match = DATELINE.match(paragraph)
    told = match and (SET_OFF.match(match["end"]) or match["place"].partition(",")[0].isupper())
    return match.end() if match and told else 0


def unsettle(headlines: Iterable[Mention], mentions: Iterable[Mention]) -> None:
    """Take names in headlines for names only where the running text has them, or their surname, too."""
    told = {part for mention in mentions for part in _parts(words_of(mention.name or ""))}
    for mention in headlines:
        words = words_of(mention.name or "")
        if words and words not in told and len(words) != 2:
            mention.name = _full_name(mention.phrase, told) or mention.name
            words = words_of(mention.name or "")
        whole = 1 < len(words) <= LONGEST_NAME and words[-1:] in told and gender_of(words[0])
        if told and words and words not in told and not whole:
            mention.kind, mention.name, mention.definite = MentionKind.OTHER, None, False


def _full_name(phrase: str, told: Container[tuple[str, ...]]) -> str:
    """A given name and a surname of the running text that stand together in a line in title case, or nothing."""
    pairs = (pair for pair in pairwise(phrase.split()) if gender_of(pair[0]) and words_of(pair[1]) in told)
    return " ".join(next(pairs, ()))


def without_verbs(text: str, mentions: Sequence[Mention]) -> None:
    """Take the word off the front of a name that opens a line where all others name that person without it.

    `Morre Ana Reis`: a headline's verb has its capital from the line.
    """
    opening = [m for m in mentions if m.name and m.phrase.startswith(m.name) and _opens_line(text, m.span.start)]
    told = {words_of(m.name or "") for m in mentions} - {words_of(m.name or "") for m in opening}
    for mention in opening:
        words, rest = words_of(mention.name or ""), (mention.name or "").partition(" ")[2]
        is_name = rest[:1].isupper() and not gender_of(words[0])  # `Lotte de Vries` keeps hers
        if len(words) > 2 and words not in told and words[1:] in told and is_name:
            mention.name = rest
            mention.name_token += 1


def _opens_line(text: str, position: int) -> bool:
    return text[max(0, position - 1) : position] in {"", "\n"}


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))

"""Does a quotation report what someone said, or does it enclose a title, a term, a slogan or a scare quote?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.attribution.evidence import Attribution
from app.extraction.document import Quotation, Span
from app.extraction.linguistics import DASHES
from app.extraction.narration.blocks import Block

IS_QUOTE = 0.4
"""The model's probability from which a quotation counts as reported speech: in the middle of what serves equally well
on articles kept aside (0.2 to 0.6). The rules' opinion adds nothing to it.
"""
CALLED = 0.25
"""The same for what stands behind a verb of saying and its object (`called voters “sheep”`): what is no quotation
there, a nickname, the model gives next to nothing.
"""
OBJECTS = frozenset("NTRGOXP")
SHORT = 5
"""Words up to which a quotation without a verb of saying can be a title or a term."""
TINY = 2
SINGLE_MARKS = frozenset("‘’‚'‹›`")
DOUBLED = frozenset({"''", "``", "‘‘", "’’", ",,"})
"""Marks that nobody has labelled in the news this is measured on: how right what they enclose is nobody knows. They are
left out, as the README says."""
NOUNS = frozenset("wDRGO")
"""Letters of words that a quotation before them may qualify (`the “reform” bill`)."""
NAMED_THINGS = frozenset("XDO")
"""Letters of what a short quotation behind them may name (`the film “Night”`)."""
WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]{1,2}|[^\W\d_\u2e80-\u9fff\uac00-\ud7af]+")
"""A word, or two characters of a script that writes without spaces."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The letters of the narration before and behind a quotation; a full stop at the ends of the paragraph."""

    preceding: str
    following: str

    @classmethod
    def of(cls, block: Block, position: int) -> Beside:
        preceding = block.items[position - 1].letter if position else "."
        following = block.items[position + 1].letter if position + 1 < len(block.items) else "."
        return cls(preceding, following)


NOTHING_KNOWN = Beside(".", ".")
"""Beside a quotation in a language without a data file."""


def uses_single_marks(quotations: Sequence[Quotation]) -> bool:
    """Does the article quote in single marks, as British papers do? Where double ones prevail, they enclose terms.

    Told by length: scare quotes may be many, but they are short.
    """
    lengths = {True: 0, False: 0}
    for quotation in quotations:
        lengths[quotation.mark in SINGLE_MARKS] += sum(segment.end - segment.start for segment in quotation.segments)
    return lengths[True] > lengths[False]


def is_reported(text: str, quotation: Quotation, attribution: Attribution, beside: Beside, single: bool) -> bool:
    """Is this a quotation of speech? `single` tells that the article quotes in single marks."""
    words = [match.group() for segment in quotation.segments for match in WORD.finditer(segment.of(text))]
    if not words or _is_markup(text, quotation.segments[0]):
        return False
    if quotation.mark in DASHES:  # a line of dialogue, told by its form
        return True
    if quotation.mark in DOUBLED or (quotation.mark in SINGLE_MARKS and not single):
        return False
    if attribution.is_quote is not None:
        called = attribution.cue and attribution.mention and beside.preceding in OBJECTS
        return attribution.is_quote >= (CALLED if called else IS_QUOTE)
    return _looks_reported(words, attribution, beside)


def _looks_reported(words: list[str], attribution: Attribution, beside: Beside) -> bool:
    """What the rules say, by length, capitals and the words beside it."""
    if attribution.inherited is not None or len(words) > SHORT:
        return True
    if attribution.cue is None:
        named = beside.preceding in NAMED_THINGS and _is_capitalized(words)
        is_name = _is_title(words) or beside.following in NOUNS or named
        return not (is_name or (len(words) <= TINY and attribution.is_guess))
    if beside.preceding in {"p", "d"} and _is_title(words):
        return False  # `told the “Evening Standard”`
    return not (len(words) <= TINY and attribution.mention is None)


def _is_markup(text: str, segment: Span) -> bool:
    """Is it the value of an attribute (`href="…"`)?"""
    return text[max(0, segment.start - 2) : segment.start - 1] == "="


def _is_title(words: list[str]) -> bool:
    return len(words) > 1 and _is_capitalized(words)


def _is_capitalized(words: list[str]) -> bool:
    """Are all the longer words capitalized, as those of names and titles of works are?"""
    long = [word for word in words if len(word) > 3] or words
    return all(word[0].isupper() for word in long)

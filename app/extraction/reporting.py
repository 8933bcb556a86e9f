"""Does a quotation report what someone said, or does it enclose a title, a term, a slogan or a scare quote?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.extraction.attribution import Attribution
from app.extraction.document import Quotation, Span
from app.extraction.narration import Block

SHORT = 5
"""Words up to which a quotation without a verb of saying can be a title or a term."""
TINY = 2
SINGLE_MARKS = frozenset("‘’‚'‹›`")
DOUBLED = frozenset({"''", "``", "‘‘", "’’", ",,"})
NOUNS = frozenset("wDRGO")
"""Letters of words that a quotation before them may qualify (`the “reform” bill`)."""
WORD = re.compile(r"[^\W\d_]+")


def uses_single_marks(quotations: Sequence[Quotation]) -> bool:
    """Does the article quote in single marks, as British papers do? Beside double ones they enclose terms."""
    return all(quotation.mark in SINGLE_MARKS for quotation in quotations)


def is_reported(text: str, quotation: Quotation, attribution: Attribution, following: str, single: bool) -> bool:
    """Is this a quotation of speech?

    `following` is the letter of the narration behind it; `single` tells that the article quotes in single marks.
    """
    words = [match.group() for segment in quotation.segments for match in WORD.finditer(segment.of(text))]
    if not words or _is_markup(text, quotation.segments[0]):
        return False
    if quotation.mark in DOUBLED or (quotation.mark in SINGLE_MARKS and not (single and attribution.cue)):
        return False
    if attribution.inherited is not None or len(words) > SHORT:
        return True
    if attribution.cue is None:
        qualifies_noun = following in NOUNS
        return not (_is_title(words) or qualifies_noun or (len(words) <= TINY and attribution.is_guess))
    return not (len(words) <= TINY and attribution.mention is None)


def _is_markup(text: str, segment: Span) -> bool:
    """Is it the value of an attribute (`href="…"`)?"""
    return text[max(0, segment.start - 2) : segment.start - 1] == "="


def _is_title(words: list[str]) -> bool:
    """Are all its longer words capitalized, as those of titles of works are?"""
    long = [word for word in words if len(word) > 3] or words
    return len(words) > 1 and all(word[0].isupper() for word in long)


def letter_behind(block: Block, position: int) -> str:
    """The letter behind the item at this position; a full stop at the end of the paragraph."""
    return block.items[position + 1].letter if position + 1 < len(block.items) else "."

"""How far two wordings are one quote with small edits.

The words are aligned by the Levenshtein distance over words. Where both agree nothing is lost; where they differ each
word counts, a word spelt otherwise a quarter, a gap nothing, nor does what one of them cuts off at either end, as long
as enough is left. Some differences never are an edit: a number, a name put in the place of another, a negation more or
less.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from app.search.words import fold
from app.utterances.wording import GAP, Wording

LEAST = 0.85
"""The likeness from which on two quotes are one: one word in seven is another, or one in a dozen and one left out."""
SPELT_OTHERWISE, LEAST_SPELT = 0.25, 80
MOST_LEFT_OUT = 0.5
"""The share of the words that gaps and cut ends may stand for: bands hardly meet where more is gone."""
FEWEST_LEFT = 10
"""Words that a quote must have to be known as the beginning or the end of another."""
MOST_WORDS = 2000
"""Words that are compared; quotes that agree so far are one."""
NEGATIONS = frozenset(
    fold(word)
    for words in tomllib.loads(Path(__file__).with_name("negations.toml").read_text(encoding="utf-8")).values()
    for word in words.split()
)
Stretch = slice


def likeness(one: Wording, other: Wording) -> float:
    """From 0 to 1, where 1 says that the same was said."""
    shorter, longer = sorted((min(len(one.words), MOST_WORDS), min(len(other.words), MOST_WORDS)))
    cost, left_out = 0.0, 0
    for here, there in _differences(one.folded[:MOST_WORDS], other.folded[:MOST_WORDS]):
        mine, others = one.folded[here], other.folded[there]
        is_edited = GAP in mine or GAP in others or (shorter >= FEWEST_LEFT and _is_cut(one, other, here, there))
        if not is_edited and _contradict(one, other, here, there):
            return 0.0
        if is_edited:
            left_out += max(_words(mine), _words(others))
        else:
            cost += _cost(mine, others)
    return 0.0 if left_out > MOST_LEFT_OUT * longer else max(0.0, 1 - cost / max(longer, 1))


def _differences(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Stretch, Stretch]]:
    """The stretches in which two sequences differ, between those in which they agree."""
    here = there = 0
    for block in Levenshtein.opcodes(one, other):
        if block.tag == "equal":
            if (here, there) != (block.src_start, block.dest_start):
                yield slice(here, block.src_start), slice(there, block.dest_start)
            here, there = block.src_end, block.dest_end
    if (here, there) != (len(one), len(other)):
        yield slice(here, len(one)), slice(there, len(other))


def _is_cut(one: Wording, other: Wording, here: Stretch, there: Stretch) -> bool:
    """Whether one of them goes on where the other ends, or has more before it that does not turn it around."""
    if here.start < here.stop and there.start < there.stop:
        return False
    at_begin, at_end = here.start == there.start == 0, here.stop >= len(one.folded) and there.stop >= len(other.folded)
    return at_end or (at_begin and not _contradict(one, other, here, there))


def _words(stretch: Sequence[str]) -> int:
    return len(stretch) - stretch.count(GAP)


def _cost(mine: Sequence[str], others: Sequence[str]) -> float:
    many = max(len(mine), len(others))
    return many * SPELT_OTHERWISE if _is_spelling(mine, others) else float(many)


def _is_spelling(mine: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the letters are nearly the same and begin alike: `harbor`, `cease fire`, but not `unable` for `able`."""
    one, other = "".join(mine), "".join(others)
    return one[:1] == other[:1] and ratio(one, other) >= LEAST_SPELT


def _contradict(one: Wording, other: Wording, here: Stretch, there: Stretch) -> bool:
    """Whether what differs says that something else was said."""
    mine, others = one.folded[here], other.folded[there]
    if _numbers(mine) != _numbers(others) or NEGATIONS.isdisjoint(mine) != NEGATIONS.isdisjoint(others):
        return True
    return _has_name(one, here) and _has_name(other, there) and not _is_spelling(mine, others)


def _numbers(words: Sequence[str]) -> str:
    return "".join(character for word in words for character in word if character.isdigit())


def _has_name(wording: Wording, where: Stretch) -> bool:
    """Whether a word is written as a name; the first word of a quote has a capital in any case."""
    return any(word[0].isupper() for word in wording.written[max(where.start, 1) : where.stop] if word)

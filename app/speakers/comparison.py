"""Whether two names are one person's or one organization's: same, different, or not told by the names.

Same is said only where nothing speaks against it: every mistake here would put words into the wrong mouth, while a
name that is not linked can be linked by hand. Where a part is left out, spelled otherwise or could be read in another
order, the answer is ambiguous unless a usual way to write names explains it.
"""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum

from rapidfuzz.distance import OSA

from app.extraction.document import SpeakerKind
from app.speakers.identity import key_of, words_of
from app.speakers.lexicon import gender_of, listed, may_be_short
from app.speakers.person_names import PersonName, parsed

TYPO = 0.8
"""Words more alike than this may be one word with a slip in it."""
LONG_ENOUGH = 12
"""Letters of a name that is known again where its words run together."""
SOUNDS = (
    (re.compile("(t?sch|tch)"), "ch"),
    (re.compile("kh"), "h"),
    (re.compile("(?<=.)h"), ""),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee|y"), "i"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile(r"(.)\1"), r"\1"),
)


class Verdict(StrEnum):
    """What two names tell."""

    SAME = "same"
    DIFFERENT = "different"
    AMBIGUOUS = "ambiguous"


class Likeness(IntEnum):
    """How far two words are the same."""

    NONE = 0
    MAYBE = 1
    INITIAL = 2
    SAME = 3


def compare(one: str, other: str, kind: SpeakerKind = SpeakerKind.PERSON) -> Verdict:
    """Whether two names of this kind are one; those of documents, groups and unnamed sources never tell."""
    if not key_of(one) or not key_of(other):
        return Verdict.AMBIGUOUS
    match kind:
        case SpeakerKind.PERSON:
            return compare_people(parsed(one), parsed(other))
        case SpeakerKind.ORGANIZATION:
            return _organizations(words_of(one), words_of(other))
        case _:
            return Verdict.AMBIGUOUS


def compare_people(one: PersonName, other: PersonName) -> Verdict:
    """Whether two names are one person's."""
    if one.is_bare or other.is_bare:
        return _bare(one, other)
    if one.vowels != other.vowels:
        return _consonants(one, other)
    verdict = _in_order(one, other)
    if verdict is Verdict.DIFFERENT:
        verdict = max((_run_together(one, other), _turned(one, other), _turned(other, one)), key=_ORDER.index)
    return _with_suffix(verdict, one, other)


_ORDER = [Verdict.DIFFERENT, Verdict.AMBIGUOUS, Verdict.SAME]


def _likeness(one: PersonName, here: int, other: PersonName, there: int) -> Likeness:
    word, its = one.words[here], other.words[there]
    if one.forms[here] & other.forms[there]:
        return Likeness.SAME
    if len(word) == 1 or len(its) == 1:
        return Likeness.INITIAL if word[0] == its[0] else Likeness.NONE
    if {gender_of(word), gender_of(its)} == {"m", "f"}:
        return Likeness.NONE
    return Likeness.MAYBE if _is_slip(word, its) or may_be_short(word, its) else Likeness.NONE


def sounded(word: str) -> str:
    """A word as it roughly sounds, whichever language's spelling it is in."""
    for pattern, spelling in SOUNDS:
        word = pattern.sub(spelling, word)
    return word


def _is_slip(word: str, other: str) -> bool:
    close = word[0] == other[0] and OSA.normalized_similarity(word, other) > TYPO
    return close or sounded(word) == sounded(other)


def _in_order(one: PersonName, other: PersonName) -> Verdict:
    """As the words stand: given names from the front, the family name from the end, the rest between them."""
    family = _likeness(one, -1, other, -1)
    given = _likeness(one, 0, other, 0)
    if family is not Likeness.SAME:
        return _longer(one, other) if family is Likeness.NONE else _slipped(given, family, one, other)
    if given is Likeness.SAME and len(one.words[0]) > 1:
        return _middles(one, other)
    if given is Likeness.NONE:
        return _without_first(one, other)
    return _initialed(one, other) if given is not Likeness.MAYBE else _slipped(given, family, one, other)


def _slipped(given: Likeness, family: Likeness, one: PersonName, other: PersonName) -> Verdict:
    """One word is nearly the same: of two words that both differ, and in names of syllables, that is no slip."""
    exact = Likeness.SAME in (given, family)
    syllables = one.family == other.family == "first" and given is Likeness.MAYBE and not _rimes(one, other)
    return Verdict.AMBIGUOUS if exact and not syllables else Verdict.DIFFERENT


def _rimes(one: PersonName, other: PersonName) -> bool:
    return all(sounded(a) == sounded(b) for a, b in zip(one.words, other.words, strict=False))


def _middles(one: PersonName, other: PersonName) -> Verdict:
    """Given and family name agree: what stands between may be left out, but not be something else."""
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    few, many = len(shorter.words) - 2, len(longer.words) - 2
    likenesses = [_likeness(shorter, at, longer, at) for at in range(1, few + 1)]
    is_part = few < many and _is_part_left_out(shorter, longer)
    if all(likeness >= Likeness.INITIAL for likeness in likenesses):
        return Verdict.AMBIGUOUS if (few < many and _distinguishes(longer)) or is_part else Verdict.SAME
    if few < many and _is_within(shorter, longer):
        return Verdict.AMBIGUOUS if is_part else Verdict.SAME
    return Verdict.AMBIGUOUS if Likeness.NONE not in likenesses else Verdict.DIFFERENT


def _distinguishes(longer: PersonName) -> bool:
    """Does a name in the middle tell people apart: a Vietnamese one, or that of a father in a chain?"""
    chained = set(longer.words[:2]) & listed("chained") and any(len(word) > 1 for word in longer.words[1:-1])
    return (longer.family == "first" and len(longer.words) > 2) or bool(chained and not longer.filiation)


def _is_part_left_out(shorter: PersonName, longer: PersonName) -> bool:
    """Is it no middle name, but half of a given name: behind a hyphen, or before a family name of very many people?"""
    second = longer.words[1]
    is_given = longer.hyphened or (_is_given(second) and longer.words[-1] in listed("spanish"))
    return second not in shorter.words and is_given


def _is_within(shorter: PersonName, longer: PersonName) -> bool:
    rest = iter(longer.words)
    return all(len(word) > 1 and word in rest for word in shorter.words)


def _initialed(one: PersonName, other: PersonName) -> Verdict:
    """The given name is an initial: two initials that agree with two names are enough, one is not."""
    count = min(len(one.words), len(other.words)) - 1
    agreed = all(_likeness(one, at, other, at) >= Likeness.INITIAL for at in range(count))
    if not agreed:
        return Verdict.DIFFERENT
    return Verdict.SAME if count > 1 and len(one.words) == len(other.words) else Verdict.AMBIGUOUS


def _without_first(one: PersonName, other: PersonName) -> Verdict:
    """The first word is left out: `Tayyip Erdogan`, or somebody else of that middle name."""
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    left_out = len(shorter.words) < len(longer.words) and shorter.words == longer.words[-len(shorter.words) :]
    return Verdict.AMBIGUOUS if left_out else Verdict.DIFFERENT


def _longer(one: PersonName, other: PersonName) -> Verdict:
    """One name goes on behind the other's end: with the mother's surname, or with something else."""
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    count = len(shorter.words)
    if count == len(longer.words) or _likeness(shorter, 0, longer, 0) is not Likeness.SAME:
        return Verdict.DIFFERENT
    if shorter.words == longer.words[:count] or _all_same(shorter, longer):
        usual = count == 2 and shorter.words[-1] in listed("spanish") and not gender_of(shorter.words[-1])
        return Verdict.SAME if usual or shorter.filiation else Verdict.AMBIGUOUS
    return Verdict.AMBIGUOUS if _is_within(shorter, longer) else Verdict.DIFFERENT


def _all_same(shorter: PersonName, longer: PersonName) -> bool:
    return all(_likeness(shorter, at, longer, at) is Likeness.SAME for at in range(len(shorter.words)))


def _turned(one: PersonName, other: PersonName) -> Verdict:
    """With one name's first word put last: the same words in another order."""
    turned = PersonName((*one.words[1:], one.words[0]), one.suffix, one.gender, forms=(*one.forms[1:], one.forms[0]))
    verdict = _in_order(turned, other)
    if verdict is Verdict.DIFFERENT or "first" in (one.family, other.family):
        return Verdict.DIFFERENT if verdict is Verdict.DIFFERENT or len(other.words) > 2 else Verdict.AMBIGUOUS
    plainly = len(one.words) == len(other.words) and _is_given(one.words[0]) != _is_given(one.words[-1])
    return verdict if plainly else Verdict.AMBIGUOUS


def _run_together(one: PersonName, other: PersonName) -> Verdict:
    """The same letters, with a hyphen or a space left out: `Amir-Abdollahian`, `Amirabdollahian`."""
    letters = {"".join(name.words) for name in (one, other)}
    whole = len(letters) == 1 and len(*letters) >= LONG_ENOUGH and one.words[0] == other.words[0]
    return Verdict.SAME if whole else Verdict.DIFFERENT


def _is_given(word: str) -> bool:
    return bool(gender_of(word))


def _bare(one: PersonName, other: PersonName) -> Verdict:
    """A name of one word fits whoever has that word."""
    fits = (
        _likeness(one, here, other, there) not in (Likeness.NONE, Likeness.INITIAL)
        for here in range(len(one.words))
        for there in range(len(other.words))
    )
    return Verdict.AMBIGUOUS if any(fits) else Verdict.DIFFERENT


def _consonants(one: PersonName, other: PersonName) -> Verdict:
    """One name is in a script without vowels, which many names of the other may stand behind."""
    bones = [re.sub(r"[aeiou]|(.)(?=\1)", "", "".join(name.words)) for name in (one, other)]
    return Verdict.AMBIGUOUS if OSA.normalized_similarity(*bones) >= 0.5 else Verdict.DIFFERENT


def _with_suffix(verdict: Verdict, one: PersonName, other: PersonName) -> Verdict:
    if verdict is Verdict.SAME and one.suffix != other.suffix:
        return Verdict.DIFFERENT if one.suffix and other.suffix else Verdict.AMBIGUOUS
    return verdict


def _organizations(one: list[str], other: list[str]) -> Verdict:
    """The same words but for articles and legal forms; an acronym or a part of the name is not enough."""
    mine, its = without_legal_form(one), without_legal_form(other)
    if mine == its:
        return Verdict.SAME
    acronyms = {"".join(word[0] for word in words if word not in listed("small")) for words in (mine, its)}
    short = {"".join(words) for words in (mine, its) if len(words) == 1}
    if short & acronyms or set(mine) <= set(its) or set(its) <= set(mine):
        return Verdict.AMBIGUOUS
    slip = OSA.normalized_similarity(" ".join(mine), " ".join(its)) > 0.9
    return Verdict.AMBIGUOUS if slip else Verdict.DIFFERENT


def without_legal_form(words: list[str]) -> list[str]:
    """The words of an organization's name that tell it from others."""
    return [word for word in words if word not in listed("legal")] or words

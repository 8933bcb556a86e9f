"""Which speaker of the archive a name in an article stands for, if any.

A name leads to the speakers that go by one like it over its links: short keys, kept in an index, of which two names
that are the same share at least one. What they lead to is compared in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.extraction.document import SpeakerKind
from app.speakers.comparison import Verdict, compare, sounded, without_legal_form
from app.speakers.identity import MAX_KEY, key_of, words_of
from app.speakers.lexicon import gender_of, is_of_many, listed
from app.speakers.person_names import parsed

LINKED = frozenset({SpeakerKind.PERSON, SpeakerKind.ORGANIZATION})
"""Kinds whose name may make them the same speaker in another article."""
FROM_ARTICLE = "article"
MOST_LINKS = 40
WIDESPREAD = ("chinese", "korean", "vietnamese", "spanish")
"""Family names of so many people that one alone never tells who is meant."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that a speaker of the archive goes by, and whether an article or a hand gave it."""

    name: str
    source: str


def is_full(name: str, kind: SpeakerKind) -> bool:
    """Does the name alone tell who it is? Neither a surname does, nor a body that every country has."""
    if kind is SpeakerKind.PERSON:
        person = parsed(name)  # a single initial is not enough either
        return not person.is_bare and max(map(len, person.words[:-1])) + len(person.words) > 3
    return kind in LINKED and bool(key_of(name)) and not is_of_many(name)


def may_be_short(name: str, kind: SpeakerKind) -> bool:
    """May it stand for a full name: a surname, or an organization's acronym?"""
    return is_full(name, kind) is (kind is SpeakerKind.ORGANIZATION)


def identity_of(name: str, kind: SpeakerKind) -> str | None:
    """What names of one speaker share wherever it can be written down; None where a name does not tell."""
    if not is_full(name, kind):
        return None
    if kind is SpeakerKind.ORGANIZATION:
        return f"{kind}:{_organization(name)}"
    person = parsed(name)
    return f"{kind}:{' '.join((*person.words, person.suffix)).strip()}"[:MAX_KEY]


def links_of(name: str, kind: SpeakerKind) -> list[str]:
    """The links of a speaker's name: those by which another full name finds it, and those for a surname alone."""
    if kind is SpeakerKind.ORGANIZATION:
        return [f"o {_organization(name)}"[:MAX_KEY]] if key_of(name) else []
    return sorted({*_pairs(name), *_alone(name)})[:MOST_LINKS] if kind is SpeakerKind.PERSON else []


def lookups_of(name: str, kind: SpeakerKind) -> list[str]:
    """The links to follow from a name in an article."""
    return links_of(name, kind) if kind is SpeakerKind.ORGANIZATION or not is_full(name, kind) else _pairs(name)


def fitting(names: Sequence[str], kind: SpeakerKind, known: Mapping[int, Sequence[KnownName]]) -> list[int]:
    """The speakers that one with these names may be: one name is the same, and none contradicts it."""
    full = [name for name in names if is_full(name, kind)]
    return [speaker_id for speaker_id, theirs in known.items() if _fits(full, kind, theirs)]


def _fits(full: Sequence[str], kind: SpeakerKind, theirs: Iterable[KnownName]) -> bool:
    identities = {identity_of(name, kind) for name in full}
    verdicts = set()
    for known in theirs:
        if not is_full(known.name, kind):
            continue
        if identity_of(known.name, kind) in identities:
            return True
        # A hand may have given another name altogether: that one contradicts nothing.
        told = {compare(name, known.name, kind) for name in full}
        verdicts |= told if known.source == FROM_ARTICLE else told - {Verdict.DIFFERENT}
    return Verdict.SAME in verdicts and Verdict.DIFFERENT not in verdicts


def contradicts(name: str, other: str, kind: SpeakerKind) -> bool:
    """Are these two names of two?"""
    return compare(name, other, kind) is Verdict.DIFFERENT


def is_another(name: str, kind: SpeakerKind, others: Iterable[str], theirs: Sequence[KnownName]) -> bool:
    """Does an article tell one of this name apart from a speaker who once was taken to go by it?"""
    if not contradicts(name, theirs[0].name, kind):  # their first name, under which they came
        return False
    return any(compare(known.name, other, kind) is Verdict.SAME for known in theirs for other in others)


def told_by_hand(name: str, kind: SpeakerKind, known: Mapping[int, Sequence[KnownName]]) -> list[int]:
    """Who goes by this very name, where a hand said so of one: those of whom an article has it in full are no less."""
    by_hand = [speaker_id for speaker_id, theirs in known.items() if _given_by_hand(name, theirs)]
    if not by_hand or not (identity := identity_of(name, kind)):
        return by_hand
    others = (one for one, theirs in known.items() if identity in {identity_of(their.name, kind) for their in theirs})
    return sorted({*by_hand, *others})


def _given_by_hand(name: str, theirs: Iterable[KnownName]) -> bool:
    given = (known.name for known in theirs if known.source != FROM_ARTICLE)
    return any(words_of(one, closely=True) == words_of(name, closely=True) for one in given)


def is_widespread(name: str) -> bool:
    """Is it a family name that too many people have?"""
    return any(word in listed(group) for group in WIDESPREAD for word in words_of(name))


def _organization(name: str) -> str:
    return " ".join(without_legal_form(words_of(name)))[:MAX_KEY]


def _pairs(name: str) -> list[str]:
    """A family name as it sounds with the first letter of a given name, in every reading of the name."""
    if not is_full(name, SpeakerKind.PERSON):
        return []
    words, forms = parsed(name).words, parsed(name).forms
    readings = [(0, family) for family in range(1, len(words))] + [(1, 0), (len(words) - 1, 0)]
    return sorted(
        {
            f"p {sounded(form)[:40]} {letter}"
            for given, family in readings
            for form in forms[family]
            for spelled in forms[given]
            for letter in (spelled[0], sounded(spelled)[0])
        }
    )[:MOST_LINKS]


def _alone(name: str) -> list[str]:
    """Each word but a given name, as it may stand alone."""
    words = parsed(name).words
    kept = [word for at, word in enumerate(words) if at or len(words) == 1 or not gender_of(word)]
    return [f"= {sounded(word)[:40]}" for word in kept if len(word) > 1 or len(words) == 1]

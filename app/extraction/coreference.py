"""Who a mention stands for: pronouns, roles and dropped subjects resolved to the characters of the article.

One pass in reading order keeps the characters by salience (the subject of a sentence before its objects, the nearer
before the farther), after Lappin and Leass 1994 with the news reporter's habits: who spoke last is meant first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from app.extraction.characters import Cast, Character
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language, fold
from app.extraction.mentions import Description, Mention, MentionKind
from app.extraction.narration import Block

RESOLVED = {
    "named here": 0.93,
    "named": 0.74,
    "described so": 0.67,
    "as written": 0.6,
    "spoken of": 0.55,
    "the writer": 0.5,
    "no antecedent": 0.5,
    "unknown": 1.0,
}
"""The share of each way of resolving that gives the full name, where the mention is right: `training/rules.py` on the
labelled names of PolNeAR dev. The last three have too few cases there to be measured.
"""
APPOSITIONS = (
    re.compile(r"(?P<role>R)(?:p[wdaNOT]{1,4})?,(?P<name>[NT])(?=[,.:;]|a*C|$)"),
    re.compile(r"(?P<name>[NT]),(?P<role>R)"),
)
MOST_SUBJECTS = 4
"""Subjects looked at for a dropped one: a place or a firm may stand before the person."""
MOST_CANDIDATES = 60
"""Characters looked at for one mention: bounds the work on hostile text."""
SPEAKS = re.compile("a*C")
SPOKEN_BY = re.compile(r"[,.:;q?\-]a*C$")
"""A verb with its subject behind it."""
REACH = 8
"""Sentences back within which a pronoun finds its antecedent."""
STEM = 4
"""Letters two words of a description must share (`Russia`, `Russian`)."""
SUBJECT_BONUS = 2.5


@dataclass(slots=True)
class Sighting:
    """Where a character was last seen, and whether as a subject."""

    sentence: int
    subject: bool
    start: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """The character a mention stands for and how that was told."""

    character: Character | None
    how: str
    sentences_back: int = 0


@dataclass(slots=True)
class Resolver:
    """Resolves every mention of the narration in one pass."""

    language: Language
    cast: Cast
    sightings: dict[Character, Sighting] = field(default_factory=dict)
    resolutions: dict[Mention, Resolution] = field(default_factory=dict)
    sentence: int = 0
    beside: dict[Mention, Character] = field(default_factory=dict)
    """Whom an office names that stands beside a name: `the mayor, Ann Lee`."""
    _subjects: list[Mention] = field(default_factory=list)
    """Persons in the place of a subject, in reading order: whom a dropped subject may mean."""

    def resolve(self, blocks: Sequence[Block]) -> Mapping[Mention, Resolution]:
        """The resolution of every mention of these blocks."""
        for block in blocks:
            self._read(block)
        return self.resolutions

    def resolve_late(self, mention: Mention) -> Resolution:
        """A phrase that was no mention while the narration was read: a speaker by its own words."""
        return self.resolutions.get(mention) or self._as_written(mention)

    def subject_before(self, position: int) -> Resolution:
        """Whom a dropped subject at this offset means: the last subject that is a person by every sign."""
        before = bisect_left(self._subjects, position, key=lambda mention: mention.span.start)
        near = self._subjects[max(0, before - MOST_SUBJECTS) : before]
        told = (self.resolutions[mention] for mention in reversed(near))
        persons = (found for found in told if found.character and _is_person(found.character))
        return next(persons, Resolution(None, "no antecedent"))

    def _read(self, block: Block) -> None:
        letters = block.letters
        self._learn_offices(block, letters)
        subject_open = True
        previous = ""
        for position, item in enumerate(block.items):
            if item.letter in ".?":
                self.sentence += 1
                subject_open = True
            if item.mention:
                speaks = previous == "A" or _has_verb(letters, position)
                item.mention.subject = speaks or (subject_open and previous != "p")
                subject_open = subject_open and not item.mention.subject
                self._see(item.mention, speaks)
            previous = item.letter if item.letter not in "dw" else previous
        self.sentence += not letters.endswith(".")

    def _learn_offices(self, block: Block, letters: str) -> None:
        """Take an office beside a name as that person's: `the mayor, Ann Lee`, `Ann Lee, the mayor`."""
        for pattern in APPOSITIONS:
            for match in pattern.finditer(letters):
                role, name = (block.items[match.start(group)].mention for group in ("role", "name"))
                character = self.cast.of(name) if name else None
                if role and character:
                    self.beside[role] = character
                    character.description |= role.description
                    character.gender = character.gender or role.gender

    def _see(self, mention: Mention, speaks: bool) -> None:
        resolution = self._resolution(mention)
        self.resolutions[mention] = resolution
        character = resolution.character
        if character is None:
            return
        character.human = character.human or speaks
        if mention.gender in {"m", "f"} and not character.gender and character.kind is SpeakerKind.PERSON:
            character.gender = mention.gender
        if mention.subject and character.kind is SpeakerKind.PERSON:
            self._subjects.append(mention)
        earlier = self.sightings.pop(character, None)
        subject = mention.subject or bool(earlier and earlier.subject and earlier.sentence == self.sentence)
        self.sightings[character] = Sighting(self.sentence, subject, mention.span.start)

    def _resolution(self, mention: Mention) -> Resolution:
        named = self.cast.of(mention)
        if named:
            return Resolution(named, "named here")
        match mention.kind:
            case MentionKind.PRONOUN:
                return self._pronoun(mention)
            case MentionKind.ROLE:
                return self._role(mention)
            case MentionKind.ORGANIZATION:
                return self._organization(mention)
            case MentionKind.WRITER:
                return Resolution(None, "the writer")
            case _:
                return self._as_written(mention)

    def _pronoun(self, mention: Mention) -> Resolution:
        wanted = {"n": _THINGS, "p": _SEVERAL}.get(mention.gender, _PERSONS)
        fitting = [c for c in self._near(REACH) if c.kind in wanted and _agree(mention.gender, c.gender)]
        fitting = [c for c in fitting if c.kind is not SpeakerKind.UNNAMED or c.description.heads]
        return self._most_salient(fitting, "named")

    def _most_salient(self, characters: Iterable[Character], how: str) -> Resolution:
        near = list(characters)
        if not near:
            return Resolution(None, "no antecedent")
        near = [c for c in near if c.is_human or " " in c.name] or near
        best = max(near, key=self._salience)
        return Resolution(best, how, self.sentence - self.sightings[best].sentence)

    def _salience(self, character: Character) -> tuple[float, int]:
        seen = self.sightings[character]
        return SUBJECT_BONUS * (seen.subject + character.is_human) - (self.sentence - seen.sentence), seen.start

    def _role(self, mention: Mention) -> Resolution:
        """The person named beside it, or described in like words, and among several the most salient."""
        if mention in self.beside:
            return Resolution(self.beside[mention], "named here")
        if not mention.definite:
            return self._as_written(mention)
        persons = [c for c in self._near(REACH) if c.is_human and _agree(mention.gender, c.gender)]
        persons = [c for c in persons if self._may_be(mention.description, c.description)]
        fits = {c: fit for c in persons if (fit := _likeness(mention.description.words, c.description.words))}
        if fits:
            most = max(fits.values())
            return self._described(mention, self._most_salient([c for c in fits if fits[c] == most], "described so"))
        subjects = [c for c in self._near(2) if c in persons and self.sightings[c].subject]
        if len(subjects) == 1:
            return self._described(mention, self._most_salient(subjects, "spoken of"))
        return self._as_written(mention)

    def _may_be(self, role: Description, known: Description) -> bool:
        """Can somebody known as this hold that role? Another office or another country says no."""
        offices = role.heads - self.language.hypernyms
        other_office = offices and known.heads and offices.isdisjoint(known.heads)
        other_country = role.proper and known.proper and not _likeness(role.proper, known.proper)
        return not (other_office or other_country)

    def _near(self, sentences: int) -> list[Character]:
        """Whom the last so many sentences speak of, the latest first."""
        latest = islice(reversed(self.sightings), MOST_CANDIDATES)
        return list(takewhile(lambda c: self.sentence - self.sightings[c].sentence <= sentences, latest))

    def _described(self, mention: Mention, resolution: Resolution) -> Resolution:
        """Keep the words of the role: it is how the article calls this person from now on."""
        if resolution.character:
            resolution.character.description |= mention.description
        return resolution

    def _organization(self, mention: Mention) -> Resolution:
        """`the commission`: the organization whose name holds that word."""
        fits = [
            c
            for c in self._near(REACH)
            if c.kind is SpeakerKind.ORGANIZATION and _likeness(mention.description.words, _name_words(c))
        ]
        return self._most_salient(fits, "named") if fits and mention.definite else self._as_written(mention)

    def _as_written(self, mention: Mention) -> Resolution:
        """A speaker that the article does not name, by its own words; the same words again are the same speaker."""
        kind = _KINDS[mention.kind]
        known = (c for c in self._near(REACH) if c.kind is kind and mention.definite)
        same = [c for c in known if c.description.words and mention.description.words <= c.description.words]
        if same:
            return self._most_salient(same, "spoken of")
        character = Character(kind, Counter([_uncapitalized(mention, self.language)]), mention.description)
        return Resolution(character, "as written")


_KINDS = {
    MentionKind.ROLE: SpeakerKind.UNNAMED,
    MentionKind.OTHER: SpeakerKind.UNNAMED,
    MentionKind.DOCUMENT: SpeakerKind.DOCUMENT,
    MentionKind.GROUP: SpeakerKind.GROUP,
    MentionKind.ORGANIZATION: SpeakerKind.ORGANIZATION,
}
_PERSONS = {SpeakerKind.PERSON, SpeakerKind.UNNAMED}
_THINGS = {SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT}
_SEVERAL = {SpeakerKind.GROUP, SpeakerKind.ORGANIZATION}


def _has_verb(letters: str, position: int) -> bool:
    """Is the mention at this place the subject of a verb of saying, before or behind it?"""
    return bool(SPEAKS.match(letters, position + 1) or SPOKEN_BY.search(letters, max(0, position - 6), position))


def _uncapitalized(mention: Mention, language: Language) -> str:
    """The phrase with a leading determiner in small letters, as it would stand within a sentence."""
    first, _, rest = mention.phrase.partition(" ")
    return f"{first.lower()} {rest}" if rest and fold(first) in language.determiners else mention.phrase


def _is_person(character: Character) -> bool:
    return character.is_human or " " in character.name


def _agree(wanted: str, gender: str) -> bool:
    return wanted not in {"m", "f"} or not gender or wanted == gender


def _likeness(words: Iterable[str], others: Iterable[str]) -> int:
    stems = {other[:STEM] for other in others}
    return sum(word[:STEM] in stems for word in words)


def _name_words(character: Character) -> set[str]:
    return {word.lower() for name in character.names for word in name.split()}

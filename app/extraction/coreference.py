"""Who a mention stands for: pronouns, roles and dropped subjects resolved to the characters of the article.

What stands beside a name is learned from the whole article first. Then one pass in reading order keeps the characters
with where and how they were last seen, and a pronoun takes the most salient (Lappin and Leass 1994, weights fitted).
"""

from __future__ import annotations

import math
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

APPOSITIONS = (
    re.compile(r"(?<![pd])(?P<role>[RX])(?:p[wdaNOTX]{1,4})?,d?w{0,3}(?P<name>[NT])(?=[,.:;]|a*C|$)"),
    re.compile(r"(?<=p)(?P<role>[RX])(?:p[wdaNOTX]{1,4})?,(?P<name>[NT])(?=[,.:;]|$)"),
    re.compile(r"(?<!p)(?P<name>[NT])(?:,w)?,(?P<role>R)"),
    re.compile(r"(?<=p)(?P<name>[NT])(?:,w)?,(?P<role>R)(?=[,.:;p]|$)"),
    re.compile(r"(?<!p)(?P<name>[NT])(?:,w)?,(?P<role>X)(?=[,.:;p]|$)"),
)
"""A role and the name it belongs to. Behind a preposition the comma may end what opens the sentence (`In a letter to
the mayor, Ann Lee said`), so there the name must not be a subject, nor a role behind the name (`On Salem, the mayor
said`); a phrase of no known role must be closed in itself.
"""
MOST_SUBJECTS = 4
"""Subjects looked at for a dropped one: a place or a firm may stand before the person."""
MOST_CANDIDATES = 60
"""Characters looked at for one mention: bounds the work on hostile text."""
SPEAKS = re.compile("a*C")
SPOKEN_BY = re.compile(r"[,.:;q?\-]a*C$")
"""A verb with its subject behind it."""
REACH = 8
"""Sentences back within which a pronoun finds its antecedent."""
EPITHET_REACH = 5
"""The same for a phrase like `the singer`."""
ROLE_REACH = 3
"""The same for a role that fits one person only by its gender: farther back more of them are named wrongly."""
STEM = 4
"""Letters two words of a description must share (`Russia`, `Russian`)."""
WEIGHTS = {
    "sentences back": -0.40,
    "subject": 0.68,
    "human": 1.42,
    "same paragraph": 1.05,
    "speaks": -0.33,
    "spoke last": -0.04,
    "full name": 1.30,
    "unnamed": -0.89,
}
"""What makes a character the one a pronoun means, fitted by `training/salience.py`. Left out of the fit, .91 of the
pronouns naming sources in the made articles and .86 of those of GUM found the right one of their candidates; by weights
set by hand .84 and .83. Whether a list of names knows the gender, and how often somebody is named, would add nothing
but a preference for familiar names.
"""


@dataclass(slots=True)
class Sighting:
    """Where a character was last seen, and whether as a subject."""

    sentence: int
    subject: bool
    start: int
    paragraph: int = 0
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """The character a mention stands for and how that was told."""

    character: Character | None
    how: str
    sentences_back: int = 0
    chance: float = 1.0
    """Of this character among those the mention could mean."""


@dataclass(slots=True)
class Resolver:
    """Resolves every mention of the narration in one pass."""

    language: Language
    cast: Cast
    sightings: dict[Character, Sighting] = field(default_factory=dict)
    resolutions: dict[Mention, Resolution] = field(default_factory=dict)
    sentence: int = 0
    paragraph: int = 0
    last_speaker: Character | None = None
    beside: dict[Mention, Character] = field(default_factory=dict)
    """Whom an office names that stands beside a name: `the mayor, Ann Lee`."""
    _by_office: dict[str, list[Character]] = field(default_factory=dict)
    """Who is named with an office anywhere in the article."""
    _subjects: list[Mention] = field(default_factory=list)
    """Persons in the place of a subject, in reading order: whom a dropped subject may mean."""

    def resolve(self, blocks: Sequence[Block]) -> Mapping[Mention, Resolution]:
        """The resolution of every mention of these blocks."""
        for block in blocks:
            self._learn_offices(block, block.letters)
        self._learn_holders()
        for self.paragraph, block in enumerate(blocks):
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
        persons = (found for found in told if found.character and self._may_speak(found.character))
        return next(persons, Resolution(None, "no antecedent"))

    def _read(self, block: Block) -> None:
        letters = block.letters
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
                if role and character and role not in self.beside and self._may_hold(role, character):
                    self.beside[role] = character
                    character.description |= role.description
                    character.gender = character.gender or role.gender

    def _may_hold(self, role: Mention, character: Character) -> bool:
        """Does nothing rule out that the phrase beside the name tells of this person?"""
        return character.kind is SpeakerKind.PERSON and _agree(role.gender, character.gender)

    def _see(self, mention: Mention, speaks: bool) -> None:
        resolution = self._resolution(mention)
        self.resolutions[mention] = resolution
        character = resolution.character
        if character is None:
            return
        character.human = character.human or speaks
        told = mention.gender in {"m", "f"} and not character.gender and character.kind is SpeakerKind.PERSON
        if told and (character.is_human or " " in character.name):
            character.gender = mention.gender
        if mention.subject and character.kind is SpeakerKind.PERSON:
            self._subjects.append(mention)
        earlier = self.sightings.pop(character, None)
        subject = mention.subject or bool(earlier and earlier.subject and earlier.sentence == self.sentence)
        start = mention.span.start
        self.sightings[character] = Sighting(self.sentence, subject, start, self.paragraph, speaks)
        self.last_speaker = character if speaks else self.last_speaker

    def _resolution(self, mention: Mention) -> Resolution:
        named = self.cast.of(mention)
        if named:
            return Resolution(named, "named here")
        match mention.kind:
            case MentionKind.PRONOUN:
                return self._pronoun(mention)
            case MentionKind.ROLE:
                return self._role(mention)
            case MentionKind.OTHER:
                return self._other(mention)
            case MentionKind.ORGANIZATION:
                return self._organization(mention)
            case MentionKind.WRITER:
                return Resolution(None, "the writer")
            case _:
                return self._as_written(mention)

    def _pronoun(self, mention: Mention) -> Resolution:
        return self._most_salient(self.antecedents(mention), "named")

    def antecedents(self, mention: Mention) -> list[Character]:
        """Whom a pronoun may mean where it stands."""
        wanted = {"n": _THINGS, "p": _SEVERAL}.get(mention.gender, _PERSONS)
        fitting = [c for c in self._near(REACH) if c.kind in wanted and _agree(mention.gender, c.gender)]
        fitting = [c for c in fitting if c.kind is not SpeakerKind.UNNAMED or c.description.heads]
        return [c for c in fitting if self._may_speak(c)] or fitting

    def _most_salient(self, characters: Iterable[Character], how: str) -> Resolution:
        near = list(characters)
        if not near:
            return Resolution(None, "no antecedent")
        saliences = {character: self._salience(character) for character in near}
        best = max(near, key=saliences.__getitem__)
        chance = 1 / sum(math.exp(weight - saliences[best][0]) for weight, _ in saliences.values())
        return Resolution(best, how, self.sentence - self.sightings[best].sentence, chance)

    def _is_person(self, character: Character) -> bool:
        full = " " in character.name and self.sightings[character].subject
        return character.is_human or (character.kind is SpeakerKind.PERSON and full)

    def _may_speak(self, character: Character) -> bool:
        """Does anything beside a capital tell that this is a person?"""
        return character.is_human or " " in character.name

    def _salience(self, character: Character) -> tuple[float, int]:
        features = self.features(character)
        weight = sum(WEIGHTS[feature] * value for feature, value in features.items())
        return weight, self.sightings[character].start

    def features(self, character: Character) -> dict[str, float]:
        """What tells whether a pronoun that stands here means this character."""
        seen = self.sightings[character]
        return {
            "sentences back": self.sentence - seen.sentence,
            "subject": seen.subject,
            "human": character.is_human,
            "same paragraph": seen.paragraph == self.paragraph,
            "speaks": seen.speaks,
            "spoke last": character is self.last_speaker,
            "full name": character.kind is SpeakerKind.PERSON and " " in character.name,
            "unnamed": character.kind is SpeakerKind.UNNAMED,
        }

    def _role(self, mention: Mention) -> Resolution:
        """The person named beside it, or described in like words, and among several the most salient."""
        if mention in self.beside:
            return Resolution(self.beside[mention], "named here")
        if not mention.definite:
            return self._as_written(mention)
        persons = [c for c in self._near(None) if self._is_person(c) and _agree(mention.gender, c.gender)]
        persons = [c for c in persons if self._may_be(mention.description, c.description)]
        subject = self._recent_subject(mention, persons)
        unknown = subject if subject and not self._offices(subject.description) else None
        reach = EPITHET_REACH if self._is_vague(mention) else REACH if unknown else None
        fits = self._fitting(mention, [c for c in persons if self._is_near(c, reach)])
        if fits and not (subject and self._is_vague(mention)):
            return self._described(mention, self._most_salient(fits, "described so"))
        later = None if unknown else self._named_later(mention)
        if later:
            return self._described(mention, Resolution(later, "described so"))
        if self._is_epithet(mention):
            return self._epithet(mention, persons)
        only = subject or self._only_fitting(mention, persons)
        return self._described(mention, self._most_salient([only], "spoken of")) if only else self._as_written(mention)

    def _only_fitting(self, mention: Mention, persons: Sequence[Character]) -> Character | None:
        """The only person near who can have the gender that the role tells, and who is known to have it."""
        if mention.gender not in {"m", "f"} or self._relates(mention):
            return None
        near = [c for c in self._near(ROLE_REACH) if c in persons]
        return near[0] if len(near) == 1 and near[0].gender == mention.gender else None

    def _is_near(self, character: Character, reach: int | None) -> bool:
        return reach is None or self.sentence - self.sightings[character].sentence <= reach

    def _recent_subject(self, mention: Mention, persons: Sequence[Character]) -> Character | None:
        """The only subject of the sentences just before whom the role fits."""
        subjects = [c for c in self._near(2) if c in persons and self.sightings[c].subject]
        return subjects[0] if len(subjects) == 1 and self._may_be_anybody(mention) else None

    def _is_vague(self, mention: Mention) -> bool:
        """Does the role name no office that one person holds (`the diplomat`)?"""
        return not self._offices(mention.description)

    def _other(self, mention: Mention) -> Resolution:
        """A phrase of no known role: a person's where it stands beside a name, tells an age or a gender or was told."""
        told = mention.description
        if mention in self.beside or told.age or mention.gender:
            return self._role(mention)
        if not mention.definite or not mention.subject or self._relates(mention):
            return self._as_written(mention)
        fits = [c for c in self._near(None) if c.kind is SpeakerKind.PERSON and _last(mention) in c.description.words]
        return self._most_salient(fits, "described so") if fits else self._as_written(mention)

    def _fitting(self, mention: Mention, persons: Iterable[Character]) -> list[Character]:
        """Those described most like the role: of the same age, in the same office, in like words."""
        fits = {c: fit for c in persons if (fit := self._fit(mention.description, c.description)) > (0, 0, 0)}
        most = max(fits.values(), default=None)
        return [c for c in fits if fits[c] == most]

    def _fit(self, role: Description, known: Description) -> tuple[int, int, int]:
        age = bool(role.age and role.age == known.age)
        office = any(self._is_same_office(head, other) for head in role.heads for other in known.heads)
        return age, office, _likeness(role.words, known.words)

    def _is_same_office(self, one: str, other: str) -> bool:
        """Are these one word, or is one the other's head noun (`Minister` for `Umweltminister`)?"""
        return one == other or (self.language.compounds and (one.endswith(other) or other.endswith(one)))

    def _named_later(self, mention: Mention) -> Character | None:
        """The only person of that office whom the article has not spoken of yet: headlines and leads name the role."""
        heads = mention.description.heads
        if not heads or self._relates(mention):
            return None
        fits = [c for head in heads for c in self._holders(head) if c not in self.sightings]
        fits = [
            c for c in fits if _agree(mention.gender, c.gender) and self._may_be(mention.description, c.description)
        ]
        return fits[0] if len(set(fits)) == 1 else None

    def _learn_holders(self) -> None:
        for character in dict.fromkeys(self.cast.characters.values()):
            for office in character.description.heads:
                self._by_office.setdefault(office, []).append(character)

    def _holders(self, head: str) -> list[Character]:
        return self._by_office.get(head, [])[:MOST_CANDIDATES]

    def _relates(self, mention: Mention) -> bool:
        """Is it told whose role this is (`his deputy`), which speaks of somebody else than the last subject?"""
        words = fold(mention.phrase).split()
        return words[0] in self.language.possessives or any(word.endswith(("'s", "s'")) for word in words)

    def _is_epithet(self, mention: Mention) -> bool:
        """Does the phrase call somebody known by an age, a trade or a country, not by an office?"""
        told = mention.description
        by_trade = told.heads and all(self.language.noun_of(head) in self.language.epithets for head in told.heads)
        return bool(told.age or by_trade or (not told.heads and mention.gender)) and not self._relates(mention)

    def _epithet(self, mention: Mention, persons: Sequence[Character]) -> Resolution:
        """Whom a pronoun would mean here, of those whom the phrase fits."""
        unnamed = (c for c in self._near(REACH) if c.kind is SpeakerKind.UNNAMED and _agree(mention.gender, c.gender))
        same = [c for c in unnamed if mention.description.words and mention.description.words <= c.description.words]
        near = same or [c for c in self._near(EPITHET_REACH) if c in persons]
        return self._described(mention, self._most_salient(near, "spoken of")) if near else self._as_written(mention)

    def _may_be_anybody(self, mention: Mention) -> bool:
        return not self._relates(mention)

    def _may_be(self, role: Description, known: Description) -> bool:
        """Can somebody known as this hold that role? Another age, office or country says no."""
        if role.age and known.age:
            return role.age == known.age
        offices, held = self._offices(role), self._offices(known)
        other_office = (
            offices and held and not any(self._is_same_office(one, other) for one in offices for other in held)
        )
        other_country = role.proper and known.proper and not _likeness(role.proper, known.proper)
        return not (other_office or other_country)

    def _offices(self, description: Description) -> list[str]:
        """The heads that only one office or kinship has."""
        vague = self.language.hypernyms | self.language.epithets
        return [head for head in description.heads if self.language.noun_of(head) not in vague]

    def _near(self, sentences: int | None) -> list[Character]:
        """Whom the last so many sentences speak of, the latest first; of all sentences without a number."""
        latest = islice(reversed(self.sightings), MOST_CANDIDATES)
        if sentences is None:
            return list(latest)
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
        words = mention.description.words
        same = [c for c in known if words and words <= c.description.words]
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
    phrase = mention.base or mention.phrase
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if rest and fold(first) in language.determiners else phrase


def _last(mention: Mention) -> str:
    """The noun of a phrase, as a rule."""
    return fold(mention.phrase).split()[-1]


def _agree(wanted: str, gender: str) -> bool:
    return wanted not in {"m", "f"} or not gender or wanted == gender


def _likeness(words: Iterable[str], others: Iterable[str]) -> int:
    stems = {other[:STEM] for other in others}
    return sum(word[:STEM] in stems for word in words)


def _name_words(character: Character) -> set[str]:
    return {word.lower() for name in character.names for word in name.split()}

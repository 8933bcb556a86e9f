"""Whom a role means: the person described in like words, named later, or just spoken of (`the minister`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.extraction.coreference.characters import Character
from app.extraction.coreference.offices import NO_FIT, Offices, held, likeness
from app.extraction.coreference.scene import DESCRIBED, MOST_CANDIDATES, NAMED_HERE, SPOKEN_OF, Resolution, Scene, agree
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Description, Mention

REACH = 8
"""Sentences back within which a role of somebody whose office is not told finds its person."""
EPITHET_REACH = 5
"""The same for a phrase like `the singer`."""
ROLE_REACH = 3
"""The same for a role that fits one person only by its gender: farther back more of them are named wrongly."""
LIKELY = 0.75
"""The chance from which somebody is taken to be meant by a role that the article has told of nobody: of 26 such roles
in the made articles all were resolved rightly, below it every other one.
"""


@dataclass(slots=True)
class Roles:
    """Resolves the roles of one article."""

    language: Language
    scene: Scene
    beside: Mapping[Mention, Character]
    """Whom an office names that stands beside a name."""
    others: set[Character] = field(default_factory=set)
    """Whom the article does not name but tells of as somebody of their own (`Her aide waited`, `A neighbour came`)."""
    owners: dict[Character, Character] = field(default_factory=dict)
    """Whose somebody is by what stands beside the name (`her spokesman, Ian Cole`)."""
    offices: Offices = field(init=False)
    _by_office: dict[str, list[Character]] = field(default_factory=dict)
    """Who is named with an office anywhere in the article."""

    def __post_init__(self) -> None:
        self.offices = Offices(self.language)

    def learn(self, characters: Iterable[Character]) -> None:
        """Take what is known of the characters before the article is read."""
        for character in characters:
            for office in character.description.heads:
                self._by_office.setdefault(held(office), []).append(character)

    def resolve(
        self, mention: Mention, barred: Character | None = None, owner: Character | None = None
    ) -> Resolution | None:
        """The person named beside it, or described in like words, and among several the most salient.

        Never `barred`, whom the grammar of its sentence rules out, nor somebody told of as another's than `owner`.
        """
        if mention in self.beside:
            return Resolution(self.beside[mention], NAMED_HERE)
        if not mention.definite:
            return None
        persons = [c for c in self.scene.near(None) if self._is_person(c) and agree(mention.gender, c.gender)]
        persons = [c for c in persons if c is not barred and self.offices.may_be(mention.description, c.description)]
        subject = None if self.is_stranger(mention) else self._recent_subject(mention, persons)
        unknown = subject if subject and not self.offices.of(subject.description) else None
        reach = EPITHET_REACH if self._is_vague(mention) else REACH if unknown else None
        fits = self._fitting(mention, [c for c in persons if reach is None or self.scene.back(c) <= reach])
        fits = self._of_owner(fits, owner) if owner else fits
        newcomer = self._of_other_body(mention, fits, persons)
        if newcomer:
            return self._described(mention, self.scene.most_salient([newcomer], SPOKEN_OF))
        if fits and (not (subject and self._is_vague(mention)) or self._holds(mention, fits[0])):
            return self._described(mention, self.scene.most_salient(fits, DESCRIBED))
        later = None if unknown else self._named_later(mention)
        if later:
            return self._described(mention, Resolution(later, DESCRIBED))
        return self._not_described(mention, persons, subject, barred)

    def _of_other_body(
        self, mention: Mention, fits: Sequence[Character], persons: Sequence[Character]
    ) -> Character | None:
        """The subject of the sentence before, whose office is not told, where the role names a place or body that is
        told of nobody in that office (`the coach of Lordelo` behind another coach).
        """
        proper = mention.description.proper
        if not self.language.postmodifies or not proper or any(likeness(proper, c.description.words) for c in fits):
            return None
        subjects = [c for c in self.scene.near(1) if c in persons and self.scene.sightings[c].subject]
        is_new = len(subjects) == 1 and not self.offices.of(subjects[0].description)
        return subjects[0] if fits and is_new and " " in subjects[0].name else None

    def _of_owner(self, fits: Sequence[Character], owner: Character) -> list[Character]:
        """Those whom the article calls this one's, else those of whom it does not tell whose they are."""
        own = [c for c in fits if self.owners.get(c) is owner]
        return own or [c for c in fits if c not in self.owners]

    def _not_described(
        self, mention: Mention, persons: Sequence[Character], subject: Character | None, barred: Character | None
    ) -> Resolution | None:
        """Whom a role means whose words are told of nobody with a name, if anybody."""
        others = self._others(mention)
        if others:
            return self.scene.most_salient(others, DESCRIBED)
        if not self.language.articles and self._same_unnamed(mention):  # a bare noun may have spoken of somebody new
            return None
        if self._is_epithet(mention):
            return self._epithet(mention, persons)
        if self.is_stranger(mention) or barred:  # whoever is told of as somebody's is not the last subject
            return None
        only = subject or self._only_fitting(mention, persons)
        if only:
            return self._described(mention, self.scene.most_salient([only], SPOKEN_OF))
        return self._likely(mention)

    def contenders(self, mention: Mention) -> int:
        """How many persons near it a role may mean whose words tell nothing of any of them."""
        near = [c for c in self.scene.near(EPITHET_REACH) if self._is_person(c) and agree(mention.gender, c.gender)]
        near = [c for c in near if self.offices.may_also_be(mention.description, c.description)]
        return 0 if self._fitting(mention, near) else len(near)

    def note(self, mention: Mention, character: Character) -> None:
        """Keep that a phrase tells of somebody whom the article does not name; a predicate may mean its subject."""
        is_new = fold(mention.phrase).partition(" ")[0] in self.language.indefinites
        if mention.subject and (is_new or self.relates(mention)):
            self.others.add(character)

    def _others(self, mention: Mention) -> list[Character]:
        """Those without a name whom the same noun called before."""
        words = mention.description.words
        near = [c for c in self.scene.near(REACH) if c in self.others and agree(mention.gender, c.gender)]
        return [c for c in near if words <= c.description.words and mention.description.heads & c.description.heads]

    def _likely(self, mention: Mention) -> Resolution | None:
        """The person that the sentences before were about: the news calls a speaker by a trade it has not told."""
        spoken_of = self.tells_gender(mention) and (self.scene.speaking or mention.subject)
        if not spoken_of or self.relates(mention) or any(self._holders(head) for head in mention.description.heads):
            return None
        near = [c for c in self.scene.near(ROLE_REACH) if self._is_person(c) and agree(mention.gender, c.gender)]
        found = self.scene.most_salient(near, SPOKEN_OF)
        if not found.character or found.chance < LIKELY or not self.scene.sightings[found.character].subject:
            return None
        fits = self.offices.may_also_be(mention.description, found.character.description)
        return self.doubted(mention, found) if fits else None

    def tells_gender(self, mention: Mention) -> bool:
        """Does the role tell a gender, or its language that of every role? Then it fits fewer persons."""
        return mention.gender in {"m", "f"} or self.language.postmodifies or not self.language.articles

    def resolve_other(self, mention: Mention) -> Resolution | None:
        """A phrase of no known role: a person's where it stands beside a name, tells an age or a gender or was told."""
        if mention in self.beside or mention.description.age or mention.gender:
            return self.resolve(mention)
        if not mention.definite or not mention.subject or self.relates(mention):
            return None
        near, last = self.scene.near(None), fold(mention.phrase).split()[-1]
        fits = [c for c in near if c.kind is SpeakerKind.PERSON and last in c.description.words]
        return self.scene.most_salient(fits, DESCRIBED) if fits else None

    def _is_person(self, character: Character) -> bool:
        full = " " in character.name and self.scene.sightings[character].subject
        return character.is_human or (character.kind is SpeakerKind.PERSON and full)

    def _only_fitting(self, mention: Mention, persons: Sequence[Character]) -> Character | None:
        """The only person near who can have the gender that the role tells, and who is known to have it."""
        if mention.gender not in {"m", "f"} or self.relates(mention):
            return None
        near = [c for c in self.scene.near(ROLE_REACH) if c in persons]
        return near[0] if len(near) == 1 and near[0].gender == mention.gender else None

    def _recent_subject(self, mention: Mention, persons: Sequence[Character]) -> Character | None:
        """The only subject of the sentences just before whom the role fits."""
        subjects = [c for c in self.scene.near(2) if c in persons and self.scene.sightings[c].subject]
        return subjects[0] if len(subjects) == 1 and not self.relates(mention) else None

    def _is_vague(self, mention: Mention) -> bool:
        """Does the role name no office that one person holds (`the diplomat`)?"""
        return not self.offices.of(mention.description)

    def _fitting(self, mention: Mention, persons: Iterable[Character]) -> list[Character]:
        """Those described most like the role: of the same age, in the same office, in like words."""
        fits = {c: fit for c in persons if (fit := self.offices.fit(mention.description, c.description)) > NO_FIT}
        most = max(fits.values(), default=None)
        return [c for c in fits if fits[c] == most]

    def _holds(self, mention: Mention, character: Character) -> bool:
        """Is the office told of somebody, in this word or a broader one?"""
        return self.offices.fit(mention.description, character.description).office

    def _named_later(self, mention: Mention) -> Character | None:
        """The only person of that office whom the article has not spoken of yet: headlines and leads name the role."""
        heads = mention.description.heads
        if not heads or self.relates(mention):
            return None
        fits = [c for head in heads for c in self._holders(head) if c not in self.scene.sightings]
        fits = [
            c
            for c in fits
            if agree(mention.gender, c.gender) and self.offices.may_be(mention.description, c.description)
        ]
        return fits[0] if len(set(fits)) == 1 else None

    def _holders(self, head: str) -> list[Character]:
        return self._by_office.get(held(head), [])[:MOST_CANDIDATES]

    def relates(self, mention: Mention) -> bool:
        """Is it told whose role this is (`his deputy`), which speaks of somebody else than the last subject?"""
        if mention.owner:
            return True
        words = fold(mention.phrase).split()
        behind = 1 if words[0] in self.language.determiners - self.language.possessives else 0  # `la sua vicina`
        owned = any(word in self.language.possessives for word in words[behind : behind + 1])
        return owned or any(word.endswith(("'s", "s'")) for word in words)

    def is_stranger(self, mention: Mention) -> bool:
        """Does the role speak of somebody met by the way (`the passer-by`), nobody of whom it was not told?"""
        heads = mention.description.heads
        return bool(heads) and all(self.language.noun_of(head) in self.language.strangers for head in heads)

    def _is_epithet(self, mention: Mention) -> bool:
        """Does the phrase call somebody known by an age, a trade or a country, not by an office?"""
        told = mention.description
        by_trade = told.heads and all(self.language.noun_of(head) in self.language.epithets for head in told.heads)
        return bool(told.age or by_trade or (not told.heads and mention.gender)) and not self.relates(mention)

    def _epithet(self, mention: Mention, persons: Sequence[Character]) -> Resolution | None:
        """Whom a pronoun would mean here, of those whom the phrase fits."""
        near = self._same_unnamed(mention) or [c for c in self.scene.near(EPITHET_REACH) if c in persons]
        return self._described(mention, self.scene.most_salient(near, SPOKEN_OF)) if near else None

    def _same_unnamed(self, mention: Mention) -> list[Character]:
        """Those without a name near it whom the same words call."""
        near = (c for c in self.scene.near(REACH) if c.kind is SpeakerKind.UNNAMED)
        words = mention.description.words
        return [c for c in near if words and words <= c.description.words and agree(mention.gender, c.gender)]

    def doubted(self, mention: Mention, resolution: Resolution) -> Resolution:
        """The resolution, doubtful where the article tells another office, none, or one that is over for one of both.

        Who is only spoken of before `the judge said` is as often judged.
        """
        known = resolution.character.description if resolution.character else Description()
        is_told = mention in self.beside or resolution.character is None
        is_office = bool(self.offices.of(mention.description))
        return replace(
            resolution, doubtful=is_office and not is_told and not self.offices.now(mention.description, known)
        )

    def _described(self, mention: Mention, resolution: Resolution) -> Resolution:
        """Keep the words of the role: it is how the article calls this person from now on, unless that is doubtful."""
        resolution = self.doubted(mention, resolution)
        if resolution.character and not resolution.doubtful:
            resolution.character.description |= mention.description
        return resolution

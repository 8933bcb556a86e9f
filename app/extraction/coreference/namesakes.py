"""Whom a surname alone means where several bear it.

The news calls whom it is about by the surname and tells everybody else of that name apart: by the full name, a form of
address, an age. So who is told of as another's (`his wife, Ann Lee`), or comes in once the surname was somebody's, is
not meant by it as long as another bearer may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extraction.coreference.characters import Character
from app.extraction.coreference.scene import NAMED_HERE, Resolution, Scene, agree
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language
from app.extraction.mentions.mention import Mention
from app.extraction.names.spelling import words_of

REACH = 12
"""Sentences back within which a bearer is looked for."""
OLDEST_CHILD = 15
"""Years of somebody whom the news calls by the given name."""
CUSTOM = 0.75
"""How surely the only bearer is meant who is nobody else's kin; a custom, not a rule of grammar."""


@dataclass(slots=True)
class Namesakes:
    """Tells the bearers of a surname apart."""

    language: Language
    scene: Scene
    _first: dict[Character, int] = field(default_factory=dict)
    """The sentence that speaks of somebody for the first time."""
    _others: set[Character] = field(default_factory=set)
    """Who came in as another's kin, or beside one who was called by the surname alone."""
    _called: dict[str, Character] = field(default_factory=dict)
    """Who was meant first by each surname alone."""

    def see(self, mention: Mention, character: Character, *, related: bool) -> None:
        """Note whom a name or what stands beside it speaks of, and whether as another's."""
        surname = words_of(mention.name or character.name)[-1:]
        is_first = self._first.setdefault(character, self.scene.sentence) == self.scene.sentence
        if surname and mention.name and " " not in mention.name:
            self._called.setdefault(surname[0], character)
        if is_first and (related or self._called.get("".join(surname), character) is not character):
            self._others.add(character)

    def meant(self, mention: Mention, named: Character, rivals: Sequence[Character]) -> Resolution:
        """Of several bearers whom the words tell, else whose surname it is; `named` where none was met."""
        by_age = self._by_age(mention, rivals)
        if by_age:
            return Resolution(by_age, NAMED_HERE)
        met = [c for c in rivals if c in self.scene.sightings and self.scene.back(c) <= REACH]
        spoken = [c for c in met if c.human] or [c for c in met if not _is_child(c)] or met  # who spoke speaks again
        own = [c for c in spoken if c not in self._others] or spoken
        found = self.scene.most_salient(own, NAMED_HERE).character
        if found is None:
            return Resolution(named, NAMED_HERE, chance=1 / len(rivals))
        chance = self.scene.chance(found, met)
        return Resolution(found, NAMED_HERE, chance=max(chance, CUSTOM) if len(own) < len(spoken) else chance)

    def kin(self, mention: Mention, owner: Character, near: Sequence[Character]) -> Character | None:
        """Of those near the only one whose surname is the owner's and whom a word for kin may mean."""
        if mention.description.heads.isdisjoint(self._kinship):
            return None
        same = [
            c for c in near if c is not owner and _surname(c) == _surname(owner) and agree(mention.gender, c.gender)
        ]
        return same[0] if len(same) == 1 and self._may_be(mention, same[0]) else None

    def _may_be(self, mention: Mention, character: Character) -> bool:
        """Is this a person of whom no other kinship is told?"""
        told = character.description.heads & self._kinship
        is_person = character.kind is SpeakerKind.PERSON and " " in character.name
        return is_person and (not told or bool(told & mention.description.heads))

    @property
    def _kinship(self) -> frozenset[str]:
        return self.language.kin | self.language.elders | self.language.juniors

    def _by_age(self, mention: Mention, rivals: Sequence[Character]) -> Character | None:
        """The elder or the younger of two, where a word before the surname asks for one."""
        words, language = mention.description.words, self.language
        if len(rivals) != 2 or words.isdisjoint(language.elders | language.juniors):
            return None
        elder, younger = sorted(rivals, key=self._seniority, reverse=True)
        if self._seniority(elder) == self._seniority(younger):
            return None
        return younger if words & language.juniors else elder

    def _seniority(self, character: Character) -> tuple[int, int]:
        """A generation, then years."""
        told = character.description
        generation = bool(told.heads & self.language.elders) - bool(told.heads & self.language.juniors)
        return generation, int(told.age or 0)


def _surname(character: Character) -> tuple[str, ...]:
    return words_of(character.name)[-1:]


def _is_child(character: Character) -> bool:
    return 0 < int(character.description.age or 0) <= OLDEST_CHILD

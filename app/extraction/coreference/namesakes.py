"""Whom a surname alone means where several bear it.

The news calls whom it is about by the surname and tells everybody else of that name apart: by the full name, a form of
address, an age. So who is told of as another's (`his wife, Ann Lee`), or comes in once the surname was somebody's, is
not meant by it as long as another bearer may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.extraction.coreference.characters import Character, surnames_of
from app.extraction.coreference.scene import NAMED_HERE, Resolution, Scene, agree
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language
from app.extraction.mentions.mention import Mention

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
    _relatives: dict[Character, int] = field(default_factory=dict)
    """Above 0 for whoever has a son in the article, below for whoever has a father."""

    def see(self, mention: Mention, character: Character, *, related: bool) -> None:
        """Note whom a name or what stands beside it speaks of, and whether as another's."""
        surnames = surnames_of(mention.name or character.name)
        is_first = self._first.setdefault(character, self.scene.sentence) == self.scene.sentence
        if mention.name and " " not in mention.name:
            for surname in surnames:
                self._called.setdefault(surname, character)
        called = any(self._called.get(surname, character) is not character for surname in surnames)
        if is_first and (related or called):
            self._others.add(character)

    def relate(self, mention: Mention, owner: Character) -> None:
        """Note that somebody is told of as this one's kin (`his father`, `her son, Sam`)."""
        heads, language = mention.description.heads, self.language
        rank = bool(heads & language.juniors) - bool(heads & language.elders)
        if rank:
            self._relatives.setdefault(owner, rank)

    def meant(self, mention: Mention, named: Character, rivals: Sequence[Character]) -> Resolution:
        """Of several bearers whom the words tell, else whose surname it is; `named` where none was met."""
        rivals = self._by_gender(mention, self._by_age(mention, rivals))
        if len(rivals) == 1:
            return Resolution(rivals[0], NAMED_HERE)
        reach = REACH if named in rivals else self.scene.sentence
        met = [c for c in rivals if c in self.scene.sightings and self.scene.back(c) <= reach]
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
        own = surnames_of(owner.name)
        near = [c for c in near if c is not owner and agree(mention.gender, c.gender)]
        same = [c for c in near if own & surnames_of(c.name)]
        return same[0] if len(same) == 1 and self._may_be(mention, same[0]) else None

    def _may_be(self, mention: Mention, character: Character) -> bool:
        """Is this a person of whom no other kinship is told?"""
        told = character.description.heads & self._kinship
        is_person = character.kind is SpeakerKind.PERSON and " " in character.name
        return is_person and (not told or bool(told & mention.description.heads))

    @property
    def _kinship(self) -> frozenset[str]:
        return self.language.kin | self.language.elders | self.language.juniors

    def _by_gender(self, mention: Mention, rivals: Sequence[Character]) -> Sequence[Character]:
        """Those of the gender that a form of address tells, else those of none that is known (`Ms. Lee`)."""
        if mention.gender not in {"m", "f"}:
            return rivals
        known = [c for c in rivals if c.gender == mention.gender]
        return known or [c for c in rivals if agree(mention.gender, c.gender)] or rivals

    def _by_age(self, mention: Mention, rivals: Sequence[Character]) -> Sequence[Character]:
        """The elder or the younger of them, where a word before the surname asks for one."""
        words, language = mention.description.words, self.language
        if words.isdisjoint(language.elders | language.juniors):
            return rivals
        of_generation = _extreme(rivals, self._generation, first=bool(words & language.juniors))
        known = all(c.description.age for c in of_generation)
        return _extreme(of_generation, _years, first=bool(words & language.juniors)) if known else of_generation

    def _generation(self, character: Character) -> int:
        """By what the article calls somebody, else by the kin it tells of."""
        heads = character.description.heads
        told = bool(heads & self.language.elders) - bool(heads & self.language.juniors)
        return told or self._relatives.get(character, 0)


def _extreme(characters: Sequence[Character], rank: Callable[[Character], int], *, first: bool) -> Sequence[Character]:
    """Those of the lowest rank, or of the highest."""
    sought = (min if first else max)(map(rank, characters))
    return [c for c in characters if rank(c) == sought]


def _years(character: Character) -> int:
    return int(character.description.age or 0)


def _is_child(character: Character) -> bool:
    return 0 < _years(character) <= OLDEST_CHILD

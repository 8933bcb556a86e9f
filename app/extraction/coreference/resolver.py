"""Who a mention stands for: names, pronouns, roles and dropped subjects resolved to the characters of the article.

What stands beside a name is learned from the whole article first. Then one pass in reading order keeps whom it meets in
a scene, in which each further mention is resolved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.extraction.coreference.appositions import appositions
from app.extraction.coreference.characters import Cast, Character
from app.extraction.coreference.namesakes import CUSTOM, Namesakes
from app.extraction.coreference.namesakes import REACH as NAMESAKE_REACH
from app.extraction.coreference.offices import likeness
from app.extraction.coreference.pronouns import Pronouns
from app.extraction.coreference.roles import LIKELY, Roles
from app.extraction.coreference.scene import (
    AS_WRITTEN,
    KIN,
    NAMED,
    NAMED_HERE,
    NOBODY,
    SAID_SO,
    SPOKEN_OF,
    Resolution,
    Scene,
)
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Block
from app.extraction.narration.syntax import Syntax, gender_ahead

REACH = 8
"""Sentences back within which the same words are of the same speaker."""


@dataclass(slots=True)
class Resolver:
    """Resolves every mention of the narration in one pass."""

    language: Language
    cast: Cast
    scene: Scene = field(default_factory=Scene)
    resolutions: dict[Mention, Resolution] = field(default_factory=dict)
    beside: dict[Mention, Character] = field(default_factory=dict)
    """Whom an office names that stands beside a name: `the mayor, Ann Lee`."""
    askers: dict[int, Character] = field(default_factory=dict)
    """Who asked what a quotation answers, by its index."""
    dropped: dict[int, Resolution] = field(default_factory=dict)
    """Whom a dropped subject would mean in the sentence of each quotation, by its index."""
    openers: dict[int, Mention] = field(default_factory=dict)
    """Who opens the sentence before that of a quotation, by its index: a subject left out goes on with them."""
    possessors: dict[int, Resolution] = field(default_factory=dict)
    """Whom the possessive means that opens a phrase (`his warning`), by its offset."""
    barred: dict[Mention, Character] = field(default_factory=dict)
    """Whom a pronoun or a role cannot mean by the grammar of its sentence."""
    repeated: dict[Mention, Mention] = field(default_factory=dict)
    """What pronouns repeat in their own sentence."""
    contenders: dict[Mention, int] = field(default_factory=dict)
    """How many persons near a role may mean whose words tell nothing of any of them."""
    sentence_ends: list[int] = field(default_factory=list)
    """Where the sentences of the narration end, in order."""
    roles: Roles = field(init=False)
    namesakes: Namesakes = field(init=False)
    pronouns: Pronouns = field(init=False)

    def __post_init__(self) -> None:
        self.pronouns = Pronouns(self.language, self.scene)
        self.namesakes = Namesakes(self.language, self.scene)
        self.roles = Roles(self.language, self.scene, self.beside)

    def resolve(self, blocks: Sequence[Block]) -> Mapping[Mention, Resolution]:
        """The resolution of every mention of these blocks."""
        for block in blocks:
            for role, name in appositions(block, self.cast):
                self._stand_beside(role, self.cast.characters[name])
        self.roles.learn(dict.fromkeys(self.cast.characters.values()))
        for self.scene.paragraph, block in enumerate(blocks):
            self._read(block)
        return self.resolutions

    @property
    def told(self) -> dict[Mention, Character]:
        """The mentions of which the article itself tells whom they mean: names, and roles told of somebody named."""
        roles = {m: r.character for m, r in self.resolutions.items() if m.kind is MentionKind.ROLE and r.how in SAID_SO}
        return {m: c for m, c in roles.items() if c and c.kind is SpeakerKind.PERSON} | self.cast.characters

    def resolve_late(self, mention: Mention) -> Resolution:
        """A phrase that was no mention while the narration was read: a name, a possessor, or its own words."""
        if mention not in self.resolutions:
            self.resolutions[mention] = self._late(mention)
        return self.resolutions[mention]

    def _late(self, mention: Mention) -> Resolution:
        if mention.kind is MentionKind.PRONOUN:
            return self.possessors.get(mention.span.start, NOBODY)
        named = self.cast.named(mention.phrase, mention.span.start)
        return Resolution(named, NAMED_HERE) if named else self._as_written(mention)

    def _stand_beside(self, role: Mention, character: Character) -> None:
        if role not in self.beside:
            self.beside[role] = character
            character.description |= role.description
            character.gender = character.gender or role.gender
            if role.kind is MentionKind.ROLE and fold(role.phrase).split()[0] not in self.language.possessives:
                character.roles.append(role.span)

    def _read(self, block: Block) -> None:
        syntax = Syntax.of(block)
        drops = self.language.drops_subjects and "q" in syntax.letters
        dropped = self._dropped() if drops else NOBODY
        for position, item in enumerate(block.items):
            if item.letter in ".?":
                self.scene.sentence += 1
                self.sentence_ends.append(item.span.end)
                dropped = self._dropped() if drops else NOBODY
            if item.quotation is not None:
                self._note_asker(item.quotation, syntax.letters[position + 1 : position + 2])
                self.dropped[item.quotation] = dropped if dropped.character else self._dropped()
                self._note_opener(item.quotation, block, syntax.opener_before(position))
            if item.mention:
                self._meet(item.mention, block, syntax, position)
        self.scene.sentence += not syntax.letters.endswith(".")
        self.sentence_ends.append(block.span.end)

    def _meet(self, mention: Mention, block: Block, syntax: Syntax, position: int) -> None:
        """Read a mention with what the letters around it tell."""
        if len(self.cast.rivals.get(mention, ())) > 1 and not mention.gender:
            mention.gender = gender_ahead(block, position)
        self.scene.speaking = position in syntax.speakers
        mention.subject, mention.joint = position in syntax.subjects, position in syntax.joint
        if position in syntax.disjoint:
            self._bar(mention, block.items[syntax.disjoint[position]].mention)
        if position in syntax.repeated and (other := block.items[syntax.repeated[position]].mention):
            self.repeated[mention] = other
        asker = self.scene.asker(mention.gender) if self.scene.speaking else None
        if asker and mention.kind is MentionKind.PRONOUN and mention.gender in {"m", "f"}:
            self.barred[mention] = asker
        self._see(mention, opens=position in syntax.newcomers, inside=position in syntax.inside)
        if position in syntax.questions:
            self._note_question(*(block.items[place].mention for place in syntax.questions[position]))
        if position in syntax.groups:
            self.scene.one_of_many = self.scene.sentence

    def sentence_end(self, position: int) -> int:
        """Where the sentence of the narration ends that this place is in."""
        following = bisect_left(self.sentence_ends, position)
        return self.sentence_ends[following] if following < len(self.sentence_ends) else position

    def _dropped(self) -> Resolution:
        """Whom a subject left out would mean here."""
        self.scene.speaking = False  # a verb without a subject goes on with whom the text is about
        return self.pronouns.meant("", self.scene.asker(""))

    def _note_question(self, *mentions: Mention | None) -> None:
        """Keep who asks whom, if both are persons."""
        asker, asked = (self.resolutions[m].character if m in self.resolutions else None for m in mentions)
        if asker and asked and asker is not asked and SpeakerKind.ORGANIZATION not in {asker.kind, asked.kind}:
            self.scene.question = asker, asked, self.scene.sentence

    def _note_asker(self, quotation: int, mark: str) -> None:
        """Keep who asked, for a quotation in the next sentence that is no question itself."""
        asker = self.scene.asker("") if mark != "?" else None
        if asker:
            self.askers[quotation] = asker

    def _bar(self, mention: Mention, other: Mention | None) -> None:
        known = other and self.cast.of(other)
        character = self.resolutions[other].character if other in self.resolutions else known
        if character and (mention.kind is MentionKind.PRONOUN or character.is_person):
            self.barred[mention] = character

    def _note_opener(self, quotation: int, block: Block, position: int | None) -> None:
        """Keep who opens the sentence before. A bare noun may be a predicate."""
        mention = None if position is None else block.items[position].mention
        if mention and (mention.kind is not MentionKind.ROLE or mention.definite):
            self.openers[quotation] = mention

    def _see(self, mention: Mention, *, opens: bool, inside: bool) -> None:
        first = fold(mention.phrase.partition(" ")[0])
        if first in self.language.possessors:
            self.possessors[mention.span.start] = self.pronouns.meant(self.language.possessors[first])
        if mention.kind in {MentionKind.ROLE, MentionKind.OTHER} and mention.definite:
            self.contenders[mention] = self.roles.contenders(mention)
        owner = self._owner(mention)
        if owner:
            self.namesakes.relate(mention, owner)
        resolution = self._resolution(mention, owner)
        self.resolutions[mention] = resolution
        character = resolution.character
        if character is None:
            return
        if owner and (mention.name or mention in self.beside):
            self.roles.owners.setdefault(character, owner)
        character.human = character.human or self.scene.speaking
        self._learn_gender(character, mention, resolution.chance)
        if mention.name or mention in self.beside:
            self.namesakes.see(mention, character, related=self.roles.relates(mention))
        if mention.kind is MentionKind.PRONOUN and mention.gender in {"m", "f"} and self.scene.speaking:
            self.contenders[mention] = 1 + self.scene.rivals(mention.gender, character)
        unknown = opens and resolution.how == AS_WRITTEN and _is_somebody(mention)
        if unknown and self.roles.relates(mention):
            self.scene.related = character, self.scene.sentence
        new = unknown and (not mention.definite or self._is_writers(first))
        self.scene.see(character, mention, new, inside)

    def _is_writers(self, word: str) -> bool:
        """Is this the possessive of who writes or is addressed, nobody the article may go on with (`My husband`)?"""
        return word in self.language.possessives and word not in self.language.possessors

    def _owner(self, mention: Mention) -> Character | None:
        """Whose the person is of whom a role tells (`her spokesman`, `the spokesman of Ann Lee`)."""
        of = self.barred.get(mention) if mention.kind is MentionKind.ROLE else None
        return of or self.possessors.get(mention.span.start, NOBODY).character

    def _learn_gender(self, character: Character, mention: Mention, chance: float) -> None:
        """Take the gender of somebody from how the text speaks of that person."""
        told = mention.gender in {"m", "f"} and not character.gender and character.kind is SpeakerKind.PERSON
        rivalled = mention.kind is MentionKind.PRONOUN and chance < LIKELY  # `his lawyer, Lou Cray, said he …`
        if told and not rivalled and (character.is_human or " " in character.name):
            character.gender = mention.gender

    def _resolution(self, mention: Mention, owner: Character | None = None) -> Resolution:
        named = self.cast.of(mention)
        if named:
            return self._namesake(mention, named)
        nicknamed = self.cast.nicknamed(mention.phrase)
        if nicknamed:
            return Resolution(nicknamed, NAMED_HERE)
        if mention in self.repeated:
            return replace(self.resolutions[self.repeated[mention]], how=NAMED_HERE)
        latter = self.pronouns.latter(mention)
        if latter:
            return latter
        match mention.kind:
            case MentionKind.PRONOUN:
                return self.pronouns.meant(mention.gender, self.barred.get(mention))
            case MentionKind.ROLE:
                return (
                    self.roles.resolve(mention, self.barred.get(mention), owner)
                    or self._kin(mention)
                    or self._as_written(mention)
                )
            case MentionKind.OTHER:
                return self.roles.resolve_other(mention) or self._as_written(mention)
            case MentionKind.ORGANIZATION:
                return self._organization(mention)
            case MentionKind.WRITER:
                return Resolution(None, "the writer")
            case _:
                return self._as_written(mention)

    def _namesake(self, mention: Mention, named: Character) -> Resolution:
        """Whom a name means that several may bear."""
        rivals = self.cast.rivals.get(mention, [])
        if len(rivals) < 2:
            return Resolution(named, NAMED_HERE)
        found = self.namesakes.meant(mention, named, rivals)
        if found.character and found.character is not named:
            self.cast.move(mention, found.character)
        if found.character:
            found.character.description |= mention.description
        return found

    def _kin(self, mention: Mention) -> Resolution | None:
        """`her husband`: the only one near who bears the same surname and may be it."""
        owner = self.possessors.get(mention.span.start, NOBODY).character
        kin = owner and self.namesakes.kin(mention, owner, self.scene.near(NAMESAKE_REACH))
        return Resolution(kin, KIN, self.scene.back(kin), CUSTOM) if kin else None

    def antecedents(self, mention: Mention) -> list[Character]:
        """Whom a pronoun may mean where it stands."""
        return self.pronouns.antecedents(mention.gender, self.barred.get(mention))

    def _organization(self, mention: Mention) -> Resolution:
        """`the commission`: the organization whose name, or what it is called beside that, holds the word."""
        near = [c for c in self.scene.near(REACH) if c.kind is SpeakerKind.ORGANIZATION]
        fits = [c for c in near if likeness(mention.description.words, c.description.words | _name_words(c))]
        return self.scene.most_salient(fits, NAMED) if fits and mention.definite else self._as_written(mention)

    def _as_written(self, mention: Mention) -> Resolution:
        """A speaker that the article does not name, by its own words; the same words again are the same speaker."""
        kind = _KINDS[mention.kind]
        known = (c for c in self.scene.near(REACH) if c.kind is kind and mention.definite)
        words = mention.description.words
        same = [c for c in known if words and words <= c.description.words]
        if same:
            return self.scene.most_salient(same, SPOKEN_OF)
        gender = mention.gender if mention.gender in {"m", "f"} else ""
        words = self.language.uncapitalized(mention.base or mention.phrase)
        character = Character(kind, Counter([words]), mention.description, gender)
        if kind is SpeakerKind.UNNAMED:
            self.roles.note(mention, character)
        return Resolution(character, AS_WRITTEN)


_KINDS = {
    MentionKind.ROLE: SpeakerKind.UNNAMED,
    MentionKind.OTHER: SpeakerKind.UNNAMED,
    MentionKind.DOCUMENT: SpeakerKind.DOCUMENT,
    MentionKind.GROUP: SpeakerKind.GROUP,
    MentionKind.ORGANIZATION: SpeakerKind.ORGANIZATION,
}


def _is_somebody(mention: Mention) -> bool:
    """Does this speak of a person?"""
    told = mention.description
    return bool(told.heads or told.age or mention.gender in {"m", "f"})


def _name_words(character: Character) -> set[str]:
    return {word.lower() for name in character.names for word in name.split()}

"""Who a mention stands for: names, pronouns, roles and dropped subjects resolved to the characters of the article.

What stands beside a name is learned from the whole article first. Then one pass in reading order keeps whom it meets in
a scene, in which each further mention is resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.extraction.appositions import appositions
from app.extraction.blocks import Block
from app.extraction.characters import Cast, Character
from app.extraction.disjoint import disjoint
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language, fold
from app.extraction.mentions import Mention, MentionKind
from app.extraction.namesakes import CUSTOM, Namesakes
from app.extraction.namesakes import REACH as NAMESAKE_REACH
from app.extraction.roles import Roles, likeness
from app.extraction.scene import NOBODY, Resolution, Scene, agree

SPEAKS = re.compile("a*C")
SPOKEN_BY = re.compile(r"[,.:;q?\-]a*C$")
"""A verb with its subject behind it."""
APPOSED = re.compile(r"[^,.:;?q],[NTRXO][^,.:;?q]*,a*C$")
"""A verb behind the apposition of its subject: what follows is whom it was told (`Lee, the mayor, told Reuters`)."""
LONGEST_APPOSITION = 20
"""Letters of a subject with its apposition and verb."""
NEWCOMER = re.compile(r"(?<![^.?])(?:k?|I[aCw]{1,2})(?P<who>[RX])(?P<whose>p?[NTRXGO])?(?!p?[NTRXGO]|,[NPTR])")
"""A phrase that opens a sentence, with whom it stands to, and is no apposition before its subject; `I asked a friend`.
"""
ONE_OF_MANY = re.compile(r"(?<![^.?])k?dpG")
"""`One of the residents`, which is no mention."""
TOPIC = re.compile(r"k?(?P<who>[NTRP])")
"""A person who opens a sentence as its subject."""
SAID_SO = {"named here", "described so"}
"""How the article itself tells who is meant."""
KIN = "of the same name"
"""How somebody told of as kin is found."""
REACH = 8
"""Sentences back within which a pronoun finds its antecedent."""
LONGEST_SENTENCE = 200
"""Letters looked back for the end of a sentence: bounds the work on hostile text."""
LATTER_REACH = 2
"""The same as `REACH` for whoever was named last."""


@dataclass(slots=True)
class Resolver:
    """Resolves every mention of the narration in one pass."""

    language: Language
    cast: Cast
    scene: Scene = field(default_factory=Scene)
    resolutions: dict[Mention, Resolution] = field(default_factory=dict)
    beside: dict[Mention, Character] = field(default_factory=dict)
    """Whom an office names that stands beside a name: `the mayor, Ann Lee`."""
    dropped: dict[int, Resolution] = field(default_factory=dict)
    """Whom a dropped subject would mean in the sentence of each quotation, by its index."""
    topics: dict[int, Mention] = field(default_factory=dict)
    """Who opens the sentence before that of a quotation, by its index: a subject left out goes on with them."""
    possessors: dict[int, Resolution] = field(default_factory=dict)
    """Whom the possessive means that opens a phrase (`his warning`), by its offset."""
    barred: dict[Mention, Character] = field(default_factory=dict)
    """Whom a pronoun cannot mean by the grammar of its sentence."""
    contenders: dict[Mention, int] = field(default_factory=dict)
    """How many persons near a role may mean whose words tell nothing of any of them."""
    sentence_ends: list[int] = field(default_factory=list)
    """Where the sentences of the narration end, in order."""
    roles: Roles = field(init=False)
    namesakes: Namesakes = field(init=False)

    def __post_init__(self) -> None:
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
        return Resolution(named, "named here") if named else self._as_written(mention)

    def _stand_beside(self, role: Mention, character: Character) -> None:
        if role not in self.beside:
            self.beside[role] = character
            character.description |= role.description
            character.gender = character.gender or role.gender
            if role.kind is MentionKind.ROLE and fold(role.phrase).split()[0] not in self.language.possessives:
                character.roles.append(role.span)

    def _read(self, block: Block) -> None:
        letters, scene = block.letters, self.scene
        subject_open = True
        previous = ""
        drops = self.language.drops_subjects and "q" in letters
        dropped = self._dropped() if drops else NOBODY
        newcomers = list(NEWCOMER.finditer(letters))
        opening = {match.start("who") for match in newcomers}
        inside = {match.end("whose") - 1 for match in newcomers if match["whose"]}
        groups = {match.end() - 1 for match in ONE_OF_MANY.finditer(letters)}
        others = dict(disjoint(letters))
        for position, item in enumerate(block.items):
            if item.letter in ".?":
                scene.sentence += 1
                self.sentence_ends.append(item.span.end)
                subject_open = True
                dropped = self._dropped() if drops else NOBODY
            if item.quotation is not None:
                self.dropped[item.quotation] = dropped if dropped.character else self._dropped()
                self._note_topic(item.quotation, block, letters, position)
            if item.mention:
                scene.speaking = previous == "A" or _has_verb(letters, position)
                item.mention.subject = scene.speaking or (subject_open and previous != "p")
                subject_open = subject_open and (not item.mention.subject or item.letter == "X")
                self._bar(item.mention, block.items[others[position]].mention if position in others else None)
                self._see(item.mention, opens=position in opening, inside=position in inside)
                scene.one_of_many = scene.sentence if position in groups else scene.one_of_many
            previous = item.letter if item.letter not in "dw" else previous
        scene.sentence += not letters.endswith(".")
        self.sentence_ends.append(block.span.end)

    def sentence_end(self, position: int) -> int:
        """Where the sentence of the narration ends that this place is in."""
        following = bisect_left(self.sentence_ends, position)
        return self.sentence_ends[following] if following < len(self.sentence_ends) else position

    def _dropped(self) -> Resolution:
        """Whom a subject left out would mean here."""
        self.scene.speaking = False  # a verb without a subject goes on with whom the text is about
        return self._meant_by("")

    def _bar(self, pronoun: Mention, other: Mention | None) -> None:
        character = self.resolutions[other].character if other in self.resolutions else None
        if character:
            self.barred[pronoun] = character

    def _note_topic(self, quotation: int, block: Block, letters: str, position: int) -> None:
        """Keep who opens the sentence before this place. A bare noun may be a predicate."""
        end = max(0, _last_end(letters, position))
        opened = TOPIC.match(letters, 1 + _last_end(letters, end), end)
        mention = block.items[opened.start("who")].mention if opened else None
        if mention and (mention.kind is not MentionKind.ROLE or mention.definite):
            self.topics[quotation] = mention

    def _see(self, mention: Mention, *, opens: bool, inside: bool) -> None:
        first = fold(mention.phrase.partition(" ")[0])
        if first in self.language.possessors:
            self.possessors[mention.span.start] = self._meant_by(self.language.possessors[first])
        if mention.kind in {MentionKind.ROLE, MentionKind.OTHER} and mention.definite:
            self.contenders[mention] = self.roles.contenders(mention)
        resolution = self._resolution(mention)
        self.resolutions[mention] = resolution
        character = resolution.character
        if character is None:
            return
        character.human = character.human or self.scene.speaking
        told = mention.gender in {"m", "f"} and not character.gender and character.kind is SpeakerKind.PERSON
        rivalled = mention.kind is MentionKind.PRONOUN and resolution.chance < 1  # `his lawyer, Lou Cray, said he …`
        if told and not rivalled and (character.is_human or " " in character.name):
            character.gender = mention.gender
        if mention.name or mention in self.beside:
            self.namesakes.see(mention, character, related=self.roles.relates(mention))
        new = opens and resolution.how == "as written" and _is_newcomer(mention)
        self.scene.see(character, mention, new, inside)

    def _resolution(self, mention: Mention) -> Resolution:
        named = self.cast.of(mention)
        if named:
            return self._namesake(mention, named)
        latter = self._latter(mention)
        if latter:
            return latter
        match mention.kind:
            case MentionKind.PRONOUN:
                return self._meant_by(mention.gender, self.barred.get(mention))
            case MentionKind.ROLE:
                return self.roles.resolve(mention) or self._kin(mention) or self._as_written(mention)
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
            return Resolution(named, "named here")
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
        return self._antecedents(mention.gender, self.barred.get(mention))

    def _meant_by(self, gender: str, barred: Character | None = None) -> Resolution:
        """Whom a pronoun of this gender means here: the newcomer, or the most salient."""
        newcomer = self.scene.newcomer(self._fitting(gender, barred)) if gender not in {"n", "p"} else None
        return newcomer or self.scene.most_salient(self._antecedents(gender, barred), "named")

    def _antecedents(self, gender: str, barred: Character | None) -> list[Character]:
        fitting = self._fitting(gender, barred)
        return [c for c in fitting if _may_speak(c)] or fitting

    def _fitting(self, gender: str, barred: Character | None) -> list[Character]:
        wanted = {"n": _THINGS, "p": _SEVERAL}.get(gender, _PERSONS)
        near = [c for c in self.scene.near(REACH) if c is not barred]
        fitting = [c for c in near if c.kind in wanted and agree(gender, c.gender)]
        return [c for c in fitting if c.kind is not SpeakerKind.UNNAMED or c.description.heads or c.gender]

    def _latter(self, mention: Mention) -> Resolution | None:
        """`Quest'ultimo`: whoever of that gender was named last."""
        gender = self.language.latters.get(fold(mention.phrase).replace(" ", "_"))
        if gender is None:
            return None
        near = (c for c in self.scene.near(LATTER_REACH) if c.kind is SpeakerKind.PERSON and _may_speak(c))
        last = next((c for c in near if agree(gender, c.gender)), None)
        mention.gender = gender
        return Resolution(last, "named", self.scene.back(last)) if last else None

    def _organization(self, mention: Mention) -> Resolution:
        """`the commission`: the organization whose name, or what it is called beside that, holds the word."""
        near = [c for c in self.scene.near(REACH) if c.kind is SpeakerKind.ORGANIZATION]
        fits = [c for c in near if likeness(mention.description.words, c.description.words | _name_words(c))]
        return self.scene.most_salient(fits, "named") if fits and mention.definite else self._as_written(mention)

    def _as_written(self, mention: Mention) -> Resolution:
        """A speaker that the article does not name, by its own words; the same words again are the same speaker."""
        kind = _KINDS[mention.kind]
        known = (c for c in self.scene.near(REACH) if c.kind is kind and mention.definite)
        words = mention.description.words
        same = [c for c in known if words and words <= c.description.words]
        if same:
            return self.scene.most_salient(same, "spoken of")
        gender = mention.gender if mention.gender in {"m", "f"} else ""
        words = uncapitalized(mention.base or mention.phrase, self.language)
        character = Character(kind, Counter([words]), mention.description, gender)
        if kind is SpeakerKind.UNNAMED:
            self.roles.note(mention, character)
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


def _may_speak(character: Character) -> bool:
    """Does anything beside a capital tell that this is a person?"""
    return character.is_human or " " in character.name


def _is_newcomer(mention: Mention) -> bool:
    """Does this speak of a person not known yet (`a neighbour`)? Who is told of as another's (`his aide`) may be."""
    told = mention.description
    return not mention.definite and bool(told.heads or told.age or mention.gender in {"m", "f"})


def _has_verb(letters: str, position: int) -> bool:
    """Is the mention at this place the subject of a verb of saying, before or behind it?"""
    if SPEAKS.match(letters, position + 1):
        return True
    inverted = SPOKEN_BY.search(letters, max(0, position - 6), position)
    return bool(inverted) and not APPOSED.search(letters, max(0, position - LONGEST_APPOSITION), position)


def _last_end(letters: str, position: int) -> int:
    """Where the last sentence before this place ends, -1 where none does."""
    return max(letters.rfind(mark, max(0, position - LONGEST_SENTENCE), position) for mark in ".?")


def uncapitalized(phrase: str, language: Language) -> str:
    """The phrase with a leading determiner in small letters, as it would stand within a sentence."""
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if rest and fold(first) in language.determiners else phrase


def _name_words(character: Character) -> set[str]:
    return {word.lower() for name in character.names for word in name.split()}

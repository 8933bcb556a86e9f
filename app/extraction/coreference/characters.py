"""The characters of an article: which of its names are one speaker, and that speaker's full name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span, Speaker, SpeakerKind
from app.extraction.mentions.mention import Description, Mention, MentionKind
from app.extraction.names.apart import Pair
from app.extraction.names.given_names import gender_of
from app.extraction.names.spelling import SENIOR, are_of_one, fullness, suffix_of, words_of

LONGEST_FULL_NAME = 5
NICKNAME = re.compile(r"\s[\"“„«‘](?P<nickname>[^\"“”»’]+)[\"“”»’]\s")
MOST_NAMESAKES = 20
"""Names looked at for one mention: bounds the work on hostile text."""


@dataclass(eq=False, slots=True)
class Character:
    """Somebody or something an article speaks of, with all its names there."""

    kind: SpeakerKind
    names: Counter[str] = field(default_factory=Counter)
    description: Description = field(default_factory=Description)
    gender: str = ""
    human: bool = False
    """Seen speaking."""
    supposed: bool = False
    """Is the surname supposed?"""
    roles: list[Span] = field(default_factory=list)
    """Where titles and roles stand beside its names."""

    @property
    def is_human(self) -> bool:
        """Is there a sign that this is a person: an office, a gender, a verb of saying?"""
        return self.kind is SpeakerKind.PERSON and bool(self.description.heads or self.gender or self.human)

    @property
    def is_person(self) -> bool:
        """Does anything beside a capital tell that this is a person, be it a name of several words?"""
        return self.kind is SpeakerKind.PERSON and (self.is_human or " " in self.name)

    @property
    def name(self) -> str:
        """The fullest form of the name; of equally long ones the most frequent, of those the first."""
        sensible = [name for name in self.names if len(words_of(name)) <= LONGEST_FULL_NAME] or list(self.names)
        return max(sensible, key=lambda name: (fullness(name), self.names[name]))

    @property
    def speaker(self) -> Speaker:
        return Speaker(self.name, self.kind, tuple(self.names), tuple(sorted(self.roles)))


class Cast:
    """Groups the name mentions of one article into characters.

    A shorter name joins the fuller one that holds all its words and shares its surname, which stands last or, where
    family names go first, first. Of several bearers of a surname the one named in full most lately before is meant.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        patronymics: tuple[str, ...] = (),
        apart: Container[Pair] = (),
        *,
        double_surnames: bool = False,
    ) -> None:
        """`patronymics` are the endings of names that follow a given name and are no surname (`Юрий Львович`).

        Names that are `apart` are of two people though one may be short for the other. With `double_surnames` people
        are called by the first of two.
        """
        self._patronymics = patronymics
        self._apart = apart
        self._double_surnames = double_surnames
        self.characters: dict[Mention, Character] = {}
        self._by_name: dict[tuple[str, ...], Character] = {}
        self._by_edges: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self._by_acronym: dict[str, Character] = {}
        self.rivals: dict[Mention, list[Character]] = {}
        """Who bears the surname that a mention is."""
        named = [mention for mention in mentions if mention.name and mention.kind in _NAMED]
        full, short = _split(named)
        self._nicknamed = dict(_nicknames(full))
        self._told_apart = _told_apart(full)
        self._bearers = _Bearers(full)
        for mention in sorted(full, key=lambda mention: words_of(mention.name or "") in self._nicknamed):
            named = self.nicknamed(mention.name or "") or self._same_person(mention)
            self._add(mention, named or self._character(mention))
        for mention in short:
            self._add(mention, self._bearer(mention) or self._character(mention))

    def of(self, mention: Mention) -> Character | None:
        return self.characters.get(mention)

    def named(self, phrase: str, position: int) -> Character | None:
        """Whose name or surname a phrase is that was not read as one, with a possessive ending or without."""
        words = tuple(word.removesuffix("'s") for word in words_of(phrase))
        if not words or not phrase[:1].isupper():
            return None
        return self._called(words, position) or self._called((*words[:-1], words[-1].removesuffix("s")), position)

    def nicknamed(self, phrase: str) -> Character | None:
        """Whose nickname a phrase is that stands in marks within a whole name (`Tony “the Rat” Russo`)."""
        last = phrase.rpartition(" ")[2]
        words = self._nicknamed.get(words_of(phrase)) if last[:1].isupper() else None
        return self._by_name.get(words) if words else None

    def _called(self, words: tuple[str, ...], position: int) -> Character | None:
        """Whose name these words are, or whose surname a single one is."""
        if words in self._by_name or len(words) > 1:
            return self._by_name.get(words)
        bearer = next(self._bearers.of(words[0], position), None)
        return self.characters[bearer] if bearer else None

    def _key(self, mention: Mention) -> tuple[str, ...]:
        """The words of a name; with what follows the surname where the article tells two by that."""
        words, suffix = words_of(mention.name or ""), _suffix(mention)
        return (*words, suffix) if words in self._told_apart and suffix not in {"", SENIOR} else words

    def _character(self, mention: Mention) -> Character:
        words = self._key(mention)
        character = self._by_name.get(words)
        return character or self._enter(words, Character(_kind(mention)))

    def _enter(self, words: tuple[str, ...], character: Character) -> Character:
        self._by_name[words] = character
        self._by_edges.setdefault((words[0], words[-1]), []).append(words)
        self._by_acronym.setdefault("".join(word[0] for word in words if word not in _SMALL), character)
        return character

    def _same_person(self, mention: Mention) -> Character | None:
        """An earlier full name that differs in middle names and initials alone, or whose surnames these are."""
        words = words_of(mention.name or "")
        if self._key(mention) in self._by_name or self._key(mention) != words:
            return self._by_name.get(self._key(mention))
        known = self._by_first_surname(mention) if self._double_surnames else None
        if known:
            return self._enter(words, known)
        for bearer in self._bearers.of(words[-1], mention.span.start):
            fuller = words_of(bearer.name or "")
            is_known = bearer in self.characters and not self._are_two(words, fuller)
            if is_known and are_of_one(words, fuller, self._patronymics):
                return self._enter(words, self.characters[bearer])
        for other in self._by_edges.get((words[0], words[-1]), ())[:MOST_NAMESAKES]:
            is_within = set(other) <= set(words) or set(words) <= set(other)
            if is_within and not self._are_two(words, other):
                return self._enter(words, self._by_name[other])
        return None

    def _by_first_surname(self, mention: Mention) -> Character | None:
        """An earlier name that is this one without the second surname or with it (`Ana Gil`, `Ana Gil Rey`)."""
        words = words_of(mention.name or "")
        for cut in range(len(words) - 1, 1, -1):
            known = self._by_name.get(words[:cut])
            if known and not gender_of(words[cut - 1]) and not self._are_two(words[:cut], words):
                return known
        bearers = () if gender_of(words[-1]) else self._bearers.of(words[-1], mention.span.start)
        fuller = ((bearer, words_of(bearer.name or "")) for bearer in bearers if bearer in self.characters)
        same = (b for b, other in fuller if other[: len(words)] == words and not self._are_two(words, other))
        return next((self.characters[bearer] for bearer in same), None)

    def _are_two(self, words: tuple[str, ...], others: tuple[str, ...]) -> bool:
        return frozenset((words, others)) in self._apart

    def _bearer(self, mention: Mention) -> Character | None:
        """The fuller name this single word stands for at this place of the text."""
        word, suffix = words_of(mention.name or "")[-1], _suffix(mention)
        bearers = [each for each in self._bearers.of(word, mention.span.start) if self._agrees(mention, each)]
        bearers = [each for each in bearers if not suffix or _suffix(each) == suffix]  # `Walter Jr.` is not his father
        bearers = self._in_office(mention, bearers) or bearers
        if self._double_surnames:
            bearers = [each for each in bearers if _first_surname(each) == word] or bearers
        if not bearers:
            return self._acronym(mention)
        rivals = [each for each in bearers if self._bears(each, word)]
        self.rivals[mention] = list(dict.fromkeys(self.characters[each] for each in rivals))
        return self._person_within(bearers[0], word)

    def _bears(self, mention: Mention, surname: str) -> bool:
        """Is this the surname of a full name, be it the first of two, or a family name before the given one?"""
        by_first = self._double_surnames and _first_surname(mention) == surname
        return by_first or surname in surnames_of(mention.name or "")

    def _in_office(self, mention: Mention, bearers: Sequence[Mention]) -> list[Mention]:
        """Those who hold the office that stands before the surname (`Rep. Lee`)."""
        offices = mention.description.heads
        return [each for each in bearers if offices & self.characters[each].description.heads]

    def _person_within(self, bearer: Mention, surname: str) -> Character:
        """Who a thing is named after where it bears a whole name (`Ann Lee Show`); else who bears the name."""
        character = self.characters[bearer]
        if bearer.kind is MentionKind.NAME or not gender_of(words_of(bearer.name or "")[0]):
            return character
        parts = (bearer.name or "").split()
        end = next((i for i, part in enumerate(parts) if words_of(part) == (surname,)), 0)
        if not end:
            return character
        words = words_of(" ".join(parts[: end + 1]))
        person = self._by_name.get(words) or self._enter(
            words, Character(SpeakerKind.PERSON, gender=gender_of(words[0]))
        )
        person.names[" ".join(parts[: end + 1])] += 1
        return person

    def move(self, mention: Mention, character: Character) -> None:
        """Take a mention for another of its rivals."""
        before = self.characters[mention]
        before.names -= Counter([mention.name or ""])
        before.roles = [role for role in before.roles if role != mention.title]
        self._add(mention, character)

    def _agrees(self, mention: Mention, other: Mention) -> bool:
        character = self.characters[other]
        return not (mention.gender and character.gender) or mention.gender == character.gender

    def _acronym(self, mention: Mention) -> Character | None:
        letters = (mention.name or "").replace(".", "")
        if not letters.isupper() or len(letters) < 2:
            return None
        return self._by_acronym.get(letters.lower())

    def _add(self, mention: Mention, character: Character) -> None:
        self.characters[mention] = character
        character.names[mention.name or ""] += 1
        character.supposed = character.supposed or mention.supposed
        character.roles += [mention.title] if mention.title else []
        if len(self.rivals.get(mention, ())) < 2:  # `Ms. Lee` may be another's name
            character.description |= mention.description
            character.gender = character.gender or mention.gender or _gender(mention)


_NAMED = {MentionKind.NAME, MentionKind.ORGANIZATION}
_SMALL = {"of", "the", "for", "and", "on", "in"}


def surnames_of(name: str) -> frozenset[str]:
    """What may be the surname: the last word, and the first where it is no given name (`Kim Do-yun`)."""
    words = words_of(name)
    return frozenset(words[-1:] + (() if not words or gender_of(words[0]) else words[:1]))


def _first_surname(mention: Mention) -> str:
    """`Gil` of Ana Gil Rey and of Gil Rey, `Rey` of Ana María Rey and of Ana Rey."""
    words = words_of(mention.name or "")
    return words[-1] if gender_of(words[-2]) else words[-2]


def _suffix(mention: Mention) -> str:
    return suffix_of(mention.name or "")


def _nicknames(mentions: Iterable[Mention]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of each nickname in a name, with its first word, which may be an article, and without, and that name's.

    One of a single word is found among the names in the middle.
    """
    for mention in mentions:
        match = NICKNAME.search(mention.name or "")
        nickname = words_of(match["nickname"]) if match else ()
        if len(nickname) > 1:
            whole = words_of(mention.name or "")
            yield from ((nickname, whole), (nickname[1:], whole))


def _told_apart(mentions: Iterable[Mention]) -> set[tuple[str, ...]]:
    """Names that several bear whom suffixes tell apart: `Sr.` and `Jr.`, or the bare name before and behind `Jr.`."""
    suffixes: dict[tuple[str, ...], list[str]] = {}
    for mention in mentions:
        told = suffixes.setdefault(words_of(mention.name or ""), [])
        told += [_suffix(mention)] if told[-1:] != [_suffix(mention)] else []
    return {words for words, told in suffixes.items() if len({*told} - {""}) > 1 or (told[0] == "" and len(told) > 2)}


def _kind(mention: Mention) -> SpeakerKind:
    return SpeakerKind.PERSON if mention.kind is MentionKind.NAME else SpeakerKind.ORGANIZATION


def _gender(mention: Mention) -> str:
    words = words_of(mention.name or "")
    return gender_of(words[0]) if len(words) > 1 and mention.kind is MentionKind.NAME else ""


def _split(mentions: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    full: list[Mention] = []
    short: list[Mention] = []
    for mention in mentions:
        (full if len(words_of(mention.name or "")) > 1 else short).append(mention)
    return full, [mention for mention in short if words_of(mention.name or "")]


class _Bearers:
    """Full names by each of their words: by the surname, which stands last or first, before names in the middle."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._indexes: tuple[dict[str, list[Mention]], ...] = ({}, {}, {})
        for mention in mentions:
            words = words_of(mention.name or "")
            for index, places in zip(self._indexes, (words[-1:], words[:1], words[1:-1]), strict=True):
                for word in places:
                    index.setdefault(word, []).append(mention)

    def of(self, word: str, position: int) -> Iterator[Mention]:
        """The full names that this word may stand for, best first: the last one before the position, then the next."""
        for index in self._indexes:
            bearers = index.get(word, [])
            split = bisect_right(bearers, position, key=lambda bearer: bearer.span.start)
            yield from reversed(bearers[max(0, split - MOST_NAMESAKES) : split])
            yield from bearers[split : split + 1]

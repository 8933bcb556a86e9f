"""What the whole phrase that the model takes for the source tells beyond the mention that the rules see in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import DOUBLE_MARKS
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.mentions.wording import POSSESSIVE

_SETTLED = {MentionKind.PRONOUN, MentionKind.WRITER}
_POSSESSED = {MentionKind.ROLE, MentionKind.GROUP, MentionKind.ORGANIZATION}
_PEOPLE = {MentionKind.GROUP, MentionKind.ROLE, MentionKind.OTHER, MentionKind.PRONOUN}
LONGEST_PART = 12
"""Characters: bounds the work on hostile text."""
WORD = re.compile(r"\S+")
JOINED = re.compile(r"[\w'’-]*")


@dataclass(slots=True)
class SourcePhrases:
    """Reads source phrases; `mentions` are those of the narration in reading order, `starts` their offsets."""

    text: str
    language: Language
    mentions: Sequence[Mention]
    starts: Sequence[int]
    surnames: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.surnames = frozenset(fold(m.name.split()[-1]) for m in self.mentions if m.name)

    def read(self, mention: Mention | None, phrase: Span) -> Mention:
        """Who speaks by the phrase around a mention: a name beside a role, a possessor, or the mention itself."""
        if mention and (self._leaves_name(mention, phrase) or self._owns_document(mention, phrase)):
            return self._as_phrase(None, phrase)
        if mention and (mention.name or mention.kind in _SETTLED):
            return mention
        beside = self._named_beside(mention, phrase) if mention else None
        if beside:
            return beside
        if mention and not mention.span.overlaps(phrase):
            return mention
        words = phrase.of(self.text)
        if fold(words) in self.language.possessors and not self._leads_person(mention):
            return Mention(phrase, MentionKind.PRONOUN, words, gender=self.language.possessors[fold(words)])
        if mention is None or mention.kind is MentionKind.OTHER:
            return self._one_named(phrase) or self._as_phrase(mention, phrase)
        return mention

    def is_indefinite(self, word: Span) -> bool:
        """Does the word say that it is left open who is meant (`another`)?"""
        return self._leaves_open(fold(self.unbroken(word).of(self.text)))

    def _leaves_open(self, word: str) -> bool:
        return word in self.language.indefinites or word in self.language.indefinite_pronouns

    def unbroken(self, phrase: Span) -> Span:
        """The phrase with the rest of its word where that leaves open who is meant (`quelqu' | un`, `кто | -то`)."""
        before = self.text[max(0, phrase.start - LONGEST_PART) : phrase.start]
        start = phrase.start - _joined(before[::-1])
        end = phrase.end + _joined(self.text[phrase.end : phrase.end + LONGEST_PART])
        whole = Span(start, end)
        return whole if fold(whole.of(self.text)) in self.language.indefinite_pronouns else phrase

    def without_tail(self, phrase: Span) -> Span:
        """The phrase without the preposition at its end and its determiner (`a trader | in`, `one | of the`)."""
        words, language = list(WORD.finditer(phrase.of(self.text))), self.language
        behind = [fold(word.group()) for word in words[1:]]
        if len(behind) > 1 and behind[-1] in language.determiners and behind[-2] in language.prepositions:
            behind.pop()
        if behind and behind[-1] in language.prepositions:
            return Span(phrase.start, phrase.start + words[len(behind) - 1].end())
        return phrase

    def _as_phrase(self, mention: Mention | None, phrase: Span) -> Mention:
        """The model's phrase in place of one that the rules know no noun of; it keeps what was learned of that."""
        phrase = self._closed(self._whole(mention, phrase))
        if mention and (mention.span == phrase or mention.gender or mention.description.age):
            return mention
        words = phrase.of(self.text)
        definite = not self._leaves_open(fold(words).partition(" ")[0])
        return Mention(phrase, MentionKind.OTHER, words, definite=definite)

    def _leads_person(self, mention: Mention | None) -> bool:
        """Is the possessive part of a phrase for who can speak (`Seine Nachbarin`, `her critics`) and then does?"""
        return mention is not None and mention.kind in _POSSESSED

    def _whole(self, mention: Mention | None, phrase: Span) -> Span:
        """The phrase with the determiner that the model leaves out, or the people of whom it names one.

        `an | angry visitor`, `One | of the residents`
        """
        if mention and fold(self.text[mention.span.start : phrase.start]).strip() in self.language.determiners:
            return Span(mention.span.start, phrase.end)
        people = self._people(phrase)
        partitive = people and people.kind in _PEOPLE and self._stands_before(phrase, people)
        return Span(phrase.start, people.span.end) if people and partitive else phrase

    def _closed(self, phrase: Span) -> Span:
        """The phrase with the mark behind it that closes a name in it (`компании «Волна | »`)."""
        is_open = sum(character in DOUBLE_MARKS for character in phrase.of(self.text)) % 2
        closing = is_open and self.text[phrase.end : phrase.end + 1] in DOUBLE_MARKS
        return Span(phrase.start, phrase.end + 1) if closing else phrase

    def _one_named(self, phrase: Span) -> Mention | None:
        """Who is named as one of several (`одна из | авторов Ольга Котова`)."""
        named = self._people(phrase)
        told = named and named.kind is MentionKind.NAME and named.phrase != named.name
        return named if told and self._stands_before(phrase, named) else None

    def _people(self, phrase: Span) -> Mention | None:
        """Who is spoken of straight behind a phrase that leaves open who is meant."""
        words = fold(phrase.of(self.text)).split()
        is_open = words[:1] and words[0] in self.language.indefinites
        is_open = is_open and self.language.prepositions.issuperset(words[1:])
        return next(iter(self.mentions[bisect_left(self.starts, phrase.end) :]), None) if is_open else None

    def _stands_before(self, phrase: Span, people: Mention) -> bool:
        """Do only a preposition and determiners stand before them, be it in their own phrase (`une | des voisines`)?"""
        language = self.language
        _, *between = fold(self.text[phrase.start : people.span.start]).split()
        first = fold(people.phrase).partition(" ")[0]
        fused = not between and first in language.determiners | language.prepositions
        leads = fused or not language.prepositions.isdisjoint(between)
        small = language.prepositions | language.determiners
        return leads and all(word in small for word in between)

    def _leaves_name(self, mention: Mention, phrase: Span) -> bool:
        """Is the phrase another name, before that of the mention (`Lee | openly admires Bo Roth`)?"""
        before = mention.span.start <= phrase.start and phrase.end < mention.span.end - len(mention.name or "")
        return bool(mention.name) and before and self._ends_in_surname(phrase)

    def _owns_document(self, mention: Mention, phrase: Span) -> bool:
        """Is the phrase somebody named whose document the mention is (`Ann Lee | 's message`), and who so speaks?"""
        owns = fold(self.text[phrase.end : phrase.end + 2]) in POSSESSIVE and mention.span.covers(phrase)
        return mention.kind is MentionKind.DOCUMENT and owns and self._ends_in_surname(phrase)

    def _ends_in_surname(self, phrase: Span) -> bool:
        words = [fold(word) for word in phrase.of(self.text).split()]
        return bool(words) and words[-1] in self.surnames

    def _named_beside(self, role: Mention, phrase: Span) -> Mention | None:
        """The person named straight behind the role or behind a comma (`the head of the union, Ann Lee`)."""
        first = bisect_right(self.starts, role.span.start)
        inside = self.mentions[first : bisect_left(self.starts, phrase.end)]
        named = [m for m in inside if m.kind is MentionKind.NAME and self._is_apposed(role, m)]
        return named[-1] if named else None

    def _is_apposed(self, role: Mention, name: Mention) -> bool:
        """Does the name go on with the role's phrase? One with a determiner is whom it was said to (`der Zeitung`)."""
        between = self.text[role.span.end : name.span.start]
        possesses = fold(self.text[name.span.end : name.span.end + 2]) == "'s"
        addressed = fold(name.phrase.split()[0]) in self.language.determiners
        return not possesses and (between.rstrip().endswith(",") or (between.isspace() and not addressed))


def _joined(text: str) -> int:
    """How many characters stand before the first that parts words."""
    match = JOINED.match(text)
    return match.end() if match else 0

"""Who speaks in a line of dialogue that the narrator says nothing of, or tells with a verb alone (`—No —respondió`).

It is somebody else than in the line before. Of a line without narration the text tells who that is only where the line
before asks: then it is whom the line before that one names, if those two are different people (turns as in Elson and
McKeown 2010). Where a verb tells that somebody speaks it is the other one of two whom the lines name. Else nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.extraction.attribution.evidence import IN_TURN, REPLY, Attribution
from app.extraction.coreference.characters import Character
from app.extraction.coreference.resolver import Resolver
from app.extraction.document import SpeakerKind
from app.extraction.languages import fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.quotations.dialogue import Dialogue, Turn

NAMING = {MentionKind.NAME, MentionKind.ROLE}
"""Kinds of mentions that tell by themselves who takes part in a conversation."""


def take_turns(
    text: str, attributions: Mapping[int, Attribution], dialogue: Dialogue, resolver: Resolver
) -> dict[int, Attribution]:
    """The attributions, those of the replies by their turns."""
    told = dict(attributions)
    for reply, turn in dialogue.replies.items():
        told[reply] = _reply(told, turn, resolver)
    if resolver.language.drops_subjects:
        for lines in dialogue.conversations:
            Conversation(text, told, lines, resolver).take_turns()
    return told


def _reply(told: Mapping[int, Attribution], turn: Turn | None, resolver: Resolver) -> Attribution:
    """Who speaks in a line without narration."""
    mention = None
    if turn:
        asks, speaks = (_person(told[index], resolver) for index in (turn.question, turn.earlier))
        mention = told[turn.earlier].mention if asks and speaks and asks is not speaks else None
    return Attribution(mention, None, IN_TURN if mention else REPLY)


@dataclass(slots=True)
class Conversation:
    """Lines of dialogue in a row, each with its quotations by index, where verbs leave their subjects out."""

    text: str
    told: dict[int, Attribution]
    lines: Sequence[Sequence[int]]
    resolver: Resolver

    def take_turns(self) -> None:
        """Tell who does not speak where a verb has no subject, and who does if two take part."""
        parts = self._parts()
        for number, (before, line) in enumerate(zip(self.lines, self.lines[1:], strict=False)):
            if before and line and self._changes(self.told[line[0]]):
                self._answer(before[-1], line, parts, opens=not number)

    def _parts(self) -> Mapping[Character, Mention]:
        """Whom the lines name as speakers."""
        said = (self.told[index].mention for line in self.lines for index in line)
        named = ((self._character(mention), mention) for mention in said if mention and mention.kind in NAMING)
        return {character: mention for character, mention in named if character}

    def _changes(self, attribution: Attribution) -> bool:
        """Does somebody else than in the line before speak, of whom a verb alone tells?"""
        if attribution.mention or attribution.cue is None or attribution.inherited is not None:
            return False
        return fold(attribution.cue.of(self.text)) not in self.resolver.language.continuing

    def _answer(self, before: int, line: Sequence[int], parts: Mapping[Character, Mention], *, opens: bool) -> None:
        """Settle a line behind that of another: nobody is known behind the first line if a verb alone tells of that."""
        spoke = self.told[before]
        another = self._character(spoke.mention) if spoke.mention else None
        others = [mention for character, mention in parts.items() if character is not another]
        if spoke.mention is None:
            if opens and spoke.cue:
                self._settle(line, None, REPLY)
        elif len(others) == 1 and another in parts:
            self._settle(line, others[0], IN_TURN)
        elif another in parts and others:
            self._settle(line, None, REPLY)
        else:
            self._bar(line, spoke.mention)

    def _settle(self, line: Iterable[int], mention: Mention | None, rule: str) -> None:
        """The same of all quotations of a line whose verbs leave their subjects out."""
        for index in self._dropped(line):
            self.told[index] = replace(self.told[index], mention=mention, rule=rule)

    def _bar(self, line: Iterable[int], mention: Mention) -> None:
        """Who spoke before does not in this line."""
        for index in self._dropped(line):
            found = self.told[index]
            self.told[index] = replace(found, hearers=(*found.hearers, mention))

    def _dropped(self, line: Iterable[int]) -> Iterator[int]:
        return (index for index in line if self.told[index].mention is None and self.told[index].inherited is None)

    def _character(self, mention: Mention) -> Character | None:
        return self.resolver.resolve_late(mention).character


def _person(attribution: Attribution, resolver: Resolver) -> Character | None:
    """Who said it, where that is somebody with a name."""
    if attribution.mention is None:
        return None
    character = resolver.resolve_late(attribution.mention).character
    return character if character and character.kind is SpeakerKind.PERSON else None

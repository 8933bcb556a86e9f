"""Who speaks in a line of dialogue that the narrator says nothing of.

It is somebody else than in the line before. Who that is the text tells only where the line before asks: then it is whom
the line before that one names, if those two are different people (turns as in Elson and McKeown 2010). Else nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.extraction.attribution.evidence import IN_TURN, REPLY, Attribution
from app.extraction.coreference.characters import Character
from app.extraction.coreference.resolver import Resolver
from app.extraction.document import SpeakerKind
from app.extraction.quotations.dialogue import Turn


def take_turns(
    attributions: Mapping[int, Attribution], replies: Mapping[int, Turn | None], resolver: Resolver
) -> dict[int, Attribution]:
    """The attributions, those of the replies by their turns."""
    told = dict(attributions)
    for reply, turn in replies.items():
        mention = None
        if turn:
            asks, speaks = (_person(attributions[index], resolver) for index in (turn.question, turn.earlier))
            mention = attributions[turn.earlier].mention if asks and speaks and asks is not speaks else None
        told[reply] = Attribution(mention, None, IN_TURN if mention else REPLY)
    return told


def _person(attribution: Attribution, resolver: Resolver) -> Character | None:
    """Who said it, where that is somebody with a name."""
    if attribution.mention is None:
        return None
    character = resolver.resolve_late(attribution.mention).character
    return character if character and character.kind is SpeakerKind.PERSON else None

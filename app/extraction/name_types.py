"""What bears a name: a person or an organization, asked of a tagger of names where a speaker is named.

Capitals, offices and verbs of saying tell names well enough to attribute; only the kind of the speaker needs more. So
the tagger reads the few sentences that name speakers, not the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from app.extraction.characters import Character
from app.extraction.document import Span, SpeakerKind
from app.extraction.mentions import Mention
from app.extraction.reading import Reading

ASKED = 3
"""Sentences read for one speaker at most."""
_TYPES = {"PERSON": SpeakerKind.PERSON, "ORG": SpeakerKind.ORGANIZATION, "LOC": SpeakerKind.ORGANIZATION}


class NameTagger(Protocol):
    """Tells the types of names."""

    def types(self, text: str, sentences: Sequence[Span], places: Sequence[int]) -> list[str]:
        """The type of the name at each place, which stands in the sentence beside it.

        `PERSON`, `ORG` or `LOC`; empty where the tagger sees no name.
        """
        ...


def tell_kinds(
    text: str,
    characters: Iterable[Character],
    mentions: Mapping[Mention, Character],
    reading: Reading,
    tagger: NameTagger,
) -> None:
    """Set the kind of these characters by what the tagger says of most places that name them in full."""
    wanted = {character for character in characters if character.kind in _TYPES.values()}
    asked: dict[Character, list[Mention]] = {}
    for mention, character in mentions.items():
        if character in wanted and mention.name == character.name:
            asked.setdefault(character, []).append(mention)
    order = [(character, mention) for character, those in asked.items() for mention in those[:ASKED]]
    places = [mention.span.end - 1 for _, mention in order]
    told = tagger.types(text, [reading.sentence(place) for place in places], places)
    votes: dict[Character, Counter[str]] = {}
    for (character, _), label in zip(order, told, strict=True):
        if label:
            votes.setdefault(character, Counter())[label] += 1
    for character, counts in votes.items():
        character.kind = _TYPES[counts.most_common(1)[0][0]]

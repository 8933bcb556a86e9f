"""What bears a name: a person or an organization, asked of a tagger of names where a speaker is named.

Capitals, offices and verbs of saying tell names well enough to attribute; only the kind of the speaker needs more. So
the tagger reads the few sentences that name speakers, not the whole text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from app.extraction.coreference.characters import Character
from app.extraction.document import Span, SpeakerKind
from app.extraction.mentions.mention import Mention
from app.extraction.narration.reading import Reading

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
    """Set the kind of these characters by what the tagger says where they are first named in full.

    Who holds an office is a person; the tagger is not asked.
    """
    wanted = {c for c in characters if c.kind in _TYPES.values() and not c.description.heads}
    asked: dict[Character, int] = {}
    for mention, character in mentions.items():
        if character in wanted and mention.name == character.name:
            asked.setdefault(character, mention.span.end - 1)
    places = list(asked.values())
    told = tagger.types(text, [reading.sentence(place) for place in places], places)
    for character, label in zip(asked, told, strict=True):
        character.kind = _TYPES.get(label, character.kind)

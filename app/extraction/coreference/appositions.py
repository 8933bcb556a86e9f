"""Offices that stand beside a name anywhere in the article: `the mayor, Ann Lee`, `Ann Lee, the mayor`.

So does a predicate: `Ann Lee became mayor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.extraction.coreference.characters import Cast, Character
from app.extraction.coreference.scene import agree
from app.extraction.document import SpeakerKind
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Block
from app.extraction.narration.syntax import predicates

APPOSITIONS = (
    re.compile(r"(?<!p)(?<!pd)(?P<role>[RX])(?:p[wdaNOTX]{0,4})?,d?w{0,3}(?P<name>[NT])(?=[,.:;]|a*C|$)"),
    re.compile(r"(?:(?<=p)|(?<=pd))(?P<role>[RX])(?:p[wdaNOTX]{0,4})?,(?P<name>[NT])(?=[,.:;]|$)"),
    re.compile(r"(?<!p)(?P<name>[NT])(?:,w)?,[aw]?(?P<role>R)(?!a*C)"),
    re.compile(r"(?<=p)(?P<name>[NT])(?:,w)?,(?P<role>R)(?=[,.:;p]|$)"),
    re.compile(r"(?<!p)(?P<name>[NT])(?:,w)?,(?P<role>X)(?=[,.:;p]|$)"),
)
"""A role and the name it belongs to. Behind a preposition the comma may end what opens the sentence (`In a letter to
the mayor, Ann Lee said`), so there the name must not be a subject, nor a role behind the name (`On Salem, the mayor
said`); a role that is itself a subject is another's (`Lee, an aide said, is ill`), and a phrase of no known role must
be closed in itself.
"""


def appositions(block: Block, cast: Cast) -> Iterator[tuple[Mention, Mention]]:
    """The roles of a block with the name that each stands beside."""
    letters = block.letters
    for before, name in block.bracketed:
        role, character = before.mention if before else None, cast.of(name)
        if role and role.kind is MentionKind.ROLE and character and _may_hold(role, character):
            yield role, name
    places = [(m.start("role"), m.start("name")) for pattern in APPOSITIONS for m in pattern.finditer(letters)]
    for one, other in [*places, *predicates(block, letters)]:
        role, name = block.items[one].mention, block.items[other].mention
        character = cast.of(name) if name else None
        if role and name and character and _may_hold(role, character):
            yield role, name


def _may_hold(role: Mention, character: Character) -> bool:
    """Does nothing rule out that the phrase beside the name tells of this person?"""
    return character.kind is SpeakerKind.PERSON and agree(role.gender, character.gender)

"""The narration around the quotations, written as one letter a word, so that attribution can be read off by patterns.

A letter is a `MentionKind` value for a mention, and else one of the following; quotations stand as single letters.

    T name with an office   q quotation   C cue word   c the same as a participle (`saying`)   A "according to"
    V cue word in the passive (`was told`)   U the same before whom it came from (`was told by`)
    Z the same behind its noun   Q "as saying"   a auxiliary or adverb   p preposition   d determiner
    k conjunction, clause opener   r relative pronoun   w any other word   ? a quotation ended by its own question mark
    b what leads back to the quotation before (`Об этом | сообщил министр`)
    t the preposition before the topic of a quotation (`On the budget: “…”`), in whose phrase nobody speaks
    ¶ the line begins that signs the last quotation   , : ; - . as they are
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span
from app.extraction.mentions.mention import Mention


@dataclass(frozen=True, slots=True)
class Item:
    """One letter of the narration and what stands behind it."""

    letter: str
    span: Span
    mention: Mention | None = None
    quotation: int | None = None


@dataclass(slots=True)
class Block:
    """One paragraph of the body: its place and its narration as items."""

    span: Span
    items: list[Item] = field(default_factory=list)
    reported: Sequence[int] = ()
    """Places of the verbs whose form tells that their sentence is somebody's words (German `sei`), in order."""
    narrating: Sequence[int] = ()
    """Places of the infinitives that tell what was said next (`Et de conclure : « … »`)."""
    asking: Sequence[int] = ()
    """Places of the verbs of asking."""
    unsaid: Sequence[int] = ()
    """Places of the verbs that tell of nothing said: of thinking, of what should be."""
    becoming: Sequence[int] = ()
    """Places of the verbs whose predicate may be an office of their subject."""
    agents: Sequence[int] = ()
    """Places of what leads to whom a passive came from."""
    addressing: Sequence[int] = ()
    """Places of the prepositions before whom somebody speaks to (`le espetó a Gil`)."""
    bracketed: list[tuple[Item | None, Mention]] = field(default_factory=list)
    """Full names in brackets, each with the item before it: `the mayor (Ann Lee)`."""

    @property
    def letters(self) -> str:
        return spelled(self.items)

    def keep(self, kept: Sequence[int]) -> None:
        """Leave out all items but those at these places, which are in order."""
        moved = {place: i for i, place in enumerate(kept)}
        self.items = [self.items[place] for place in kept]
        for name in ("reported", "narrating", "asking", "unsaid", "becoming", "agents", "addressing"):
            setattr(self, name, [moved[place] for place in getattr(self, name) if place in moved])

    @property
    def mentions(self) -> Iterator[Mention]:
        return (item.mention for item in self.items if item.mention)


def spelled(items: Iterable[Item]) -> str:
    """The letters of these items."""
    return "".join(item.letter for item in items)


def sentence_stops(blocks: Sequence[Block]) -> list[int]:
    """Where the sentences of the narration end, in order."""
    stops = [item.span.start for block in blocks for item in block.items if item.letter in ".?"]
    return sorted([*stops, *(block.span.end for block in blocks)])

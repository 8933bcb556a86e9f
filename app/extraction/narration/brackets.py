"""What round brackets enclose, which is no part of the sentence around them."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.narration.blocks import Item


def without_brackets(items: Sequence[Item]) -> tuple[list[Item], list[tuple[Item | None, Mention]]]:
    """Leave out what stands in round brackets, unless a quotation stands there or they do not match.

    Beside the rest, the full names that brackets enclose or begin with, each with the item before its bracket.
    """
    kept: list[Item] = []
    named: list[tuple[Item | None, Mention]] = []
    opened: int | None = None
    for item in items:
        if item.letter == "(":
            opened = len(kept)
        elif item.letter == ")" and opened is not None:
            inside = kept[opened + 1 :]
            if not any(inner.letter == "q" for inner in inside):
                del kept[opened:]
                name = _enclosed(inside)
                named += [(kept[-1] if kept else None, name)] if name else []
            opened = None
            continue
        kept.append(item)
    return kept, named


def _enclosed(items: Sequence[Item]) -> Mention | None:
    """The full name that stands alone in brackets, or before a comma."""
    first = items[0].mention if items else None
    alone = len(items) == 1 or (len(items) > 1 and items[1].letter == ",")
    return first if first and alone and first.kind is MentionKind.NAME and " " in (first.name or "") else None

"""Quotation marks read one by one and matched: which opens, which closes, which is an apostrophe.

White space beside a mark says whether it opens or closes; its shape decides where white space does not. Pairs are
matched with one stack a family, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.extraction.document import Span

_MARK = re.compile(r"""''|``|‘‘|’’|(?<![^\s(]),,(?=\w)|[“”„‟"＂«»‹›「」『』‘’‚'`]""")
_SHAPE = {"''": '"', "＂": '"', "``": "“", "‘‘": "“", "‟": "“", "’’": "”", ",,": "„"}
_FAMILY = dict.fromkeys('"“”„', '"') | dict.fromkeys("«»", "«") | dict.fromkeys("‹›", "‹")
_FAMILY |= dict.fromkeys("「」", "「") | dict.fromkeys("『』", "『") | dict.fromkeys("‘’‚'`", "'")
_BEFORE_OPENING = frozenset("([{¿¡—–-/“„«‹‘‚'\"「『")
_AFTER_CLOSING = frozenset(".,;:!?…)]}—–-/”»›’'」』。，、！？")
_FEET_AND_INCHES = re.compile(r"\d['’]\s?\d{1,2}\s?(?:[\"”]|''|’’)")
_ELISION = re.compile(r"(?:\d\d(?!\d)|(?:em|til|tis|twas|cause|bout|n|s|t)\b)", re.IGNORECASE)


class Role(Enum):
    """What the white space around a mark makes of it."""

    OPENS = 1
    CLOSES = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark, with the characters beside it; a doubled one (`''`) is one mark."""

    start: int
    end: int
    shape: str
    role: Role
    before: str
    after: str

    @property
    def family(self) -> str:
        return _FAMILY[self.shape]


@dataclass(frozen=True, slots=True)
class Paired:
    """The marks of a paragraph, no single ones: those that match, those never closed, those that nothing opened."""

    pairs: list[tuple[Mark, Mark]]
    unclosed: list[Mark]
    orphans: list[Mark]


def read_marks(text: str, paragraph: Span) -> list[Mark]:
    """Every mark that may enclose a quotation: apostrophes and measures are left out."""
    measures = {i for m in _FEET_AND_INCHES.finditer(text, paragraph.start, paragraph.end) for i in range(*m.span())}
    marks = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        if start in measures:
            continue
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        marks.append(Mark(start, end, _SHAPE.get(match[0], match[0]), _role(before, after), before, after))
    return [mark for mark in marks if mark.family != "'" or not (mark.before.isalnum() and mark.after.isalnum())]


def _role(before: str, after: str) -> Role:
    opens = not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if opens is closes:
        return Role.EITHER
    return Role.OPENS if opens else Role.CLOSES


def pair_marks(marks: Sequence[Mark]) -> Paired:
    """Pair the marks; one straight mark with white space on the wrong side is put right by taking turns."""
    paired = _pair(marks)
    straight = [mark for mark in marks if mark.family == '"']
    if (
        any(mark.family == '"' for mark in paired.unclosed)
        and len(straight) % 2 == 0
        and all(m.shape == '"' for m in straight)
    ):
        turns = [(Role.OPENS, Role.CLOSES)[i % 2] for i in range(len(straight))]
        wrong = sum(mark.role not in (turn, Role.EITHER) for mark, turn in zip(straight, turns, strict=True))
        if wrong == 1:
            put_right = dict(zip(straight, turns, strict=True))
            return _pair([replace(mark, role=put_right.get(mark, mark.role)) for mark in marks])
    return paired


def _pair(marks: Iterable[Mark]) -> Paired:
    """Match each closing mark with the latest opening one of its family; what opened between them is nested."""
    waiting: dict[str, list[Mark]] = {}
    pairs: list[tuple[Mark, Mark]] = []
    orphans: list[Mark] = []
    for mark in marks:
        stack = waiting.setdefault(mark.family, [])
        if _opens(mark, stack[-1].shape if stack else ""):
            stack.append(mark)
        elif stack:
            opening = stack.pop()
            pairs.append((opening, mark))
            for other in waiting.values():
                while other and other[-1].start > opening.start:
                    other.pop()
        else:
            orphans.append(mark)
    return Paired(pairs, [mark for stack in waiting.values() for mark in stack], orphans)


def _opens(mark: Mark, top: str) -> bool:
    """Does the mark open a quotation, where `top` is the shape of the one open in its family, if any?"""
    match mark.shape:
        case "„" | "「" | "『":
            return True
        case '"':
            return mark.role is Role.OPENS or (mark.role is Role.EITHER and not top)
        case "“":
            return not top or mark.role is Role.OPENS or (mark.role is Role.EITHER and top != "„")
        case "”":
            return mark.role is Role.OPENS and not top
        case "«" | "‹":
            return top not in ("»", "›")
        case "»" | "›":
            return mark.role is Role.OPENS and top not in ("«", "‹")
    return False


def pair_single_marks(text: str, marks: Iterable[Mark]) -> tuple[list[tuple[Mark, Mark]], list[Mark]]:
    """Pairs of single marks, and the closing ones that nothing opened.

    `workers'` may be a possessive: such a mark closes only where no surer one comes before the next opening mark.
    """
    pairs: list[tuple[Mark, Mark]] = []
    orphans: list[Mark] = []
    opening: Mark | None = None
    doubtful: Mark | None = None
    for mark in marks:
        if mark.role is Role.OPENS and mark.shape != "’" and not _ELISION.match(text, mark.end):
            if opening and doubtful:
                pairs.append((opening, doubtful))
            opening, doubtful = mark, None
        elif mark.role is not Role.CLOSES:
            continue
        elif not opening:
            orphans.append(mark)
        elif surely_closes(mark):
            pairs.append((opening, mark))
            opening = doubtful = None
        else:
            doubtful = doubtful or mark
    return pairs + ([(opening, doubtful)] if opening and doubtful else []), orphans


def surely_closes(mark: Mark) -> bool:
    """Can the closing mark be no apostrophe? An apostrophe follows a letter, and before punctuation an s."""
    return not mark.before.isalnum() or (mark.before != "s" and not mark.after.isspace())

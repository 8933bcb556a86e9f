"""Which lines of a pasted page are the article: body, heading or furniture.

After jusText (Pomikálek 2011) and boilerpipe (Kohlschütter et al. 2010), without the HTML they had: each paragraph is
graded by itself (does it end as sentences end, how long is it), then the doubtful ones take the side of their
neighbours. What stays in doubt is body: a lost quote is worse than a spare one. A few passes, each linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, groupby, takewhile

from app.extraction.document import Zone, ZoneKind
from app.extraction.page.paragraphs import find_paragraphs
from app.extraction.page.prose import BLURB_WORDS, Grade, Unit, grade_of
from app.extraction.page.pull_quotes import pull_quotes

_SAME_BEGINNING = 60
_LONGEST_MENU = 3


def find_zones(text: str) -> list[Zone]:
    """One zone for each line that is not blank, in reading order; lines that were wrapped share a paragraph."""
    paragraphs = find_paragraphs(text)
    units = [Unit(p.text, p.block, max(len(p.text.split()), len(p.text) // 10)) for p in paragraphs]
    for unit in units:
        unit.grade = grade_of(unit)
    _demote_repeats(units)
    for unit in pull_quotes(units):
        unit.grade = Grade.FURNITURE
    _grade_labelled(units)
    _demote_lists(units)
    _smooth(units)
    _head(units)
    _deck(units)
    _demote_teasers(units)
    kinds = [unit.kind for unit in units]
    return [Zone(line, kinds[i], i) for i, paragraph in enumerate(paragraphs) for line in paragraph.lines]


def _demote_repeats(units: Sequence[Unit]) -> None:
    """A long line again, or its beginning cut off by dots, is a teaser of what stands elsewhere."""
    seen: dict[str, Unit] = {}
    for cut in (False, True):
        for unit in units:
            beginning = unit.text[:_SAME_BEGINNING]
            if len(beginning) < _SAME_BEGINNING or unit.text.endswith(("...", "…")) is not cut:
                continue
            first = seen.setdefault(beginning, unit)
            if first is not unit and (cut or first.text == unit.text):
                unit.grade = Grade.FURNITURE


def _grade_labelled(units: Sequence[Unit]) -> None:
    """Lines behind a label in capitals lead elsewhere, unless one ends as speech does: then it is a transcript."""
    labelled = [unit for unit in units if unit.is_labelled and unit.words < BLURB_WORDS]
    is_transcript = any(unit.ends_sentence for unit in labelled)
    for unit in labelled:
        unit.grade = max(unit.grade, Grade.NEAR) if is_transcript and unit.grade else Grade.FURNITURE


def _demote_lists(units: Sequence[Unit]) -> None:
    """Lines set close together, few of them prose, are a menu or a ticker, the long ones among them too."""
    introduced = False
    for _, group in groupby(units, key=lambda unit: unit.block):
        block = list(group)
        prose = sum(len(unit.text) for unit in block if unit.is_prose)
        article = any(
            all(p.grade is Grade.GOOD for p in three) for three in zip(block, block[1:], block[2:], strict=False)
        )
        if len(block) > 2 and not introduced and not article and prose < 0.5 * sum(len(p.text) for p in block):
            for unit in block:
                unit.grade = Grade.FURNITURE
        introduced = block[-1].text.endswith(":")


def _smooth(units: Sequence[Unit]) -> None:
    """Settle each stretch between two paragraphs that are surely prose."""
    surest = max((unit.grade for unit in units), default=Grade.SHORT)
    if surest < Grade.NEAR:
        if len(units) > 3:
            _settle(units, leads=True, trails=True)
        return
    above: Unit | None = None
    for sure, group in groupby(units, key=lambda unit: unit.grade is surest):
        stretch = list(group)
        if not sure:
            leads, trails = stretch[0] is units[0], stretch[-1] is units[-1]
            start, end = _core(stretch, leads, trails)
            introduction = stretch[start - 1] if start else above
            introduced = introduction is not None and introduction.text.endswith(":")
            _settle(stretch[start:end], leads, trails, introduced)
        above = stretch[-1]
    if any(unit.kind is ZoneKind.FURNITURE for unit in units):
        for unit in takewhile(lambda unit: unit.grade is Grade.SHORT, reversed(units)):
            unit.kind = ZoneKind.FURNITURE


def _core(stretch: Sequence[Unit], leads: bool, trails: bool) -> tuple[int, int]:
    """Where the stretch begins and ends without what may be prose at the edges where it touches prose."""
    start, end = 0, len(stretch)
    while not leads and start < end and stretch[start].grade is Grade.NEAR:
        start += 1
    while not trails and start < end and stretch[end - 1].grade is Grade.NEAR:
        end -= 1
    return start, end


def _settle(core: Sequence[Unit], leads: bool, trails: bool, introduced: bool = False) -> None:
    """Few short lines between prose are headings; many, listed ones and those under a label are furniture."""
    loose = [unit for unit in core if unit.grade < Grade.NEAR]
    listed = any(unit.is_listed or unit.is_label for unit in loose)
    if introduced and all(unit.is_listed for unit in loose):
        return
    many = len(loose) > 2 or listed
    for unit in core:
        if unit.grade is Grade.FURNITURE or (many and (unit.grade < Grade.NEAR or len(loose) * 2 > len(core))):
            unit.kind = ZoneKind.FURNITURE
        elif unit.grade is Grade.SHORT and not trails:
            unit.kind = ZoneKind.HEADING
    if many and leads and not trails:
        _keep_title(core)


def _keep_title(core: Sequence[Unit]) -> None:
    """The last line of some words above the article, standing alone, is its title."""
    for unit, below in zip(reversed(core), [None, *reversed(core)], strict=False):
        alone = below is None or below.block != unit.block
        if unit.grade in (Grade.SHORT, Grade.NEAR) and alone and unit.words > 3 and not unit.is_listed:
            unit.kind = ZoneKind.HEADING
            return


def _head(units: Sequence[Unit]) -> None:
    """A first line that stands alone above prose and does not end as a sentence is the title, whatever it quotes.

    A word or three above it, of a menu, are none.
    """
    page = list(dropwhile(_is_menu, units))
    first = page[0] if page else None
    if first is None or first.kind is not ZoneKind.BODY or first.words >= BLURB_WORDS:
        return
    alone = len(page) > 1 and page[1].block != first.block
    prose = any(unit.grade is Grade.GOOD for unit in page[1:])
    if alone and prose and not (first.ends_sentence or first.flows_on or first.is_signed):
        first.kind = ZoneKind.HEADING


def _deck(units: Sequence[Unit]) -> None:
    """The first line below the title is part of it where it stands alone and does not end as a sentence."""
    body = list(dropwhile(lambda unit: unit.kind is not ZoneKind.BODY, units))
    titled = any(unit.kind is ZoneKind.HEADING for unit in units[: len(units) - len(body)])
    if not titled or len(body) < 2 or body[0].words >= BLURB_WORDS:
        return
    first, below = body[0], body[1]
    alone = below.block != first.block
    prose = any(unit.grade is Grade.GOOD and unit.ends_sentence for unit in body[1:])
    if alone and prose and not (first.ends_sentence or first.flows_on or first.is_signed or first.is_introduced):
        first.kind = ZoneKind.HEADING


def _is_menu(unit: Unit) -> bool:
    return unit.kind is not ZoneKind.BODY and unit.grade <= Grade.SHORT and unit.words <= _LONGEST_MENU


def _demote_teasers(units: Sequence[Unit]) -> None:
    """Single blurbs that take turns with short lines, once furniture has begun after the article, are teasers.

    What stands aside within an article, a label with a link or a caption, begins no such turns, and a box under a label
    takes no part in them: the paragraphs between are the article's own.
    """
    article = after = False
    waiting: list[Unit] = []
    within = [unit for unit in units if not unit.is_aside]
    runs = [(kind, list(group)) for kind, group in groupby(within, key=lambda unit: unit.kind)]
    for kind, run in [*runs, (ZoneKind.BODY, [])]:
        blurb = len(run) == 1 and run[0].words < BLURB_WORDS
        boxed = kind is ZoneKind.FURNITURE and run[0].is_label
        if article and after and (blurb if kind is ZoneKind.BODY else kind is ZoneKind.HEADING):
            waiting += run
        elif kind is ZoneKind.BODY or boxed:
            if sum(unit.kind is ZoneKind.BODY for unit in waiting) > 1:
                for unit in waiting:
                    unit.kind = ZoneKind.FURNITURE
            article, after, waiting = article or (len(run) > 1 and not boxed), False, []
        after = after or kind is ZoneKind.FURNITURE

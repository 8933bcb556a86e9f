"""A new reading of an article laid over the quotes it has: what is found again keeps its id, and its corrections."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.database import WriteSession
from app.quotes import corrections, repository
from app.quotes.models import Quote, Segment, Status
from app.quotes.places import matched

PASSAGES = [f"{what}_{part}" for what in ("mention", "cue", "snippet") for part in ("start", "end", "text")]
CONTENT = ("text", "kind", "confidence", "reason", "words", *PASSAGES)


@dataclass
class Reread:
    """What a new reading changed, by the ids of quotes. `gone` are the removed rows; `kept` was not found again."""

    added: list[int] = field(default_factory=list)
    other_speaker: dict[int, int | None] = field(default_factory=dict)
    """With the speaker before."""
    kept: list[int] = field(default_factory=list)
    gone: list[Quote] = field(default_factory=list)
    found_again: int = 0


def lay_over(session: WriteSession, article_id: int, new: Sequence[Quote]) -> Reread:
    """Make the quotes of a locked article those of a new reading, and keep what people said of them."""
    old = repository.out_of_order(session, article_id)
    # Who rejects a quote rejects these words, not what a later reading finds in their place.
    rejected = {index for index, quote in enumerate(old) if quote.status == Status.REJECTED}
    again = matched([quote.segments for quote in old], [quote.segments for quote in new], rejected)
    report = Reread(found_again=len(again))
    final = []
    for index, quote in enumerate(new):
        if index in again:
            _update(session, old[again[index]], quote, report)
        final.append(old[again[index]] if index in again else quote)
    report.kept, report.gone = _rest(old, set(again.values()))
    repository.remove(session, [quote.id for quote in report.gone])
    final += [quote for quote in old if quote.id in report.kept]
    _place(session, final)
    report.added = [quote.id for index, quote in enumerate(new) if index not in again]
    return report


def is_corrected(quote: Quote) -> bool:
    """Whether a person said anything of it that stands."""
    return quote.speaker_corrected or quote.status != Status.FOUND


def _rest(old: Sequence[Quote], again: set[int]) -> tuple[list[int], list[Quote]]:
    rest = [quote for index, quote in enumerate(old) if index not in again]
    return [one.id for one in rest if is_corrected(one)], [one for one in rest if not is_corrected(one)]


def _place(session: WriteSession, final: list[Quote]) -> None:
    for position, quote in enumerate(sorted(final, key=lambda one: [(part.start, part.end) for part in one.segments])):
        quote.position = position
        session.add(quote)
    session.flush()


def _update(session: WriteSession, stored: Quote, found: Quote, report: Reread) -> None:
    before = stored.speaker_id
    stored.extractor, stored.found_speaker_id = found.extractor, found.found_speaker_id
    if stored.status != Status.CONFIRMED:  # who confirms a quote confirms its words, too
        for name in CONTENT:
            setattr(stored, name, getattr(found, name))
        _replace_segments(session, stored, found)
    stored.speaker_id = corrections.settled_speaker(session, stored)
    if stored.speaker_id != before:
        report.other_speaker[stored.id] = before


def _replace_segments(session: WriteSession, stored: Quote, found: Quote) -> None:
    places = [[(one.start, one.end) for one in quote.segments] for quote in (stored, found)]
    if places[0] != places[1]:
        fresh = [(one.start, one.end, one.text) for one in found.segments]
        repository.replace_segments(session, stored, [Segment(start=s, end=e, text=t) for s, e, t in fresh])

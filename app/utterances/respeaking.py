"""All quotes of a speaker become another's at once: a merge, or its undoing.

To find the utterance of each quote anew would hold a large archive's writer for minutes. What was one speaker's stays
one utterance whoever the speaker is; only what meets one of the new speaker, or of nobody known, is compared.
"""

from collections.abc import Collection, Iterator
from itertools import product

from app.database import WriteSession
from app.speakers.models import Speaker
from app.utterances import repository, respeaking_repository, service
from app.utterances.likeness import LEAST, likeness
from app.utterances.sayings import Saying, is_known_by_name


def respeak(session: WriteSession, quote_ids: Collection[int], speaker: Speaker) -> None:
    """Put the utterances right of quotes that have all become those of one speaker."""
    if is_known_by_name(speaker.kind, speaker.name):
        service.reassign(session, quote_ids)
    else:
        _give_all(session, quote_ids, speaker.id)


def _give_all(session: WriteSession, quote_ids: Collection[int], speaker_id: int) -> None:
    kept: dict[int, Saying] = {}
    for some in service.batches(quote_ids):
        founders = respeaking_repository.founders_of(session, some, speaker_id)
        meeting = set(_meeting(session, founders, str(speaker_id)))
        kept |= {utterance: founder for utterance, founder in founders.items() if utterance not in meeting}
    respeaking_repository.give(session, kept, str(speaker_id))
    anew = [respeaking_repository.outside(session, some, kept) for some in service.batches(quote_ids)]
    service.reassign(session, [quote_id for each in anew for quote_id in each])


def _meeting(session: WriteSession, founders: dict[int, Saying], speaker: str) -> Iterator[int]:
    """The utterances that may be one with others of the speaker, or of nobody known."""
    pairs = set(_pairs(session, founders, speaker))
    others = {}
    for some in service.batches({other for _, other in pairs}):
        others |= respeaking_repository.founders(session, some)
    yield from (one for one, other in pairs if likeness(founders[one].wording, others[other].wording) >= LEAST)
    led_to = {one: founder.by(speaker).identities() for one, founder in founders.items()}
    known = repository.identified_among(session, {identity for each in led_to.values() for identity in each})
    yield from (one for one, identities in led_to.items() if not known.isdisjoint(identities))


def _pairs(session: WriteSession, founders: dict[int, Saying], speaker: str) -> Iterator[tuple[int, int]]:
    """Utterances with those of the speaker, or of nobody known, that share a band with them."""
    bands = respeaking_repository.bands_of(session, founders)
    for band, others in respeaking_repository.found_by(session, bands, speaker).items():
        yield from product(bands[band], others)

"""Utterances: each stored quote is an appearance of one, its own or one that another article has already.

A quote is compared with the founders of few utterances, found by the bands of its signature; so the cost of storing
one does not grow with the archive. Quotes of two known speakers are never joined.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from app.database import WriteSession
from app.utterances import repository
from app.utterances.likeness import LEAST, likeness
from app.utterances.models import Utterance
from app.utterances.repository import Candidate
from app.utterances.sayings import Saying

BATCH = 1000
"""Quotes or utterances that one statement names: SQLite takes no more than 32,766 values."""


def assign(session: WriteSession, quote_ids: Iterable[int]) -> None:
    """Make stored quotes that have no utterance appearances of one."""
    for some in batches(quote_ids):
        assign_sayings(session, repository.sayings(session, some))


def assign_sayings(session: WriteSession, sayings: Iterable[Saying]) -> None:
    """Make each quote an appearance of the utterance it repeats, or of a new one.

    New ones are founded together, as long as nothing is locked between them and none may repeat another.
    """
    utterances: dict[int, int] = {}
    new: list[Saying] = []
    known: set[int | str] = set()

    def found() -> None:
        utterances.update(_founded(session, new))
        new.clear()
        known.clear()

    # Two articles that share quotes must lock their utterances in the same order.
    ordered = sorted(sayings, key=_order)
    for one in ordered:
        keys = {*one.identities(), *one.bands}
        if keys & known:
            found()
        if fits := _repeated(session, one):
            found()
        if taken := _taken(session, one, fits):
            utterances[one.quote_id] = taken
        else:
            new.append(one)
            known.update(keys)
    found()
    repository.join(session, [(one, utterances[one.quote_id]) for one in ordered])


def _order(saying: Saying) -> tuple[str, datetime, int]:
    return saying.identity or "", saying.ordered_at, saying.quote_id


def reassign(session: WriteSession, quote_ids: Collection[int]) -> None:
    """Find the utterances of quotes anew, after their speakers or their words have changed."""
    left: dict[int, int] = {}
    for some in batches(quote_ids):
        left |= repository.part(session, some)
    # While the utterances they left are there: a quote that has not changed goes back to its own.
    for some in batches(quote_ids):
        for one in sorted(repository.sayings(session, some), key=_order):
            repository.join(session, [(one, _utterance_of(session, one, left.get(one.quote_id)))])
    settle(session, set(left.values()))


def settle(session: WriteSession, utterance_ids: Iterable[int]) -> None:
    """Put utterances right that have lost appearances: those that have none left go, others may get another founder."""
    for some in batches(utterance_ids):
        repository.remove_silent(session, some)
        _settle(session, some)


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """So many ids as one statement names, in their order."""
    ordered = sorted(ids)
    return (ordered[begin : begin + BATCH] for begin in range(0, len(ordered), BATCH))


def _settle(session: WriteSession, utterance_ids: Sequence[int]) -> None:
    for utterance in repository.kept(session, utterance_ids):
        members = repository.members(session, utterance.id)
        known = next((one.speaker for one in members if one.speaker), None)
        founder = next((one for one in members if one.quote_id == utterance.founder_id), members[0])
        founder = founder.by(known)
        before = (utterance.founder_id, utterance.speaker_key, utterance.identity)
        if before != (founder.quote_id, known, founder.identity):
            _found_anew(session, utterance, founder)


def _found_anew(session: WriteSession, utterance: Utterance, founder: Saying) -> None:
    other = repository.identified(session, founder.identity) if founder.identity else None
    if other is not None and other != utterance.id:
        repository.merge(session, utterance.id, into=other)
        return
    utterance.founder_id, utterance.speaker_key = founder.quote_id, founder.speaker
    utterance.identity = founder.identity
    session.flush()
    repository.unsign(session, utterance.id)
    repository.sign(session, {utterance.id: founder.bands})


def _utterance_of(session: WriteSession, saying: Saying, left: int | None = None) -> int:
    """The utterance that a quote repeats; else the one it left, where it alone was that, or a new one."""
    if found := _taken(session, saying, _repeated(session, saying)):
        return found
    if left is not None and repository.take_over(session, left, saying):
        repository.unsign(session, left)
        repository.sign(session, {left: saying.bands})
        return left
    return _founded(session, [saying])[saying.quote_id]


def _repeated(session: WriteSession, saying: Saying) -> list[Candidate]:
    return _fitting(saying, repository.candidates(session, saying.identities(), saying.bands))


def _taken(session: WriteSession, saying: Saying, fits: Iterable[Candidate]) -> int | None:
    """The first of the utterances that is the same speaker's, or nobody's so far."""
    for candidate in fits:
        if saying.speaker is None or candidate.founder.speaker is not None:
            return candidate.utterance_id
        if repository.claim(session, candidate.utterance_id, candidate.founder.by(saying.speaker)):
            return candidate.utterance_id
    return None


def _founded(session: WriteSession, sayings: Sequence[Saying]) -> dict[int, int]:
    """New utterances by the ids of their quotes; where another transaction founded one meanwhile, that one."""
    utterances: dict[int, int] = {}
    while left := [one for one in sayings if one.quote_id not in utterances]:
        added = repository.add(session, left)
        repository.sign(session, {added[one.quote_id]: one.bands for one in left if one.quote_id in added})
        utterances |= added
        for one in left:
            if one.quote_id not in added and one.identity and (found := repository.identified(session, one.identity)):
                utterances[one.quote_id] = found
    return utterances


def _fitting(saying: Saying, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The utterances that a quote may repeat, the likeliest first: of the same speaker, then of an unknown one."""
    alike = [(one, likeness(saying.wording, one.founder.wording)) for one in candidates if _may_say(saying, one)]
    ranked = sorted((one for one in alike if one[1] >= LEAST), key=lambda one: _rank(saying, *one))
    fits = [one for one, _ in ranked]
    if saying.speaker is None and fits and fits[0].founder.speaker is not None:
        return fits if len({one.founder.speaker for one in fits}) == 1 else []  # either of two may have said it
    return fits


def _may_say(saying: Saying, candidate: Candidate) -> bool:
    return saying.speaker is None or candidate.founder.speaker in (saying.speaker, None)


def _rank(saying: Saying, candidate: Candidate, alike: float) -> tuple:
    apart = abs(candidate.founder.ordered_at - saying.ordered_at) if saying.wording.is_short else None
    return candidate.founder.speaker != saying.speaker, -alike, apart, candidate.utterance_id

"""What a person says of a quote: another speaker, confirmed, rejected. It outlives re-extraction."""

from typing import Any

from app.changes import repository as changes
from app.changes.models import Change
from app.changes.schemas import Action
from app.database import WriteSession
from app.errors import InvalidRequestError, OnRecordError
from app.etags import etag, refuse_outdated
from app.quotes import repository
from app.quotes.models import Quote
from app.quotes.schemas import QuoteCorrection, QuoteOut, Status
from app.quotes.service import QuoteNotFoundError
from app.speakers import repository as speakers
from app.utterances import service as utterances

STATE = ("status", "speaker_corrected", "corrected_speaker_id")
"""What a person can set, as the quote keeps it."""


class ChangeSupersededError(OnRecordError):
    """A change that cannot be undone as it is: later ones stand on it, or it was undone."""

    status, name, title = 409, "change-superseded", "The change cannot be undone now"


def tag_of(quote: QuoteOut) -> str:
    """The ETag of a quote: all that is shown of it but with which others it was joined, which changes by itself."""
    return etag(quote.model_dump(mode="json", exclude={"utterance_id", "utterance", "highlights"}))


def correct(
    session: WriteSession, quote_id: int, correction: QuoteCorrection, who: str | None, if_match: str | None
) -> QuoteOut:
    """The quote as corrected. Raises QuoteNotFoundError, PreconditionFailedError, InvalidRequestError."""
    quote = _locked(session, quote_id)
    refuse_outdated(if_match, tag_of(QuoteOut.model_validate(quote)))
    before = state_of(quote)
    _apply(session, quote, _wanted(session, quote, correction))
    if state_of(quote) != before:
        about = {"article_id": quote.article_id, "quote_id": quote_id}
        changes.record(session, Action.CORRECT, who, **about, before=before, after=state_of(quote))
    return _shown(session, quote_id)


def undo(session: WriteSession, change: Change) -> None:
    """Give a quote back what it had before a correction. Raises ChangeSupersededError."""
    assert change.quote_id is not None
    quote = repository.locked(session, change.quote_id)
    if quote is None:
        raise ChangeSupersededError(f"Quote {change.quote_id}, which it is about, was removed.")
    current = state_of(quote)
    if any(current[name] != change.after[name] for name in STATE):
        raise ChangeSupersededError("A later change stands on it; GET /changes?quote= lists them. Undo that one first.")
    _apply(session, quote, change.before)


def state_of(quote: Quote) -> dict[str, Any]:
    """What a change keeps of a quote."""
    return {name: getattr(quote, name) for name in (*STATE, "speaker_id")}


def restore(session: WriteSession, quote: Quote, state: dict[str, Any]) -> None:
    """Give a quote the state that `state_of` told."""
    _apply(session, quote, state)


def settled_speaker(session: WriteSession, quote: Quote) -> int | None:
    """Whom the quote belongs to: as a person says, else as the article does, all merges followed."""
    own = quote.corrected_speaker_id if quote.speaker_corrected else quote.found_speaker_id
    return None if own is None else speakers.living(session, own)


def _wanted(session: WriteSession, quote: Quote, correction: QuoteCorrection) -> dict[str, Any]:
    wanted = state_of(quote)
    if correction.status:
        wanted["status"] = correction.status
    if "speaker_id" in correction.model_fields_set:
        wanted |= {"speaker_corrected": True, "corrected_speaker_id": _known(session, correction.speaker_id)}
    elif correction.status is Status.CONFIRMED and not quote.speaker_corrected:
        # Who confirms a quote confirms its speaker: another one found later does not take its place.
        wanted |= {"speaker_corrected": True, "corrected_speaker_id": quote.found_speaker_id}
    return wanted


def _known(session: WriteSession, speaker_id: int | None) -> int | None:
    if speaker_id is None:
        return None
    living = speakers.living(session, speaker_id)
    if living is None:
        raise InvalidRequestError(f"is {speaker_id}, whom nobody knows; GET /speakers lists them", field="speaker_id")
    return living


def _apply(session: WriteSession, quote: Quote, state: dict[str, Any]) -> None:
    corrected = state["corrected_speaker_id"]
    if corrected is not None and speakers.living(session, corrected) is None:
        raise ChangeSupersededError(f"Speaker {corrected}, whom it names, was removed.")
    for name in STATE:
        setattr(quote, name, state[name])
    before, quote.speaker_id = quote.speaker_id, settled_speaker(session, quote)
    session.flush()
    if quote.speaker_id != before:
        utterances.reassign(session, [quote.id])


def _locked(session: WriteSession, quote_id: int) -> Quote:
    quote = repository.locked(session, quote_id)
    if quote is None:
        raise QuoteNotFoundError(f"There is no quote {quote_id}.")
    return quote


def _shown(session: WriteSession, quote_id: int) -> QuoteOut:
    session.expire_all()
    return QuoteOut.model_validate(repository.get(session, quote_id))

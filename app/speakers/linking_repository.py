"""The SQL of linking: which speakers of the archive a name in an article may stand for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.changes.models import Change
from app.changes.schemas import Action
from app.database import WriteSession, insert_ignoring
from app.extraction.document import SpeakerKind
from app.quotes.models import Quote, Status
from app.speakers.identity import key_of
from app.speakers.linking import KnownName
from app.speakers.models import MAX_NAME, Alias, NameLink, Speaker

MOST_CANDIDATES = 50
"""Speakers looked at for one name: of more bearers of like names, the name does not tell which."""
MOST_NAMES = 1000
LATEST = 60
"""Quotes looked at to tell whether several articles quote a speaker."""


def find_or_add(session: WriteSession, name: str, kind: SpeakerKind, identity: str | None) -> tuple[int, bool]:
    """The id of the speaker with this identity; a new one, True, where the archive has none or a name does not tell."""
    values = {"name": name[:MAX_NAME], "kind": kind, "key": key_of(name), "identity": identity}
    while True:
        if added := insert_ignoring(session, Speaker.id, created_at=datetime.now(UTC), **values):
            return added, True
        if found := identified(session, identity):
            return found, False


def identified(session: WriteSession, identity: str | None) -> int | None:
    """The id of the speaker with this identity, who is kept from being removed until the transaction ends."""
    return identity and session.scalar(_kept().where(Speaker.identity == identity))


def keep(session: WriteSession, speaker_id: int) -> int | None:
    """The id, where the speaker is still there; it is kept from being removed until the transaction ends."""
    return session.scalar(_kept().where(Speaker.id == speaker_id))


def _kept() -> Select[tuple[int]]:
    # The lock keeps the speaker from being removed with its last quote before this article's are stored.
    return select(Speaker.id).with_for_update(key_share=True)


def like_named(
    session: Session, lookups: Sequence[str], kind: SpeakerKind
) -> tuple[dict[int, list[KnownName]], dict[int, int]]:
    """The speakers that the links lead to, with all their names; nobody where that is too many.

    Merged ones come as they were before, each with its own names: those of another contradict none of them. Who each
    one is by now comes beside.
    """
    found = list(session.scalars(linked_by(lookups, kind))) if lookups else []
    if not 0 < len(found) <= MOST_CANDIDATES:
        return {}, {}
    whose = func.coalesce(Alias.origin_id, Alias.speaker_id)
    names = select(whose, Alias.speaker_id, Alias.name, Alias.source).where(Alias.speaker_id.in_(found))
    known: dict[int, list[KnownName]] = {}
    living: dict[int, int] = {}
    for one, speaker_id, name, source in session.execute(names.order_by(Alias.speaker_id, Alias.id).limit(MOST_NAMES)):
        known.setdefault(one, []).append(KnownName(name, source))
        living[one] = speaker_id
    return known, living


def linked_by(lookups: Sequence[str], kind: SpeakerKind) -> Select[tuple[int]]:
    """The speakers that links lead to, one more than are looked at where there are too many."""
    led_to = select(Alias.speaker_id).distinct().join(NameLink, NameLink.alias_id == Alias.id)
    led_to = led_to.join(Speaker, Speaker.id == Alias.speaker_id)
    return led_to.where(NameLink.link.in_(lookups), Speaker.kind == kind).limit(MOST_CANDIDATES + 1)


def is_contested(session: WriteSession, speaker_ids: Sequence[int]) -> bool:
    """Whether somebody of like name was split off from one of the speakers, or from whom it was merged into."""
    return bool(speaker_ids) and session.scalar(_SPLIT, {"speaker_ids": speaker_ids}) is not None


def _split_off() -> Select[tuple[int]]:
    ids = bindparam("speaker_ids", expanding=True)
    merged_into = select(Speaker.merged_into_id).where(Speaker.id.in_(ids))
    split = select(Change.id).where(
        or_(Change.speaker_id.in_(ids), Change.speaker_id.in_(merged_into)),
        Change.action == Action.SPLIT,
        Change.undone_by_id.is_(None),
        Change.after["contested"].as_boolean(),
    )
    return split.limit(1)


_SPLIT = _split_off()


def read_as(
    session: WriteSession, article_id: int | None, name: str, kind: SpeakerKind, *, of_it_alone: bool
) -> int | None:
    """Whom an article that is read again was found to call so, merges not followed; None where that is not one.

    `of_it_alone`: only a speaker whom no name leads to from another article, or whom people merged.
    """
    known = select(Speaker.id, Speaker.key).distinct().join(Quote, Quote.found_speaker_id == Speaker.id)
    known = known.where(Quote.article_id == article_id, Speaker.kind == kind)
    if of_it_alone:
        known = known.where(or_(Speaker.identity.is_(None), Speaker.merged_into_id.is_not(None)))
    found = dict(iter(session.execute(known)))
    if not found:
        return None
    whose = func.coalesce(Alias.origin_id, Alias.speaker_id)
    theirs = select(whose, Alias.key).where(or_(Alias.speaker_id.in_(found), Alias.origin_id.in_(found)))
    names = [(one, key) for one, key in session.execute(theirs.order_by(Alias.id)) if one in found]
    # As they are called by now, where a merge dropped the name that both had; as they first were; in any way.
    for called in (found.items(), dict(reversed(names)).items(), names):
        if ids := {one for one, key in called if key == key_of(name)}:
            return ids.pop() if len(ids) == 1 else None
    return None


def found_in(session: WriteSession, article_id: int | None, speaker_ids: Sequence[int]) -> int | None:
    """Whom of the speakers an article that is read again was found to quote, merges not followed."""
    known = Quote.article_id == article_id, Quote.found_speaker_id.in_(speaker_ids)
    return session.scalar(select(Quote.found_speaker_id).where(*known).limit(1))


def quoted_in(session: Session, speaker_id: int) -> int:
    """In how many articles the latest quotes of a speaker stand."""
    latest = select(Quote.article_id).where(Quote.speaker_id == speaker_id, Quote.status != Status.REJECTED)
    return len(set(session.scalars(latest.order_by(Quote.ordered_at.desc(), Quote.id.desc()).limit(LATEST))))

"""The SQL of speakers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, delete, exists, false, func, insert, select
from sqlalchemy.orm import Session, selectinload

from app.database import ReadSession, WriteSession, insert_ignoring
from app.extraction.document import SpeakerKind
from app.pagination import MAX_ID, Keyset, Page
from app.quotes.models import Quote
from app.speakers.identity import identity_of, key_of, words_of
from app.speakers.models import Alias, NameWord, Speaker
from app.speakers.schemas import SpeakersQuery

BY_NAME = Keyset((Speaker.key, Speaker.id))
MAX_NAME = 300


def _whole() -> Select[tuple[Speaker]]:
    return select(Speaker).options(selectinload(Speaker.aliases))


def get(session: Session, speaker_id: int) -> Speaker | None:
    """A speaker with its aliases."""
    return session.scalar(_whole().where(Speaker.id == speaker_id))


def page(session: ReadSession, query: SpeakersQuery) -> Page[Speaker]:
    """Speakers by name, with their aliases."""
    statement = _whole()
    if query.kind:
        statement = statement.where(Speaker.kind == query.kind)
    if query.name is not None:
        statement = statement.where(Speaker.id.in_(named(words_of(query.name))))
    return BY_NAME.page(session, statement, query)


def quote_counts(session: ReadSession, speaker_ids: Iterable[int]) -> dict[int, int]:
    """How many quotes each speaker has; those without any are left out."""
    counted = select(Quote.speaker_id, func.count()).where(Quote.speaker_id.in_(speaker_ids)).group_by(Quote.speaker_id)
    return {speaker_id: count for speaker_id, count in session.execute(counted) if speaker_id is not None}


def named(words: Sequence[str]) -> Select[tuple[int]]:
    """The ids of speakers who have one name with all of `words`."""
    statement = select(Alias.speaker_id)
    for word in set(words):
        holding = select(NameWord.alias_id).where(NameWord.word == word)
        statement = statement.where(Alias.id.in_(holding))
    return statement


def said_by(speaker: str) -> ColumnElement[bool]:
    """The condition that a quote is by `speaker`, an id or a name in any spelling."""
    if speaker.isascii() and speaker.isdigit():
        return Quote.speaker_id == int(speaker) if int(speaker) <= MAX_ID else false()
    return Quote.speaker_id.in_(named(words_of(speaker)))


def find_or_add(session: WriteSession, name: str, kind: SpeakerKind) -> int:
    """The id of the speaker this name stands for; a new one where the archive has none."""
    identity = identity_of(name, kind)
    values = {"name": name[:MAX_NAME], "kind": kind, "key": key_of(name), "identity": identity}
    # The lock keeps the speaker from being removed with its last quote before this article's are stored.
    known = select(Speaker.id).where(Speaker.identity == identity).with_for_update(key_share=True)
    while True:
        if added := insert_ignoring(session, Speaker.id, created_at=datetime.now(UTC), **values):
            return added
        if found := session.scalar(known):
            return found


def add_alias(session: WriteSession, speaker_id: int, name: str, source: str) -> None:
    """Let the speaker be found by `name` too."""
    shown = name[:MAX_NAME]
    alias_id = insert_ignoring(session, Alias.id, speaker_id=speaker_id, name=shown, key=key_of(shown), source=source)
    words = sorted(set(words_of(shown)))
    if alias_id and words:
        session.execute(insert(NameWord), [{"word": word, "alias_id": alias_id} for word in words])


def remove_silent(session: WriteSession, speaker_ids: Iterable[int]) -> None:
    """Remove those of the speakers who have no quote left."""
    silent = ~exists().where(Quote.speaker_id == Speaker.id)
    session.execute(delete(Speaker).where(Speaker.id.in_(speaker_ids), silent))


def speakers_of(session: WriteSession, article_id: int) -> list[int]:
    """The ids of the speakers quoted in an article."""
    quoted = select(Quote.speaker_id).where(Quote.article_id == article_id, Quote.speaker_id.is_not(None)).distinct()
    return [speaker_id for speaker_id in session.scalars(quoted) if speaker_id is not None]

"""The SQL of speakers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, delete, exists, false, func, insert, select
from sqlalchemy.orm import Session, aliased, selectinload

from app.changes.models import Change
from app.database import ReadSession, WriteSession, insert_ignoring
from app.extraction.document import SpeakerKind
from app.pagination import MAX_ID, Keyset, Page
from app.quotes.models import Quote, Status
from app.speakers.identity import identity_of, key_of, words_of
from app.speakers.models import Alias, NameWord, RefusedName, Speaker
from app.speakers.schemas import SpeakersQuery

BY_NAME = Keyset((Speaker.key, Speaker.id))
MAX_NAME = 300
QUOTED_AS = (Quote.speaker_id, Quote.found_speaker_id, Quote.corrected_speaker_id)


def _whole() -> Select[tuple[Speaker]]:
    return select(Speaker).options(selectinload(Speaker.aliases))


def get(session: Session, speaker_id: int) -> Speaker | None:
    """A speaker with its aliases."""
    return session.scalar(_whole().where(Speaker.id == speaker_id))


def page(session: ReadSession, query: SpeakersQuery) -> Page[Speaker]:
    """Speakers by name, with their aliases."""
    statement = _whole().where(Speaker.merged_into_id.is_(None))
    if query.kind:
        statement = statement.where(Speaker.kind == query.kind)
    if query.name is not None:
        statement = statement.where(Speaker.id.in_(named(words_of(query.name))))
    return BY_NAME.page(session, statement, query)


def quote_counts(session: Session, speaker_ids: Iterable[int]) -> dict[int, int]:
    """How many quotes each speaker has; those without any are left out."""
    quoted = (Quote.speaker_id.in_(speaker_ids), Quote.status != Status.REJECTED)
    counted = select(Quote.speaker_id, func.count()).where(*quoted).group_by(Quote.speaker_id)
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
        return Quote.speaker_id == _went_to(int(speaker)) if int(speaker) <= MAX_ID else false()
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


def living(session: WriteSession, speaker_id: int) -> int | None:
    """The speaker that this one is by now, all merges followed; None where there is none.

    Whoever merges it meanwhile waits until the session ends.
    """
    while True:
        known = select(Speaker.merged_into_id).where(Speaker.id == speaker_id).with_for_update(key_share=True)
        row = session.execute(known).one_or_none()
        if row is None:
            return None
        if row[0] is None:
            return speaker_id
        speaker_id = row[0]


def names(session: WriteSession, speaker_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of speakers by their ids."""
    wanted = {one for one in speaker_ids if one is not None}
    return dict(iter(session.execute(select(Speaker.id, Speaker.name).where(Speaker.id.in_(wanted)))))


def _went_to(speaker_id: int) -> ScalarSelect[int]:
    """The speaker that this one is by now, for a condition."""
    step = select(Speaker.id, Speaker.merged_into_id).where(Speaker.id == speaker_id).cte("went_to", recursive=True)
    step = step.union(select(Speaker.id, Speaker.merged_into_id).join(step, Speaker.id == step.c.merged_into_id))
    return select(step.c.id).where(step.c.merged_into_id.is_(None)).scalar_subquery()


def refused_names(session: WriteSession, speaker_id: int) -> set[str]:
    """The names that a person took from the speaker."""
    return set(session.scalars(select(RefusedName.name).where(RefusedName.speaker_id == speaker_id)))


def add_alias(session: WriteSession, speaker_id: int, name: str, source: str) -> bool:
    """Let the speaker be found by `name` too; whether that is new."""
    shown = name[:MAX_NAME]
    alias_id = insert_ignoring(session, Alias.id, speaker_id=speaker_id, name=shown, key=key_of(shown), source=source)
    words = sorted(set(words_of(shown)))
    if alias_id and words:
        session.execute(insert(NameWord), [{"word": word, "alias_id": alias_id} for word in words])
    return alias_id is not None


def remove_silent(session: WriteSession, speaker_ids: Iterable[int]) -> None:
    """Remove those of the speakers who have no quote left, unless a person has edited or corrected to them."""
    merged = aliased(Speaker)
    silent = and_(
        *(~exists().where(column == Speaker.id) for column in QUOTED_AS),
        *(~exists().where(column == Speaker.id) for column in (Change.speaker_id, Change.other_speaker_id)),
        ~exists().where(merged.merged_into_id == Speaker.id),
    )
    session.execute(delete(Speaker).where(Speaker.id.in_(speaker_ids), silent))


def speakers_of(session: WriteSession, article_id: int) -> list[int]:
    """The ids of the speakers quoted in an article, or once found or corrected to in it."""
    rows = session.execute(select(*QUOTED_AS).where(Quote.article_id == article_id).distinct())
    return sorted({speaker_id for row in rows for speaker_id in row if speaker_id is not None})

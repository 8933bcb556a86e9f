"""The SQL of speakers: who they are, who they are by now, and how often they are quoted."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, BindParameter, Select, and_, bindparam, delete, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from app.changes.models import Change
from app.database import ByIds, WriteSession, among
from app.quotes.models import REJECTED, Quote
from app.speakers.models import Speaker

_OF_SPEAKERS = select(Quote.speaker_id, func.count()).group_by(Quote.speaker_id)
_QUOTES, _REJECTED_QUOTES = (
    ByIds(statement, Quote.speaker_id) for statement in (_OF_SPEAKERS, _OF_SPEAKERS.where(REJECTED))
)
QUOTED_AS = (Quote.speaker_id, Quote.found_speaker_id, Quote.corrected_speaker_id)


def whole() -> Select[tuple[Speaker]]:
    """Speakers with their aliases."""
    return select(Speaker).options(selectinload(Speaker.aliases))


def get(session: Session, speaker_id: int) -> Speaker | None:
    """A speaker with its aliases."""
    return session.scalar(whole().where(Speaker.id == speaker_id))


def quote_counts(session: Session, speaker_ids: Iterable[int]) -> dict[int, int]:
    """How many quotes each speaker has, rejected ones aside; those without any are left out."""
    # All less the rejected, not all that are not rejected: so both are counted in an index.
    ids = list(speaker_ids)
    counts = dict(iter(_QUOTES.rows(session, ids)))
    for speaker_id, rejected in _REJECTED_QUOTES.rows(session, ids):
        counts[speaker_id] -= rejected
    return {speaker_id: count for speaker_id, count in counts.items() if count}


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


def living_of(session: WriteSession, speaker_ids: Iterable[int]) -> dict[int, int]:
    """The speakers that these are by now, as `living` has them; without those that are gone."""
    known = select(Speaker.id, Speaker.merged_into_id).where(among(session, Speaker.id, speaker_ids))
    # Two articles that share speakers must lock them in the same order.
    steps = session.execute(known.order_by(Speaker.id).with_for_update(key_share=True)).all()
    ends = {one: living(session, merged_into) if merged_into else one for one, merged_into in steps}
    return {one: end for one, end in ends.items() if end}


def names(session: WriteSession, speaker_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of speakers by their ids."""
    wanted = {one for one in speaker_ids if one is not None}
    return dict(iter(session.execute(select(Speaker.id, Speaker.name).where(Speaker.id.in_(wanted)))))


def current(session: Session, speaker_id: int) -> int | None:
    """The speaker that this one is by now, all merges followed, for who only reads; None where there is none."""
    return session.scalar(_CURRENT, {"speaker_id": speaker_id})


def _current() -> Select[tuple[int]]:
    step = select(Speaker.id, Speaker.merged_into_id).where(Speaker.id == SPEAKER_ID).cte("went_to", recursive=True)
    step = step.union(select(Speaker.id, Speaker.merged_into_id).join(step, Speaker.id == step.c.merged_into_id))
    return select(step.c.id).where(step.c.merged_into_id.is_(None))


def merged_tree(speaker_id: int | BindParameter[int]) -> Select[tuple[int]]:
    """A speaker and all that were merged into it, however far."""
    tree = select(Speaker.id).where(Speaker.id == speaker_id).cte("tree", recursive=True)
    tree = tree.union(select(Speaker.id).where(Speaker.merged_into_id == tree.c.id))
    return select(tree.c.id)


# Built once: to build it takes several times as long as to run it.
SPEAKER_ID = bindparam("speaker_id", type_=BigInteger)
_CURRENT = _current()


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

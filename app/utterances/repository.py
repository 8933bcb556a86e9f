"""The SQL of utterances, as quotes are joined to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    delete,
    exists,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from app.database import WriteSession, insert_new, insert_rows
from app.quotes.models import Quote
from app.speakers.models import Speaker
from app.utterances.models import Appearance, Utterance, UtteranceBand
from app.utterances.sayings import Saying, speaker_key
from app.utterances.signatures import BANDS

MOST_IN_BAND = 20
"""Utterances of a band that are looked at, the last founded: many quotes may share a band by a phrase that all use."""

MOST_NAMED = 5000
"""Values of one statement: SQLite takes no more than 32,766."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An utterance that a quote may belong to, known by its founder."""

    utterance_id: int
    founder: Saying


def _sayings() -> Select[tuple[int, str, datetime, int | None, str | None, str | None, str | None]]:
    said = select(Quote.id, Quote.text, Quote.ordered_at, Quote.speaker_id)
    who = said.add_columns(Speaker.kind, Speaker.name, Speaker.key)
    return who.outerjoin(Speaker, Speaker.id == Quote.speaker_id)


def sayings(session: Session, quote_ids: Iterable[int]) -> list[Saying]:
    """Quotes as utterances are looked for, in the order of their ids."""
    rows = session.execute(_sayings().where(Quote.id.in_(quote_ids)).order_by(Quote.id))
    return [_saying(*row) for row in rows]


def sayings_without(session: Session, after: int, limit: int) -> list[Saying]:
    """The first quotes after an id that have no utterance."""
    lacking = ~exists().where(Appearance.quote_id == Quote.id)
    rows = session.execute(_sayings().where(Quote.id > after, lacking).order_by(Quote.id).limit(limit))
    return [_saying(*row) for row in rows]


def _saying(quote_id, text, ordered_at, speaker_id, *speaker) -> Saying:
    return Saying(quote_id, text, speaker_key(speaker_id, *speaker) if speaker_id else None, ordered_at)


def _in_band(key: ColumnElement[int]) -> Select[tuple[int]]:
    last = select(UtteranceBand.utterance_id).where(UtteranceBand.key == key)
    last = last.order_by(UtteranceBand.utterance_id.desc()).limit(bindparam("most", type_=Integer()))
    return select(last.subquery())


def _led_to(bands: int) -> Select[tuple[int, str | None, int, str, datetime]]:
    """The founders of the utterances with one of the `identities` or of so many bands, `band_0` and so on."""
    led_to = [select(Utterance.id).where(Utterance.identity.in_(bindparam("identities", expanding=True)))]
    led_to += [_in_band(bindparam(f"band_{place}", type_=BigInteger())) for place in range(bands)]
    return (
        select(Utterance.id, Utterance.speaker_key, Quote.id, Quote.text, Quote.ordered_at)
        .join(Quote, Quote.id == Utterance.founder_id)
        .where(Utterance.id.in_(union_all(*led_to)))
        .order_by(Utterance.id)
    )


# Built once: to build it takes several times as long as to run it.
LED_TO = {bands: _led_to(bands) for bands in (0, BANDS)}


def candidates(session: Session, identities: Sequence[str], bands: Sequence[int]) -> list[Candidate]:
    """The utterances with one of the identities or bands, the first founded first; read from their indexes only."""
    asked = {f"band_{place}": key for place, key in enumerate(bands)}
    found = session.execute(LED_TO[len(bands)], {"identities": identities, "most": MOST_IN_BAND, **asked})
    return [Candidate(row[0], Saying(row[2], row[3], row[1], row[4])) for row in found]


def identified(session: Session, identity: str) -> int | None:
    """The utterance with this identity."""
    return session.scalar(select(Utterance.id).where(Utterance.identity == identity))


def identified_among(session: Session, identities: Collection[str]) -> set[str]:
    """Those of the identities that utterances have."""
    found: set[str] = set()
    for begin in range(0, len(listed := sorted(identities)), MOST_NAMED):
        some = listed[begin : begin + MOST_NAMED]
        found.update(
            one for one in session.scalars(select(Utterance.identity).where(Utterance.identity.in_(some))) if one
        )
    return found


def add(session: WriteSession, founders: Iterable[Saying]) -> dict[int, int]:
    """New utterances by the ids of the quotes that found them, but those whose identity one has already."""
    new = [{"identity": one.identity, "speaker_key": one.speaker, "founder_id": one.quote_id} for one in founders]
    return dict(iter(insert_new(session, new, Utterance.founder_id, Utterance.id)))


def sign(session: WriteSession, bands: Mapping[int, Iterable[int]]) -> None:
    """Let utterances be found by their bands."""
    rows = [{"key": key, "utterance_id": one} for one, keys in bands.items() for key in sorted(set(keys))]
    insert_rows(session, UtteranceBand, rows)


def unsign(session: WriteSession, utterance_id: int) -> None:
    """Let the utterance be found by no band."""
    session.execute(delete(UtteranceBand).where(UtteranceBand.utterance_id == utterance_id))


def take_over(session: WriteSession, utterance_id: int, founder: Saying) -> bool:
    """Let an utterance that appears nowhere be what its founder says by now; False where it is somebody else's."""
    silent = ~exists().where(Appearance.utterance_id == utterance_id)
    own = update(Utterance).where(Utterance.id == utterance_id, Utterance.founder_id == founder.quote_id, silent)
    free = ~exists().where(aliased(Utterance).identity == founder.identity)
    taken = own.where(free).values(speaker_key=founder.speaker, identity=founder.identity)
    return session.scalar(taken.returning(Utterance.id)) is not None


def claim(session: WriteSession, utterance_id: int, founder: Saying) -> bool:
    """Make the founder's speaker that of an utterance without one; False where somebody was first."""
    taken = exists().where(Utterance.identity == founder.identity)
    unclaimed = update(Utterance).where(Utterance.id == utterance_id, Utterance.speaker_key.is_(None), ~taken)
    claimed = unclaimed.values(speaker_key=founder.speaker, identity=founder.identity).returning(Utterance.id)
    return session.scalar(claimed) is not None


def join(session: WriteSession, members: Iterable[tuple[Saying, int]]) -> None:
    """Make each quote an appearance of its utterance."""
    rows = [
        {
            "quote_id": one.quote_id,
            "utterance_id": utterance_id,
            "ordered_at": one.ordered_at,
            "variant": one.wording.digest(),
        }
        for one, utterance_id in members
    ]
    insert_rows(session, Appearance, rows)


def utterances_of(session: Session, article_id: int) -> list[int]:
    """The utterances that appear in an article."""
    found = select(Appearance.utterance_id).join(Quote, Quote.id == Appearance.quote_id).distinct()
    return list(session.scalars(found.where(Quote.article_id == article_id).order_by(Appearance.utterance_id)))


def part(session: WriteSession, quote_ids: Sequence[int]) -> dict[int, int]:
    """Take quotes out of their utterances. The utterance of each."""
    parted = delete(Appearance).where(Appearance.quote_id.in_(quote_ids))
    return dict(iter(session.execute(parted.returning(Appearance.quote_id, Appearance.utterance_id))))


def remove_silent(session: WriteSession, utterance_ids: Iterable[int]) -> None:
    """Remove those of the utterances that appear nowhere."""
    silent = ~exists().where(Appearance.utterance_id == Utterance.id)
    session.execute(delete(Utterance).where(Utterance.id.in_(utterance_ids), silent))


def members(session: Session, utterance_id: int) -> list[Saying]:
    """The quotes of an utterance, the first seen first."""
    statement = _sayings().join(Appearance, Appearance.quote_id == Quote.id)
    rows = session.execute(
        statement.where(Appearance.utterance_id == utterance_id).order_by(Appearance.ordered_at, Appearance.quote_id)
    )
    return [_saying(*row) for row in rows]


def kept(session: WriteSession, utterance_ids: Iterable[int]) -> list[Utterance]:
    """Those of the utterances that are there, locked until the transaction ends."""
    statement = select(Utterance).where(Utterance.id.in_(utterance_ids)).order_by(Utterance.id)
    return list(session.scalars(statement.with_for_update().execution_options(populate_existing=True)))


def merge(session: WriteSession, utterance_id: int, into: int) -> None:
    """Move the appearances of one utterance to another, and remove it."""
    session.execute(update(Appearance).where(Appearance.utterance_id == utterance_id).values(utterance_id=into))
    session.execute(delete(Utterance).where(Utterance.id == utterance_id))

"""The SQL of utterances whose speaker becomes another one."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased

from app.database import WriteSession
from app.quotes.models import Quote
from app.utterances import repository
from app.utterances.models import Appearance, Utterance, UtteranceBand
from app.utterances.sayings import Saying

FOUNDERS = select(Utterance.id, Quote.id, Quote.text, Utterance.speaker_key, Quote.ordered_at).join(
    Quote, Quote.id == Utterance.founder_id
)


def founders_of(session: WriteSession, quote_ids: Collection[int], speaker_id: int) -> dict[int, Saying]:
    """The founders of the utterances in which the quotes appear, beside no quote of any other known speaker."""
    other, quote = aliased(Appearance), aliased(Quote)
    others = exists().where(
        other.utterance_id == Utterance.id, quote.id == other.quote_id, quote.speaker_id != speaker_id
    )
    theirs = select(Appearance.utterance_id).where(Appearance.quote_id.in_(quote_ids))
    alone = FOUNDERS.where(Utterance.id.in_(theirs), Utterance.speaker_key != str(speaker_id), ~others)
    return {row[0]: Saying(*row[1:]) for row in session.execute(alone)}


def bands_of(session: WriteSession, utterance_ids: Collection[int]) -> dict[int, list[int]]:
    """The utterances of each band that they are found by."""
    whose: dict[int, list[int]] = defaultdict(list)
    theirs = select(UtteranceBand.key, UtteranceBand.utterance_id).where(UtteranceBand.utterance_id.in_(utterance_ids))
    for key, utterance_id in session.execute(theirs):
        whose[key].append(utterance_id)
    return whose


def found_by(session: WriteSession, bands: Collection[int], speaker: str) -> dict[int, list[int]]:
    """The utterances of the speaker, or of nobody known, by the bands that lead to them; the last founded of many."""
    of_speaker = or_(Utterance.speaker_key == speaker, Utterance.speaker_key.is_(None))
    found: dict[int, list[int]] = defaultdict(list)
    for begin in range(0, len(keys := sorted(bands)), repository.MOST_NAMED):
        here = UtteranceBand.key.in_(keys[begin : begin + repository.MOST_NAMED])
        rows = select(UtteranceBand.key, UtteranceBand.utterance_id).join(
            Utterance, Utterance.id == UtteranceBand.utterance_id
        )
        ordered = rows.where(here, of_speaker).order_by(UtteranceBand.key, UtteranceBand.utterance_id.desc())
        for key, utterance_id in session.execute(ordered):
            if len(found[key]) < repository.MOST_IN_BAND:
                found[key].append(utterance_id)
    return found


def founders(session: WriteSession, utterance_ids: Collection[int]) -> dict[int, Saying]:
    """The founders of utterances."""
    rows = session.execute(FOUNDERS.where(Utterance.id.in_(utterance_ids)))
    return {row[0]: Saying(*row[1:]) for row in rows}


def give(session: WriteSession, founders: dict[int, Saying], speaker: str) -> None:
    """Make the utterances the speaker's."""
    rows = [
        {"utterance": one, "key": speaker, "known_by": founder.by(speaker).identity}
        for one, founder in founders.items()
    ]
    given = update(Utterance.__table__).where(Utterance.id == bindparam("utterance"))
    if rows:
        session.execute(given.values(speaker_key=bindparam("key"), identity=bindparam("known_by")), rows)


def outside(session: WriteSession, quote_ids: Collection[int], utterance_ids: Collection[int]) -> list[int]:
    """Those of the quotes that appear in none of the utterances."""
    rows = session.execute(
        select(Appearance.quote_id, Appearance.utterance_id).where(Appearance.quote_id.in_(quote_ids))
    )
    return [quote for quote, utterance in rows if utterance not in utterance_ids]

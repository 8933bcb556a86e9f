"""The SQL of speakers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, selectinload

from app.changes.models import Change
from app.changes.schemas import Action
from app.database import ByIds, ReadSession, WriteSession, among, insert_ignoring, insert_new, insert_rows, rows
from app.extraction.document import SpeakerKind
from app.pagination import MAX_ID, Keyset, Page, ranked_page
from app.quotes.models import REJECTED, Quote, Status
from app.search.dialects import search_of
from app.search.trigrams import LEAST_SHARED, is_guessed, slips
from app.speakers.identity import key_of, words_of
from app.speakers.linking import FROM_ARTICLE, KnownName, is_full, links_of
from app.speakers.models import Alias, NameLink, NameWord, RefusedName, Speaker
from app.speakers.schemas import SpeakersQuery

BY_NAME = Keyset((Speaker.key, Speaker.id))
MAX_NAME = 300
MOST_CANDIDATES = 50
"""Speakers looked at for one name: of more bearers of like names, the name does not tell which."""
MOST_NAMES = 1000
LATEST = 60
"""Quotes looked at to tell whether several articles quote a speaker."""
LAST = "\U0010ffff"
MOST_RANKED = 200
"""Speakers who are ranked as one types, at a bounded cost."""
MOST_LISTED = 100
MOST_SIMILAR = 2000
MOST_GUESSED = 8
"""Words of a name that are put right where need be."""
_OF_SPEAKERS = select(Quote.speaker_id, func.count()).group_by(Quote.speaker_id)
_QUOTES, _REJECTED_QUOTES = (
    ByIds(statement, Quote.speaker_id) for statement in (_OF_SPEAKERS, _OF_SPEAKERS.where(REJECTED))
)
QUOTED_AS = (Quote.speaker_id, Quote.found_speaker_id, Quote.corrected_speaker_id)


def _whole() -> Select[tuple[Speaker]]:
    return select(Speaker).options(selectinload(Speaker.aliases))


def get(session: Session, speaker_id: int) -> Speaker | None:
    """A speaker with its aliases."""
    return session.scalar(_whole().where(Speaker.id == speaker_id))


def page(session: ReadSession, query: SpeakersQuery) -> tuple[Page[Speaker], dict[int, int]]:
    """Speakers by name, with their aliases; and how many quotes each has."""
    if query.name is not None:
        return _by_beginning(session, query)
    statement = _whole().where(Speaker.merged_into_id.is_(None))
    if query.kind:
        statement = statement.where(Speaker.kind == query.kind)
    found = BY_NAME.page(session, statement, query)
    return found, quote_counts(session, [speaker.id for speaker in found.rows])


def _by_beginning(session: ReadSession, query: SpeakersQuery) -> tuple[Page[Speaker], dict[int, int]]:
    """As one types: names with all the words whole come first, then who is quoted most."""
    words = sorted(set(words_of(query.name or "")), key=lambda word: (-len(word), word))
    values = {f"word{place}": word for place, word in enumerate(words)} | {"kind": query.kind}
    ranks: dict[int, tuple[bool, str]] = {}
    for one, key, is_whole in rows(session, _beginning(len(words), of_kind=query.kind is not None), **values):
        ranks[one] = min(ranks.get(one, (True, key)), (not is_whole, key))
    counts = quote_counts(session, ranks)
    ranked = (((is_cut, -counts.get(one, 0), key, one), one) for one, (is_cut, key) in ranks.items())
    chosen = ranked_page(ranked, query)
    found = {one.id: one for one in session.scalars(_whole().where(among(session, Speaker.id, chosen.rows)))}
    return Page([found[one] for one in chosen.rows], chosen.cursor), counts


def quote_counts(session: Session, speaker_ids: Iterable[int]) -> dict[int, int]:
    """How many quotes each speaker has, rejected ones aside; those without any are left out."""
    # All less the rejected, not all that are not rejected: so both are counted in an index.
    ids = list(speaker_ids)
    counts = dict(iter(_QUOTES.rows(session, ids)))
    for speaker_id, rejected in _REJECTED_QUOTES.rows(session, ids):
        counts[speaker_id] -= rejected
    return {speaker_id: count for speaker_id, count in counts.items() if count}


def named(words: Sequence[str]) -> Select[tuple[int]]:
    """The ids of speakers who have one name with all of `words`."""
    statement = select(Alias.speaker_id)
    for word in set(words):
        holding = select(NameWord.alias_id).where(NameWord.word == word)
        statement = statement.where(Alias.id.in_(holding))
    return statement


@lru_cache(64)
def _beginning(words: int, *, of_kind: bool) -> Select[tuple[int, str, bool]]:
    """Speakers who have one name in which words begin with all of `word0`, `word1` and so on; the shortest first.

    With each its key, and whether these words of that name are whole. The first of the words is read from the index
    in its order, so that the first speakers cost no more where there are many.
    """
    first, *others = (bindparam(f"word{place}", type_=Text) for place in range(words))
    statement = select(Alias.speaker_id, Speaker.key).where(_begins(NameWord.word, first))
    is_whole = NameWord.word == first
    for word in others:
        also = aliased(NameWord)
        of_it = exists().where(also.alias_id == Alias.id)
        statement = statement.where(of_it.where(_begins(also.word, word)))
        is_whole = and_(is_whole, of_it.where(also.word == word))
    if of_kind:
        statement = statement.where(Speaker.kind == bindparam("kind"))
    joined = statement.add_columns(is_whole).select_from(NameWord).join(Alias, NameWord.alias_id == Alias.id)
    joined = joined.join(Speaker, Speaker.id == Alias.speaker_id)
    return joined.order_by(NameWord.word, NameWord.alias_id).limit(MOST_RANKED)


def _begins(written: InstrumentedAttribute[str], word: BindParameter[str]) -> ColumnElement[bool]:
    return and_(written >= word, written < word + LAST)


def _misspelt(session: Session, words: Sequence[str]) -> Select[tuple[int]]:
    """The ids of speakers who have one name with all of `words`, a word that nobody has taken for the nearest one."""
    if len(words) > MOST_GUESSED:
        return select(Alias.speaker_id).where(false())
    statement = select(Alias.speaker_id)
    for word in set(words):
        holding = select(NameWord.alias_id).where(NameWord.word.in_(_meant(session, word)))
        statement = statement.where(Alias.id.in_(holding))
    return statement


def _meant(session: Session, word: str) -> list[str]:
    if session.scalar(select(exists().where(NameWord.word == word))) or not is_guessed(word):
        return [word]
    return slips(word, search_of(session).similar_words(session, word, LEAST_SHARED, MOST_SIMILAR))


def said_by(session: Session, speaker: str) -> ColumnElement[bool]:
    """The condition that a quote is by `speaker`, an id or a name in any spelling, or else one slip away from it."""
    if speaker.isascii() and speaker.isdigit():
        living = current(session, int(speaker)) if int(speaker) <= MAX_ID else None
        return false() if living is None else Quote.speaker_id == living
    words = words_of(speaker)
    for speakers in (named, partial(_misspelt, session)):
        if (condition := _said_by_any(session, speakers(words))) is not None:
            return condition
    return false()


def _said_by_any(session: Session, speakers: Select[tuple[int]]) -> ColumnElement[bool] | None:
    """The condition; None where there is no such speaker."""
    ids = session.scalars(speakers.distinct().limit(MOST_LISTED + 1)).all()
    if len(ids) == 1:
        return Quote.speaker_id == ids[0]  # one speaker's quotes stand in their order in an index
    return Quote.speaker_id.in_(ids if len(ids) <= MOST_LISTED else speakers) if ids else None


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
    step = select(Speaker.id, Speaker.merged_into_id).where(Speaker.id == _SPEAKER_ID).cte("went_to", recursive=True)
    step = step.union(select(Speaker.id, Speaker.merged_into_id).join(step, Speaker.id == step.c.merged_into_id))
    return select(step.c.id).where(step.c.merged_into_id.is_(None))


def merged_tree(speaker_id: int | BindParameter[int]) -> Select[tuple[int]]:
    """A speaker and all that were merged into it, however far."""
    tree = select(Speaker.id).where(Speaker.id == speaker_id).cte("tree", recursive=True)
    tree = tree.union(select(Speaker.id).where(Speaker.merged_into_id == tree.c.id))
    return select(tree.c.id)


def refused_names(session: WriteSession, speaker_id: int) -> set[str]:
    """The names that a person took from the speaker, or from who was merged into it, and that it does not go by."""
    return set(session.scalars(_REFUSED, {"speaker_id": speaker_id}))


def _refused() -> Select[tuple[str]]:
    kept = exists().where(Alias.speaker_id == _SPEAKER_ID, Alias.name == RefusedName.name)
    return select(RefusedName.name).where(RefusedName.speaker_id.in_(merged_tree(_SPEAKER_ID)), ~kept)


# Built once: to build them takes several times as long as to run them.
_SPEAKER_ID = bindparam("speaker_id", type_=BigInteger)
_CURRENT, _REFUSED = _current(), _refused()


def add_alias(
    session: WriteSession,
    speaker_id: int,
    name: str,
    source: str,
    article_id: int | None = None,
    origin_id: int | None = None,
) -> int | None:
    """Let the speaker be found by `name` too. The alias's id; None where it was known."""
    return next(iter(add_aliases(session, speaker_id, [name], source, article_id, origin_id)), None)


def add_aliases(
    session: WriteSession,
    speaker_id: int,
    names: Iterable[str],
    source: str,
    article_id: int | None = None,
    origin_id: int | None = None,
) -> list[int]:
    """Let the speaker be found by these names, too. The ids of the aliases that were not known."""
    same = {"speaker_id": speaker_id, "source": source, "article_id": article_id, "origin_id": origin_id}
    shown = dict.fromkeys(name[:MAX_NAME] for name in names)
    added = insert_new(session, [{"name": one, "key": key_of(one), **same} for one in shown], Alias.id, Alias.name)
    if added:
        _index_names(session, speaker_id, added, source)
    return [alias_id for alias_id, _ in added]


def _index_names(session: WriteSession, speaker_id: int, aliases: Sequence[Row[Any]], source: str) -> None:
    words = [{"word": word, "alias_id": one} for one, name in aliases for word in sorted(set(words_of(name)))]
    insert_rows(session, NameWord, words)
    kind = SpeakerKind(session.scalar(select(Speaker.kind).where(Speaker.id == speaker_id)))
    # What an article calls somebody for short leads to nobody else than the full name does.
    leading = [(one, name) for one, name in aliases if source != FROM_ARTICLE or is_full(name, kind)]
    links = [{"link": link, "alias_id": one} for one, name in leading for link in links_of(name, kind)]
    insert_rows(session, NameLink, links)


def named_by(session: WriteSession, article_id: int) -> list[Speaker]:
    """The speakers whom an article was the first to give a name, with their aliases."""
    given = select(Alias.speaker_id).where(Alias.article_id == article_id, Alias.source == FROM_ARTICLE)
    return list(session.scalars(_whole().where(Speaker.id.in_(given)).order_by(Speaker.id)))


def remove_aliases(session: WriteSession, alias_ids: Sequence[int]) -> None:
    """Take names away."""
    if alias_ids:
        session.execute(delete(Alias).where(Alias.id.in_(alias_ids)))


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

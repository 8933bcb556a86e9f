"""The SQL of finding speakers by what a reader writes: a name, its beginning, or one with a slip in it."""

from collections.abc import Sequence
from functools import lru_cache, partial

from sqlalchemy import BindParameter, ColumnElement, Select, Text, and_, bindparam, exists, false, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.database import ReadSession, among, rows
from app.pagination import MAX_ID, Keyset, Page, ranked_page
from app.quotes.models import Quote
from app.search.dialects import search_of
from app.search.trigrams import LEAST_SHARED, is_guessed, slips
from app.speakers.identity import words_of
from app.speakers.models import Alias, NameWord, Speaker
from app.speakers.repository import current, quote_counts, whole
from app.speakers.schemas import SpeakersQuery

BY_NAME = Keyset((Speaker.key, Speaker.id))
LAST = "\U0010ffff"
MOST_RANKED = 200
"""Speakers who are ranked as one types, at a bounded cost."""
MOST_LISTED = 100
MOST_SIMILAR = 2000
MOST_GUESSED = 8
"""Words of a name that are put right where need be."""


def page(session: ReadSession, query: SpeakersQuery) -> tuple[Page[Speaker], dict[int, int]]:
    """Speakers by name, with their aliases; and how many quotes each has."""
    if query.name is not None:
        return _by_beginning(session, query)
    statement = whole().where(Speaker.merged_into_id.is_(None))
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
    found = {one.id: one for one in session.scalars(whole().where(among(session, Speaker.id, chosen.rows)))}
    return Page([found[one] for one in chosen.rows], chosen.cursor), counts


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

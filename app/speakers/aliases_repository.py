"""The SQL of the names that speakers go by, and of what leads from a name to them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, exists, select

from app.database import WriteSession, insert_new, insert_rows
from app.extraction.document import SpeakerKind
from app.speakers.identity import key_of, words_of
from app.speakers.linking import FROM_ARTICLE, is_full, links_of
from app.speakers.models import MAX_NAME, Alias, NameLink, NameWord, RefusedName, Speaker
from app.speakers.repository import SPEAKER_ID, merged_tree, whole


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
    return list(session.scalars(whole().where(Speaker.id.in_(given)).order_by(Speaker.id)))


def remove_aliases(session: WriteSession, alias_ids: Sequence[int]) -> None:
    """Take names away."""
    if alias_ids:
        session.execute(delete(Alias).where(Alias.id.in_(alias_ids)))


def refused_names(session: WriteSession, speaker_id: int) -> set[str]:
    """The names that a person took from the speaker, or from who was merged into it, and that it does not go by."""
    return set(session.scalars(_REFUSED, {"speaker_id": speaker_id}))


def _refused() -> Select[tuple[str]]:
    kept = exists().where(Alias.speaker_id == SPEAKER_ID, Alias.name == RefusedName.name)
    return select(RefusedName.name).where(RefusedName.speaker_id.in_(merged_tree(SPEAKER_ID)), ~kept)


# Built once: to build it takes several times as long as to run it.
_REFUSED = _refused()

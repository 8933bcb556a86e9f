"""The SQL of what people do to speakers."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, delete, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from app.articles.models import Article
from app.database import WriteSession, insert_ignoring
from app.quotes.models import Quote
from app.speakers import aliases_repository, repository
from app.speakers.identity import key_of
from app.speakers.models import Alias, RefusedName, Speaker

OWN_SPEAKER = case((Quote.speaker_corrected, Quote.corrected_speaker_id), else_=Quote.found_speaker_id)
"""Whom a quote belongs to before merges are followed."""
KEPT = (Alias.name, Alias.source, Alias.article_id, Alias.origin_id)
"""What a change keeps of an alias that it takes away."""


def lock(session: WriteSession, *speaker_ids: int) -> None:
    """Keep the speakers as they are: who links an article to one of them waits, and then sees what became of it."""
    session.execute(select(Speaker.id).where(Speaker.id.in_(speaker_ids)).order_by(Speaker.id).with_for_update())


def add_speaker(session: WriteSession, name: str, kind: str) -> int:
    """A new speaker whom no article's words stand for yet."""
    values = {"name": name, "kind": kind, "key": key_of(name), "identity": None, "created_at": datetime.now(UTC)}
    return session.scalars(insert(Speaker).values(**values).returning(Speaker.id)).one()


def remove_alias(session: WriteSession, speaker_id: int, name: str, source: str | None = None) -> dict[str, Any] | None:
    """Take a name away; what there was of it, None where there is no such name, or none from this source."""
    statement = delete(Alias).where(Alias.speaker_id == speaker_id, Alias.name == name)
    if source is not None:
        statement = statement.where(Alias.source == source)
    removed = _run(session, statement.returning(*KEPT))
    return removed[0]._asdict() if removed else None


def give_back(session: WriteSession, speaker_id: int, alias: dict[str, Any]) -> None:
    """Undo `remove_alias`; the article that the name came from may be gone."""
    article_id = session.scalar(select(Article.id).where(Article.id == alias["article_id"]))
    aliases_repository.add_alias(session, speaker_id, alias["name"], alias["source"], article_id, alias["origin_id"])


def remove_aliases(session: WriteSession, speaker_id: int) -> None:
    """Take every name away."""
    session.execute(delete(Alias).where(Alias.speaker_id == speaker_id))


def refuse(session: WriteSession, speaker_id: int, name: str) -> None:
    """Keep articles from giving the speaker this name."""
    insert_ignoring(session, RefusedName.name, speaker_id=speaker_id, name=name)


def allow(session: WriteSession, speaker_id: int, name: str) -> bool:
    """Undo `refuse`; whether there was one."""
    refused = delete(RefusedName).where(RefusedName.speaker_id == speaker_id, RefusedName.name == name)
    return session.scalar(refused.returning(RefusedName.name)) is not None


def give_identity(session: WriteSession, speaker: Speaker, identity: str | None) -> None:
    """Give back what a split once took (it no longer does), unless another speaker has come to be known by it."""
    if identity and session.scalar(select(Speaker.id).where(Speaker.identity == identity)) is None:
        speaker.identity = identity
        session.flush()


def redirect(session: WriteSession, speaker: Speaker, target_id: int | None) -> None:
    """Say where a speaker went, or that it is back."""
    speaker.merged_into_id = target_id
    session.flush()


def move_aliases(session: WriteSession, source_id: int, target_id: int) -> tuple[list[int], list[dict[str, Any]]]:
    """Give the target the source's names: the ids of those moved, and those dropped because it had them."""
    theirs = aliased(Alias)
    shared = exists().where(theirs.speaker_id == target_id, theirs.name == Alias.name)
    dropping = delete(Alias).where(Alias.speaker_id == source_id, shared).returning(*KEPT)
    dropped = [row._asdict() for row in _run(session, dropping)]
    origin = func.coalesce(Alias.origin_id, source_id)
    moving = update(Alias).where(Alias.speaker_id == source_id).values(speaker_id=target_id, origin_id=origin)
    return sorted(id for (id,) in _run(session, moving.returning(Alias.id))), dropped


def return_aliases(session: WriteSession, source_id: int, target: Speaker) -> None:
    """Undo `move_aliases`, names learnt since included, but leave the target the name it is shown by."""
    mine = (
        Alias.speaker_id == target.id,
        Alias.name != target.name,
        Alias.origin_id.in_(repository.merged_tree(source_id)),
    )
    origin = func.nullif(Alias.origin_id, source_id)
    moving = update(Alias).where(*mine).values(speaker_id=source_id, origin_id=origin)
    _run(session, moving.returning(Alias.id))


def quotes_of(session: WriteSession, speaker_id: int) -> list[int]:
    """The ids of a speaker's quotes."""
    return list(session.scalars(select(Quote.id).where(Quote.speaker_id == speaker_id)))


def give_quotes(session: WriteSession, source_id: int, target_id: int) -> list[int]:
    """Let the quotes of one speaker be another's. Their ids."""
    moving = update(Quote).where(Quote.speaker_id == source_id).values(speaker_id=target_id)
    return [id for (id,) in _run(session, moving.returning(Quote.id))]


def take_back_quotes(session: WriteSession, source_id: int, target_id: int) -> list[int]:
    """Give a speaker that is no longer merged its own quotes, those since the merge included. Their ids."""
    own = OWN_SPEAKER.in_(repository.merged_tree(source_id))
    moving = update(Quote).where(Quote.speaker_id == target_id, own).values(speaker_id=source_id)
    return [id for (id,) in _run(session, moving.returning(Quote.id))]


def is_merged_into(session: WriteSession, speaker_id: int) -> bool:
    """Whether any speaker was merged into this one."""
    return session.scalar(select(Speaker.id).where(Speaker.merged_into_id == speaker_id).limit(1)) is not None


def _run(session: WriteSession, statement: Any) -> list[Any]:
    return list(session.execute(statement.execution_options(synchronize_session=False)).all())

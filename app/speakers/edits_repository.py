"""The SQL of what people do to speakers."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, case, delete, exists, insert, or_, select, update
from sqlalchemy.orm import aliased

from app.database import WriteSession, insert_ignoring
from app.quotes.models import Quote
from app.speakers.identity import key_of
from app.speakers.models import Alias, RefusedName, Speaker

OWN_SPEAKER = case((Quote.speaker_corrected, Quote.corrected_speaker_id), else_=Quote.found_speaker_id)
"""Whom a quote belongs to before merges are followed."""


def lock(session: WriteSession, *speaker_ids: int) -> None:
    """Keep the speakers as they are: who links an article to one of them waits, and then sees what became of it."""
    session.execute(select(Speaker.id).where(Speaker.id.in_(speaker_ids)).order_by(Speaker.id).with_for_update())


def add_speaker(session: WriteSession, name: str, kind: str) -> int:
    """A new speaker whom no article's words stand for yet."""
    values = {"name": name, "kind": kind, "key": key_of(name), "identity": None, "created_at": datetime.now(UTC)}
    return session.scalars(insert(Speaker).values(**values).returning(Speaker.id)).one()


def remove_alias(session: WriteSession, speaker_id: int, name: str) -> str | None:
    """Take a name away; its source, None where there is no such name."""
    statement = delete(Alias).where(Alias.speaker_id == speaker_id, Alias.name == name)
    return session.scalar(statement.returning(Alias.source))


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


def redirect(session: WriteSession, speaker: Speaker, target_id: int | None) -> None:
    """Say where a speaker went, or that it is back."""
    speaker.merged_into_id = target_id
    session.flush()


def move_aliases(session: WriteSession, source_id: int, target_id: int) -> tuple[list[int], list[dict[str, Any]]]:
    """Give the target the source's names: the ids of those moved, and those dropped because it had them."""
    theirs = aliased(Alias)
    shared = exists().where(theirs.speaker_id == target_id, theirs.name == Alias.name)
    dropping = delete(Alias).where(Alias.speaker_id == source_id, shared).returning(Alias.name, Alias.source)
    dropped = [{"name": name, "source": source} for name, source in _run(session, dropping)]
    moving = update(Alias).where(Alias.speaker_id == source_id).values(speaker_id=target_id).returning(Alias.id)
    return sorted(id for (id,) in _run(session, moving)), dropped


def return_aliases(session: WriteSession, source_id: int, target: Speaker, alias_ids: list[int]) -> None:
    """Undo `move_aliases`, but leave the target the name it is shown by."""
    mine = (Alias.id.in_(alias_ids), Alias.speaker_id == target.id, Alias.name != target.name)
    _run(session, update(Alias).where(*mine).values(speaker_id=source_id).returning(Alias.id))


def give_quotes(session: WriteSession, source_id: int, target_id: int) -> None:
    """Let the quotes of one speaker be another's."""
    moving = update(Quote).where(Quote.speaker_id == source_id).values(speaker_id=target_id)
    session.execute(moving.execution_options(synchronize_session=False))


def take_back_quotes(session: WriteSession, source_id: int, target_id: int) -> None:
    """Give a speaker that is no longer merged the quotes that are its own, those since the merge included."""
    own = OWN_SPEAKER.in_(_merged_tree(source_id))
    moving = update(Quote).where(Quote.speaker_id == target_id, own).values(speaker_id=source_id)
    session.execute(moving.execution_options(synchronize_session=False))


def is_quoted(session: WriteSession, speaker_id: int) -> bool:
    """Whether any quote is the speaker's or was said to be."""
    named = or_(Quote.speaker_id == speaker_id, Quote.corrected_speaker_id == speaker_id)
    return session.scalar(select(Quote.id).where(named).limit(1)) is not None


def _merged_tree(speaker_id: int) -> Select[tuple[int]]:
    """A speaker and all that were merged into it, however far."""
    tree = select(Speaker.id).where(Speaker.id == speaker_id).cte("tree", recursive=True)
    tree = tree.union(select(Speaker.id).where(Speaker.merged_into_id == tree.c.id))
    return select(tree.c.id)


def _run(session: WriteSession, statement: Any) -> list[Any]:
    return list(session.execute(statement.execution_options(synchronize_session=False)).all())

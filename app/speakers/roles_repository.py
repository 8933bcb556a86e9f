"""The SQL of the roles of speakers.

A role is kept with whom the article's words stand for, and belongs to whoever has the article's quotes of them by now.
So it follows a merge, a split and their undoing, and goes with the article; a quote that a person gave to somebody
else takes no role along.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.articles.models import Article
from app.changes.models import Change
from app.changes.schemas import Action
from app.database import WriteSession, insert_rows
from app.quotes.models import Quote, Status
from app.speakers.models import Speaker, SpeakerRole

MOST_SHOWN = 100


def replace(session: WriteSession, article_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Make these the roles that an article tells."""
    session.execute(delete(SpeakerRole).where(SpeakerRole.article_id == article_id))
    insert_rows(session, SpeakerRole, [{"article_id": article_id, **row} for row in rows])


def of(session: Session, speaker_id: int) -> Sequence[Any]:
    """The roles of a speaker, those seen last first: `role`, `first_seen`, `last_seen`, `articles`."""
    first, last = func.min(Article.published_at), func.max(Article.published_at)
    many = func.count(SpeakerRole.article_id.distinct())
    found = (
        select(func.min(SpeakerRole.role).label("role"), first.label("first_seen"), last.label("last_seen"))
        .add_columns(many.label("articles"))
        .select_from(Quote)
        .join(SpeakerRole, and_(SpeakerRole.article_id == Quote.article_id, _is_whose()))
        .join(Article, Article.id == SpeakerRole.article_id)
        .where(Quote.speaker_id == speaker_id, Quote.status != Status.REJECTED, _is_theirs(speaker_id))
    )
    ordered = found.group_by(SpeakerRole.key).order_by(last.desc().nulls_last(), many.desc(), SpeakerRole.key)
    return session.execute(ordered.limit(MOST_SHOWN)).all()


def _is_whose() -> ColumnElement[bool]:
    return SpeakerRole.speaker_id == Quote.found_speaker_id


def _is_theirs(speaker_id: int) -> ColumnElement[bool]:
    """The condition that a quote's own speaker, merges followed, is this one, or was split into it."""
    tree = select(Speaker.id).where(Speaker.id == speaker_id).cte("roles_tree", recursive=True)
    tree = tree.union(select(Speaker.id).where(Speaker.merged_into_id == tree.c.id))
    found = aliased(Speaker)
    split = exists().where(
        Change.action == Action.SPLIT,
        Change.other_speaker_id == Quote.corrected_speaker_id,
        found.id == Quote.found_speaker_id,
        or_(Change.speaker_id == found.id, Change.speaker_id == found.merged_into_id),
    )
    return or_(Quote.found_speaker_id.in_(select(tree.c.id)), split)

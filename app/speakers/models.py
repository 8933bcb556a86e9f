"""The tables of speakers, the names they go by, and the words of those names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, BigId, UtcDateTime

MAX_NAME = 300
# Keys are ASCII; the C collation makes PostgreSQL order and match them as SQLite does.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Speaker(Base):
    """Whom quotes belong to, across articles where the kind allows it."""

    __tablename__ = "speakers"
    __table_args__ = (Index(None, "key", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(Key)
    """The name as `app.speakers.identity` folds it; lists are ordered by it."""
    identity: Mapped[str | None] = mapped_column(Key, unique=True)
    """What makes a name in another article this speaker; None where nothing does."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    """The speaker this one turned out to be. It keeps its identity, so that new articles follow."""

    aliases: Mapped[list[Alias]] = relationship(
        lazy="raise", order_by="Alias.id", passive_deletes=True, foreign_keys="Alias.speaker_id"
    )


class Alias(Base):
    """A name of a speaker, its own name included."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("speaker_id", "name"), Index(None, "key"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Key)
    source: Mapped[str] = mapped_column(String(16))
    """Where the name came from: `article` (extraction read it there), `hand` (a person added it)."""
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    """The first article with the name; None where a hand gave it or the article is gone."""
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    """Whose name it was before a merge; None where it is the speaker's own."""


class NameWord(Base):
    """A word of an alias, folded: what a search by surname looks up."""

    __tablename__ = "name_words"

    word: Mapped[str] = mapped_column(Key, primary_key=True)
    alias_id: Mapped[int] = mapped_column(ForeignKey("aliases.id", ondelete="CASCADE"), primary_key=True, index=True)


class NameLink(Base):
    """A key that leads from a name in an article to an alias that may be the same, see `app.speakers.linking`."""

    __tablename__ = "name_links"

    link: Mapped[str] = mapped_column(Key, primary_key=True)
    alias_id: Mapped[int] = mapped_column(ForeignKey("aliases.id", ondelete="CASCADE"), primary_key=True, index=True)


class RefusedName(Base):
    """A name that a person took from a speaker: articles do not give it back."""

    __tablename__ = "refused_names"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)


class SpeakerRole(Base):
    """A role in which an article speaks of somebody, as `app.speakers.roles` has it."""

    __tablename__ = "speaker_roles"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True, index=True)
    """Whom the article's words stand for, merges not followed."""
    key: Mapped[str] = mapped_column(Key, primary_key=True)
    """The words of the role, folded."""
    role: Mapped[str] = mapped_column(Text)
    """The role as the article has it."""

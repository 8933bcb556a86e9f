"""The tables of jobs and of their items."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, BigId, UtcDateTime


class JobKind(StrEnum):
    """Where the texts of a job came from: one POST /articles, one POST /articles/batch, or `onrecord import`."""

    ARTICLE = "article"
    BATCH = "batch"
    IMPORT = "import"


class Job(Base):
    """Texts that were taken in together, and how many of them have come to their end."""

    __tablename__ = "jobs"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[str | None] = mapped_column(String(64), index=True)
    """By which `onrecord import` of the same paths finds the job it has to go on with."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received: Mapped[bool] = mapped_column(Boolean, server_default=false())
    """Whether all its items are there."""
    receiving_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when more items of a body may come; then whoever received it counts as dead."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    error: Mapped[str | None] = mapped_column(Text)
    """What went wrong with the job as a whole."""
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    done: Mapped[int] = mapped_column(Integer, server_default="0")
    failed: Mapped[int] = mapped_column(Integer, server_default="0")


class JobItem(Base):
    """A line of a batch, or a record of an imported file: `queued` until it is `done` or `failed`.

    Its state is set with the article's in one transaction, and stays what it was when the job ended.
    """

    __tablename__ = "job_items"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    """The imported file; empty for what came over HTTP."""
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    """Counted from 1. In a WARC file: the number of the record."""
    state: Mapped[str] = mapped_column(String(8))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    error: Mapped[str | None] = mapped_column(Text)

"""What became of the articles that were accepted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import create_engine, make_url, text

QUOTES = 3
"""Of each article that can be read."""
READ = "SELECT title, state, failure, (SELECT count(*) FROM quotes WHERE article_id = articles.id) FROM articles"
ORPHANS = (
    "SELECT count(*) FROM quotes WHERE article_id NOT IN (SELECT id FROM articles)",
    "SELECT count(*) FROM speakers WHERE id NOT IN (SELECT speaker_id FROM quotes WHERE speaker_id IS NOT NULL)",
    "SELECT count(*) FROM utterances WHERE id NOT IN (SELECT utterance_id FROM appearances)",
    "SELECT count(*) FROM quotes WHERE id NOT IN (SELECT quote_id FROM appearances)",
    "SELECT count(*) FROM job_items WHERE job_id NOT IN (SELECT id FROM jobs)",
    "SELECT count(*) FROM jobs WHERE total <> (SELECT count(*) FROM job_items WHERE job_id = jobs.id)",
    "SELECT count(*) FROM job_items JOIN articles ON articles.id = article_id"
    " WHERE job_items.state <> articles.state AND articles.state IN ('done', 'failed')",
)


@dataclass
class Tally:
    """What came of all runs of one fault."""

    fault: str
    database: str
    runs: int = 0
    accepted: set[str] = field(default_factory=set)
    """Titles."""
    stored: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """What is said of those that failed."""
    lost: int = 0
    doubled: int = 0
    orphans: int = 0
    refused: int = 0
    """Requests that were answered 503, or not at all while there was no service."""
    wrong: list[str] = field(default_factory=list)
    """Answers that are neither an acceptance nor a deliberate refusal."""
    seconds: list[float] = field(default_factory=list)
    """From the fault until the service was ready and what was sent meanwhile had come to its end."""

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.orphans or self.wrong)

    def count(self, url: str) -> None:
        """See what is there."""
        found = defaultdict(list)
        for title, *rest in rows(url, READ):
            found[title].append(rest)
        for title in self.accepted:
            self._count(found[title])
        self.orphans = sum(rows(url, query)[0][0] for query in ORPHANS)

    def _count(self, articles: list[tuple[str, str | None, int]]) -> None:
        done = [quotes for state, _, quotes in articles if state == "done"]
        told = [failure for state, failure, quotes in articles if state == "failed" and failure and not quotes]
        self.stored += bool(done)
        self.failed += bool(told and not done)
        self.reasons.update(told)
        self.lost += not (done or told) or any(quotes < QUOTES for quotes in done)
        self.doubled += len(articles) > 1 or any(quotes > QUOTES for quotes in done)


def rows(url: str, query: str) -> list:
    """What a database answers, on a connection of its own."""
    engine = create_engine(make_url(url).set(drivername="sqlite" if "sqlite" in url else "postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            return connection.execute(text(query)).all()
    finally:
        engine.dispose()

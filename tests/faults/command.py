"""`onrecord` with an extractor that breaks on demand: `python -m tests.faults.command serve|import|worker`.

Leases last six seconds, and a SQLite file takes no writes, or no more pages, as long as a file beside it says so. A
worker imports this module as well: it loads nothing before it is the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.settings import Settings
    from app.workers.pool import ExtractionPool

READ_ONLY, FULL = ".read-only", ".full"
"""Endings of the files that say so."""
MOST_PAGES = 2**30
LEASE_SECONDS, SWEEP_SECONDS = 6, 1


def _broken(connection: Connection) -> None:
    """Let SQLite itself refuse what the files beside the database say, on the connection that writes."""
    from pathlib import Path

    engine = connection.engine
    if engine.dialect.name != "sqlite" or engine.pool.size() != 1:
        return
    file = engine.url.database
    is_full, is_read_only = Path(file + FULL).exists(), Path(file + READ_ONLY).exists()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if is_full else MOST_PAGES}").close()
    connection.exec_driver_sql(f"PRAGMA query_only = {int(is_read_only)}")


def _faulty(settings: Settings) -> ExtractionPool:
    from app.workers.pool import ExtractionPool
    from tests.faults.faulty import FaultyExtractor

    return ExtractionPool(FaultyExtractor, settings)


def main() -> None:
    """Be `onrecord`, soon at its limits."""
    from datetime import timedelta

    from sqlalchemy import Engine, event

    from app.articles import queue
    from app.cli import app
    from app.workers import housekeeping, reader
    from app.workers.pool import ExtractionPool

    queue.LEASE = timedelta(seconds=LEASE_SECONDS)
    housekeeping.EVERY_SECONDS = SWEEP_SECONDS
    reader.PAUSES, reader.LAST_PAUSE = (0.2,), 0.5
    ExtractionPool.of = staticmethod(_faulty)
    ExtractionPool.one_of = staticmethod(lambda settings: _faulty(settings.model_copy(update={"workers": 1})))
    event.listen(Engine, "begin", _broken)
    app()


if __name__ == "__main__":
    main()

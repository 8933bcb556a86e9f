"""`onrecord import`: files into the archive, read by extractors of this command's own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import typer

from app.database import Database, migrate
from app.database_errors import TRANSIENT
from app.ingestion.feeder import WHOLE_FILE, Feeder
from app.ingestion.formats import UnknownFormatError, find
from app.jobs import service as jobs
from app.jobs.schemas import ItemStatus, JobItemsQuery
from app.workers.dispatcher import EmbeddedDispatcher
from app.workers.loading import until_loaded
from app.workers.pool import ExtractionPool
from app.workers.protocol import ExtractorUnavailableError, WorkerLostError

from .batch import InputError
from .import_progress import ImportProgress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.jobs.schemas import JobOut
    from app.settings import Settings

LOOK_SECONDS = 0.5
SHOWN_ERRORS = 20


def run(settings: Settings, paths: Sequence[Path]) -> bool:
    """Import; whether every record was read. Raises InputError where nothing can begin."""
    try:
        files = find(paths)
    except (UnknownFormatError, FileNotFoundError) as error:
        raise InputError(str(error)) from None
    if not files:
        raise InputError("there is nothing to import: no file of a known format")
    database = Database(settings.database_url)
    try:
        job = asyncio.run(_import(settings, database, files, begin(settings, database, paths, files)))
        return _report(database, job)
    except (ExtractorUnavailableError, WorkerLostError) as error:
        raise InputError(error.detail) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        typer.echo("Interrupted. The same command goes on from here.", err=True)
        return False
    finally:
        database.dispose()


def begin(settings: Settings, database: Database, paths: Sequence[Path], files: Sequence[Path]) -> JobOut:
    """The import's job, found again by the same command over the same files; in others, lines would not be the same.

    Raises InputError where the database cannot take it now.
    """
    named = [[str(path), str(path.resolve())] for path in paths]
    key = hashlib.sha256(json.dumps([named, *map(_state_of, files)]).encode()).hexdigest()
    try:
        migrate(settings)
        return database.write(partial(jobs.resume_import, key=key))
    except TRANSIENT as error:
        raise InputError(f"the database cannot take an import now: {error.args[0]}") from None


def _state_of(file: Path) -> tuple[str, int, int]:
    """What changes with the content of a file."""
    try:
        state = file.stat()
    except OSError:
        return str(file), 0, 0
    return str(file), state.st_size, state.st_mtime_ns


async def _import(settings: Settings, database: Database, files: Sequence[Path], job: JobOut) -> JobOut:
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)  # as Ctrl-C does
    extraction = ExtractionPool.of(settings)
    dispatcher = EmbeddedDispatcher(database, extraction, settings.workers)
    feeder = Feeder(database, job.id, settings.max_text_bytes)
    await extraction.start()
    await dispatcher.start()
    feeding = asyncio.create_task(asyncio.to_thread(feeder.run, files))
    try:
        await until_loaded(extraction)
        with ImportProgress(files, feeder, job) as progress:
            return await _until_read(database, job.id, feeding, progress)
    finally:
        feeder.stop()
        # Both at once: the feeder may wait for a while yet, and no article is to be begun meanwhile.
        await asyncio.gather(dispatcher.stop(), asyncio.wait([feeding]))
        await extraction.stop()


async def _until_read(database: Database, job_id: int, feeding: asyncio.Task[None], progress: ImportProgress) -> JobOut:
    while True:
        if feeding.done():
            feeding.result()  # raises what stopped it
        with suppress(*TRANSIENT):  # the feeder says that it waits for the database
            job = await asyncio.to_thread(_job, database, job_id)
            progress.show(job)
            if job.finished_at:
                return job
        await asyncio.sleep(LOOK_SECONDS)


def _job(database: Database, job_id: int) -> JobOut:
    with database.read() as session:
        return jobs.get(session, job_id)


def _report(database: Database, job: JobOut) -> bool:
    """List what could not be read; whether there was nothing."""
    if not job.failed:
        return True
    query = JobItemsQuery(status=ItemStatus.FAILED, limit=SHOWN_ERRORS)
    with database.read() as session:
        failed = jobs.items(session, job.id, query).rows
    for item in failed:
        place = item.source if item.line == WHOLE_FILE else f"{item.source}:{item.line}"
        typer.echo(f"{place}: {item.error}", err=True)
    more = f"; all of them: GET /jobs/{job.id}/items?status=failed" if job.failed > len(failed) else ""
    typer.echo(f"{job.failed} of {job.total} could not be read{more}", err=True)
    return False

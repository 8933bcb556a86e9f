"""Inside the worker process: one extractor, one text at a time, over a pipe.

It is spawned, never forked, and ends when the web process does, however that dies. What this module imports
every worker carries: nothing of the web.
"""

import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from asgi_correlation_id import correlation_id

from app import logs
from app.extraction.document import Extraction, QuoteExtractor
from app.logs import LogFormat

log = logging.getLogger(__name__)
NICENESS = 5
Factory = Callable[[], QuoteExtractor]


@dataclass(frozen=True, slots=True)
class Failure:
    """What was raised in the worker, as a traceback: exceptions themselves may not survive the pipe."""

    traceback: str


def load(
    models: str, models_dir: Path, attribution_model: Path | None, threads: int, log_format: LogFormat = "text"
) -> QuoteExtractor:
    """Load the extractor. The import waits until here: the web process must not load torch."""
    logs.configure(log_format)
    from app.extraction.extractor import load_extractor

    return load_extractor(models, models_dir, attribution_model, threads)


def serve(pipe: Connection, factory: Factory) -> None:
    """Load, then answer every text until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the web process decides
    os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        _serve(pipe, factory)


def _serve(pipe: Connection, factory: Factory) -> None:
    try:
        extractor = factory()
    except Exception:
        pipe.send(Failure(traceback.format_exc()))
        return
    pipe.send(None)
    while True:
        pipe.send(_answer(extractor, *pipe.recv()))


def _end_with_parent() -> None:
    """End this process when the web process has ended, also in the middle of a text."""
    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _answer(extractor: QuoteExtractor, text: str, language: str | None, request_id: str | None) -> Extraction | Failure:
    correlation_id.set(request_id)  # what is logged here belongs to the request that waits
    began = perf_counter()
    try:
        found = extractor.extract(text, language)
    except Exception:
        return Failure(traceback.format_exc())
    log.info("read %d characters in %.3f s, found %d quotes", len(text), perf_counter() - began, len(found.quotes))
    return found

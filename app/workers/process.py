"""The worker process: one extractor, one text at a time, over a pipe.

It is spawned, never forked, and ends when the pipe does: the web process cannot leave it behind, however it dies.
"""

import logging
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
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


class WorkerDiedError(Exception):
    """The worker ended while it was asked."""


class WorkerProcess:
    """A worker as the web process sees it. Not thread-safe."""

    def __init__(self, factory: Factory) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, factory), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is noticed here

    def wait_until_loaded(self) -> Failure | None:
        """Wait for the extractor; what loading it raised, if anything. Raises WorkerDiedError."""
        return self._receive()

    def extract(self, text: str, language: str | None) -> Extraction | Failure:
        """Have a text read. Raises WorkerDiedError."""
        try:
            self._pipe.send((text, language, correlation_id.get()))
        except OSError:
            raise WorkerDiedError from None
        return self._receive()

    def kill(self) -> None:
        """End it at once, whatever it does, and let go of it."""
        self.process.kill()
        self.process.join()
        self._pipe.close()

    def _receive(self) -> "Extraction | Failure | None":
        try:
            return self._pipe.recv()
        except (EOFError, OSError):
            raise WorkerDiedError from None


def load(models: str, models_dir: Path, attribution_model: Path | None, log_format: LogFormat) -> QuoteExtractor:
    """Load the extractor. The import waits until here: the web process must not load torch."""
    logs.configure(log_format)
    from app.extraction.extractor import load_extractor

    return load_extractor(models, models_dir, attribution_model)


def _serve(pipe: Connection, factory: Factory) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the web process decides
    os.nice(NICENESS)
    try:
        extractor = factory()
    except Exception:
        pipe.send(Failure(traceback.format_exc()))
        return
    pipe.send(None)
    try:
        while True:
            pipe.send(_answer(extractor, *pipe.recv()))
    except (EOFError, OSError):
        return


def _answer(extractor: QuoteExtractor, text: str, language: str | None, request_id: str | None) -> Extraction | Failure:
    correlation_id.set(request_id)  # what is logged here belongs to the request that waits
    began = perf_counter()
    try:
        found = extractor.extract(text, language)
    except Exception:
        return Failure(traceback.format_exc())
    log.info("read %d characters in %.3f s, found %d quotes", len(text), perf_counter() - began, len(found.quotes))
    return found

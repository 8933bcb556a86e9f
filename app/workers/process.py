"""What runs inside the worker process: one extractor, one text at a time."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from app.extraction.document import Extraction, QuoteExtractor

NICENESS = 5
_extractor: QuoteExtractor | None = None
_failure: BaseException | None = None


def load(models: str, models_dir: Path) -> QuoteExtractor:
    """Load the extractor. The import waits until here: the web process must not load torch."""
    from app.extraction.extractor import load_extractor

    return load_extractor(models, models_dir)


def initialize(factory: Callable[[], QuoteExtractor], threads: int) -> None:
    """Make this process a worker: quiet on Ctrl-C, gone with its parent, behind the web process in line."""
    global _extractor, _failure
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    os.nice(NICENESS)
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(threads)
    try:
        _extractor = factory()
    except Exception as error:  # told by the first text, or by `loaded`
        _failure = error


def is_loaded() -> bool:
    """Whether this worker has its extractor. Raises what loading it raised."""
    if _extractor is None:
        raise RuntimeError(f"the extractor did not load: {_failure!r}") from _failure
    return True


def extract(text: str, language: str | None) -> Extraction:
    """Find the quotes of a text. Raises what the extractor raises."""
    is_loaded()
    assert _extractor is not None
    return _extractor.extract(text, language)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)

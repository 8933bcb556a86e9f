"""Which files can be imported, and who reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.ingestion import ndjson, page, plain, table, warc
from app.ingestion.records import Record

Format = Callable[[BinaryIO, int], Iterator[Record]]
FORMATS: dict[str, Format] = {
    ".txt": plain.read,
    ".ndjson": ndjson.read,
    ".jsonl": ndjson.read,
    ".csv": table.read,
    ".html": page.read,
    ".htm": page.read,
    ".warc": warc.read,
    ".warc.gz": warc.read,
}


class UnknownFormatError(ValueError):
    """A file that is none of these."""


def format_of(path: Path) -> Format | None:
    """Who reads a file; None where nobody can."""
    name = path.name.lower()
    return next((read for suffix, read in FORMATS.items() if name.endswith(suffix)), None)


def find(paths: Iterable[Path]) -> list[Path]:
    """The files to import, in order: those named, and in folders all of a known format; folders that cannot be looked
    into stand among them, for whoever opens them to hear why.

    Raises UnknownFormatError for a named file that cannot be, OSError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_inside(path) if path.is_dir() else [_readable(path)]))
    return list(found)


def _readable(path: Path) -> Path:
    path.stat()
    if format_of(path) is None:
        raise UnknownFormatError(f"{path}: of no known format; give {', '.join(FORMATS)}")
    return path


def size_of(path: Path) -> int:
    """The bytes of a file; none of one that is not there any more."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    seen: set[str] = set()
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)), followlinks=True)
    for here, folders, names in walk:
        if (real := os.path.realpath(here)) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders.sort()
        yield from (Path(here, name) for name in sorted(names) if format_of(Path(name)))
    yield from closed

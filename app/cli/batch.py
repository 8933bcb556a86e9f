"""Extraction from many texts: one JSON object a line in, one a line out."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from rich.console import Console
from rich.progress import track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from app.extraction.document import Extraction, Quote, QuoteExtractor, Span

    Record = tuple[int, dict[str, Any]]
    """The number of a line, from 1, and what it says."""
    Parse = Callable[[bytes], dict[str, Any]]

T = TypeVar("T")
SHOWN_PROBLEMS = 10


class InputError(ValueError):
    """What was given cannot be worked on; the message says where and why."""


def check(path: Path, parse: Parse | None = None) -> int:
    """Count the records of the file; an InputError names every bad line (the first ten of them)."""
    parse = parse or parse_text
    problems, count = [], 0
    for number, line in _lines(path):
        count += 1
        try:
            parse(line)
        except InputError as error:
            problems.append(f"{path}, line {number}: {error}")
    if problems:
        hidden = len(problems) - SHOWN_PROBLEMS
        more = [f"and {hidden} more"] if hidden > 0 else []
        raise InputError("\n".join(problems[:SHOWN_PROBLEMS] + more))
    return count


def read(path: Path, parse: Parse | None = None) -> Iterator[Record]:
    """The records of a checked file with their line numbers."""
    parse = parse or parse_text
    return ((number, parse(line)) for number, line in _lines(path))


def parse_text(line: bytes) -> dict[str, Any]:
    """One record: an object with an `id` and a `text`."""
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(record, dict):
        raise InputError('not an object {"id", "text"}')
    _check_fields(record)
    return record


def _check_fields(record: dict[str, Any]) -> None:
    if not isinstance(record.get("id"), str | int) or isinstance(record["id"], bool):
        raise InputError('"id" is missing or neither a string nor a whole number')
    if not isinstance(record.get("text"), str):
        raise InputError('"text" is missing or not a string')
    if not isinstance(record.get("language"), str | None):
        raise InputError('"language" is not a string')
    if record.get("language"):
        record["language"] = language_code(record["language"])
    try:
        f"{record['id']}{record['text']}".encode()
    except UnicodeEncodeError as error:
        raise InputError(f"half a surrogate pair stands alone: {error.object[error.start]!a}") from None


def language_code(value: str) -> str:
    """An ISO 639-1 code, in lower case."""
    from app.text import LanguageUnknownError, known_language

    try:
        return known_language(value)
    except LanguageUnknownError as error:
        raise InputError(error.detail) from None


def results(records: Iterable[Record], extractor: QuoteExtractor, language: str | None) -> Iterator[dict[str, Any]]:
    """Each record's quotes as they are written out, in the order of the input."""
    for record, extraction in extractions(records, extractor, language):
        yield {"id": record["id"], "quotes": [as_json(quote, record["text"]) for quote in extraction.quotes]}


def extractions(
    records: Iterable[Record], extractor: QuoteExtractor, language: str | None
) -> Iterator[tuple[dict[str, Any], Extraction]]:
    """Each record with what was found in it, in the order of the input; as many texts are worked on as there are cores.

    The record's own language goes before the other one, an ISO 639-1 code or None.
    """

    def extracted(line: Record) -> tuple[dict[str, Any], Extraction]:
        number, record = line
        try:
            return record, extractor.extract(record["text"], record.get("language") or language)
        except Exception as error:
            error.add_note(f"while working on line {number}, id {record['id']!r}")
            raise

    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        ahead: deque[Future[tuple[dict[str, Any], Extraction]]] = deque()
        for line in records:
            ahead.append(pool.submit(extracted, line))
            if len(ahead) > 2 * cores:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def as_json(quote: Quote, text: str) -> dict[str, Any]:
    """A quote as it is written out; offsets count code points of the text."""
    return {
        "segments": [_pair(segment) for segment in quote.segments],
        "text": said(quote, text),
        "kind": quote.kind.value,
        "speaker": quote.speaker.name if quote.speaker else None,
        "mention": _pair(quote.mention),
        "cue": _pair(quote.cue),
        "confidence": quote.confidence,
        "reason": quote.reason,
    }


def said(quote: Quote, text: str) -> str:
    """The words of all segments in reading order."""
    return " ".join(segment.of(text) for segment in quote.segments)


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def progress(passing: Iterable[T], count: int, doing: str = "Extracting") -> Iterator[T]:
    """The same `count` things, with a bar on standard error while they pass."""
    yield from track(passing, doing, total=count, console=Console(stderr=True))


def write(records: Iterable[dict[str, Any]], output: Path | None) -> None:
    """A line for each record, to standard output or to a file that appears only when it is whole."""
    with _opened(output) as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1. Bytes: other line ends than \\n may stand inside a text."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, line

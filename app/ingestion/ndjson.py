"""NDJSON: a JSON object a line."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from app.ingestion.records import Fields, Record, RecordError, json_fields, known_fields, longest_line
from app.ingestion.splitting import LineSplitter

CHUNK = 65_536


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """A record a line, blank lines left out."""
    splitter = LineSplitter(longest_line(max_text_bytes))
    while chunk := file.read(CHUNK):
        for number, line in splitter.feed(chunk):
            yield Record(number, partial(_load, line, max_text_bytes))
    for number, line in splitter.close():
        yield Record(number, partial(_load, line, max_text_bytes))


def _load(line: bytes | None, max_text_bytes: int) -> Fields:
    if line is None:
        raise RecordError(f"longer than {longest_line(max_text_bytes)} bytes")
    return known_fields(json_fields(line))

"""CSV: a column `text`, and columns named as the metadata of an article."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from app.ingestion.records import Fields, Record, RecordError, known_fields
from app.text import SURROGATE

DELIMITERS = ",;\t"


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """A record a row, numbered by the line it begins on. Raises RecordError where the header names no `text`."""
    # What is not UTF-8 becomes lone surrogates, which are refused in the row that has them.
    lines = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")
    csv.field_size_limit(max_text_bytes + 1)
    rows = csv.reader(lines, delimiter=_delimiter(lines.readline()), strict=True)
    lines.seek(0)
    names = [name.strip().lower() for name in next(rows)]
    while True:
        number = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Record(number, partial(_refuse, f"not CSV: {error}"))
            continue
        if row:
            yield Record(number, partial(_load, names, row))
    lines.detach()


def _delimiter(header: str) -> str:
    for delimiter in DELIMITERS:
        if "text" in [name.strip(' "\r\n').lower() for name in header.split(delimiter)]:
            return delimiter
    raise RecordError("the first line names no column text")


def _load(names: list[str], row: list[str]) -> Fields:
    if len(row) > len(names):
        raise RecordError(f"{len(row)} cells in a table of {len(names)} columns")
    fields = known_fields(dict(zip(names, row, strict=False)))
    if broken := [name for name, cell in fields.items() if SURROGATE.search(cell)]:
        raise RecordError(f"{broken[0]}: not UTF-8; save the table as CSV UTF-8")
    return fields


def _refuse(reason: str) -> Fields:
    raise RecordError(reason)

"""Annotated articles from a file, checked to its end before work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import batch

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> list[batch.Record]:
    """The annotated articles of a file, with their line numbers. Raises InputError, which names every bad line."""
    batch.check(path, parse)
    records = list(batch.read(path, parse))
    if not records:
        raise batch.InputError(f"{path}: no articles in it; write one a line: {{'id', 'text', 'quotes'}}")
    return records


def parse(line: bytes) -> dict[str, Any]:
    """One record with `id`, `text` and annotated `quotes`. Raises InputError."""
    from app.extraction.evaluation.gold import GoldError, check

    record = batch.parse_text(line)
    try:
        check(record)
    except GoldError as error:
        raise batch.InputError(str(error)) from None
    return record

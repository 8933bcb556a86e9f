"""Text files: one article each."""

from collections.abc import Iterator
from typing import BinaryIO

from app.ingestion.records import Fields, Record, decoded


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """The one record there is. Of a file that is too long no more is read than tells so."""

    def load() -> Fields:
        return {"text": decoded(file.read(max_text_bytes + len("\ufeff".encode()) + 1))}

    yield Record(1, load)

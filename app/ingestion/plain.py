"""Text files: one article each."""

from codecs import BOM_UTF8 as BOM
from collections.abc import Iterator
from typing import BinaryIO

from app.ingestion.records import Fields, Record, RecordError, decoded, too_long


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """The one record there is. Of a file that is too long no more is read than tells so."""

    def load() -> Fields:
        content = file.read(max_text_bytes + len(BOM) + 1)
        if len(content) > max_text_bytes + len(BOM) or len(content.removeprefix(BOM)) > max_text_bytes:
            raise RecordError(too_long(max_text_bytes))  # what was read may end amid a character
        return {"text": decoded(content)}

    yield Record(1, load)

"""WARC files (ISO 28500), compressed or not: the pages that were answered with status 200 as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from app.ingestion.page import GROWTH, fields_of
from app.ingestion.records import Fields, Record, RecordError

HTML = ("text/html", "application/xhtml+xml")


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """A record a page, numbered among all records of the file. Raises RecordError where the file breaks off."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        for number, found in enumerate(ArchiveIterator(file), 1):
            if _is_page(found):
                yield Record(number, partial(_load, found, max_text_bytes))
    except Exception as error:  # warcio has no root for what it raises over a broken file
        raise RecordError(f"the file breaks off or is no WARC: {type(error).__name__}") from None


def _is_page(found: Any) -> bool:
    if found.rec_type != "response" or not found.http_headers:
        return False
    media_type = (found.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return found.http_headers.get_statuscode() == "200" and media_type in HTML


def _load(found: Any, max_text_bytes: int) -> Fields:
    try:
        page = found.content_stream().read(GROWTH * max_text_bytes + 1)
    except Exception as error:  # a broken transfer encoding or compression within the record
        raise RecordError(f"the page cannot be unpacked: {type(error).__name__}") from None
    return fields_of(page, max_text_bytes, found.rec_headers.get_header("WARC-Target-URI"))

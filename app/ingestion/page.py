"""HTML pages: the main text and the metadata that trafilatura finds (Barbaresi 2021)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from pydantic import ValidationError

from app.articles.schemas import ArticleMetadata
from app.errors import OnRecordError
from app.ingestion.records import Fields, Record, RecordError, known_fields

GROWTH = 20
"""How many times as long as the text a page may be."""
# Only dates that the page states: the extensive search guesses.
DATES = {"original_date": True, "extensive_search": False}


def read(file: BinaryIO, max_text_bytes: int) -> Iterator[Record]:
    """The one record there is."""

    def load() -> Fields:
        return fields_of(file.read(GROWTH * max_text_bytes + 1), max_text_bytes)

    yield Record(1, load)


def fields_of(page: bytes, max_text_bytes: int, url: str | None = None) -> Fields:
    """What a page says. Raises RecordError where it has no main text."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say is in the error below
    if len(page) > GROWTH * max_text_bytes:
        raise RecordError(f"longer than {GROWTH * max_text_bytes} bytes")
    try:
        found: Any = bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, date_extraction_params=DATES
        )
    except Exception as error:  # the page is anybody's, and parsers break on some
        raise RecordError(f"the page cannot be parsed: {type(error).__name__}") from None
    if not found or not found.text:
        raise RecordError("no main text in the page")
    stated = {"title": found.title, "url": url or found.url, "outlet": found.sitename, "published_at": found.date}
    metadata = {name: value for name, value in known_fields(stated).items() if _is_usable(name, value)}
    return {"text": found.text, **metadata}


def _is_usable(name: str, value: Any) -> bool:
    """A page is worth having also where what it says of itself is nonsense."""
    try:
        ArticleMetadata.model_validate({name: value})
    except (ValidationError, OnRecordError):
        return False
    return True

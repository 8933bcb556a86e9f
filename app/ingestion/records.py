"""A record of any format as an article, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from app.articles.schemas import ArticleIn
from app.errors import OnRecordError, remedy

JSON_GROWTH, ENVELOPE_BYTES = 3, 65_536
"""JSON may write a character as \\uXXXX, which makes a text three times as long at most; metadata comes on top."""


Fields = dict[str, Any]


class RecordError(ValueError):
    """A record that is no article; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a file. `load` gives its fields, or raises RecordError; call it before the next record is read."""

    number: int
    """Its line, from 1; in a WARC file which record it is."""
    load: Callable[[], Fields]


def longest_line(max_text_bytes: int) -> int:
    """How many bytes a line of NDJSON may have."""
    return JSON_GROWTH * max_text_bytes + ENVELOPE_BYTES


def json_fields(line: bytes) -> Fields:
    """The fields of a line of NDJSON. Raises RecordError."""
    try:
        fields = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise RecordError(f"not JSON{place}") from None
    if not isinstance(fields, dict):
        raise RecordError('not a JSON object, as {"text": "…"}')
    return fields


def as_article(fields: Fields, max_text_bytes: int) -> ArticleIn:
    """The article that a record is. Raises RecordError."""
    try:
        article = ArticleIn.model_validate(fields)
    except OnRecordError as error:
        raise RecordError(error.detail) from None
    except ValidationError as error:
        raise RecordError("; ".join(_told(one) for one in error.errors())) from None
    if len(article.text.encode()) > max_text_bytes:
        raise RecordError(too_long(max_text_bytes))
    return article


def too_long(max_text_bytes: int) -> str:
    """What is wrong with a text of more bytes."""
    return f"text: longer than {max_text_bytes} bytes of UTF-8"


def known_fields(fields: Fields) -> Fields:
    """What an article can have of a record's fields: files of others have more, and leave cells empty."""
    stated = {name: fields.get(name) for name in ArticleIn.model_fields}
    return {name: value for name, value in stated.items() if value is not None and str(value).strip()}


def decoded(data: bytes) -> str:
    """Text in UTF-8, a byte order mark left out. Raises RecordError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 at byte {error.start}; convert it") from None


def _told(error: Any) -> str:
    place = ".".join(str(part)[:100] for part in error["loc"])
    return f"{place}: {remedy(error)}"

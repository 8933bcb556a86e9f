"""The formats quotes come in, by name and by media type."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from app.errors import OnRecordError
from app.negotiation import best


class Format(StrEnum):
    """The formats of a list of quotes."""

    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    JSONLD = "jsonld"
    ATOM = "atom"


class Separator(StrEnum):
    """What stands between the cells of CSV."""

    COMMA = "comma"
    SEMICOLON = "semicolon"


SIGNS = {Separator.COMMA: ",", Separator.SEMICOLON: ";"}
MEDIA_TYPES = {
    "application/json": Format.JSON,
    "application/x-ndjson": Format.NDJSON,
    "application/ndjson": Format.NDJSON,
    "application/jsonl": Format.NDJSON,
    "text/csv": Format.CSV,
    "application/ld+json": Format.JSONLD,
    "application/atom+xml": Format.ATOM,
}
"""What Accept may ask for; the first of a format is its name, and at a tie the first of all is taken."""


class FormatUnknownError(OnRecordError):
    """A format that the service does not write."""

    status, name, title = 422, "format-unknown", "There is no such format"


def known_format(value: Any) -> Any:
    """The format's name in lower case. Raises FormatUnknownError."""
    if isinstance(value, str) and value.lower() not in set(Format):
        raise FormatUnknownError(f"Write one of {', '.join(Format)}, or leave it out.", field="format")
    return value.lower() if isinstance(value, str) else value


def chosen(wanted: Format | None, accepts: Iterable[str]) -> tuple[Format, str]:
    """The format to answer in and its media type: the one named, or what Accept likes best.

    Raises NotAcceptableError.
    """
    if wanted is None:
        media_type = best(accepts, list(MEDIA_TYPES))
        return MEDIA_TYPES[media_type], media_type
    return wanted, next(media_type for media_type, one in MEDIA_TYPES.items() if one is wanted)

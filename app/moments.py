"""Dates and times as people send them: RFC 3339, or a plain date."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from app.errors import OnRecordError

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class DateInvalidError(OnRecordError):
    """A date that is none, or a time that does not say its zone."""

    status, name, title = 422, "date-invalid", "That is not a date"


def moment(value: str, field: str) -> datetime:
    """Read a moment; a date alone is its midnight in UTC. Raises DateInvalidError."""
    try:
        if DATE.fullmatch(value):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        if RFC_3339.fullmatch(value):
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    shown = ascii(value[:40])
    detail = f"{shown} is not a date; write 2023-04-27 or 2023-04-27T09:30:00Z (in a URL write + as %2B)."
    raise DateInvalidError(detail, field=field)


def _reader(field: str) -> BeforeValidator:
    def read(value: Any) -> Any:
        return moment(value, field) if isinstance(value, str) else value

    return BeforeValidator(read)


Moment = Annotated[datetime, Field(strict=True)]
SCHEMA = WithJsonSchema({"anyOf": [{"type": "string", "format": form} for form in ("date-time", "date")]})
PublishedAt = Annotated[Moment, _reader("published_at"), SCHEMA]
PublishedAfter = Annotated[Moment, _reader("published_after"), SCHEMA]
PublishedBefore = Annotated[Moment, _reader("published_before"), SCHEMA]
SaidAfter = Annotated[Moment, _reader("said_after"), SCHEMA]
SaidBefore = Annotated[Moment, _reader("said_before"), SCHEMA]

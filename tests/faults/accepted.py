"""What JSON Schema cannot say of a request, so that Schemathesis does not take a refusal for a failure."""

from __future__ import annotations

import schemathesis
from schemathesis.core import NotSet

SEARCHED = ("q", "speaker", "name")
CORRECTION = {"speaker_id", "status"}
MADE_HERE = ("if-match", "idempotency-key")


def _whole(value):
    """JSON Schema takes 140.0 for an integer."""
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


LINES = "application/x-ndjson"


@schemathesis.serializer(LINES)
def as_lines(_context, value):
    """A body of lines, as it was made up."""
    return value if isinstance(value, bytes) else value.encode(errors="replace")


@schemathesis.hook
def filter_case(_context, case):
    """Lines are text, whatever stands in them: no body of theirs could be of another type."""
    return case.media_type != LINES or isinstance(case.body, str | bytes | NotSet)


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """A request that fits the description, without what the description cannot describe.

    A search has words in it. A cursor is good where it came from, and opaque to its reader. What is said of an article
    stands in a JSON body, or in the URL beside a bare text. An ETag is one that the service gave, an idempotency key
    is new, and a whole number is written without a point.
    """
    if case.meta and case.meta.generation.mode.is_negative:
        return
    case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() not in MADE_HERE}
    case.headers["If-Match"] = "*"
    given = (case.path_parameters or {}).items()
    case.path_parameters = {name: 1 if value is None else _whole(value) for name, value in given}
    case.body = _named(_whole(case.body), case.path_parameters)
    if case.query:
        case.query.update(dict.fromkeys(case.query.keys() & set(SEARCHED), "Lindqvist"))
        case.query.pop("cursor", None)
        if case.query.get("sort") == "relevance":
            case.query["q"] = "Lindqvist"
        if case.media_type == "application/json":
            case.query.clear()


def _named(body, path):
    """A name has words in it, a speaker that is named by an id is there, and a status of null says nothing alone.

    A speaker is merged into itself, which is answered 409: whom else there is the description does not tell.
    """
    if not isinstance(body, dict):
        return body
    known = {"name": "Ada Lindqvist"} if "name" in body else {}
    if "into" in body:
        known["into"] = path["speaker_id"]
    return {**body, **known, **({"speaker_id": None} if body.keys() & CORRECTION else {})}

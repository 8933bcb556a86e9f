"""What JSON Schema cannot say of a request, so that Schemathesis does not take a refusal for a failure."""

from __future__ import annotations

import schemathesis

SEARCHED = ("q", "speaker", "name")
MADE_HERE = ("if-match", "idempotency-key")


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    """A batch of one line."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def _whole(value):
    """JSON Schema takes 140.0 for an integer."""
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@schemathesis.hook
def map_case(context, case):
    """A request that fits the description, without what the description cannot describe.

    A search has words in it. A cursor is good where it came from, and opaque to its reader. What is said of an article
    stands in a JSON body, or in the URL beside a bare text. An ETag is the one that the service gave, an idempotency key
    has not been used before, and a whole number is written without a point.
    """
    if case.meta and case.meta.generation.mode.is_positive:
        case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() not in MADE_HERE}
        case.headers["If-Match"] = "*"
        given = (case.path_parameters or {}).items()
        case.path_parameters = {name: 1 if value is None else _whole(value) for name, value in given}
        case.body = _whole(case.body)
    if case.meta and case.meta.generation.mode.is_positive and case.query:
        case.query.update(dict.fromkeys(case.query.keys() & set(SEARCHED), "Lindqvist"))
        case.query.pop("cursor", None)
        if case.media_type == "application/json":
            case.query.clear()
    return case

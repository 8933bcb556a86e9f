"""What JSON Schema cannot say of a request, so that Schemathesis does not take a refusal for a failure."""

from __future__ import annotations

import schemathesis

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


@schemathesis.hook
def map_case(context, case):
    """A request that fits the description, without what the description cannot describe.

    A search has words in it. A cursor is good where it came from, and opaque to its reader. What is said of an article
    stands in a JSON body, or in the URL beside a bare text. An ETag is one that the service gave, an idempotency key
    is new, and a whole number is written without a point.
    """
    if case.meta and case.meta.generation.mode.is_negative:
        return case
    case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() not in MADE_HERE}
    case.headers["If-Match"] = "*"
    given = (case.path_parameters or {}).items()
    case.path_parameters = {name: 1 if value is None else _whole(value) for name, value in given}
    case.body = _named(_whole(case.body))
    if case.query:
        case.query.update(dict.fromkeys(case.query.keys() & set(SEARCHED), "Lindqvist"))
        case.query.pop("cursor", None)
        if case.query.get("sort") == "relevance":
            case.query["q"] = "Lindqvist"
        if case.media_type == "application/json":
            case.query.clear()
    return case


def _named(body):
    """A name has words in it, a speaker that is named by an id is there, and a status of null says nothing alone."""
    if not isinstance(body, dict):
        return body
    known = {"name": "Ada Lindqvist"} if "name" in body else {}
    return {**body, **known, **({"speaker_id": None} if body.keys() & CORRECTION else {})}

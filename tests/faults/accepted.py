"""What JSON Schema cannot say of a request, so that Schemathesis does not take a refusal for a failure."""

from __future__ import annotations

import schemathesis

SEARCHED = ("q", "speaker", "name")


@schemathesis.hook
def map_case(context, case):
    """A request that fits the description, without what the description cannot describe.

    A search has words in it. A cursor is good where it came from, and opaque to its reader. What is said of an article
    stands in a JSON body, or in the URL beside a bare text.
    """
    if case.meta and case.meta.generation.mode.is_positive and case.query:
        case.query.update(dict.fromkeys(case.query.keys() & set(SEARCHED), "Lindqvist"))
        case.query.pop("cursor", None)
        if case.media_type == "application/json":
            case.query.clear()
    return case

"""What Schemathesis is not to call a failure: JSON Schema cannot say it, so a request may fit and still be refused."""

from __future__ import annotations

import schemathesis

UNSAYABLE = ("cursor-invalid", "cursor-mismatch")
"""A cursor is good where it came from; to its reader it is opaque."""
ONE_PLACE = "with a JSON body this belongs into the body"
"""What is said of an article stands in a JSON body, or in the URL beside a bare text."""


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """Whether it is one."""
    if "Schema-valid request rejected" not in failure.title:
        return True
    problem = response.json()
    messages = [error["message"] for error in problem.get("errors", [])]
    return not (problem["type"].endswith(UNSAYABLE) or ONE_PLACE in messages)

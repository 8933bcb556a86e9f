"""Content negotiation by the Accept header, RFC 9110 section 12.5.1."""

from collections.abc import Iterable, Sequence

import mimeparse

from app.errors import OnRecordError

ANYTHING = "*/*"


class NotAcceptableError(OnRecordError):
    """The client takes none of what there is."""

    status, name, title = 406, "not-acceptable", "There is no such format"


def best(accepts: Iterable[str], offered: Sequence[str]) -> str:
    """The media type of `offered` that the Accept headers like best; at a tie, the first. Raises NotAcceptableError."""
    accept = ", ".join(accepts).lower()
    try:
        found = mimeparse.best_match(list(reversed(offered)), accept if accept.strip(", ") else ANYTHING)
    except mimeparse.MimeTypeParseException:
        found = ""
    if not found:
        raise NotAcceptableError(
            f"Send Accept with one of {', '.join(offered)}, or leave it out and say format= in the URL.",
            headers={"Vary": "Accept"},
        )
    return found

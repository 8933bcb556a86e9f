"""The context shown around a quote."""

from app.extraction.document import Span

LEAST, MOST = 120, 200


def snippet(text: str, quote: Span) -> Span:
    """The quote with 120 to 200 code points on either side, cut at a paragraph's or a word's border."""
    start, end = _start(text, quote.start), _end(text, quote.end)
    while start < quote.start and text[start].isspace():
        start += 1
    while end > quote.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _start(text: str, before: int) -> int:
    if before <= MOST:
        return 0
    window = text[before - MOST : before - LEAST]
    return before - MOST + _border(window, window.find("\n"), range(len(window)))


def _end(text: str, after: int) -> int:
    if len(text) - after <= MOST:
        return len(text)
    window = text[after + LEAST : after + MOST]
    return after + LEAST + _border(window, window.rfind("\n"), range(len(window) - 1, -1, -1), default=len(window))


def _border(window: str, paragraph: int, places: range, default: int = 0) -> int:
    if paragraph >= 0:
        return paragraph
    return next((place for place in places if window[place].isspace()), default)

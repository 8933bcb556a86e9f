"""Annotated articles: the form they are written in, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.extraction.document import Span

KINDS = ("direct", "mixed")


class GoldError(ValueError):
    """An annotation that cannot be meant; the message names the field and the remedy."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One annotated act of saying.

    `source` is empty where the text tells nobody or nobody has labelled it. `speaker` lists the names that are right,
    is empty where the text names none, and None where nobody has labelled it. `kind` is None where it is not labelled.
    """

    segments: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: tuple[str, ...] | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated text; `language` is an ISO 639-1 code, None where it is to be detected."""

    id: str
    text: str
    language: str | None
    quotes: tuple[GoldQuote, ...]

    @classmethod
    def of(cls, record: dict[str, Any]) -> GoldArticle:
        """The article in a record that `check` has passed."""
        quotes = tuple(_quote(quote) for quote in record["quotes"])
        return cls(str(record["id"]), record["text"], record.get("language"), quotes)


def _quote(record: dict[str, Any]) -> GoldQuote:
    speaker = record.get("speaker")
    return GoldQuote(
        segments=tuple(Span(*pair) for pair in record["segments"]),
        source=tuple(Span(*pair) for pair in record.get("source") or ()),
        speaker=None if speaker is None else tuple(speaker),
        kind=record.get("kind"),
    )


def check(record: dict[str, Any]) -> None:
    """Whether the `quotes` of a record with a `text` are annotated as they should be. Raises GoldError."""
    quotes = record.get("quotes")
    if not isinstance(quotes, list):
        raise GoldError('"quotes" is missing or not a list; write [] where the article quotes nobody')
    for number, quote in enumerate(quotes):
        if not isinstance(quote, dict):
            raise GoldError(f'"quotes[{number}]" is not an object {{"segments", "source", "speaker"}}')
        for field, complaint in _complaints(quote, len(record["text"])):
            raise GoldError(f'"quotes[{number}].{field}" {complaint}')


def _complaints(quote: dict[str, Any], length: int) -> Iterator[tuple[str, str]]:
    """What is wrong with a quote: the field, then the rest of the sentence."""
    if not quote.get("segments"):
        yield "segments", "is missing or empty; list the [start, end] of what stands between the marks"
    for field in ("segments", "source", "cue"):
        for place, complaint in _span_complaints(quote.get(field), length):
            yield f"{field}{place}", complaint
    yield from _speaker_complaints(quote)
    if quote.get("kind") not in (None, *KINDS):
        yield "kind", "is neither direct nor mixed; leave it out where it is not labelled"


def _span_complaints(spans: Any, length: int) -> Iterator[tuple[str, str]]:
    if spans is None:
        return
    if not isinstance(spans, list):
        yield "", "is not a list of [start, end]"
        return
    for number, pair in enumerate(spans):
        if not (isinstance(pair, list) and [type(offset) for offset in pair] == [int, int]):
            yield f"[{number}]", "is not [start, end], two whole numbers"
        elif not 0 <= pair[0] < pair[1] <= length:
            yield (
                f"[{number}]",
                f"{pair} does not stand in the text of {length} characters; offsets count Unicode code points from 0",
            )


def _speaker_complaints(quote: dict[str, Any]) -> Iterator[tuple[str, str]]:
    speaker = quote.get("speaker")
    if speaker is None:
        if quote.get("source") is None:
            yield "speaker", 'is missing, and so is "source"; label one, with [] where the text tells nobody'
    elif not isinstance(speaker, list) or not all(isinstance(name, str) and name.strip() for name in speaker):
        yield "speaker", "is not a list of names; list the full name first, or write [] where the text names nobody"

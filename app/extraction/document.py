"""The values extraction works on: the document under analysis and the result it hands out.

All offsets count Unicode code points of the text as it was sent; spans are half-open, `[start, end)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.extraction.confidence import Evidence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text, `[start, end)` in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class QuoteKind(StrEnum):
    """`direct`: all that is reported stands in the marks. `mixed`: part of it does."""

    DIRECT = "direct"
    MIXED = "mixed"


class SpeakerKind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    GROUP = "group"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a quote belongs to, as far as one article tells."""

    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    """Other names the article gives this speaker, as written there (`Putin`, `Vladimir Putin`)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One act of saying: the segments under one attribution, in reading order.

    `speaker` is None where the text does not tell who speaks. `confidence` is in [0, 1]; `reason` names the
    evidence in words a reader understands.
    """

    segments: tuple[Span, ...]
    kind: QuoteKind
    speaker: Speaker | None
    mention: Span | None
    cue: Span | None
    confidence: float
    reason: str
    evidence: Evidence | None = None
    """What `confidence` was computed from."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one text. `warnings` are sentences for the reader of the answer."""

    language: str
    quotes: tuple[Quote, ...]
    extractor: str
    warnings: tuple[str, ...] = ()


class QuoteExtractor(Protocol):
    """What the rest of the project asks of extraction; tests put a small one of their own in its place."""

    version: str
    """What its extractions say they were made by."""

    def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of one text. `language` is an ISO 639-1 code; None detects it."""
        ...


class ZoneKind(StrEnum):
    """Body is the article itself; furniture is the page around or inside it."""

    BODY = "body"
    HEADING = "heading"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Zone:
    """One line of the page that is not blank (white space at its ends left out), and what it is.

    `paragraph` numbers the paragraphs: a line is one, and lines that were hard-wrapped share one.
    """

    span: Span
    kind: ZoneKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one pair of marks encloses, or several where each paragraph re-opens it; marks left out."""

    segments: tuple[Span, ...]
    mark: str
    """The opening mark."""
    closed: bool
    """False where the paragraph ended it."""

"""The quotes of one text for a reader at a terminal."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from .batch import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from app.extraction.document import Extraction, Quote

NOT_SHOWN = {code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(code) not in "\n\t"}
"""Control characters: a page must not be able to steer the terminal."""


def read_text(source: Path) -> str:
    """The text of a file, or of standard input for `-`, with its line ends as they are."""
    data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: not UTF-8: {error.reason} at byte {error.start}") from None


def render(text: str, extraction: Extraction) -> str:
    """The quotes in reading order, each under its speaker, and what there is to say about the whole."""
    blocks = [_block(quote, text) for quote in extraction.quotes]
    notes = [*(f"Note: {warning}" for warning in extraction.warnings), _summary(extraction)]
    return "\n\n".join([*blocks, "\n".join(notes)])


def _block(quote: Quote, text: str) -> str:
    speaker = quote.speaker.name if quote.speaker else "Unknown speaker"
    words = " … ".join(f"“{segment.of(text)}”" for segment in quote.segments)
    lines = [
        f"{speaker} ({quote.kind}, confidence {quote.confidence:.2f})",
        textwrap.indent(words, "    "),
        f"    – {quote.reason}",
    ]
    return "\n".join(lines).translate(NOT_SHOWN)


def _summary(extraction: Extraction) -> str:
    count = len(extraction.quotes)
    return f"{count} {'quote' if count == 1 else 'quotes'}, language {extraction.language}"

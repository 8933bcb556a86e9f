"""An extractor that breaks on marked texts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.said import SaidExtractor

if TYPE_CHECKING:
    from app.extraction.document import Extraction

RAISE, LOOP, EAT = "<raise>", "<loop>", "<eat memory>"
MOST_EATEN = 16
"""Pieces of 64 MiB: a test must not bring its machine down."""
READING_SECONDS = 0.05
"""How long a harmless text is in hand."""


class FaultyExtractor(SaidExtractor):
    """Finds what its parent does, but raises, never ends, or takes ever more memory where the text says so."""

    def extract(self, text: str, language: str | None = None) -> Extraction:
        if RAISE in text:
            raise ValueError("The text said so.")
        eaten = []
        while LOOP in text or EAT in text:
            if EAT in text and len(eaten) < MOST_EATEN:
                eaten.append(b"x" * 2**26)
            time.sleep(0.005)
        time.sleep(READING_SECONDS)
        return super().extract(text, language)

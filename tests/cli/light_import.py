"""`onrecord` with an extractor that needs no model: `python -m tests.cli.light_import import PATH...`.

Each text that is read is noted as a line of the file that READ names, before the answer. A text with the word `wait`
is not answered before the file is gone that WAIT names.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from app.cli import app, importing
from app.extraction.document import Extraction
from app.workers.inline import InlineExtraction
from tests.archive import SaidExtractor


class NotingExtractor(SaidExtractor):
    """Tells what it is asked to read."""

    def extract(self, text: str, language: str | None = None) -> Extraction:
        with Path(os.environ["READ"]).open("a", encoding="utf-8") as file:
            file.write(text.replace("\n", " ") + "\n")
        while "wait" in text and Path(os.environ["WAIT"]).exists():
            time.sleep(0.01)
        return super().extract(text, language)


if __name__ == "__main__":
    importing.backend = lambda _settings: InlineExtraction(NotingExtractor())
    app()

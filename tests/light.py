"""`onrecord` with an extractor that needs no model: `python -m tests.light import PATH...`.

Each text that is read is noted as a line of the file that READ names, before the answer. A text with the word `wait`
is not answered before the file is gone that WAIT names.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from app.cli import app
from app.extraction.document import Extraction
from app.settings import Settings
from app.workers.inline import InlineExtraction
from app.workers.pool import ExtractionPool
from tests.said import SaidExtractor

ROOT = Path(__file__).parents[1]


class NotingExtractor(SaidExtractor):
    """Tells what it is asked to read."""

    def extract(self, text: str, language: str | None = None) -> Extraction:
        with Path(os.environ["READ"]).open("a", encoding="utf-8") as file:
            file.write(text.replace("\n", " ") + "\n")
        while "wait" in text and Path(os.environ["WAIT"]).exists():
            time.sleep(0.01)
        return super().extract(text, language)


class Light:
    """Commands in processes of their own, which can be killed."""

    def __init__(self, settings: Settings, directory: Path) -> None:
        self.wait = directory / "wait"
        self.wait.touch()
        self._read = directory / "read"
        self._read.touch()
        names = {"READ": str(self._read), "WAIT": str(self.wait), "PYTHONPATH": str(ROOT)}
        given = {f"ONRECORD_{name.upper()}": str(getattr(settings, name)) for name in settings.model_fields_set}
        self._environment = os.environ | given | names

    def start(self, *arguments: object) -> subprocess.Popen:
        """Start `onrecord` with these arguments; what it tells is in its stderr."""
        command = [sys.executable, "-m", "tests.light", *map(str, arguments)]
        return subprocess.Popen(command, env=self._environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def texts(self) -> list[str]:
        """The texts that were read."""
        return [line for line in self._read.read_text(encoding="utf-8").split("\n") if "anybody" not in line][:-1]

    def until_waiting(self, number: int) -> None:
        """Until that many texts are being read that wait."""

        @retry(retry=retry_if_result(lambda found: found < number), wait=wait_fixed(0.02), stop=stop_after_delay(90))
        def waiting() -> int:
            return sum("wait" in one for one in self.texts())

        waiting()


if __name__ == "__main__":
    # A job that a shell runs in the background ignores it, and so would its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ExtractionPool.of = ExtractionPool.one_of = lambda _settings: InlineExtraction(NotingExtractor())
    app()

"""An extractor that does what the text says. It imports nothing that would make a worker slow to start."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from app.extraction.document import Extraction

SMALL_MB = 200
"""More than an idle worker of this takes."""


class Obedient:
    """Does what the text says, and answers with its own process id. What it does once leaves a mark in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def extract(self, text: str, language: str | None = None) -> Extraction:
        what, _, rest = text.partition(" ")
        if rest == "once" and not self._is_first(what):
            what = "text"
        if what == "raise":
            raise ValueError("no")
        if what == "die":
            os._exit(9)
        if what == "hang":
            while True:
                time.sleep(0.01)
        if what == "eat":
            self._eat()
        if what == "swell":
            threading.Timer(0.1, self._eat).start()
        if what == "until":
            self._mark(f"at {rest}")
            while not (self.folder / rest).exists():
                time.sleep(0.01)
        self._log(text)
        return Extraction(language or "en", (), str(os.getpid()))

    def _eat(self) -> None:
        eaten = []
        while True:
            eaten.append(b"x" * (16 * 1024 * 1024))
            time.sleep(0.01)

    def _is_first(self, what: str) -> bool:
        mark = self.folder / f"{what} was done"
        if mark.exists():
            return False
        mark.touch()
        return True

    def _mark(self, name: str) -> None:
        (self.folder / name).touch()

    def _log(self, text: str) -> None:
        with (self.folder / "read").open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")


def failing() -> Obedient:
    raise FileNotFoundError("no models")

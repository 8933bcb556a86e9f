"""A command line whose extractor needs no model."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind

ADA = Speaker("Ada Brandt", SpeakerKind.PERSON)


class MarksOnly:
    """Takes each pair of straight marks for a quote of Ada's, if the text names her."""

    version = "marks-only"

    def __init__(self) -> None:
        self.languages: list[str | None] = []

    def extract(self, text: str, language: str | None = None) -> Extraction:
        self.languages.append(language)
        if "crash" in text:
            raise RuntimeError("the model broke")
        name = re.search("Ada", text)
        mention = Span(*name.span()) if name else None
        quotes = [self._quote(Span(*found.span(1)), mention) for found in re.finditer('"([^"]+)"', text)]
        return Extraction(language or "en", tuple(quotes), "marks-only")

    def _quote(self, segment: Span, mention: Span | None) -> Quote:
        speaker = ADA if mention else None
        return Quote((segment,), QuoteKind.DIRECT, speaker, mention, None, 0.75, "a name stands in the text")


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> MarksOnly:
    """The extractor that the commands find in place of the real one."""
    fake = MarksOnly()
    monkeypatch.setattr("app.cli.commands.open_extractor", lambda: fake)
    return fake


@pytest.fixture
def run(extractor: MarksOnly):
    """Run `onrecord` with these arguments; the result has exit_code, stdout and stderr."""
    from app.cli import app

    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(app, [str(argument) for argument in arguments], **options)


@pytest.fixture
def gold_file(tmp_path: Path):
    """Write records as a file of annotated articles."""

    def write(*records: object) -> Path:
        path = tmp_path / "gold.ndjson"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return path

    return write

"""An extractor that needs no model, and that a worker is soon ready with: it imports nothing of the service."""

from __future__ import annotations

import re

from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind

SAID = re.compile(r"“(?P<words>[^”]*)”(?: (?P<cue>said|read) (?P<name>[^.“”]+)\.)?")
KINDS = {"Ministry": SpeakerKind.ORGANIZATION, "the statement": SpeakerKind.DOCUMENT, "officials": SpeakerKind.UNNAMED}


class SaidExtractor:
    """Takes `“Words” said Full Name.` for a quote; `read` for `said` makes it a mixed one, of half the confidence.

    `answers` holds what it finds in a text instead, an exception to raise included; `texts` what it was asked.
    """

    version = "said-1"

    def __init__(self) -> None:
        self.answers: dict[str, Extraction | Exception] = {}
        self.texts: list[str] = []

    def extract(self, text: str, language: str | None = None) -> Extraction:
        self.texts.append(text)
        answer = self.answers.get(text)
        if isinstance(answer, Exception):
            raise answer
        quotes = [quote_of(found) for found in SAID.finditer(text) if found["words"]]
        return answer or Extraction(language or "en", tuple(quotes), "said-1", ("Read by a test.",))


def quote_of(found: re.Match[str]) -> Quote:
    """The quote in a match of SAID."""
    is_said = found["cue"] != "read"
    return Quote(
        segments=(Span(*found.span("words")),),
        kind=QuoteKind.DIRECT if is_said else QuoteKind.MIXED,
        speaker=speaker_of(found["name"]) if found["name"] else None,
        mention=Span(*found.span("name")) if found["name"] else None,
        cue=Span(*found.span("cue")) if found["cue"] else None,
        confidence=0.9 if is_said else 0.45,
        reason="a test says so",
    )


def speaker_of(name: str) -> Speaker:
    """A speaker, of the kind its name tells; persons go by their last word too."""
    kind = next((kind for word, kind in KINDS.items() if word in name), SpeakerKind.PERSON)
    aliases = (name.split()[-1],) if kind is SpeakerKind.PERSON and " " in name else ()
    return Speaker(name, kind, aliases)

"""Articles that were made up for training and measuring languages without open data: the tagged text and its reader.

An article begins with a line `### ID`, where the ID begins with its language. In the text

- `<q1>“…”</q1>` is a segment of quotation 1, its marks included; all segments of one act of saying share the number;
- `<s1=Ann Lee>she</s1>` is the mention that names its source, with the speaker's full name in the nominative, or
  nothing (`<s1=>`) where the article does not name the speaker; `<s1,2=Ann Lee>` is the source of two quotations;
- `<c1>said</c1>` is the cue, which may be missing, as may the source where nobody is told; where the subject of the
  verb is dropped, the name stands there: `<c1=Ada Neri>ha detto</c1>`.

Words in marks without a tag are names, titles, terms and slogans: no quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TAG = re.compile(r"<(?P<kind>[qsc])(?P<numbers>\d+(?:,\d+)*)(?:=(?P<name>[^<>]*))?>|</(?P<closed>[qsc])[\d,]*>")
HEAD = re.compile(r"^### (?P<id>(?P<language>[a-z]{2})-\S+)[ \t]*\n", re.MULTILINE)
TEST_EVERY = 5
"""Each fifth article is kept for measuring."""


class MarkupError(ValueError):
    """The tags of an article do not fit together; the message names the article and the place."""


@dataclass
class _Quote:
    segments: list[list[int]] = field(default_factory=list)
    source: list[list[int]] = field(default_factory=list)
    cue: list[list[int]] = field(default_factory=list)
    name: str | None = None

    def record(self) -> dict[str, Any]:
        """As gold: nobody is right for words that nobody is told of; a source without a name is not labelled."""
        told = bool(self.source or self.cue)
        speaker = [self.name] if self.name else None if told else []
        return {"segments": self.segments, "source": self.source, "cue": self.cue, "speaker": speaker}


def files() -> list[Path]:
    """The files of articles, in a fixed order."""
    return sorted(FOLDER.glob("*.txt"))


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a file as gold records: `id`, `language`, `text`, `quotes`. Raises MarkupError."""
    content = path.read_text(encoding="utf-8")
    heads = list(HEAD.finditer(content))
    for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(content)], strict=True):
        yield parse(head["id"], head["language"], content[head.end() : end].strip() + "\n")


def parse(name: str, language: str, tagged: str) -> dict[str, Any]:
    """One article without its tags, and what they say."""
    text, done = "", 0
    opened: dict[str, tuple[re.Match[str], int]] = {}
    quotes: dict[int, _Quote] = {}
    for tag in TAG.finditer(tagged):
        text += tagged[done : tag.start()]
        done = tag.end()
        if tag["kind"]:
            if tag["kind"] in opened:
                raise MarkupError(f"{name}: <{tag['kind']}> opened twice at “{text[-40:]}”")
            opened[tag["kind"]] = (tag, len(text))
        else:
            if tag["closed"] not in opened:
                raise MarkupError(f"{name}: closed but not open at “{text[-40:]}”")
            _enter(quotes, *opened.pop(tag["closed"]), len(text))
    text += tagged[done:]
    if opened or re.search(r"</?[a-z]\w{0,3}[=>]", text):
        raise MarkupError(f"{name}: a tag is not closed or not known")
    for number, quote in quotes.items():
        if not quote.segments:
            raise MarkupError(f"{name}: {number} has a source or a cue but no words")
    records = [quote.record() for _, quote in sorted(quotes.items(), key=lambda pair: pair[1].segments)]
    return {"id": name, "language": language, "text": text, "quotes": records}


def _enter(quotes: dict[int, _Quote], tag: re.Match[str], start: int, end: int) -> None:
    for number in map(int, tag["numbers"].split(",")):
        quote = quotes.setdefault(number, _Quote())
        {"q": quote.segments, "s": quote.source, "c": quote.cue}[tag["kind"]].append([start, end])
        if tag["name"] is not None:
            quote.name = tag["name"] or None


def parts() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All articles of all languages: those for training, and those for measuring."""
    train, test = zip(*(split(list(read(path))) for path in files()), strict=True)
    return list(chain.from_iterable(train)), list(chain.from_iterable(test))


def split(articles: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those for training, and each fifth for measuring."""
    test = articles[TEST_EVERY - 1 :: TEST_EVERY]
    return [article for article in articles if article not in test], test

"""Treebank files as values: documents of paragraphs of sentences of words, with their spacing.

A multiword token (`don't`, `Putin's`) is read as its parts when they spell it (`do` + `n't`, `Putin` + `'s`), so that a
name never carries its possessive; where they do not, it stays one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence, and what the treebank says of it."""

    index: int
    form: str
    upos: str
    xpos: str
    head: int
    deprel: str
    misc: str
    space_after: bool = True


@dataclass(slots=True)
class Sentence:
    """Words in reading order; `opens_paragraph` where a new paragraph begins."""

    words: list[Word]
    opens_paragraph: bool = False


@dataclass(slots=True)
class Document:
    """One text of a treebank."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)

    def paragraphs(self) -> list[list[Sentence]]:
        """The sentences, grouped by paragraph."""
        groups: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.opens_paragraph or not groups:
                groups.append([])
            groups[-1].append(sentence)
        return groups


def read_documents(path: Path) -> list[Document]:
    """Every document of one CoNLL-U file."""
    return parse_documents(path.read_text(encoding="utf-8"), path.stem)


def parse_documents(text: str, name: str = "text") -> list[Document]:
    """Every document of a CoNLL-U text; `name` stands where none is declared."""
    documents: list[Document] = []
    for comments, rows in _blocks(text.splitlines()):
        declared = next((c.partition("=")[2].strip() for c in comments if c.startswith("# newdoc")), None)
        if declared is not None or not documents:
            documents.append(Document(declared or name))
        opens = any(c.startswith(("# newpar", "# newdoc")) for c in comments)
        documents[-1].sentences.append(Sentence(_words(rows), opens))
    return documents


def _blocks(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _words(rows: list[list[str]]) -> list[Word]:
    words: list[Word] = []
    pending = iter(rows)
    for row in pending:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            parts = [next(pending) for _ in range(first, last + 1)]
            words += _multiword(row, parts)
        elif "." not in row[0]:
            words.append(_word(row, "SpaceAfter=No" not in row[9]))
    return words


def _multiword(row: list[str], parts: list[list[str]]) -> list[Word]:
    space = "SpaceAfter=No" not in row[9]
    forms = _spelled(row[1], [part[1] for part in parts])
    if forms is None:
        return [_word([parts[0][0], row[1], *parts[0][2:]], space)]
    last = len(parts) - 1
    return [
        _word([p[0], form, *p[2:]], space and i == last) for i, (p, form) in enumerate(zip(parts, forms, strict=True))
    ]


def _spelled(surface: str, parts: list[str]) -> list[str] | None:
    """The surface cut at the parts' lengths, if the parts spell it (quotation marks of any shape are equal)."""
    if _plain("".join(parts)) != _plain(surface):
        return None
    cuts = [0]
    for part in parts:
        cuts.append(cuts[-1] + len(part))
    return [surface[a:b] for a, b in pairwise(cuts)]


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


def _word(row: list[str], space_after: bool) -> Word:
    head = int(row[6]) if row[6].isdigit() else 0
    return Word(int(row[0]), row[1], row[3], row[4], head, row[7], row[9], space_after)

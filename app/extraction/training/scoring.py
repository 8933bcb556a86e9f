"""F1 of what a pipeline finds against held out documents: tokens, sentences, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.extraction.training.conllu import Document
from app.extraction.training.variety import Tagged


@dataclass(slots=True)
class Score:
    """Counts of what was right, found and there, by kind."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, found: Iterable[Hashable], there: Iterable[Hashable]) -> None:
        """Count one text's spans of a kind."""
        found, there = set(found), set(there)
        self.right[kind] += len(found & there)
        self.found[kind] += len(found)
        self.there[kind] += len(there)

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right[kind] / max(1, self.found[kind] + self.there[kind])

    def __str__(self) -> str:
        return "  ".join(
            f"{kind} F1 {self.f1(kind):.4f} (P {self.right[kind] / max(1, self.found[kind]):.3f}"
            f" R {self.right[kind] / max(1, self.there[kind]):.3f} of {self.there[kind]})"
            for kind in self.there
        )


def segmentation(pipeline: Any, documents: list[Document]) -> Score:
    """Tokens and sentences by their offsets in the documents' text."""
    score = Score()
    for document in documents:
        text, tokens, sentences = laid_out(document)
        read = pipeline(text).sentences
        score.add("tokens", [(t.start_char, t.end_char) for s in read for t in s.tokens], tokens)
        score.add("sentences", [(s.tokens[0].start_char, s.tokens[-1].end_char) for s in read], sentences)
    return score


def laid_out(document: Document) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """A document as plain text, with the offsets of its tokens and sentences."""
    text, tokens, sentences = "", [], []
    for paragraph in document.paragraphs():
        for sentence in paragraph:
            first = len(tokens)
            for word in sentence.words:
                tokens.append((len(text), len(text) + len(word.form)))
                text += word.form + " " * word.space_after
            sentences.append((tokens[first][0], tokens[-1][1]))
        text = text.rstrip() + "\n\n"
    return text, tokens, sentences


def entities(pipeline: Any, sentences: list[Tagged]) -> Score:
    """Names, tagged on gold tokens, by type and all together."""
    score = Score()
    read = pipeline([[word for word, _ in sentence] for sentence in sentences]).sentences
    for gold, guess in zip(sentences, read, strict=True):
        there = spans([tag for _, tag in gold])
        found = spans([token.ner for token in guess.tokens])
        score.add("all", found, there)
        for label in ("PERSON", "ORG", "LOC"):
            score.add(label, (s for s in found if s[2] == label), (s for s in there if s[2] == label))
    return score


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """BIOES tags as `(start, end, label)`."""
    found, start = [], 0
    for i, tag in enumerate(tags):
        start = i if tag[:2] in ("B-", "S-") else start
        if tag[:2] in ("E-", "S-"):
            found.append((start, i + 1, tag[2:]))
    return found

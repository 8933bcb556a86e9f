"""What the arcs to antecedents are learned from: mentions, the names they stand for, and the model's states of both.

- The articles made up for training: the sources of their quotes with the speakers' full names, in all languages; where
  a subject is dropped, the cue. Sources whom the article does not name stand for nobody.
- PolNeAR's training part: sources that are names themselves, pronouns of which the rules are sure, and roles that the
  article itself tells of somebody.
- GUM's training documents: pronouns and common nouns that its brackets join to names of persons and organizations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.extraction import languages
from app.extraction.coreference.characters import Cast, Character, words_of
from app.extraction.coreference.resolver import Resolver
from app.extraction.detection import detect
from app.extraction.document import Span
from app.extraction.extractor import Page
from app.extraction.linguistics import Tokenizer
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.model.antecedents import BEFORE, BEHIND, places
from app.extraction.model.pieces import Pieces
from app.extraction.model.pointer import Pointer
from app.extraction.model.windows import covering
from app.extraction.narration.reading import Reading
from app.extraction.training.attribution_data import UNMARKED
from app.extraction.training.conllu import Document, read_documents
from app.extraction.training.entities import Bracketed, Name, bracketed, names
from app.extraction.training.splits import gum_files

CLASSES = BEFORE + BEHIND + 1
"""Of paragraphs between a mention and a name."""
SPEAKERS = {"person", "organization"}
SURE = 0.9
"""The chance from which the rules' antecedent of a pronoun is taken for true."""
NAME_WEIGHT = 0.3
"""What a source that is a name itself counts beside one that is not."""


@dataclass(slots=True)
class Question:
    """A mention and who is meant: spans of the text."""

    asked: Span
    meant: Sequence[Span]
    """All names of whom it stands for; none where the text does not name them."""
    is_name: bool = False
    """Is it a name itself?"""

    @property
    def weight(self) -> float:
        return NAME_WEIGHT if self.is_name else 1.0


@dataclass(slots=True)
class Case:
    """The questions of one window, with the states of its pieces, and which of these it may point at."""

    text: str
    hidden: np.ndarray
    open: np.ndarray
    """A row a question: the pieces of names and roles of those named; no mention but a name points at itself."""
    asking: list[np.ndarray]
    distance: np.ndarray
    paragraph: np.ndarray
    right: np.ndarray
    """A row a question: the pieces that are right, the last column for nobody."""
    weights: np.ndarray


@dataclass(slots=True)
class Article:
    """A text as the extractor's rules read it."""

    name: str
    text: str
    paragraphs: Sequence[Span]
    segments: Sequence[Span]
    resolver: Resolver

    @classmethod
    def read(cls, name: str, text: str, language: str | None, resolving: type[Resolver] = Resolver) -> Article:
        """Read and resolve; the language is detected where None is given."""
        page = Page.of(text)
        data = languages.load(language or detect([span.of(text) for span in page.body]))
        paragraphs = sorted([*page.body, *page.headings])
        reading = Reading(text, data, Tokenizer(data).tokens(text, paragraphs), page.quotations)
        reading.headings(page.headings)
        blocks = [reading.block(span) for span in page.body]
        resolver = resolving(data, Cast(reading.mentions(), data.patronymics))
        resolver.resolve(blocks)
        quotations = reading.quotations if data.incises else page.quotations
        segments = [segment for quotation in quotations for segment in quotation.segments]
        return cls(name, text, paragraphs, segments, resolver)

    @property
    def characters(self) -> dict[Mention, Character]:
        return self.resolver.cast.characters

    def told_of(self, wanted: Iterable[Character]) -> list[Span]:
        """Where the article itself tells that these characters are meant."""
        wanted = set(wanted)
        return [mention.span for mention, character in self.resolver.told.items() if character in wanted]

    def mention_at(self, span: Span) -> Mention | None:
        """The mention that a span overlaps, if any."""
        return next((mention for mention in self.resolver.resolutions if mention.span.overlaps(span)), None)


def made_cases(pointer: Pointer, records: Iterable[dict[str, Any]], unnamed: bool = True) -> Iterator[Case]:
    """Of annotated articles with labelled speakers, as those made up for training.

    `unnamed` tells that a source without a labelled speaker is one whom the article does not name.
    """
    for record in records:
        article = Article.read(record["id"], record["text"], record.get("language"))
        yield from _cases(pointer, article, list(_told(article, record["quotes"], unnamed)))


def _told(article: Article, quotes: Iterable[dict[str, Any]], unnamed: bool) -> Iterator[Question]:
    for quote in quotes:
        place, speaker = quote.get("source") or quote.get("cue"), quote.get("speaker")
        if not place or speaker == [] or (speaker is None and not unnamed):
            continue
        gold = set(words_of(speaker[0])) if speaker else set()
        meant = [c for c in article.characters.values() if any(set(words_of(name)) <= gold for name in c.names)]
        if not speaker or meant:
            yield _question(article, Span(*place[0]), article.told_of(meant))


def _question(article: Article, asked: Span, meant: Sequence[Span]) -> Question:
    is_name = any(mention.span.overlaps(asked) for mention in article.characters)
    return Question(asked, meant, is_name)


def polnear_cases(pointer: Pointer, path: Path) -> Iterator[Case]:
    """Of the articles of a file as `polnear/train.jsonl`, whose speakers nobody has labelled."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if UNMARKED in record["text"]:
            continue
        article = Article.read(record["id"], record["text"], "en")
        sources = {tuple(quote["source"][0]) for quote in record["quotes"] if quote["source"]}
        found = (_seen(article, Span(*source)) for source in sorted(sources))
        yield from _cases(pointer, article, [question for question in found if question])


def _seen(article: Article, asked: Span) -> Question | None:
    named = next((character for m, character in article.characters.items() if m.span.overlaps(asked)), None)
    if named:
        return Question(asked, article.told_of([named]), is_name=True)
    mention = article.mention_at(asked)
    found = article.resolver.resolutions[mention] if mention else None
    pronoun = mention and mention.kind is MentionKind.PRONOUN and found and found.chance > SURE
    character = found.character if pronoun else article.resolver.told.get(mention) if mention else None
    return Question(asked, article.told_of([character])) if character else None


def gum_cases(pointer: Pointer, treebanks: Path, part: str = "train") -> Iterator[Case]:
    """Of GUM's documents: mentions of persons and organizations that are no names themselves."""
    for path in gum_files(treebanks, part):
        for document in read_documents(path):
            text, questions = _bracketed(document)
            yield from _cases(pointer, Article.read(document.name, text, "en"), questions)


def _bracketed(document: Document) -> tuple[str, list[Question]]:
    """The text of a document, and its mentions that stand for somebody it names."""
    text = ""
    named: dict[str, list[Span]] = {}
    others: list[tuple[str, Span]] = []
    for paragraph in document.paragraphs():
        text = text.rstrip() + "\n\n" if text else ""
        for sentence in paragraph:
            words = []
            for word in sentence.words:
                words.append(Span(len(text), len(text) + len(word.form)))
                text += word.form + " " * word.space_after
            brackets = [each for each in bracketed(sentence) if each.kind in SPEAKERS]
            of = _named(brackets, names(sentence))
            for bracket in brackets:
                start, end = (of[bracket].start, of[bracket].end) if bracket in of else (bracket.start, bracket.end)
                span = Span(words[start].start, words[end - 1].end)
                if bracket in of:
                    named.setdefault(bracket.identity, []).append(span)
                else:
                    others.append((bracket.identity, span))
    return text, [Question(span, named[identity]) for identity, span in others if identity in named]


def _named(brackets: Sequence[Bracketed], names_: Iterable[Name]) -> dict[Bracketed, Name]:
    """The brackets whose own name stands in them: each name is of the smallest one around it."""
    found = {}
    for name in names_:
        around = [each for each in brackets if each.start <= name.start and name.end <= each.end]
        if around:
            found[min(around, key=lambda each: each.end - each.start)] = name
    return found


def _cases(pointer: Pointer, article: Article, questions: Sequence[Question]) -> Iterator[Case]:
    pieces = pointer.reader.read(article.text, article.paragraphs, article.segments)
    if not questions or not len(pieces):
        return
    edges = list(covering(0, len(pieces)))
    asked: dict[int, list[Question]] = {}
    for question in questions:
        asking = pieces.covered(question.asked)
        if len(asking):
            middle = int(asking.mean())
            best = max(range(len(edges)), key=lambda i: min(middle - edges[i][0], edges[i][1] - middle))
            asked.setdefault(best, []).append(question)
    for number, chosen in asked.items():
        start, end = edges[number]
        yield _case(pointer, article, pieces[start:end], chosen)


def _case(pointer: Pointer, article: Article, pieces: Pieces, questions: Sequence[Question]) -> Case:
    _, hidden = pointer.run(pieces.ids)
    told = np.zeros(len(pieces), bool)
    for span in [mention.span for mention in article.resolver.told] + [s for q in questions for s in q.meant]:
        told[pieces.covered(span)] = True
    asking = [pieces.covered(question.asked) for question in questions]
    open_ = np.tile(told, (len(questions), 1))
    for row, each, question in zip(open_, asking, questions, strict=True):
        row[each] &= question.is_name
    right = np.zeros((len(questions), len(pieces) + 1), bool)
    for row, question in zip(right, questions, strict=True):
        for span in question.meant:
            row[pieces.covered(span)] = True
    right[:, :-1] &= open_
    right[:, -1] = ~right.any(1)
    stands = [places(pieces, each) for each in asking]
    distance, paragraph = (np.stack([each[i] for each in stands]).astype(np.int64) for i in (0, 1))
    weights = np.array([question.weight for question in questions], np.float32)
    return Case(article.name, hidden.astype(np.float16), open_, asking, distance, paragraph, right, weights)

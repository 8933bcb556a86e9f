"""Annotated articles (PolNeAR's, or a user's own) as windows of pieces with their labels."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from app.extraction import languages
from app.extraction.document import Quotation, Span
from app.extraction.evaluation.matching import LEAST_SHARED, trim, union_share
from app.extraction.extractor import Page
from app.extraction.linguistics import Tokenizer
from app.extraction.model.pieces import Ints, Part, PieceReader, Pieces
from app.extraction.model.windows import length_class, relations, windows
from app.extraction.narration.reading import Reading
from app.extraction.training import made

UNMARKED = "''"
"""Articles with two apostrophes for a mark have no gold for what these enclose: they are left out."""
SEED = 20261122
HELD_OUT = 0.08
"""The share of articles never trained on: for early stopping, thresholds and calibration."""
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:of |the |and )?[A-Z][\w’'-]+){0,4}(?=[ ,.])")
PHRASE = re.compile(r"(?<=[a-z] )[a-z]{4,12}(?: [a-z]{4,12})?(?= [a-z])")
TAGS = ("source", "source begins", "cue", "content begins")


@dataclass(slots=True)
class Candidate:
    """One segment between marks. `reported` is None where the gold is in doubt.

    `source` and `cue` are empty where none is told, None where nobody has labelled them.
    """

    span: Span
    reported: bool | None
    source: list[Span] | None = field(default_factory=list)
    cue: list[Span] | None = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """A text with its candidates and all its attributions."""

    text: str
    paragraphs: list[Span]
    candidates: list[Candidate]
    attributions: list[tuple[list[Span], list[Span], list[Span]]]
    """Source, cue, content."""
    gold: int
    complete: bool = False
    """Are indirect attributions annotated as well?"""


def read_articles(path: Path) -> list[Article]:
    """The articles of a file, one JSON object a line as `polnear/train.jsonl` has them."""
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    return [to_article(document) for document in documents if UNMARKED not in document["text"]]


def read_made() -> tuple[list[Article], list[Article]]:
    """The articles made up for training, in all languages: each fifth held out, and the others."""
    train, held_out = made.parts()
    return [to_article(article) for article in held_out], [to_article(article) for article in train]


T = TypeVar("T")


def split(articles: Sequence[T], share: float = HELD_OUT, least: int = 0) -> tuple[list[T], list[T]]:
    """Articles held out, that share of all but at least so many, and those to train on; both in their order."""
    order = list(range(len(articles)))
    random.Random(SEED).shuffle(order)
    count = max(least, round(share * len(articles)))
    return [articles[i] for i in sorted(order[:count])], [articles[i] for i in sorted(order[count:])]


def to_article(document: dict[str, Any]) -> Article:
    """One article with its segments matched to the gold ones."""
    text = document["text"]
    page = Page.of(text)
    gold = [(trim(text, span), quote) for quote in document["quotes"] for span in spans(quote["segments"])]
    segments = [segment for quotation in _as_extracted(page, document) for segment in quotation.segments]
    attributions = [
        tuple(spans(a[key]) for key in ("source", "cue", "content")) for a in document.get("attributions", ())
    ]
    paragraphs = sorted([*page.body, *page.headings])
    candidates = [candidate(text, segment, gold) for segment in segments]
    return Article(text, paragraphs, candidates, attributions, len(gold), "attributions" in document)


def _as_extracted(page: Page, document: dict[str, Any]) -> Sequence[Quotation]:
    """The quotations as the extractor hands them to the model: cut where the narration speaks inside their marks."""
    language = languages.load(document.get("language") or "en")
    if not language.incises:
        return page.quotations
    tokens = Tokenizer(language).tokens(page.text, sorted([*page.body, *page.headings]))
    return Reading(page.text, language, tokens, page.quotations).quotations


def spans(pairs: Iterable[Sequence[int]]) -> list[Span]:
    """Pairs of offsets as spans."""
    return [Span(start, end) for start, end in pairs]


def labelled(quote: dict[str, Any], field: str) -> list[Span] | None:
    """The spans of a field that may be missing: nobody has labelled it then."""
    return None if quote.get(field) is None else spans(quote[field])


def candidate(text: str, segment: Span, gold: Sequence[tuple[Span, dict[str, Any]]]) -> Candidate:
    """What the gold says of one segment."""
    own = trim(text, segment)
    touching = [(span, quote) for span, quote in gold if span.overlaps(own)]
    for span, quote in touching:
        if union_share(span, own) >= LEAST_SHARED:
            return Candidate(segment, True, labelled(quote, "source"), labelled(quote, "cue"))
    return Candidate(segment, None if touching else False)


def varied(article: Article, rng: random.Random, names: float, phrases: float) -> Article:
    """The article with some of its names and words set in marks: quotations that report nothing."""
    taken = [c.span for c in article.candidates] + [s for a in article.attributions for part in a[:2] for s in part]
    said = taken + [s for a in article.attributions for s in a[2]]
    added: list[Candidate] = []
    for pattern, rate, avoid in ((NAME, names, taken), (PHRASE, phrases, said)):
        found = [Span(*match.span()) for match in pattern.finditer(article.text)]
        free = [span for span in found if not any(span.overlaps(other) for other in avoid)]
        count = sum(rng.random() < rate for _ in range(len(article.candidates) + 2))
        added += [Candidate(span, False) for span in rng.sample(free, min(count, len(free)))]
    chosen: list[Candidate] = []
    for each in added:
        if not any(each.span.overlaps(other.span) for other in chosen):
            chosen.append(each)
    chosen = [c for c in chosen if any(p.covers(c.span) for p in article.paragraphs)]
    return replace(article, candidates=article.candidates + chosen)


@dataclass(slots=True)
class Query:
    """A piece that asks for its source. `source` and `cue` are masks over the window, or None: nothing to learn."""

    place: int
    length: int
    reported: float
    source: np.ndarray | None
    cue: np.ndarray | None
    weight: float
    candidate: int


@dataclass(slots=True)
class Example:
    """One window: its pieces, queries and tags."""

    pieces: Pieces
    queries: list[Query]
    relations: tuple[Ints, Ints, Ints]
    tags: np.ndarray
    """1 where a piece has the tag, 0 where not, -1 where nobody has said."""


def examples(article: Article, reader: PieceReader, rng: random.Random | None = None) -> Iterator[Example]:
    """The windows of one article; with a generator, varied for training and with its indirect attributions."""
    if rng is not None and article.complete:
        article = varied(article, rng, names=0.15, phrases=0.03)
    pieces = reader.read(article.text, article.paragraphs, [c.span for c in article.candidates])
    if rng is not None:
        pieces = pieces[~dropped(article, pieces, rng)]
    for window in windows(len(pieces), pieces.places()):
        view = pieces[window.start : window.end]
        yield example(article, view, [p - window.start for p in window.decided], indirect=rng is not None)


def dropped(article: Article, pieces: Pieces, rng: random.Random) -> np.ndarray:
    """Pieces of cues to leave out, so that the model does not lean on them alone."""
    gone = np.zeros(len(pieces), bool)
    for each in article.candidates:
        if each.cue and rng.random() < 0.06:
            gone |= inside(pieces, each.cue)
    return gone


def inside(pieces: Pieces, where: Sequence[Span]) -> np.ndarray:
    """Which pieces of the narration stand in these spans."""
    mask = np.zeros(len(pieces), bool)
    for span in where:
        mask |= (pieces.start < span.end) & (pieces.end > span.start)
    return mask & (pieces.part == Part.NARRATION)


def example(article: Article, pieces: Pieces, decided: Sequence[int], indirect: bool) -> Example:
    """Labels for one window."""
    queries = [_query(article, pieces, place) for place in decided]
    tags = np.zeros((len(pieces), len(TAGS)), np.float32)
    for source, cue, content in article.attributions:
        named = inside(pieces, source)
        tags[:, 0] += named
        tags[np.flatnonzero(named)[:1], 1] = 1
        tags[:, 2] += inside(pieces, cue)
        begins = np.flatnonzero(inside(pieces, content[:1]))[:1]
        if len(begins) and content[0].start >= pieces.start[begins[0]] - 1:
            tags[begins, 3] = 1
            if indirect and named.any():
                queries.append(Query(int(begins[0]), 0, -1.0, named, None, 0.5, -1))
    places = np.array([query.place for query in queries], np.int32)
    tags = np.minimum(tags, 1) if article.complete else np.full_like(tags, -1)
    return Example(pieces, queries, relations(pieces, places), tags)


def _query(article: Article, pieces: Pieces, place: int) -> Query:
    index = int(pieces.segment[place])
    each = article.candidates[index]
    reported = -1.0 if each.reported is None else float(each.reported)
    source = cue = None
    if each.reported:
        source, cue = _mask(pieces, each.source), _mask(pieces, each.cue)
    return Query(place, length_class(article.text, each.span), reported, source, cue, 1.0, index)


def _mask(pieces: Pieces, where: list[Span] | None) -> np.ndarray | None:
    """The pieces that stand there; None where nobody has labelled it, or where it is out of sight."""
    if where is None:
        return None
    mask = inside(pieces, where)
    return mask if mask.any() or not where else None

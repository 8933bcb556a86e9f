"""An archive as news would fill it, row by row: few people say much, few words are frequent, one seed, one result."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from app.search.words import fold, stems
from app.speakers.identity import key_of, words_of
from app.speakers.linking import SpeakerKind, identity_of, links_of

SEED = 20261126
QUOTES_OF_AN_ARTICLE = 10
BEGIN, DAYS = datetime(2016, 1, 1, tzinfo=UTC), 3650
VOCABULARY = 60_000
WORD_SKEW = 1.07
"""Exponent of the frequency curve of words (Zipf 1949; Mandelbrot's shift of 2.7)."""
TOP_SHARE = 0.03
"""The share of all quotes that the first speaker has."""
OUTLETS = tuple(f"The {place} {kind}" for place in "Veldmark Aalborn Sorrel Tamsin Ostrava".split() for kind in
                "Courier Post Herald Observer".split())  # fmt: skip
LANGUAGES, LANGUAGE_SHARES = ("en", "de", "it", "fr", "es"), (0.7, 0.1, 0.08, 0.07, 0.05)
SYLLABLES = tuple(
    first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "l")
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How large an archive is."""

    quotes: int
    speakers: int

    @classmethod
    def of(cls, quotes: int) -> Size:
        """One speaker to fifty quotes: 20,000 to a million."""
        return cls(quotes, max(20, quotes // 50))


class Vocabulary:
    """Words by rank, and draws of them by their frequency."""

    def __init__(self, rng: np.random.Generator) -> None:
        names = random.Random(SEED)
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            found["".join(names.choices(SYLLABLES, k=1 + len(found) ** 3 % 3 + (len(found) > 300)))] = None
        self.words = np.array(list(found))
        shares = 1 / (np.arange(VOCABULARY) + 2.7) ** WORD_SKEW
        self.edges = np.cumsum(shares / shares.sum())
        self.rng = rng

    def drawn(self, count: int) -> list[np.ndarray]:
        """The places of the words of so many quotes; a quote has twenty words in the middle, at most eighty."""
        lengths = np.clip(self.rng.lognormal(2.95, 0.5, count).astype(int), 3, 80)
        return np.split(np.searchsorted(self.edges, self.rng.random(lengths.sum())), list(accumulate(lengths))[:-1])

    def text(self, places: np.ndarray) -> str:
        """The quote as it is written."""
        return " ".join(self.words[places]).capitalize()

    def indexed(self, places: np.ndarray, language: str) -> str:
        """The quote as search keeps it, see `app.search.words.indexed`; a word is stemmed once."""
        return f"{' '.join(self.words[places])} {' '.join(self._stems(language)[places])}"

    @cache  # noqa: B019 - one vocabulary lives as long as the script
    def _stems(self, language: str) -> np.ndarray:
        return np.array([stems(word, language)[0] for word in self.words.tolist()])


def speakers(size: Size) -> Iterator[tuple[str, list[Row]]]:
    """The rows of speakers and their names: pairs of a table and its rows."""
    names = random.Random(SEED)
    given = ["".join(names.choices(SYLLABLES, k=2)).capitalize() for _ in range(600)]
    family = ["".join(names.choices(SYLLABLES, k=3)).capitalize() for _ in range(9000)]
    called: dict[str, None] = {}
    while len(called) < size.speakers:
        called[f"{names.choice(given)} {names.choice(family)}"] = None
    kind = SpeakerKind.PERSON
    same = {"kind": kind.value, "created_at": BEGIN}
    yield (
        "speakers",
        [
            {**same, "id": i, "name": name, "key": key_of(name), "identity": identity_of(name, kind)}
            for i, name in enumerate(called, 1)
        ],
    )
    yield (
        "aliases",
        [
            {"id": i, "speaker_id": i, "name": name, "key": key_of(name), "source": "article", "article_id": None}
            for i, name in enumerate(called, 1)
        ],
    )
    yield (
        "name_words",
        [{"word": w, "alias_id": i} for i, name in enumerate(called, 1) for w in sorted(set(words_of(name)))],
    )
    yield "name_links", [{"link": k, "alias_id": i} for i, name in enumerate(called, 1) for k in links_of(name, kind)]


class Articles:
    """Articles with their quotes, the oldest first."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.rng = np.random.default_rng(SEED)
        self.vocabulary = Vocabulary(self.rng)
        ranks = np.arange(size.speakers) + _shift(size.speakers)
        self.speaker_edges = np.cumsum((1 / ranks) / (1 / ranks).sum())

    def batches(self, articles: int = 1000) -> Iterator[list[tuple[str, list[Row]]]]:
        """The rows of so many articles at a time."""
        total = self.size.quotes // QUOTES_OF_AN_ARTICLE
        for first in range(0, total, articles):
            yield self._batch(first, min(articles, total - first), total)

    def _batch(self, first: int, count: int, total: int) -> list[tuple[str, list[Row]]]:
        many = count * QUOTES_OF_AN_ARTICLE
        drawn = self.vocabulary.drawn(many)
        texts = [self.vocabulary.text(places) for places in drawn]
        who = (np.searchsorted(self.speaker_edges, self.rng.random(many)) + 1).tolist()
        sure = np.round(self.rng.beta(8, 2, many), 2).tolist()
        languages = self.rng.choice(LANGUAGES, count, p=LANGUAGE_SHARES).tolist()
        outlets = self.rng.integers(len(OUTLETS), size=count).tolist()
        articles: list[Row] = []
        quotes: list[Row] = []
        segments: list[Row] = []
        for i in range(count):
            said = texts[i * QUOTES_OF_AN_ARTICLE : (i + 1) * QUOTES_OF_AN_ARTICLE]
            text = "\n\n".join(f"“{each},” she said." for each in said)
            moment = BEGIN + timedelta(days=DAYS * (first + i) / total)
            articles.append(_article(first + i + 1, text, moment, languages[i], OUTLETS[outlets[i]]))
            place = 0
            for j, each in enumerate(said):
                number = i * QUOTES_OF_AN_ARTICLE + j
                quote_id = first * QUOTES_OF_AN_ARTICLE + number + 1
                start, place = place + 1, place + len(each) + 14
                quote = _quote(quote_id, articles[-1], j, each, start)
                words = self.vocabulary.indexed(drawn[number], languages[i])
                quotes.append({**quote, "speaker_id": who[number], "confidence": sure[number], "words": words})
                end = start + len(each)
                segments.append({"quote_id": quote_id, "position": 0, "start": start, "end": end, "text": each})
        return [("articles", articles), ("quotes", quotes), ("segments", segments)]


def _shift(speakers: int) -> float:
    """What to add to the ranks so that the first of them has its share of the sum of all 1/rank."""
    low, high = 0.0, 1e6
    for _ in range(60):
        middle = (low + high) / 2
        ranks = np.arange(speakers) + 1 + middle
        low, high = (middle, high) if (1 / ranks[0]) / (1 / ranks).sum() > TOP_SHARE else (low, middle)
    return 1 + low


def _article(article_id: int, text: str, moment: datetime, language: str, outlet: str) -> Row:
    return {
        "id": article_id, "text": text, "content_hash": f"made-{article_id}", "title": f"Report {article_id}",
        "url": None, "outlet": outlet, "outlet_key": fold(outlet), "published_at": moment, "language": language,
        "extractor": "made", "warnings": [], "created_at": moment,
    }  # fmt: skip


def _quote(quote_id: int, article: Row, position: int, text: str, start: int) -> Row:
    moment, language = article["published_at"], article["language"]
    around = max(0, start - 60), min(len(article["text"]), start + len(text) + 60)
    return {
        "id": quote_id, "article_id": article["id"], "position": position, "text": text, "kind": "direct",
        "mention_start": start + len(text) + 3, "mention_end": start + len(text) + 6, "mention_text": "she",
        "cue_start": start + len(text) + 7, "cue_end": start + len(text) + 11, "cue_text": "said",
        "reason": "said · subject and verb behind the quote", "snippet_start": around[0], "snippet_end": around[1],
        "snippet_text": article["text"][slice(*around)], "language": language, "said_at": moment,
        "ordered_at": moment,
    }  # fmt: skip

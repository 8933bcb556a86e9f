"""An archive as news would fill it, row by row: few people say much, few words are frequent, one seed, one result."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from app.search.words import fold, stems
from app.speakers.identity import key_of, words_of
from app.speakers.linking import SpeakerKind, identity_of, links_of
from app.utterances.sayings import Saying
from app.utterances.signatures import BANDS, bands

SEED = 20261126
QUOTES_OF_AN_ARTICLE = 10
BEGIN, DAYS = datetime(2016, 1, 1, tzinfo=UTC), 3650
VOCABULARY = 60_000
WORD_SKEW = 1.07
"""Exponent of the frequency curve of words (Zipf 1949; Mandelbrot's shift of 2.7)."""
TOP_SHARE = 0.03
"""The share of all quotes that the first speaker has."""
PLACES, PAPERS = ("Veldmark", "Aalborn", "Sorrel", "Tamsin", "Ostrava"), ("Courier", "Post", "Herald", "Observer")
OUTLETS = tuple(f"The {place} {paper}" for place in PLACES for paper in PAPERS)
LANGUAGES, LANGUAGE_SHARES = ("en", "de", "it", "fr", "es"), (0.7, 0.1, 0.08, 0.07, 0.05)
SYLLABLES = tuple(
    first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "l")
)

REPEATED = 0.1
"""The share of quotes that stand in another article, too."""
LENGTH_BESIDE = len("“,” she said.\n\n")
TABLES = ("articles", "quotes", "segments", "utterances", "appearances")

Row = dict[str, Any]
Tables = list[tuple[str, list[Row]]]
"""Rows by their tables, in an order in which no row points to one that comes later."""


@dataclass(frozen=True)
class Size:
    """How large an archive is."""

    quotes: int
    speakers: int

    @classmethod
    def of(cls, quotes: int) -> Size:
        """One speaker to fifty quotes: 20,000 to a million."""
        return cls(quotes, max(20, quotes // 50))


@dataclass(frozen=True)
class _Said:
    """What is said in a quote: its words, written and as places in the vocabulary, by whom, and how sure that is."""

    text: str
    places: np.ndarray
    who: int
    sure: float


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
    """Articles with their quotes and utterances, the oldest first; a tenth of the quotes repeat one of those days."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.rng = np.random.default_rng(SEED)
        self.vocabulary = Vocabulary(self.rng)
        ranks = np.arange(size.speakers) + _shift(size.speakers)
        self.speaker_edges = np.cumsum((1 / ranks) / (1 / ranks).sum())
        self.utterances: dict[str, int] = {}
        self.signed: list[tuple[int, np.ndarray]] = []

    def batches(self, articles: int = 1000) -> Iterator[Tables]:
        """The rows of so many articles at a time, and at last the bands of their utterances in order."""
        total = self.size.quotes // QUOTES_OF_AN_ARTICLE
        for first in range(0, total, articles):
            yield self._batch(first, min(articles, total - first), total)
        yield from self._bands()

    def _batch(self, first: int, count: int, total: int) -> Tables:
        said = self._said(count * QUOTES_OF_AN_ARTICLE)
        tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        languages = self.rng.choice(LANGUAGES, count, p=LANGUAGE_SHARES).tolist()
        outlets = self.rng.integers(len(OUTLETS), size=count).tolist()
        for i in range(count):
            mine = said[i * QUOTES_OF_AN_ARTICLE : (i + 1) * QUOTES_OF_AN_ARTICLE]
            moment = BEGIN + timedelta(days=DAYS * (first + i) / total)
            text = "\n\n".join(f"“{one.text},” she said." for one in mine)
            article = _article(first + i + 1, text, moment, languages[i], OUTLETS[outlets[i]])
            tables["articles"].append(article)
            self._quotes(tables, article, mine)
        return list(tables.items())

    def _said(self, many: int) -> list[_Said]:
        places = self.vocabulary.drawn(many)
        who = (np.searchsorted(self.speaker_edges, self.rng.random(many)) + 1).tolist()
        sure = np.round(self.rng.beta(8, 2, many), 2).tolist()
        repeats = (self.rng.random(many) < REPEATED).tolist()
        earlier = (self.rng.random(many) * np.arange(many)).astype(int).tolist()
        said: list[_Said] = []
        for i in range(many):
            new = _Said(self.vocabulary.text(places[i]), places[i], who[i], sure[i])
            said.append(replace(said[earlier[i]], sure=sure[i]) if repeats[i] and i else new)
        return said

    def _quotes(self, tables: dict[str, list[Row]], article: Row, said: list[_Said]) -> None:
        place = 0
        for position, one in enumerate(said):
            start, place = place + 1, place + len(one.text) + LENGTH_BESIDE
            quote = _quote(article, position, one, start)
            quote["words"] = self.vocabulary.indexed(one.places, article["language"])
            tables["quotes"].append(quote)
            end = start + len(one.text)
            tables["segments"].append(
                {"quote_id": quote["id"], "position": 0, "start": start, "end": end, "text": one.text}
            )
            self._appear(tables, quote)

    def _appear(self, tables: dict[str, list[Row]], quote: Row) -> None:
        """Make a quote an appearance of the utterance in its words, as `app.utterances` does, or found one on it."""
        saying = Saying(quote["id"], quote["text"], str(quote["speaker_id"]), quote["ordered_at"])
        known = len(self.utterances)
        found = self.utterances.setdefault(saying.identity, known + 1)
        if found > known:
            tables["utterances"].append(
                {"id": found, "identity": saying.identity, "speaker_key": saying.speaker, "founder_id": quote["id"]}
            )
            if not saying.wording.is_short:
                self.signed.append((found, np.array(bands(saying.wording.words))))
        moment, variant = quote["ordered_at"], saying.wording.digest()
        tables["appearances"].append(
            {"quote_id": quote["id"], "utterance_id": found, "ordered_at": moment, "variant": variant}
        )

    def _bands(self) -> Iterator[Tables]:
        keys = np.concatenate([each for _, each in self.signed])
        whose = np.repeat([one for one, _ in self.signed], BANDS)
        order = np.argsort(keys, kind="stable")
        for some in np.array_split(order, max(1, len(order) // 100_000)):
            pairs = zip(keys[some].tolist(), whose[some].tolist(), strict=True)
            yield [("utterance_bands", [{"key": key, "utterance_id": one} for key, one in pairs])]


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


def _quote(article: Row, position: int, said: _Said, start: int) -> Row:
    moment, end = article["published_at"], start + len(said.text)
    around = max(0, start - 60), min(len(article["text"]), end + 60)
    return {
        "id": (article["id"] - 1) * QUOTES_OF_AN_ARTICLE + position + 1, "article_id": article["id"],
        "position": position, "text": said.text, "kind": "direct", "speaker_id": said.who,
        "found_speaker_id": said.who, "confidence": said.sure,
        "mention_start": end + 3, "mention_end": end + 6, "mention_text": "she",
        "cue_start": end + 7, "cue_end": end + 11, "cue_text": "said",
        "reason": "said · subject and verb behind the quote", "snippet_start": around[0], "snippet_end": around[1],
        "snippet_text": article["text"][slice(*around)], "language": article["language"], "said_at": moment,
        "ordered_at": moment, "extractor": "made",
    }  # fmt: skip

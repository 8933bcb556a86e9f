"""Measure how long it takes to find the utterance of a quote: does it grow with the archive?

    .venv/bin/python -m tests.benchmarks.utterances [--quotes 1000 100000] [--database URL]

It fills an archive (SQLite in a temporary file, or beside the given PostgreSQL database) with quotes of a vocabulary
with a natural frequency curve, a tenth of them edits of others, lets the migration's own back-fill find their
utterances, then stores articles of ten quotes. For each size it prints the time of the utterances and of the whole
storing, per quote, and the processor's time of this process beside it: other work on the machine is not in that.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import func, insert, select

from app.articles import service as articles
from app.articles.schemas import ArticleIn
from app.database import Database
from app.models import Article, Quote, Speaker, Utterance
from app.utterances import backfill
from app.utterances import service as utterances
from tests.archive import migrated_database
from tests.benchmarks.measure import machine
from tests.said import SaidExtractor

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
SPEAKERS, VOCABULARY, QUOTES_OF_AN_ARTICLE, TIMED = 2000, 30_000, 10, 60
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Clock:
    """Time since it was made."""

    def __init__(self) -> None:
        self.began, self.began_work = time.perf_counter(), time.process_time()

    def each(self, many: int) -> str:
        """The time, and the processor's, of one of so many."""
        passed, worked = time.perf_counter() - self.began, time.process_time() - self.began_work
        return f"{passed / many * 1000:.2f} ms a quote ({worked / many * 1000:.2f} ms of the processor)"


class Writer:
    """Makes quotes: words by Zipf's law, one in ten an edit of an earlier quote of its speaker."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = random.Random(0)
        self.words = ["".join(letters.choices(LETTERS, k=2 + rank % 9)) for rank in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self.said: list[tuple[int, str]] = []

    def quote(self) -> tuple[int, str]:
        """A speaker's number and what they say."""
        if self.said and self.random.random() < 0.1:
            speaker, text = self.random.choice(self.said)
            return speaker, self._edited(text)
        length = max(3, round(self.random.lognormvariate(3, 0.6)))
        said = " ".join(self.random.choices(self.words, cum_weights=self.weights, k=length))
        self.said.append((int(SPEAKERS * self.random.random() ** 3), said))
        return self.said[-1]

    def _edited(self, text: str) -> str:
        words = text.split()
        words[self.random.randrange(len(words))] = "edited"
        return " ".join(words)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quotes", type=int, nargs="+", default=[1000, 100_000], help="sizes of the archive")
    arguments.add_argument("--database", help="a PostgreSQL server's database; SQLite where it is left out")
    options = arguments.parse_args()
    print(machine())
    for quotes in options.quotes:
        with (
            tempfile.TemporaryDirectory() as directory,
            migrated_database(options.database, Path(directory)) as settings,
        ):
            database = Database(settings.database_url)
            writer = Writer(quotes)
            fill(database, writer, quotes)
            print_times(database, writer, quotes)
            database.dispose()


def fill(database: Database, writer: Writer, quotes: int) -> None:
    """Store the quotes in bulk, and find their utterances."""
    database.write(lambda session: session.execute(insert(Speaker), [_speaker(number) for number in range(SPEAKERS)]))
    for first in range(0, quotes, 2000):
        numbers = range(first, min(first + 2000, quotes))
        database.write(lambda session, numbers=numbers: _store(session, writer, numbers))
    clock = Clock()
    database.write(backfill.run)
    with database.read() as session:
        many = session.scalar(select(func.count()).select_from(Utterance))
    print(f"{quotes:,} quotes: {many:,} utterances, back-filled, {clock.each(quotes)}", flush=True)


def _store(session, writer: Writer, numbers: range) -> None:
    of_articles = [_article(n) for n in numbers if n % QUOTES_OF_AN_ARTICLE == 0]
    session.execute(insert(Article), of_articles)
    session.execute(insert(Quote), [_quote(n, *writer.quote()) for n in numbers])


def _article(number: int) -> dict:
    same = {"language": "en", "extractor": "none", "warnings": [], "text": "x", "created_at": BEGIN}
    return {**same, "id": number // QUOTES_OF_AN_ARTICLE + 1, "content_hash": f"{number}"}


def _quote(number: int, speaker: int, text: str) -> dict:
    moment = BEGIN + timedelta(minutes=number)
    same = {"kind": "direct", "confidence": 0.9, "reason": "made", "language": "en", "words": "made"}
    snippet = {"snippet_start": 0, "snippet_end": 1, "snippet_text": "x", "said_at": moment, "ordered_at": moment}
    place = {"article_id": number // QUOTES_OF_AN_ARTICLE + 1, "position": number % QUOTES_OF_AN_ARTICLE}
    return {**same, **snippet, **place, "id": number + 1, "speaker_id": speaker + 1, "text": text}


def _speaker(number: int) -> dict:
    name = _name(number)
    known = {"name": name, "key": name.lower(), "identity": f"person:{name.lower()}"}
    return {"id": number + 1, "kind": "person", "created_at": BEGIN, **known}


def _name(number: int) -> str:
    """Two words that no other speaker has."""
    letters = [LETTERS[number // 26**place % 26] for place in range(3)]
    return f"A{letters[0]}{letters[1]}{letters[2]}bert B{letters[2]}{letters[1]}{letters[0]}dorf"


def print_times(database: Database, writer: Writer, quotes: int) -> None:
    """Store articles of ten quotes, and find their utterances once more to time that alone."""
    extractor, stored = SaidExtractor(), []
    clock = Clock()
    for number in range(TIMED):
        said = [writer.quote() for _ in range(QUOTES_OF_AN_ARTICLE)]
        text = f"{number}. " + " ".join(f"“{words}” said {_name(speaker)}." for speaker, words in said)
        work = partial(articles.store, submitted=ArticleIn(text=text), found=extractor.extract(text))
        article, _ = database.write(work)
        stored.append([quote.id for quote in article.quotes])
    print(f"{quotes:,} quotes: articles stored, {clock.each(TIMED * QUOTES_OF_AN_ARTICLE)}", flush=True)
    clock = Clock()
    for ids in stored:
        database.write(partial(utterances.reassign, quote_ids=ids))
    print(f"{quotes:,} quotes: their utterances alone, {clock.each(TIMED * QUOTES_OF_AN_ARTICLE)}", flush=True)


if __name__ == "__main__":
    main()

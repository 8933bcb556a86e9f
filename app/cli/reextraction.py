"""Reading the archive again by the current extractor; it goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from app.articles import reextraction, repository
from app.articles.service import ArticleNotFoundError
from app.database import Database
from app.extraction.document import Extraction

from . import batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.articles.repository import Choice
    from app.extraction.document import QuoteExtractor


@dataclass
class Tally:
    """What a run did."""

    last: int | None = None
    """The id of the last article it is through with."""
    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        names = ("articles", "found_again", "added", "gone", "other_speaker", "kept", "removed", "failed")
        return ", ".join(f"{name.replace('_', ' ')} {self.counts[name]}" for name in names)


class Lenient:
    """An extractor that answers None where it fails: one bad text does not end a run over thousands."""

    def __init__(self, extractor: QuoteExtractor) -> None:
        self._extractor = extractor

    def extract(self, text: str, language: str | None = None) -> Any:
        try:
            return self._extractor.extract(text, language)
        except Exception as error:
            typer.echo(f"onrecord: the extractor failed: {error!r}", err=True)
            return None


def refuse_unknown(database: Database, article_ids: Iterable[int]) -> None:
    """Raises InputError where there is no such article."""
    with database.read() as session:
        if unknown := repository.unknown(session, article_ids):
            raise batch.InputError(f"there is no article {', '.join(map(str, unknown))}")


def run(database: Database, extractor: QuoteExtractor, choice: Choice, tally: Tally) -> None:
    """Read the chosen articles again, each in a transaction of its own, with a bar on standard error."""
    with database.read() as session:
        count = repository.count_chosen(session, choice)
    readings = batch.extractions(_records(database, choice), Lenient(extractor), None)
    with closing(readings):
        for record, found in batch.progress(readings, count, "Reading again"):
            _store(database, record["id"], found, tally)
            tally.last = record["id"]


def _store(database: Database, article_id: int, found: Extraction | None, tally: Tally) -> None:
    tally.counts["articles"] += 1
    if found is None:
        tally.counts["failed"] += 1
        return
    try:
        report = database.write(partial(reextraction.store, article_id=article_id, found=found))
    except ArticleNotFoundError:
        tally.counts["removed"] += 1
        return
    tally.counts["found_again"] += report.found_again
    tally.counts.update({name: len(getattr(report, name)) for name in ("added", "gone", "other_speaker", "kept")})


def _records(database: Database, choice: Choice) -> Iterator[batch.Record]:
    """The chosen articles by their ids, a handful at a time; no transaction stays open between."""
    after = choice.after
    while True:
        with database.read() as session:
            found = repository.chosen(session, choice, after)
            rows = [(one.id, {"id": one.id, "text": one.text, "language": one.language}) for one in found]
        if not rows:
            return
        yield from rows
        after = rows[-1][0]

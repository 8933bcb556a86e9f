"""How often each rule of attribution is right: the figures behind `attribution.RULES` and `coreference.RESOLVED`.

    python -m app.extraction.training.rules --articles ../shared/bench/polnear/train.jsonl

A line of the articles is {"id", "text", "quotes": [{"segments", "source", "speaker"}]}, see ../shared/bench/README.md.
A quote is right where a gold segment overlaps its own by at least 0.8 of their union and the mention overlaps the gold
source; a name is right where all words of an accepted full name are in it.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.extraction.attribution import RULES
from app.extraction.coreference import RESOLVED
from app.extraction.document import Quote, Span
from app.extraction.extractor import Extractor

MIN_OVERLAP = 0.8
Tally = dict[str, list[bool]]


def main() -> None:
    """Print how often each rule points at the right source and each way of resolving at the right name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    with parser.parse_args().articles.open(encoding="utf-8") as lines:
        rules, resolved = measure(map(json.loads, lines))
    for title, tally in (("rule", rules), ("resolved", resolved)):
        for key, results in sorted(tally.items(), key=lambda item: -len(item[1])):
            print(f"{title:<9}{key:<48}{len(results):>6} {sum(results) / len(results):.2f}")


def measure(articles: Iterator[dict[str, Any]]) -> tuple[Tally, Tally]:
    """Right or wrong for each quote, by its rule, and by how its speaker was resolved where the speaker is labelled."""
    extractor = Extractor()
    rules: Tally = defaultdict(list)
    resolved: Tally = defaultdict(list)
    for article in articles:
        for quote in extractor.extract(article["text"], "en").quotes:
            gold = _gold_of(quote, article["quotes"])
            right = gold is not None and _points_right(quote, gold)
            rules[_named(quote, RULES)].append(right)
            if right and gold["speaker"]:
                resolved[_named(quote, RESOLVED)].append(_is_named(quote, gold["speaker"]))
    return rules, resolved


def _gold_of(quote: Quote, golds: list[dict[str, Any]]) -> dict[str, Any] | None:
    first = quote.segments[0]
    return next((g for g in golds for s in g["segments"] if _union_share(first, Span(*s)) >= MIN_OVERLAP), None)


def _union_share(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _points_right(quote: Quote, gold: dict[str, Any]) -> bool:
    if not gold["source"] or quote.mention is None:
        return not gold["source"] and quote.speaker is None
    return any(quote.mention.overlaps(Span(*source)) for source in gold["source"])


def _named(quote: Quote, table: dict[str, float]) -> str:
    """The entry of the table that the quote's reason names."""
    return next((key for key in sorted(table, key=len, reverse=True) if key in quote.reason), "named here")


def _is_named(quote: Quote, accepted: list[str]) -> bool:
    words = set((quote.speaker.name if quote.speaker else "").lower().split())
    return any(set(name.lower().split()) <= words for name in accepted)


if __name__ == "__main__":
    main()

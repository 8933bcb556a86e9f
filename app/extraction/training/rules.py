"""How often each rule of attribution is right: the figures behind `attribution.RULES`.

    python -m app.extraction.training.rules --articles ../shared/bench/polnear/train.jsonl

A line of the articles is {"id", "text", "quotes": [{"segments", "source", "speaker"}]}, see ../shared/bench/README.md.
What is right is settled as `onrecord evaluate` does, see `app.extraction.evaluation`, by a quote's first segment.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.extraction.attribution.evidence import RULES
from app.extraction.document import Extraction, Quote
from app.extraction.evaluation.gold import GoldArticle
from app.extraction.evaluation.scoring import Verdict, verdicts
from app.extraction.extractor import Extractor

Tally = dict[str, list[bool]]


def main() -> None:
    """Print how often each rule points at the right source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    with parser.parse_args().articles.open(encoding="utf-8") as lines:
        rules = measure(map(json.loads, lines))
    for rule, results in sorted(rules.items(), key=lambda item: -len(item[1])):
        print(f"{rule:<48}{len(results):>6} {sum(results) / len(results):.2f}")


def measure(articles: Iterable[dict[str, Any]]) -> Tally:
    """Right or wrong for each quote, by its rule."""
    extractor = Extractor()
    rules: Tally = defaultdict(list)
    for record in articles:
        article = GoldArticle.of(record)
        extraction = extractor.extract(article.text, article.language or "en")
        for verdict in _first_verdicts(article, extraction):
            rules[_named(verdict.quote)].append(verdict.attributed)
    return rules


def _first_verdicts(article: GoldArticle, extraction: Extraction) -> Iterator[Verdict]:
    """One verdict for each quote: that on its first segment."""
    seen: set[int] = set()
    for verdict in verdicts(article, extraction):
        if verdict.quote and id(verdict.quote) not in seen:
            seen.add(id(verdict.quote))
            yield verdict


def _named(quote: Quote) -> str:
    """The rule that the quote's reason names."""
    return next(rule for rule in sorted(RULES, key=len, reverse=True) if rule in quote.reason)


if __name__ == "__main__":
    main()

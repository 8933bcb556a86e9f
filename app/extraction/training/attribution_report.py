"""Measure a finished attribution model, as it ships, on the articles its training held out, or on all of a file.

    python -m app.extraction.training.attribution_report --model app/extraction/weights/attribution \\
        --articles ../shared/bench/polnear/train.jsonl --calibration calibration.json

The calibration file has one row for each quotation: what the model says and what is true.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.extraction.document import Quotation, Span
from app.extraction.evaluation.figures import Rates
from app.extraction.model.pointer import Pointer, Pointing
from app.extraction.training.attribution_data import Article, Candidate, read_articles, split


def main() -> None:
    """Print figures at several thresholds; write the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="all articles of the file, not only those held out")
    parser.add_argument("--calibration", type=Path)
    options = parser.parse_args()
    articles = read_articles(options.articles)
    articles = articles if options.all else split(articles)[0]
    began = time.process_time()
    found = list(rows(Pointer(options.model), articles))
    seconds = time.process_time() - began
    print(f"{sum(len(a.text) for a in articles) / seconds:.0f} characters a second of one core")
    gold = sum(article.gold for article in articles)
    for percent in range(5, 100, 5):
        print(percent / 100, json.dumps(measure(found, gold, percent / 100)))
    if options.calibration:
        options.calibration.write_text(json.dumps({"gold": gold, "rows": found}, indent=0), encoding="utf-8")


def rows(pointer: Pointer, articles: list[Article]) -> Iterator[dict[str, Any]]:
    """One row for each segment of each article."""
    for number, article in enumerate(articles):
        quotations = [
            Quotation((c.span,), article.text[c.span.start - 1 : c.span.start], True) for c in article.candidates
        ]
        told = pointer.read(article.text, article.paragraphs, quotations).pointings
        for each, pointing in zip(article.candidates, told, strict=True):
            yield row(number, article, each, pointing)


def row(number: int, article: Article, each: Candidate, pointing: Pointing) -> dict[str, Any]:
    """What the model says of one segment, and the truth."""
    nobody = not pointing.source or pointing.nothing > pointing.chance
    right = not each.source if nobody else _touches(pointing.source[0][0], each.source)
    return {
        "article": number,
        "segment": [each.span.start, each.span.end],
        "words": len(each.span.of(article.text).split()),
        "reported": None if each.reported is None else bool(each.reported),
        "is_quote": round(pointing.is_quote, 4),
        "source_chance": round(pointing.nothing if nobody else pointing.chance, 4),
        "nothing": round(pointing.nothing, 4),
        "mass": round(sum(chance for span, chance in pointing.source if _touches(span, each.source)), 4),
        "source_right": right,
        "cue_right": bool(pointing.cue and _touches(pointing.cue, each.cue)) if each.cue else pointing.cue is None,
        "right": bool(each.reported) and right,
    }


def _touches(span: Span, others: list[Span] | None) -> bool:
    return any(span.overlaps(other) for other in others or ())


def measure(found: list[dict[str, Any]], gold: int, threshold: float) -> dict[str, float]:
    """Found and attributed F1 and attribution accuracy at this threshold of `is_quote`."""
    kept = [row for row in found if row["is_quote"] >= threshold]
    true = [row for row in kept if row["reported"]]
    right = sum(row["source_right"] for row in true)
    return {
        "found": round(Rates.of(len(true), len(kept), gold).f1, 4),
        "attributed": round(Rates.of(right, len(kept), gold).f1, 4),
        "accuracy": round(right / max(1, len(true)), 4),
        "cue": round(sum(row["cue_right"] for row in true) / max(1, len(true)), 4),
    }


if __name__ == "__main__":
    main()

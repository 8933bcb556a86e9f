"""Measuring an extractor on annotated articles, and the figures as a reader at a terminal wants them."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.extraction.evaluation.gold import GoldArticle
from app.extraction.evaluation.scoring import MISSES, Evaluation

from . import batch
from .listing import NOT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.extraction.document import QuoteExtractor
    from app.extraction.evaluation.figures import Calibration, Figures, Rates
    from app.extraction.evaluation.scoring import Miss

WORDS_SHOWN = 70


def measure(
    records: Sequence[batch.Record], extractor: QuoteExtractor, language: str | None = None, doing: str = "Evaluating"
) -> Evaluation:
    """What the extractor finds in annotated articles, judged; with a bar on standard error."""
    evaluation = Evaluation()
    found = batch.extractions(records, extractor, language)
    for record, extraction in batch.progress(found, len(records), doing):
        evaluation.add(GoldArticle.of(record), extraction)
    return evaluation


def render_json(evaluation: Evaluation, misses: int) -> str:
    """The figures as JSON; with misses, `misses` lists the first so many of each sort."""
    figures = asdict(evaluation.figures())
    if misses:
        figures["misses"] = [asdict(miss) for miss in _first(evaluation.misses, misses)]
    return json.dumps(figures, ensure_ascii=False, indent=1)


def render(evaluation: Evaluation, misses: int = 0) -> str:
    """The figures as a table in plain text, and the first so many misses of each sort."""
    listed = [_miss(miss) for miss in _first(evaluation.misses, misses)]
    return "\n".join([*_table(evaluation.figures()), *([""] if listed else []), *listed])


def _first(misses: Sequence[Miss], count: int) -> list[Miss]:
    return [miss for sort in MISSES for miss in [m for m in misses if m.sort == sort][:count]]


def _table(figures: Figures) -> list[str]:
    segments = f"{figures.gold_segments} gold segments, {figures.predicted_segments} predicted"
    return [
        f"{_counted(figures.articles, 'article')}, {segments}",
        "",
        f"{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}",
        _rates("found", figures.found),
        _rates("attributed", figures.attributed),
        "",
        f"{'attribution accuracy':<24}{_share(figures.attribution_accuracy):>10}",
        f"{'resolved':<24}{_share(figures.resolved):>10}",
        *(f"{f'recall, {name}':<24}{_share(value):>10}" for name, value in figures.recall.items()),
        "",
        *_calibration(figures.calibration),
    ]


def _rates(name: str, rates: Rates) -> str:
    return f"{name:<24}" + "".join(f"{value:>10.3f}" for value in (rates.precision, rates.recall, rates.f1))


def _calibration(calibration: Calibration) -> list[str]:
    error = "calibration error"
    lines = [
        f"{error:<24}{_share(calibration.error):>10}   of confidence, over {_counted(calibration.quotes, 'quote')}",
        "",
        f"{'min_confidence':<24}{'right':>10}{'kept':>10}",
    ]
    return lines + [f"{row.min_confidence:<24}{_share(row.right):>10}{row.kept:>10.3f}" for row in calibration.kept]


def _miss(miss: Miss) -> str:
    words = textwrap.shorten(miss.words, WORDS_SHOWN, placeholder=" …")
    wanted = " / ".join(miss.wanted) or "nobody"
    line = f"{miss.sort}: {miss.article}: “{words}”: "
    line += {"missed": f"by {wanted}", "not a quote": f"given to {miss.got or 'nobody'}"}.get(
        miss.sort, f"wanted {wanted}, got {miss.got or 'nobody'}"
    )
    return line.replace("\n", " ").translate(NOT_SHOWN)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

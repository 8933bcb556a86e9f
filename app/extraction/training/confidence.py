"""Fit what `confidence.py` says, and show whether it can be believed.

    python -m app.extraction.training.confidence --gold ../shared/bench/polnear/dev.jsonl --made \\
        --output app/extraction/weights/attribution/confidence.json \\
        --diagram app/extraction/weights/attribution/reliability.svg

The articles have labelled speakers and were not trained on; `--made` adds those made up for measuring. The figures are
of cross-validation by article: every quote is judged by weights that were fitted without its article. The weights
written are fitted on all. Expected calibration error: Naeini et al. 2015, ten bins of equal width.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.extraction.confidence import Evidence, confidence_of, features
from app.extraction.evaluation.figures import Calibration
from app.extraction.evaluation.gold import GoldArticle
from app.extraction.evaluation.scoring import judged as judged_quotes
from app.extraction.evaluation.scoring import verdicts
from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer
from app.extraction.training import made
from app.extraction.training.diagram import reliability_diagram

FOLDS, SEED = 10, 20261122
RIDGE = 1.0
"""The strength of the pull of all weights but the first towards 0."""
STEPS = 50

Floats = NDArray[np.float64]
Told = list[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One quote's evidence, its article, and whether it is right."""

    article: str
    evidence: Evidence
    right: bool


def main() -> None:
    """Fit, print the figures of each kind of article, write the weights and the diagram."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="annotated articles, a JSON object a line")
    parser.add_argument("--made", action="store_true", help="fit on the made-up articles held out, too")
    parser.add_argument("--output", type=Path, required=True, help="where the weights go")
    parser.add_argument("--diagram", type=Path, help="where the reliability diagram of GOLD goes, as SVG")
    options = parser.parse_args()
    lines = options.gold.read_text(encoding="utf-8").splitlines()
    own = list(judged(json.loads(line) for line in lines))
    others = list(judged(held_out())) if options.made else []
    told = cross_validated(own, others)
    for name, rows in ((options.gold.name, told[: len(own)]), ("made-up articles", told[len(own) :])):
        if rows:
            print(name, Calibration.of(rows))
    if options.diagram:
        options.diagram.write_text(reliability_diagram(told[: len(own)]), encoding="utf-8")
    weights = fit([*own, *others])
    options.output.write_text(json.dumps({k: round(v, 4) for k, v in weights.items()}, indent=1) + "\n", "utf-8")


def held_out() -> Iterable[dict[str, object]]:
    """The made-up articles kept for measuring."""
    return made.parts()[1]


def judged(records: Iterable[dict[str, object]]) -> Iterable[Judged]:
    """Every quote that is extracted from these articles, judged."""
    extractor = Extractor(pointer=bundled_pointer())
    for record in records:
        article = GoldArticle.of(record)
        extraction = extractor.extract(article.text, article.language)
        for quote, right in judged_quotes(extraction.quotes, verdicts(article, extraction)):
            yield Judged(article.id, quote.evidence, right)


def cross_validated(own: Sequence[Judged], others: Sequence[Judged]) -> Told:
    """For each quote its confidence, by weights fitted without its article, and whether it is right."""
    rows = [*own, *others]
    articles = sorted({row.article for row in rows})
    random.Random(SEED).shuffle(articles)
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    weights = [fit([row for row in rows if fold[row.article] != number]) for number in range(FOLDS)]
    return [(confidence_of(row.evidence, weights[fold[row.article]]), row.right) for row in rows]


def fit(rows: Sequence[Judged]) -> Mapping[str, float]:
    """Weights of the evidence by ridge-penalized logistic regression, with Newton's method."""
    told = [features(row.evidence) for row in rows]
    names = sorted({name for each in told for name in each})
    given = np.array([[each.get(name, 0.0) for name in names] for each in told])
    right = np.array([float(row.right) for row in rows])
    pull = np.array([0.0 if name == "always" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chances) - pull * weights
        curve = (given * (chances * (1 - chances))[:, None]).T @ given + np.diag(pull + 1e-9)
        weights += np.linalg.solve(curve, slope)
    return dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main()

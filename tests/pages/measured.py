"""Figures by language of the extractor as it ships, on annotated articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.extraction.evaluation.figures import Figures
from app.extraction.evaluation.gold import GoldArticle
from app.extraction.evaluation.scoring import Evaluation
from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer


def measured(records: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """The figures by language; a record's `id` begins with its language, which the extractor is to detect."""
    extractor = Extractor(pointer=bundled_pointer())
    evaluations: dict[str, Evaluation] = defaultdict(Evaluation)
    for record in records:
        article = GoldArticle.of(dict(record))
        evaluations[article.id[:2]].add(article, extractor.extract(article.text))
    return {code: evaluation.figures() for code, evaluation in evaluations.items()}

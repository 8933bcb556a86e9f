"""What a network in training says of articles it does not learn from, against the truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from app.extraction.evaluation.figures import Rates
from app.extraction.model.pieces import PieceReader
from app.extraction.training.attribution_data import Article, examples
from app.extraction.training.attribution_network import Network, collate


@torch.no_grad()
def judged(network: Network, reader: PieceReader, articles: list[Article]) -> list[dict[str, Any]]:
    """What the model says of each candidate, beside the truth."""
    network.eval()
    rows: list[dict[str, Any]] = []
    for number, article in enumerate(articles):
        for each in examples(article, reader):
            with torch.autocast("cpu", torch.bfloat16):
                reported, source, cue, _ = network(collate([each]))
            chances = source.float().softmax(1).numpy()
            cues = cue.float().softmax(1).numpy()
            for i, query in enumerate(each.queries):
                rows.append(_row(number, article, query, float(reported[i].float().sigmoid()), chances[i], cues[i]))
    for number, article in enumerate(articles):
        rows.append({"article": number, "gold": article.gold})
    return rows


def _row(
    number: int, article: Article, query: Any, reported: float, source: np.ndarray, cue: np.ndarray
) -> dict[str, Any]:
    best = int(source.argmax())
    row: dict[str, Any] = {
        "article": number,
        "truth": query.reported,
        "reported": reported,
        "best": float(source.max()),
    }
    row["nothing"] = float(source[-1])
    row["right"] = bool(
        query.reported == 1 and query.source is not None and np.append(query.source, not query.source.any())[best]
    )
    row["mass"] = float(source[:-1][query.source].sum()) if query.source is not None else 0.0
    row["cue"] = bool(query.cue is not None and np.append(query.cue, not query.cue.any())[int(cue.argmax())])
    row["segment"] = [article.candidates[query.candidate].span.start, article.candidates[query.candidate].span.end]
    return row


def measure(rows: list[dict[str, Any]], threshold: float = 0.5) -> dict[str, float]:
    """Found F1, attributed F1, attribution accuracy at a threshold."""
    gold = sum(row.get("gold", 0) for row in rows)
    rows = [row for row in rows if "truth" in row]
    kept = [row for row in rows if row["reported"] >= threshold]
    found = [row for row in kept if row["truth"] == 1]
    right = sum(row["right"] for row in found)
    return {
        "found": round(Rates.of(len(found), len(kept), gold).f1, 4),
        "attributed": round(Rates.of(right, len(kept), gold).f1, 4),
        "accuracy": round(right / max(1, len(found)), 4),
        "mass": round(float(np.mean([row["mass"] for row in found])) if found else 0.0, 4),
        "cue": round(float(np.mean([row["cue"] for row in found])) if found else 0.0, 4),
        "kept": len(kept),
        "gold": gold,
    }

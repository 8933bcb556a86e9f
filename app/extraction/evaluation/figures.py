"""The figures of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
THRESHOLDS = (0.0, 0.5, 0.7, 0.9)
"""Values of `min_confidence` to tell of."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, predicted: int, gold: int) -> Rates:
        """From counts. Nothing predicted has no precision, nothing annotated no recall: both are 0 then."""
        return cls(right / max(1, predicted), right / max(1, gold), 2 * right / max(1, predicted + gold))


@dataclass(frozen=True, slots=True)
class Kept:
    """What `min_confidence` leaves: which share of that is right, and which share of all quotes it is."""

    min_confidence: float
    right: float | None
    kept: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence stands to the truth, over `quotes` predicted ones; None where there are none."""

    quotes: int
    error: float | None
    """Expected calibration error: how far a bin's mean confidence is from its share of right quotes, on average."""
    kept: tuple[Kept, ...]

    @classmethod
    def of(cls, judged: Sequence[tuple[float, bool]]) -> Calibration:
        """From the confidence of each quote and whether it is right."""
        kept = tuple(_kept(judged, threshold) for threshold in THRESHOLDS)
        return cls(len(judged), expected_error(judged) if judged else None, kept)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of an evaluation; shares are 0 to 1, or None where there is nothing to take them of."""

    articles: int
    gold_segments: int
    predicted_segments: int
    found: Rates
    attributed: Rates
    attribution_accuracy: float | None
    resolved: float | None
    recall: dict[str, float]
    calibration: Calibration


def expected_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    gaps = (abs(sum(confidence for confidence, _ in each) - sum(right for _, right in each)) for each in bins)
    return sum(gaps) / len(judged)


def share(part: int, whole: int) -> float | None:
    """The share, or None of nothing."""
    return part / whole if whole else None


def _kept(judged: Sequence[tuple[float, bool]], threshold: float) -> Kept:
    left = [right for confidence, right in judged if confidence >= threshold]
    return Kept(threshold, share(sum(left), len(left)), len(left) / max(1, len(judged)))

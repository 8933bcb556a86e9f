"""A reliability diagram (DeGroot and Fienberg 1983) as SVG: how often quotes are right, by their confidence."""

from __future__ import annotations

from collections.abc import Sequence

BINS = 10
SIZE, MARGIN = 320, 46
INK, BAR, LINE = "#222", "#7a9cc6", "#b33"


def reliability_diagram(told: Sequence[tuple[float, bool]]) -> str:
    """The diagram of pairs of a confidence in [0, 1] and whether the quote was right."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in told:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    bars = "".join(_bar(number, rows) for number, rows in enumerate(bins) if rows)
    whole = SIZE + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" font-family="sans-serif" '
        f'font-size="11" fill="{INK}"><rect width="100%" height="100%" fill="white"/>{bars}'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{LINE}" stroke-dasharray="4"/>'
        f"{_axes()}</svg>\n"
    )


def _bar(number: int, rows: Sequence[tuple[float, bool]]) -> str:
    """The share of right quotes as a bar, the mean confidence as a dot, the count above."""
    share = sum(right for _, right in rows) / len(rows)
    mean = sum(confidence for confidence, _ in rows) / len(rows)
    left, width = _x(number / BINS), SIZE / BINS
    return (
        f'<rect x="{left + 1:.1f}" y="{_y(share):.1f}" width="{width - 2:.1f}" height="{share * SIZE:.1f}" '
        f'fill="{BAR}"/>'
        f'<text x="{left + width / 2:.1f}" y="{_y(share) - 4:.1f}" text-anchor="middle">{len(rows)}</text>'
        f'<circle cx="{_x(mean):.1f}" cy="{_y(share):.1f}" r="3" fill="{LINE}"/>'
    )


def _axes() -> str:
    marks = "".join(
        f'<text x="{_x(v):.1f}" y="{_y(0) + 16}" text-anchor="middle">{v:.1f}</text>'
        f'<text x="{_x(0) - 6}" y="{_y(v) + 4:.1f}" text-anchor="end">{v:.1f}</text>'
        for v in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        f'<rect x="{_x(0)}" y="{_y(1)}" width="{SIZE}" height="{SIZE}" fill="none" stroke="{INK}"/>{marks}'
        f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">confidence</text>'
        f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">share that is right</text>'
    )


def _x(value: float) -> float:
    return MARGIN + value * SIZE


def _y(value: float) -> float:
    return MARGIN + (1 - value) * SIZE

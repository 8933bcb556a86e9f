"""What a trained model's card says: from what it was made, how, and whether it got better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.extraction.evaluation.figures import Figures
    from app.extraction.training.attribution_continue import Material, Records


@dataclass(frozen=True)
class Comparison:
    """Figures on the same articles before and after training."""

    title: str
    before: Figures
    after: Figures

    @property
    def worse(self) -> bool:
        return self.after.attributed.f1 <= self.before.attributed.f1

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The name of each figure, before and after."""
        pairs = (
            ("found F1", lambda figures: figures.found.f1),
            ("attributed F1", lambda figures: figures.attributed.f1),
            ("attribution accuracy", lambda figures: figures.attribution_accuracy),
            ("resolved", lambda figures: figures.resolved),
            ("calibration error", lambda figures: figures.calibration.error),
        )
        for name, figure in pairs:
            yield name, _share(figure(self.before)), _share(figure(self.after))

    def lines(self) -> Iterator[str]:
        """The figures for a reader at a terminal."""
        yield f"{f'{self.title} ({self.before.articles})':<48}{'before':>8}{'after':>8}"
        for name, before, after in self.rows():
            yield f"  {name:<46}{before:>8}{after:>8}"
        yield ""


def card(material: Material, comparisons: Sequence[Comparison], made_by: str) -> str:
    """The card in Markdown. `made_by` names the command and how long it took."""
    from app.extraction.extractor import VERSION
    from app.extraction.model.pointer import WEIGHTS, fingerprint
    from app.extraction.training.attribution_data import SEED

    rows = (
        ("your articles, trained on", material.own),
        ("your articles, held out", material.own_held_out),
        ("made-up articles that ship with On Record, trained on", material.made),
        ("made-up articles that ship with On Record, held out", material.made_held_out),
    )
    return "\n".join(
        [
            "# Attribution model trained on articles of your own",
            "",
            f"Made by {made_by}, seed {SEED}, from the model that On Record ships with {VERSION} "
            f"(sha256 {fingerprint(WEIGHTS)}…, MIT). Use it by `ONRECORD_ATTRIBUTION_MODEL`.",
            "",
            "| data | articles | quotes |",
            "| --- | --- | --- |",
            *(f"| {title} | {len(records)} | {_quotes(records)} |" for title, records in rows),
            "",
            f"Each of your articles was read {material.times} times an epoch, each made-up one once.",
            "",
            *(line for comparison in comparisons for line in _table(comparison)),
            "Figures are those of `onrecord evaluate`, without Stanza's tagger of names. Of all states in training the "
            "one that attributes best on what is held out was kept, so the figures after are a little too good. "
            "Confidence is calibrated as for the bundled model: look at the calibration error before you filter by it.",
            "",
        ]
    )


def _table(comparison: Comparison) -> list[str]:
    head = [f"| {comparison.title} ({comparison.before.articles}) | before | after |", "| --- | --- | --- |"]
    return [*head, *(f"| {' | '.join(row)} |" for row in comparison.rows()), ""]


def _quotes(records: Records) -> int:
    return sum(len(record["quotes"]) for record in records)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

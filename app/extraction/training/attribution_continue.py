"""Going on with a finished attribution model on a user's own articles, mixed with the made-up ones that ship.

The made-up articles are in all languages that the model knows: without them it would forget those that the user's own
articles are not in.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.extraction.training.attribution_data import Article, split, to_article
from app.extraction.training.attribution_run import Run
from app.extraction.training.made import parts as made_parts

HELD_OUT = 0.2
"""The share of the user's articles that the model never sees, to tell whether it got better."""
LEAST_SEGMENTS = 10
"""Fewer teach nothing, and what is held out tells nothing."""
OWN_SHARE, MOST_OFTEN = 0.5, 8
"""An epoch should have half as many segments of the user's as made-up ones; none is read more often than that in it."""
RATE = 5e-5
"""The largest rate of learning: a third of what the model was made with."""
MOST_WORKERS = 2
"""Each takes a core and about 4 GB; more than two have not been tried."""
UNLIMITED = 1e6

Records = Sequence[dict[str, Any]]


class TooFewError(ValueError):
    """There is not enough to learn from; the message says what is missing."""


@dataclass(frozen=True)
class Material:
    """What the model is to learn from, and what it is measured on. Records are as in a file of annotated articles."""

    own: Records
    own_held_out: Records
    made: Records
    made_held_out: Records
    times: int
    """How often an epoch reads each of the user's articles."""

    @classmethod
    def of(cls, records: Records, made_up: tuple[Records, Records] | None = None) -> Material:
        """From a user's articles, each text taken once; `made_up` are those to train on and those held out.

        Raises TooFewError.
        """
        unique = list({record["text"]: record for record in records}.values())
        quoting, silent = ([r for r in unique if bool(r["quotes"]) is wanted] for wanted in (True, False))
        if len(quoting) < 2:
            raise TooFewError(
                f"{len(quoting)} of the articles has quotes; at least two are needed, one of them to measure on"
            )
        parts = [split(quoting, HELD_OUT, least=1), split(silent, HELD_OUT)]
        held_out, own = ([record for part in parts for record in part[i]] for i in (0, 1))
        made, made_held_out = made_up or made_parts()
        return cls(own, held_out, made, made_held_out, _times(_learnable(unique, own), len(_segments(made))))

    def run(self, checkpoint: Path, minutes: float | None, epochs: float, model: Path) -> Run:
        """The run of training that goes on with a model; the checkpoint is kept by figures on all that is held out."""
        from app.extraction.training.attribution_start import from_model  # asks for onnx, an optional dependency

        return Run(
            start=partial(from_model, model),
            train=[*_articles(self.own) * self.times, *_articles(self.made)],
            held_out=[*_articles(self.own_held_out), *_articles(self.made_held_out)],
            checkpoint=checkpoint,
            rate=RATE,
            epochs=epochs,
            minutes=minutes or UNLIMITED,
            workers=min(MOST_WORKERS, os.cpu_count() or 1),
        )


def write_model(checkpoint: Path, output: Path, model: Path, material: Material) -> None:
    """Write what a run that went on with `model` has learned as a model that can be used.

    The arcs to antecedents go on from the model's on the states as they are now. Confidence keeps the bundled weights.
    """
    # These ask for onnx, an optional dependency.
    from app.extraction.training.antecedents import go_on
    from app.extraction.training.attribution_export import export_like

    export_like(checkpoint, model, output)
    go_on(output, material.own, material.made)


def _articles(records: Records) -> list[Article]:
    return [to_article(record) for record in records]


def _segments(records: Records) -> list[bool]:
    """For each annotated segment that stands in marks: is its source labelled, so that attribution can be learned?"""
    candidates = (each for article in _articles(records) for each in article.candidates)
    return [each.source is not None for each in candidates if each.reported]


def _learnable(records: Records, own: Records) -> int:
    """The segments to train on. Raises TooFewError where all the user's articles have too few."""
    learnable = sum(_segments(records))
    if learnable < LEAST_SEGMENTS:
        annotated = sum(len(quote["segments"]) for record in records for quote in record["quotes"])
        raise TooFewError(
            f"{learnable} of {annotated} annotated segments can be learned from, at least {LEAST_SEGMENTS} are needed:"
            ' segments that stand in quotation marks, of quotes with their "source" labelled'
        )
    return len(_segments(own))


def _times(own: int, made_up: int) -> int:
    return max(1, min(MOST_OFTEN, round(OWN_SHARE * made_up / max(1, own))))

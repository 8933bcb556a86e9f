"""How probable it is that a quote is one and that its speaker's full name is right.

A logistic regression on the evidence: what the model gives the quotation and the mention, whether the rules agree, and
how the mention was resolved. Its weights are fitted by `training/confidence.py` on articles that the attribution model
did not learn from, and stand beside that model's own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "weights" / "attribution" / "confidence.json"
MOST = 5.0
"""Bound of the logarithm of the odds that one chance gives."""


class Way(StrEnum):
    """How the mention leads to the name."""

    FULL_NAME = "full name"
    PART_OF_NAME = "part of the name"
    SINGLE_NAME = "single name"
    OTHER_NAME = "name of a thing"
    PRONOUN = "pronoun"
    ROLE = "role"
    DROPPED = "dropped subject"
    AS_WRITTEN = "as written"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one quote and its speaker."""

    is_quote: float
    """The chance that all its segments report speech."""
    mention: float
    """The chance that the mention is the source."""
    rule: float
    """The precision of the rule that points at the same mention, 0 where none does."""
    way: Way
    antecedent: float = 1.0
    """The chance of the character among those whom a pronoun, a role or a dropped subject could mean, or who bear the
    surname that names it."""
    pointed: float | None = None
    """What the model gives this antecedent, or nobody where none is taken; None where it was not asked."""
    sentences_back: int = 0
    """Where the antecedent was named last."""
    told: bool = False
    """Is there a sign beside the capitals that the speaker is a person: an office, a gender, a verb of saying?"""
    named: int = 0
    """How often the article names the speaker."""
    words: int = 0
    """Words of the speaker's name."""
    doubtful: bool = False
    """Is the office that a role names not told of the speaker?"""
    share: float = 1.0
    """What is left of the chance where a custom supposes the name, or the words are those of several."""


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence in numbers, by their names; what is not there is 0."""
    found = {
        "always": 1.0,
        "is a quote": _log_odds(evidence.is_quote),
        "mention" if evidence.rule else "mention alone": _log_odds(evidence.mention),
        "agreed": float(evidence.rule > 0),
        "rule": _log_odds(evidence.rule) if evidence.rule else 0.0,
        f"way: {evidence.way}": 1.0,
    }
    if evidence.way is not Way.NOBODY:
        found["told"] = float(evidence.told)
        found["named"] = math.log1p(evidence.named)
    if evidence.way in {Way.PRONOUN, Way.ROLE, Way.DROPPED}:
        found["antecedent"] = _log_odds(evidence.antecedent)
        found["sentences back"] = math.log1p(evidence.sentences_back)
        found["one word"] = float(evidence.words == 1)
        found["doubtful"] = float(evidence.doubtful)
    if evidence.pointed is not None:
        found[f"pointed: {'as written' if evidence.way is Way.AS_WRITTEN else 'antecedent'}"] = _log_odds(
            evidence.pointed
        )
    return found


def confidence_of(evidence: Evidence, weights: Mapping[str, float] | None = None) -> float:
    """The probability in [0, 1], by the bundled weights unless others are given."""
    weights = bundled_weights() if weights is None else weights
    total = sum(weights.get(name, 0.0) * value for name, value in features(evidence).items())
    shared = evidence.antecedent if evidence.way is Way.PART_OF_NAME else 1.0  # among rivals, of whom one is meant
    return shared * evidence.share / (1 + math.exp(-total))


@cache
def bundled_weights() -> Mapping[str, float]:
    """The fitted weights, read once a process."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def _log_odds(chance: float) -> float:
    inside = min(max(chance, 1e-6), 1 - 1e-6)
    return min(max(math.log(inside / (1 - inside)), -MOST), MOST)

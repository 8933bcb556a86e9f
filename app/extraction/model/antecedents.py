"""Whom the words that name a source stand for, by the learned model: arcs from them to the names of the article,
and to the roles of those it names.

The arcs start from the states that the attribution model has of the pieces anyway. They are scored as mentions are
linked in end-to-end coreference (Lee et al. 2017), with "nobody named here" as one more target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.extraction.coreference.characters import Character
from app.extraction.document import Span
from app.extraction.mentions.mention import Mention
from app.extraction.model.folder import ANTECEDENTS
from app.extraction.model.pieces import Part, Pieces
from app.extraction.model.windows import DISTANCES

BEFORE, BEHIND = 8, 3
"""Paragraphs between a mention and a name that are told apart."""

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class WindowStates:
    """What the model makes of the pieces of one window: a row of each a piece."""

    pieces: Pieces
    queries: Floats
    keys: Floats
    nobody: Floats


class AntecedentHead:
    """Perceptrons for mentions and for names, and the biases of where they stand to one another."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / ANTECEDENTS, allow_pickle=False) as arrays:
            self.weights = {name: arrays[name].astype(np.float32) for name in arrays.files}

    def states(self, pieces: Pieces, hidden: Floats) -> WindowStates:
        """The states of a window by the hidden ones of its pieces, in half precision: long texts have many."""
        rows = [self._perceptron(name, hidden) for name in ("query", "key")]
        nobody = hidden @ self.weights["nobody.weight"][0] + self.weights["nobody.bias"]
        return WindowStates(pieces, *(row.astype(np.float16) for row in (*rows, nobody)))

    def _perceptron(self, name: str, hidden: Floats) -> Floats:
        inner = gelu(hidden @ self.weights[f"{name}.0.weight"].T + self.weights[f"{name}.0.bias"])
        return inner @ self.weights[f"{name}.2.weight"].T + self.weights[f"{name}.2.bias"]

    def chances(self, states: WindowStates, asking: Ints, open_: Ints) -> Floats:
        """The chance of each open piece to be of a name that these pieces stand for; what is left is nobody's."""
        query = states.queries[asking].astype(np.float32).mean(0)
        scores = states.keys[open_].astype(np.float32) @ query / np.sqrt(len(query))
        distance, paragraph = places(states.pieces, asking)
        scores += self.weights["distance"][distance[open_]] + self.weights["paragraph"][paragraph[open_]]
        nobody = states.nobody[asking].astype(np.float32).mean()
        most = max(float(scores.max(initial=nobody)), float(nobody))
        scores = np.exp(scores - most)
        return scores / (scores.sum() + np.exp(nobody - most))


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit by its approximation (Hendrycks & Gimpel 2016)."""
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))


def places(pieces: Pieces, asking: Ints) -> tuple[Ints, Ints]:
    """Where each piece of a window stands to the middle of these: classes of distance, and of paragraphs between."""
    middle = int(asking.mean())
    distance = np.searchsorted(DISTANCES, np.arange(len(pieces)) - middle, side="right")
    paragraph = np.clip(pieces.paragraph - pieces.paragraph[middle], -BEFORE, BEHIND) + BEFORE
    return distance, paragraph


class Antecedents:
    """The chances of the characters of one article to be whom a mention stands for."""

    def __init__(
        self, head: AntecedentHead | None, windows: Sequence[WindowStates], characters: Mapping[Mention, Character]
    ) -> None:
        named = sorted(characters, key=lambda mention: mention.span)
        self.cast = list(dict.fromkeys(characters[mention] for mention in named))
        number = {character: i for i, character in enumerate(self.cast)}
        self._head = head
        self._windows = windows
        self._edges = np.array([(w.pieces.start[0], w.pieces.end[-1]) for w in windows]).reshape(-1, 2)
        self._spans = np.array([(m.span.start, m.span.end) for m in named]).reshape(-1, 2)
        self._bearer = np.array([number[characters[m]] for m in named], np.int32)
        self._owners: dict[int, Ints] = {}

    def chances(
        self, asked: Span, fits: Callable[[Character], bool], until: int | None = None
    ) -> dict[Character, float]:
        """The chances of those who fit and are named near it; together at most 1. Nobody where it was not read.

        Names from the place `until` on count for nobody.
        """
        window = self._window(asked)
        if window is None or self._head is None or not len(self._spans):
            return {}
        states, owners = self._windows[window], self._owners_in(window)
        owners = owners if until is None else np.where(states.pieces.start < until, owners, -1)
        asking = states.pieces.covered(asked)
        fitting = [number for number in np.unique(owners) if number >= 0 and fits(self.cast[number])]
        open_ = np.flatnonzero(np.isin(owners, fitting))
        if not len(asking) or not len(open_):
            return {}
        numbers, place = np.unique(owners[open_], return_inverse=True)
        sums = np.bincount(place, self._head.chances(states, asking, open_))
        return {self.cast[number]: float(chance) for number, chance in zip(numbers, sums, strict=True)}

    def _window(self, asked: Span) -> int | None:
        """The window in which it stands most central."""
        if not len(self._edges):
            return None
        room = np.minimum(asked.start - self._edges[:, 0], self._edges[:, 1] - asked.end)
        best = int(room.argmax())
        return best if room[best] >= 0 else None

    def _owners_in(self, window: int) -> Ints:
        """For each piece of a window the number of the character whose name it is part of, or -1."""
        if window not in self._owners:
            pieces = self._windows[window].pieces
            last = np.searchsorted(self._spans[:, 0], pieces.end, side="left") - 1
            is_named = (last >= 0) & (self._spans[last, 1] > pieces.start) & (pieces.part == Part.NARRATION)
            self._owners[window] = np.where(is_named, self._bearer[last], -1)
        return self._owners[window]

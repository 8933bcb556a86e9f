"""Fit the arcs from mentions to names on the states of a finished attribution model, and write them into its folder.

    python -m app.extraction.training.antecedents --model app/extraction/weights/attribution \\
        --articles ../shared/bench/polnear/train.jsonl --treebanks ../shared/treebanks

The model itself stays as it is. Printed is how often the most probable name is right on the made-up articles held out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.extraction.model.folder import ANTECEDENTS, SETTINGS
from app.extraction.model.pointer import Pointer
from app.extraction.model.windows import DISTANCES
from app.extraction.training import made
from app.extraction.training.antecedent_data import CLASSES, Case, gum_cases, made_cases, polnear_cases

SEED = 20261127
INNER = 64
"""Width of the perceptrons."""
EPOCHS, BATCH, RATE, DROPPED = 20, 8, 1e-3, 0.3
GOING_ON = 2
"""Epochs on the states of a model that was trained further."""
MADE, POLNEAR, GUM = 1.0, 0.5, 0.3
"""What a question counts by where it comes from."""

Weighted = tuple[Case, float]
Records = Sequence[dict[str, Any]]


class Arcs(nn.Module):
    """As `app/extraction/model/antecedents.py` computes them."""

    def __init__(self, width: int) -> None:
        super().__init__()

        def perceptron() -> nn.Sequential:
            return nn.Sequential(nn.Linear(width, INNER), nn.GELU(approximate="tanh"), nn.Linear(INNER, INNER))

        self.query, self.key = perceptron(), perceptron()
        self.nobody = nn.Linear(width, 1)
        self.distance = nn.Parameter(torch.zeros(len(DISTANCES) + 1))
        self.paragraph = nn.Parameter(torch.zeros(CLASSES))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, case: Case) -> Tensor:
        """For each question the logarithms of the chances of the pieces, and last of nobody."""
        hidden = self.drop(torch.from_numpy(case.hidden.astype(np.float32)))
        queries, nobody = self.query(hidden), self.nobody(hidden)[:, 0]
        asking = [torch.from_numpy(each) for each in case.asking]
        asked = torch.stack([queries[each].mean(0) for each in asking])
        scores = asked @ self.key(hidden).T / INNER**0.5
        scores = scores + self.distance[torch.from_numpy(case.distance)]
        scores = scores + self.paragraph[torch.from_numpy(case.paragraph)]
        scores = scores.masked_fill(~torch.from_numpy(case.open), -1e4)
        none = torch.stack([nobody[each].mean() for each in asking])
        return torch.cat([scores, none[:, None]], 1).log_softmax(1)


def main() -> None:
    """Fit, print the figures, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="the folder of the attribution model")
    parser.add_argument("--articles", type=Path, required=True, help="PolNeAR's training part")
    parser.add_argument("--treebanks", type=Path, required=True)
    options = parser.parse_args()
    if not (options.model / ANTECEDENTS).exists():
        width = json.loads((options.model / SETTINGS).read_text(encoding="utf-8"))["width"]
        write(Arcs(width), options.model)
    pointer = Pointer(options.model)
    train, held_out = made.parts()
    cases = [
        *((case, MADE) for case in made_cases(pointer, train)),
        *((case, POLNEAR) for case in polnear_cases(pointer, options.articles)),
        *((case, GUM) for case in gum_cases(pointer, options.treebanks)),
    ]
    print(f"{sum(len(case.asking) for case, _ in cases)} mentions in {len(cases)} windows", flush=True)
    arcs = fit(cases, pointer.width)
    right, asked = measured(arcs, list(made_cases(pointer, held_out)))
    print(f"made-up articles held out: {right} of {asked} mentions")
    write(arcs, options.model)


def go_on(folder: Path, own: Records, made_up: Records) -> None:
    """Go on with the arcs of a model whose states have changed, on a user's annotated articles and those made up."""
    pointer = Pointer(folder)
    arcs = Arcs(pointer.width)
    arcs.load_state_dict({name: torch.from_numpy(array) for name, array in pointer.antecedents.weights.items()})
    cases = [
        (case, MADE)
        for records, unnamed in ((own, False), (made_up, True))
        for case in made_cases(pointer, records, unnamed)
    ]
    if cases:
        write(fit(cases, pointer.width, arcs, GOING_ON), folder)


def fit(cases: Sequence[Weighted], width: int, start: Arcs | None = None, epochs: int = EPOCHS) -> Arcs:
    """Learn from all cases; from the weights of `start` where given."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    arcs = start or Arcs(width)
    steps = epochs * -(-len(cases) // BATCH)
    optimizer = torch.optim.AdamW(arcs.parameters(), RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    shuffled = list(cases)
    arcs.train()
    for _ in range(epochs):
        order.shuffle(shuffled)
        for first in range(0, len(shuffled), BATCH):
            _step(arcs, shuffled[first : first + BATCH], optimizer)
            schedule.step()
    return arcs.eval()


def _step(arcs: Arcs, cases: Sequence[Weighted], optimizer: torch.optim.Optimizer) -> None:
    """Minus the log of what all right names get together, on the mean over the questions of a batch."""
    losses = [
        weight * (torch.from_numpy(case.weights) * _lost(arcs, case)).sum() for case, weight in cases
    ]  # fmt: skip
    (torch.stack(losses).sum() / sum(len(case.asking) for case, _ in cases)).backward()
    optimizer.step()
    optimizer.zero_grad()


def _lost(arcs: Arcs, case: Case) -> Tensor:
    return -arcs(case).masked_fill(~torch.from_numpy(case.right), -1e4).logsumexp(1)


@torch.no_grad()
def measured(arcs: Arcs, cases: Sequence[Case]) -> tuple[int, int]:
    """How many questions have a right piece, or rightly nobody, on top; and how many there are."""
    best = [(arcs(case).argmax(1).numpy(), case.right) for case in cases]
    return sum(int(right[range(len(top)), top].sum()) for top, right in best), sum(len(top) for top, _ in best)


def write(arcs: Arcs, folder: Path) -> None:
    """Write the weights in half precision."""
    weights: dict[str, Any] = {name: tensor.numpy().astype(np.float16) for name, tensor in arcs.state_dict().items()}
    np.savez_compressed(folder / ANTECEDENTS, **weights)


if __name__ == "__main__":
    main()

"""The attribution network: an encoder over the pieces of a window, arcs from each placeholder to its source and cue.

Arcs are scored as by Dozat & Manning 2017 (biaffine attention over perceptrons), with "nobody" as one more target as in
end-to-end coreference (Lee et al. 2017), trained on the likelihood of all pieces of the source together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from app.extraction.model.windows import BETWEEN, DISTANCES, PARAGRAPHS, WORDS
from app.extraction.training.attribution_data import TAGS, Example

HEADS = 12
"""Of attention, in every layer of the encoder."""
WIDTH = 128
"""Of the perceptrons before the arcs."""


@dataclass(slots=True)
class Batch:
    """Windows side by side, with their queries in one row."""

    ids: Tensor
    mask: Tensor
    row: Tensor
    """The window of each query."""
    place: Tensor
    length: Tensor
    relations: tuple[Tensor, Tensor, Tensor]
    open: Tensor
    """Which pieces each query may point at."""
    narration: Tensor
    tags: Tensor


def collate(examples: list[Example]) -> Batch:
    """One batch of windows."""
    longest = max(len(e.pieces) for e in examples)
    queries = [(i, q) for i, e in enumerate(examples) for q in e.queries]
    ids = torch.ones(len(examples), longest, dtype=torch.long)
    mask = torch.zeros(len(examples), longest, dtype=torch.bool)
    narration = torch.zeros(len(examples), longest, dtype=torch.bool)
    tags = torch.full((len(examples), longest, len(TAGS)), -1.0)
    classes = [torch.zeros(len(queries), longest, dtype=torch.long) for _ in range(3)]
    first = 0
    for i, each in enumerate(examples):
        length = len(each.pieces)
        ids[i, :length] = torch.from_numpy(each.pieces.ids.astype(np.int64))
        mask[i, :length] = True
        narration[i, :length] = torch.from_numpy(each.pieces.part == 0)
        tags[i, :length] = torch.from_numpy(each.tags)
        for target, values in zip(classes, each.relations, strict=True):
            target[first : first + len(each.queries), :length] = torch.from_numpy(values)
        first += len(each.queries)
    row = torch.tensor([i for i, _ in queries])
    place = torch.tensor([q.place for _, q in queries])
    length_classes = torch.tensor([q.length for _, q in queries])
    return Batch(ids, mask, row, place, length_classes, tuple(classes), narration[row], narration, tags)


class Arcs(nn.Module):
    """Scores from placeholders to pieces."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Sequential(nn.Linear(width, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.key = nn.Sequential(nn.Linear(width, WIDTH), nn.GELU())
        self.distance = nn.Parameter(torch.zeros(len(DISTANCES) + 1))
        self.paragraph = nn.Parameter(torch.zeros(PARAGRAPHS))
        self.between = nn.Parameter(torch.zeros(BETWEEN))
        self.drop = nn.Dropout(0.2)

    def forward(self, hidden: Tensor, asking: Tensor, batch: Batch, likely: Tensor) -> Tensor:
        queries, keys = self.query(self.drop(asking)), self.key(self.drop(hidden))
        scores = (keys[batch.row] @ queries.unsqueeze(2)).squeeze(2) / WIDTH**0.5
        distance, paragraph, between = batch.relations
        bias = self.distance[distance] + self.paragraph[paragraph] + self.between[between]
        return (scores + bias + likely[batch.row]).masked_fill(~batch.open, -1e4)


class Network(nn.Module):
    """Encoder and heads. Word embeddings are given and stay as they are."""

    def __init__(self, body: BertModel, words: Tensor) -> None:
        super().__init__()
        self.body = body
        self.words = words
        width = body.config.hidden_size
        self.judge = nn.Sequential(nn.Linear(width, WIDTH), nn.GELU(), nn.Linear(WIDTH, 3))
        self.length = nn.Parameter(torch.zeros(len(WORDS) + 1))
        self.tags = nn.Linear(width, len(TAGS))
        self.source, self.cue = Arcs(width), Arcs(width)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Reported or not, arcs to source and to cue (the last column: none), tags."""
        embedded = nn.functional.embedding(batch.ids, self.words)
        hidden = self.body(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state.float()
        asking = hidden[batch.row, batch.place]
        tags, judged = self.tags(hidden), self.judge(asking)
        arcs = []
        for i, head in ((1, self.source), (2, self.cue)):
            scores = head(hidden, asking, batch, tags[:, :, 0 if i == 1 else 2])
            arcs.append(torch.cat([scores, judged[:, i : i + 1]], 1))
        return judged[:, 0] + self.length[batch.length], arcs[0], arcs[1], tags


def loss_of(network: Network, examples: list[Example]) -> tuple[Tensor, dict[str, float]]:
    """The sum of what the heads lose on a batch."""
    batch = collate(examples)
    reported, source, cue, tags = network(batch)
    queries = [q for e in examples for q in e.queries]
    truth = torch.tensor([q.reported for q in queries])
    known = truth >= 0
    tagged = batch.narration & (batch.tags[:, :, 0] >= 0)
    parts = {
        "reported": nn.functional.binary_cross_entropy_with_logits(reported[known], truth[known], reduction="sum")
        / max(1, int(known.sum())),
        "source": _arc_loss(source, [(q.source, q.weight) for q in queries]),
        "cue": 0.5 * _arc_loss(cue, [(q.cue, q.weight) for q in queries]),
        "tags": 0.5 * nn.functional.binary_cross_entropy_with_logits(tags[tagged], batch.tags[tagged])
        if tagged.any()
        else tags.sum() * 0,
    }  # fmt: skip
    return torch.stack(list(parts.values())).sum(), {name: float(value.detach()) for name, value in parts.items()}


def _arc_loss(scores: Tensor, wanted: list[tuple[np.ndarray | None, float]]) -> Tensor:
    """Minus the log of what all right targets get together; "none" is right where no piece is."""
    rows = [i for i, (mask, _) in enumerate(wanted) if mask is not None]
    if not rows:
        return scores.sum() * 0
    right = torch.zeros(len(rows), scores.shape[1], dtype=torch.bool)
    for n, i in enumerate(rows):
        mask = wanted[i][0]
        right[n, : len(mask)] = torch.from_numpy(mask)
        right[n, -1] = not mask.any()
    weights = torch.tensor([wanted[i][1] for i in rows])
    logs = scores[rows].log_softmax(1).masked_fill(~right, -1e4).logsumexp(1)
    return -(logs * weights).sum() / weights.sum()

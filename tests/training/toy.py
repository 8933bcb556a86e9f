"""A network of attribution small enough to train in a moment, its model's folder, and articles to train it on."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from transformers import BertConfig, BertModel

from app.extraction.model.pieces import PieceReader
from app.extraction.training.attribution_network import HEADS, Network

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,?!"
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", '"', "'", '▁"', "▁'", *LETTERS, "<mask>"]
WIDTH = 96
NAMES = ("Ann Field", "Jon Stone", "Mia Brook", "Tom Hall")


@dataclass
class Toy:
    network: Network
    reader: PieceReader


def tokenizer() -> Tokenizer:
    made = Tokenizer(Unigram([(piece, -1.0 - i / 100) for i, piece in enumerate(PIECES)], 3))
    made.pre_tokenizer = Metaspace()
    made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return made


def toy() -> Toy:
    """The network untrained, always the same."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=2, hidden_size=WIDTH, num_hidden_layers=3, num_attention_heads=HEADS, intermediate_size=64,
        max_position_embeddings=512, type_vocab_size=1,
    )  # fmt: skip
    words = torch.randn(len(PIECES), WIDTH)
    return Toy(Network(BertModel(config, add_pooling_layer=False), words), PieceReader(tokenizer()))


def write_toy(folder: Path) -> None:
    """A model's folder with the network in it; needs onnx."""
    from app.extraction.training.antecedents import Arcs, write
    from app.extraction.training.attribution_export import write_body, write_settings

    folder.mkdir(parents=True, exist_ok=True)
    state = {name: tensor.numpy() for name, tensor in toy().network.state_dict().items()}
    write_body(state, folder)
    write_settings(state, folder)
    write(Arcs(WIDTH), folder)
    rows = np.zeros((len(PIECES), WIDTH // 32, 18), np.uint8)
    rows[..., :2] = np.frombuffer(np.float16(0.1).tobytes(), np.uint8)
    rows[..., 2:] = np.random.default_rng(1).integers(0, 256, rows[..., 2:].shape)
    (folder / "pieces.bin").write_bytes(rows.tobytes())
    (folder / "tokenizer.json.gz").write_bytes(gzip.compress(tokenizer().to_str().encode()))


def article(number: int, **changes: Any) -> dict[str, Any]:
    """An annotated article with two quotes; `changes` are made to each."""
    name = NAMES[number % len(NAMES)]
    text = f"Number {number} in a row. “We will win,” said {name}. Later {name} left. “It is over,” they said.\n"
    quotes = [_quote(text, words, source, name) for words, source in (("We will win,", name), ("It is over,", "they"))]
    return {"id": f"a{number}", "language": "en", "text": text, "quotes": [{**quote, **changes} for quote in quotes]}


def _quote(text: str, words: str, source: str, name: str) -> dict[str, Any]:
    by = text.index(source, text.index(words))
    said = text.index("said")
    return {
        "segments": [[text.index(words), text.index(words) + len(words)]],
        "source": [[by, by + len(source)]],
        "cue": [[said, said + 4]],
        "speaker": [name],
    }

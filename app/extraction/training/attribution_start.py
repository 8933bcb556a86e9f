"""What training starts from: the encoder as its authors made it, or a finished model as it ships."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from app.extraction.model.folder import BODY, ROW, SETTINGS, TABLE, TOKENIZER, unpacked
from app.extraction.model.pieces import PieceReader
from app.extraction.training.attribution_encoder import PackedEncoder
from app.extraction.training.attribution_export import FIRST
from app.extraction.training.attribution_network import HEADS, Network

QUANTIZED = ("attention.self.query", "attention.self.key", "attention.self.value", "mixed", "inner", "outer")


@dataclass
class Start:
    """A network to train, with the reader of its pieces."""

    network: Network
    reader: PieceReader


def from_encoder(encoder: Path, tokenizer: Path, layers: int) -> Start:
    """The lowest layers of multilingual-e5-small under new heads."""
    packed = PackedEncoder(encoder)
    network = Network(packed.body(layers), packed.tensor("emb.word", -1, packed.width))
    return Start(network, PieceReader(Tokenizer.from_file(str(tokenizer))))


def from_model(folder: Path) -> Start:
    """A model as `attribution_export` wrote it: its 8-bit matrices in full precision again."""
    state = _state(folder)
    width = state["body.embeddings.LayerNorm.weight"].shape[0]
    layers = sum(name.endswith("attention.self.query.weight") for name in state)
    config = BertConfig(
        vocab_size=2, hidden_size=width, num_hidden_layers=layers, num_attention_heads=HEADS,
        intermediate_size=state["body.encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=state["body.embeddings.position_embeddings.weight"].shape[0], type_vocab_size=1,
    )  # fmt: skip
    network = Network(BertModel(config, add_pooling_layer=False), embeddings(folder / TABLE, width))
    missing, unknown = network.load_state_dict(state, strict=False)
    strange = [name for name in missing if "word_embeddings" not in name and not name.endswith("_ids")]
    if strange or unknown:
        raise ValueError(f"{folder}: not a model of this network: {[*strange, *unknown]}")
    packed = gzip.decompress((folder / TOKENIZER).read_bytes())
    return Start(network, PieceReader(Tokenizer.from_str(packed.decode())))


def embeddings(path: Path, width: int) -> torch.Tensor:
    """The table of pieces in full precision."""
    return torch.from_numpy(unpacked(np.fromfile(path, np.uint8).reshape(-1, ROW))).view(-1, width)


def _state(folder: Path) -> dict[str, torch.Tensor]:
    """The tensors of the graph under the network's names."""
    graph = onnx.load(folder / BODY).graph
    given = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    state: dict[str, np.ndarray] = {
        "body.embeddings.position_embeddings.weight": given["positions"],
        "body.embeddings.token_type_embeddings.weight": np.zeros((1, given["positions"].shape[1]), np.float32),
        "body.embeddings.LayerNorm.weight": given["embeddings.scale"],
        "body.embeddings.LayerNorm.bias": given["embeddings.shift"],
    }
    number = 0
    while f"layer{number}.bias" in given:
        state |= _layer(given, f"layer{number}", f"body.encoder.layer.{number}")
        number += 1
    state |= _heads(given)
    state |= _biases(folder)
    return {name: torch.from_numpy(np.array(values, np.float32)) for name, values in state.items()}


def _layer(given: dict[str, np.ndarray], own: str, name: str) -> dict[str, np.ndarray]:
    matrices = {
        part: (
            given[f"{own}.{part}.weight_quantized"].astype(np.float32) * given[f"{own}.{part}.weight_scale"]
        ).T
        for part in QUANTIZED
    }  # fmt: skip
    found = {}
    for part, bias in zip(QUANTIZED[:3], np.split(given[f"{own}.bias"], 3), strict=True):
        found |= {f"{name}.{part}.weight": matrices[part], f"{name}.{part}.bias": bias}
    rest = (
        ("mixed", "mixed.bias", "attention.output.dense"),
        ("inner", "gelu.bias", "intermediate.dense"),
        ("outer", "outer.bias", "output.dense"),
    )
    for part, bias, full in rest:
        found |= {f"{name}.{full}.weight": matrices[part], f"{name}.{full}.bias": given[f"{own}.{bias}"]}
    for part, full in (("middle", "attention.output.LayerNorm"), ("end", "output.LayerNorm")):
        found |= {f"{name}.{full}.{kind}": given[f"{own}.{part}.{shape}"] for kind, shape in _NORM}
    return found


_NORM = (("weight", "scale"), ("bias", "shift"))


def _heads(given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    found = {"tags.weight": given["head.tags.weight"].T, "tags.bias": given["head.tags.bias"]}
    firsts = zip(
        FIRST, np.split(given["head.first.weight"].T, len(FIRST)), np.split(given["head.gelu.bias"], len(FIRST)),
        strict=True,
    )  # fmt: skip
    for name, weight, bias in firsts:
        found |= {f"{name}.weight": weight, f"{name}.bias": bias}
    for name in ("judge", "source.query", "cue.query"):
        found |= {f"{name}.2.weight": given[f"head.{name}.weight"].T, f"{name}.2.bias": given[f"head.{name}.bias"]}
    return found


def _biases(folder: Path) -> dict[str, np.ndarray]:
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    arcs = {f"{head}.{part}": values for head, parts in settings["heads"].items() for part, values in parts.items()}
    return {name: np.array(values, np.float32) for name, values in {**arcs, "length": settings["length"]}.items()}

"""From a checkpoint to what ships: an 8-bit ONNX body, a 4-bit table of the pieces of three scripts, a small tokenizer.

    python -m app.extraction.training.attribution_export --checkpoint best.pt --encoder e5-small-q4.bin \\
        --tokenizer tokenizer.json --output app/extraction/weights/attribution

Where training went on from a model, `--model` names its folder in place of the encoder and the tokenizer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from app.extraction.model.folder import ANTECEDENTS, BODY, SETTINGS, TABLE, TOKENIZER
from app.extraction.training.attribution_encoder import PackedEncoder
from app.extraction.training.attribution_network import HEADS, WIDTH

SCRIPTS = frozenset(
    ("LATIN", "CYRILLIC", "GREEK", "MODIFIER", "MICRO", "OHM", "KELVIN", "ANGSTROM", "FEMININE", "MASCULINE")
)
PIECES = 130_000
MICROSOFT = "com.microsoft"
EPSILON = 1e-12


def main() -> None:
    """Write the files of the model, but for the arcs to antecedents, which `antecedents.py` learns from it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="the model that training went on from: its pieces stay")
    parser.add_argument("--encoder", type=Path, help="e5-small-q4.bin, where training began anew")
    parser.add_argument("--tokenizer", type=Path, help="its tokenizer.json, where training began anew")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    if options.model:
        export_like(options.checkpoint, options.model, options.output)
    elif options.encoder and options.tokenizer:
        export_anew(options.checkpoint, options.encoder, options.tokenizer, options.output)
    else:
        parser.error("name --model, or --encoder and --tokenizer")
    for path in sorted(options.output.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


def export_like(checkpoint: Path, model: Path, output: Path) -> None:
    """Write a trained model that went on from another one, whose pieces and tokenizer training left as they were.

    The arcs to antecedents are the other model's, too, until `antecedents.py` goes on with them.
    """
    output.mkdir(parents=True, exist_ok=True)
    for name in (TABLE, TOKENIZER, ANTECEDENTS):
        if (model / name).resolve() != (output / name).resolve():
            shutil.copyfile(model / name, output / name)
    _write_trained(checkpoint, output)


def export_anew(checkpoint: Path, encoder: Path, tokenizer: Path, output: Path) -> None:
    """Write a trained model that began with the encoder as its authors made it."""
    output.mkdir(parents=True, exist_ok=True)
    write_pieces(PackedEncoder(encoder), tokenizer, output)
    _write_trained(checkpoint, output)


def _write_trained(checkpoint: Path, output: Path) -> None:
    tensors = torch.load(checkpoint, weights_only=True)
    state = {name: tensor.float().numpy() for name, tensor in tensors.items()}
    write_body(state, output)
    write_settings(state, output)


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=f"{name}:{kind}", domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray | None = None) -> str:
        product = self.add("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return product if bias is None else self.add("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def gelu(self, x: str, name: str, bias: np.ndarray) -> str:
        return self.add("BiasGelu", [x, self.constant(f"{name}.bias", bias)], name, MICROSOFT)


def write_body(state: dict[str, np.ndarray], folder: Path) -> None:
    """The network as a graph, its large matrices in 8 bits."""
    graph = Graph()
    hidden = _embeddings(graph, state)
    layers = 1 + max(int(name.split(".")[3]) for name in state if name.startswith("body.encoder.layer."))
    for i in range(layers):
        hidden = _layer(graph, state, i, hidden)
    output = _heads(graph, state, hidden)
    hidden = graph.add("Identity", [hidden], "hidden")
    width = state["body.embeddings.LayerNorm.weight"].shape[0]
    given = helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["batch", "length", width])
    got = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", size])
        for name, size in ((output, 7 + 4 * WIDTH), (hidden, width))
    ]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    body = helper.make_graph(graph.nodes, "attribution", [given], got, graph.constants)
    model = helper.make_model(body, opset_imports=opsets, ir_version=8)
    # The quantizer asks for a graph with shapes inferred and nodes fused, and warns; this one is written that way.
    helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    full = folder / "body32.onnx"
    onnx.save(model, full)
    kept = [node.name for node in graph.nodes if node.name.startswith("head")]
    quantize_dynamic(
        full, folder / BODY, op_types_to_quantize=["MatMul"],
        per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=kept,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    full.unlink()


def _embeddings(graph: Graph, state: dict[str, np.ndarray]) -> str:
    table = (
        state["body.embeddings.position_embeddings.weight"] + state["body.embeddings.token_type_embeddings.weight"][0]
    )
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    shape = graph.add("Shape", ["embedded"], "shape")
    length = graph.add("Gather", [shape, one], "length")
    rows = graph.add("Slice", [graph.constant("positions", table), zero, length, zero], "rows")
    placed = graph.add("Add", ["embedded", rows], "placed")
    scale = graph.constant("embeddings.scale", state["body.embeddings.LayerNorm.weight"])
    shift = graph.constant("embeddings.shift", state["body.embeddings.LayerNorm.bias"])
    return graph.add("LayerNormalization", [placed, scale, shift], "embeddings", epsilon=EPSILON)


def _layer(graph: Graph, state: dict[str, np.ndarray], number: int, hidden: str) -> str:
    def get(name: str) -> np.ndarray:
        return state[f"body.encoder.layer.{number}.{name}"]

    own = f"layer{number}"
    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    given = [graph.linear(hidden, f"{own}.{part}", get(f"{part}.weight")) for part in parts]
    bias = graph.constant(f"{own}.bias", np.concatenate([get(f"{part}.bias") for part in parts]))
    mixed = graph.add("MultiHeadAttention", [*given, bias], f"{own}.attention", MICROSOFT, num_heads=HEADS)
    mixed = graph.linear(
        mixed, f"{own}.mixed", get("attention.output.dense.weight"), get("attention.output.dense.bias")
    )
    hidden = _normed(graph, f"{own}.middle", mixed, hidden, get, "attention.output")
    inner = graph.linear(hidden, f"{own}.inner", get("intermediate.dense.weight"))
    inner = graph.gelu(inner, f"{own}.gelu", get("intermediate.dense.bias"))
    outer = graph.linear(inner, f"{own}.outer", get("output.dense.weight"), get("output.dense.bias"))
    return _normed(graph, f"{own}.end", outer, hidden, get, "output")


def _normed(graph: Graph, name: str, x: str, skipped: str, get: Any, part: str) -> str:
    """The layer norm of x + skipped; as two nodes, which run faster than the fused one."""
    scale = graph.constant(f"{name}.scale", get(f"{part}.LayerNorm.weight"))
    shift = graph.constant(f"{name}.shift", get(f"{part}.LayerNorm.bias"))
    added = graph.add("Add", [x, skipped], f"{name}.sum")
    return graph.add("LayerNormalization", [added, scale, shift], name, epsilon=EPSILON)


FIRST = ("judge.0", "source.query.0", "source.key.0", "cue.query.0", "cue.key.0")


def _heads(graph: Graph, state: dict[str, np.ndarray], hidden: str) -> str:
    """Rows of tags, judgements, and queries and keys of both kinds of arc."""
    first = graph.linear(hidden, "head.first", np.concatenate([state[f"{name}.weight"] for name in FIRST]))
    first = graph.gelu(first, "head.gelu", np.concatenate([state[f"{name}.bias"] for name in FIRST]))
    names = ["judge", "source.query", "source.key", "cue.query", "cue.key"]
    graph.nodes.append(helper.make_node("Split", [first], [f"head.{n}.in" for n in names], name="head.split", axis=2))
    parts = [graph.linear(hidden, "head.tags", state["tags.weight"], state["tags.bias"])]
    for name, second in zip(names, ("judge.2", "source.query.2", None, "cue.query.2", None), strict=True):
        given = f"head.{name}.in"
        parts.append(
            graph.linear(given, f"head.{name}", state[f"{second}.weight"], state[f"{second}.bias"]) if second else given
        )
    return graph.add("Concat", parts, "output", axis=2)


def write_pieces(packed: PackedEncoder, tokenizer: Path, folder: Path) -> None:
    """The tokenizer with the commonest pieces of the scripts, and the embeddings of these as they were packed."""
    content = json.loads(tokenizer.read_text(encoding="utf-8"))
    pieces = content["model"]["vocab"]
    special = {token["content"] for token in content["added_tokens"]}
    readable = [i for i, (piece, _) in enumerate(pieces) if piece in special or is_readable(piece)]
    wanted = sorted(readable, key=lambda i: (pieces[i][0] not in special, -pieces[i][1]))[:PIECES]
    kept = sorted(wanted)
    number = {pieces[old][0]: new for new, old in enumerate(kept)}
    content["model"]["vocab"] = [pieces[i] for i in kept]
    content["model"]["unk_id"] = number["<unk>"]
    for token in content["added_tokens"]:
        token["id"] = number[token["content"]]
    content["post_processor"] = None
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / TOKENIZER).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    rows = packed.blocks("emb.word").reshape(packed.vocabulary, -1)
    (folder / TABLE).write_bytes(rows[kept].tobytes())
    print(f"{len(kept)} of {len(readable)} readable pieces of {len(pieces)}")


def is_readable(piece: str) -> bool:
    """Are all letters of one of the scripts?"""
    return all(
        _script(letter) in SCRIPTS for letter in piece if unicodedata.category(letter)[0] in "LM" and letter != "▁"
    )


def _script(letter: str) -> str:
    if unicodedata.category(letter)[0] == "M":
        return "LATIN" if unicodedata.name(letter, "").startswith("COMBINING") else ""
    return unicodedata.name(letter, "").split(" ")[0]


def write_settings(state: dict[str, np.ndarray], folder: Path) -> None:
    """What is left: the biases of the arcs and of a quotation's length."""
    width = state["body.embeddings.LayerNorm.weight"].shape[0]
    heads = {
        name: {
            part: [round(float(v), 5) for v in state[f"{name}.{part}"]] for part in ("distance", "paragraph", "between")
        }
        for name in ("source", "cue")
    }
    settings = {"width": width, "length": [round(float(v), 5) for v in state["length"]], "heads": heads}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

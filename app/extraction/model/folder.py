"""What the folder of an attribution model holds, told without loading it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILES = ("body.onnx", "model.json", "pieces.bin", "tokenizer.json.gz", "antecedents.npz")
BODY, SETTINGS, TABLE, TOKENIZER, ANTECEDENTS = FILES
BLOCK = 32
"""Weights that share one scale in the table of pieces."""
ROW = 2 + BLOCK // 2
"""Bytes of a block: a half-precision scale and 4 bits a weight."""


def unpacked(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The weights of packed blocks in full precision: the last axis of length ROW becomes one of length BLOCK."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    return (np.concatenate([packed & 15, packed >> 4], -1).astype(np.float32) - 8) * scale


class ModelFolderError(ValueError):
    """The folder holds no attribution model that can be loaded; the message says what is wrong."""


def check(folder: Path) -> None:
    """Whether the folder holds the five files of a model and they fit together. Raises ModelFolderError."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        what = f"{missing[0]} is not in it" if folder.is_dir() else "there is no such folder"
        raise ModelFolderError(
            f"{folder} is no attribution model: {what}; name a folder that onrecord train has written"
        )
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        row = settings["width"] // BLOCK * ROW
        fits = settings["heads"] and settings["length"] and (folder / TABLE).stat().st_size % row == 0
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        fits = False
    if not fits:
        raise ModelFolderError(
            f"{folder} is no attribution model: {SETTINGS} and {TABLE} do not fit; copy it again whole"
        )

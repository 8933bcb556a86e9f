"""The learned side of attribution: is a quotation reported speech, and which words of the narration name who said it?

A small encoder reads the narration once a window, every quotation a placeholder; arcs from placeholders to pieces are
then a few products of matrices. See the model's card among the weights for data, licences and figures.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.extraction.document import Quotation, Span
from app.extraction.model.antecedents import AntecedentHead, WindowStates
from app.extraction.model.folder import BLOCK, BODY, ROW, ModelFolderError, check, unpacked
from app.extraction.model.pieces import Ints, Part, PieceReader, Pieces
from app.extraction.model.pointing import Pointing, read_out, together
from app.extraction.model.windows import Window, length_class, relations, windows

WEIGHTS = Path(__file__).parent.parent / "weights" / "attribution"
EXACT = ("session.x64quantprecision", "1")
"""Processors without VNNI add pairs of 8-bit products in 16 bits, which overflow without a word: found F1 in German
fell from .96 to .75. ONNX Runtime then multiplies unsigned weights, exactly. Where there is VNNI its usual kernels are
exact, and take half the time.
"""
VNNI = ("avx512_vnni", "avx_vnni")
MOST_THREADS = 4
"""Windows of one article read at once; few articles have more."""

BLAS_THREADS = 1
"""Of numpy in this process. What it multiplies here is too small to share, and its other threads wait at full speed: on
two cores one worker took 1.4 times the processor time, and two of them half as long again.
"""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Told:
    """What the model says of an article: a pointing for each quotation, and the states to find antecedents with."""

    pointings: list[Pointing]
    windows: list[WindowStates] = field(default_factory=list)


class Pointer:
    """Points from quotations to their sources."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from onnxruntime import InferenceSession, SessionOptions
        from threadpoolctl import threadpool_limits
        from tokenizers import Tokenizer
        from torch.cpu import get_capabilities

        threadpool_limits(BLAS_THREADS, user_api="blas")
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        able = get_capabilities()
        if not any(able.get(name) for name in VNNI):
            options.add_session_config_entry(*EXACT)
        self.session = InferenceSession(
            folder / "body.onnx",
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused node is slower here
        )
        self.settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.width = self.settings["width"]
        self.table = np.memmap(folder / "pieces.bin", np.uint8, "r").reshape(-1, self.width // BLOCK, ROW)
        packed = gzip.decompress((folder / "tokenizer.json.gz").read_bytes())
        self.reader = PieceReader(Tokenizer.from_str(packed.decode()))
        self.antecedents = AntecedentHead(folder)
        self.heads = {name: _Head(**values) for name, values in self.settings["heads"].items()}
        self.threads = threads

    def read(self, text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> Told:
        """One pointing for each quotation, and the states of what was read."""
        segments = [segment for quotation in quotations for segment in quotation.segments]
        owner = [i for i, quotation in enumerate(quotations) for _ in quotation.segments]
        pieces = self.reader.read(text, paragraphs, segments)
        told: list[list[Pointing]] = [[] for _ in quotations]
        states: list[WindowStates] = []
        views = list(windows(len(pieces), pieces.places()))
        with ThreadPoolExecutor(self.threads) as pool:
            read = pool.map(lambda view: self._window(pieces[view.start : view.end]), views)
            for view, (output, state) in zip(views, read, strict=True):
                states.append(state)
                for segment, pointing in self._decide(text, segments, state.pieces, view, output):
                    told[owner[segment]].append(pointing)
        return Told([together(each) for each in told], states)

    def _window(self, pieces: Pieces) -> tuple[Floats, WindowStates]:
        output, hidden = self.run(pieces.ids)
        return output, self.antecedents.states(pieces, hidden)

    def run(self, ids: Ints) -> tuple[Floats, Floats]:
        """The model's output for one window and its last hidden states: a row a piece."""
        output, hidden = self.session.run(["output", "hidden"], {"embedded": self._embed(ids)[None]})
        return output[0], hidden[0]

    def _embed(self, ids: Ints) -> Floats:
        return unpacked(self.table[ids]).reshape(len(ids), self.width)

    def _decide(
        self, text: str, segments: Sequence[Span], pieces: Pieces, view: Window, output: Floats
    ) -> Iterable[tuple[int, Pointing]]:
        places = np.array(view.decided, np.int32) - view.start
        parts = dict(zip(("tags", "judged", "heads"), np.split(output, [4, 7], axis=1), strict=True))
        judged = parts["judged"][places]
        source_query, source_key, cue_query, cue_key = np.split(parts["heads"], 4, axis=1)
        kinds = relations(pieces, places)
        closed = pieces.part != Part.NARRATION
        source = self.heads["source"].chances(
            source_query[places], source_key, parts["tags"][:, 0], kinds, closed, judged[:, 1]
        )
        cue = self.heads["cue"].chances(cue_query[places], cue_key, parts["tags"][:, 2], kinds, closed, judged[:, 2])
        for row, place in enumerate(places):
            index = int(pieces.segment[place])
            logit = judged[row, 0] + self.settings["length"][length_class(text, segments[index])]
            yield index, read_out(text, pieces, float(logit), source[row], cue[row], parts["tags"])


class _Head:
    """Arcs from placeholders to pieces, and the biases learned for where a piece stands."""

    def __init__(self, distance: list[float], paragraph: list[float], between: list[float]) -> None:
        self.biases = [np.array(values, np.float32) for values in (distance, paragraph, between)]

    def chances(
        self,
        queries: Floats,
        keys: Floats,
        likely: Floats,
        kinds: tuple[Ints, Ints, Ints],
        closed: Any,
        nothing: Floats,
    ) -> Floats:
        """For each query the chance of each piece, and last that of none."""
        scores = queries @ keys.T / np.sqrt(keys.shape[1]) + likely
        for bias, kind in zip(self.biases, kinds, strict=True):
            scores += bias[kind]
        scores[:, closed] = -1e4
        scores = np.concatenate([scores, nothing[:, None]], 1)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return scores / scores.sum(1, keepdims=True)


@cache
def bundled_pointer(threads: int | None = None) -> Pointer:
    """The model that comes with On Record, loaded once a process."""
    return load_pointer(WEIGHTS, threads)


def load_pointer(folder: Path, threads: int | None = None) -> Pointer:
    """The model in a folder, on as many threads as are of use: at most `threads`, or all cores where that is None.

    Raises ModelFolderError where it does not load.
    """
    check(folder)
    try:
        return Pointer(folder, min(MOST_THREADS, threads or os.cpu_count() or 1))
    except Exception as error:  # each of the files has a library of its own that finds fault with it
        raise ModelFolderError(f"{folder}: the attribution model does not load: {error}") from error


def fingerprint(folder: Path) -> str:
    """Eight letters that tell this model from others, for what was extracted with it."""
    return hashlib.sha256((folder / BODY).read_bytes()).hexdigest()[:8]

"""Stanza as a tagger of names: the bundled English pipeline, or official packages that were downloaded.

Nothing here opens a network connection: `download_method=None` and folders given outright.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.extraction.document import Span
from app.extraction.languages import Language, codes

if TYPE_CHECKING:
    import stanza

WEIGHTS = Path(__file__).parent / "weights"
ENCODER = "onrecord-en-encoder"
"""The name under which the bundled name tagger asks for its encoder."""
THREADS = 1
"""Torch threads. Sentences are too short to share: two take half as long again on idle cores, far longer on busy."""
KERNELS = "16"
"""Kernels that oneDNN keeps. It compiles one for each shape it meets and would keep a thousand: 130 MB after 600
sentences and no time saved, for hardly two batches are of one shape. Read by it when it first multiplies.
"""
for _capacity in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
    os.environ.setdefault(_capacity, KERNELS)

LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}


def bundled_pipeline(processors: str = "tokenize,ner") -> stanza.Pipeline:
    """The English pipeline that comes with On Record, started from its folder alone."""
    import stanza
    import torch
    from stanza.models.common.bert_embedding import load_bert
    from stanza.models.common.foundation_cache import BertRecord, FoundationCache
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.set_num_threads(THREADS)
    cache = FoundationCache(local_files_only=True)
    model, tokenizer = load_bert(str(WEIGHTS / "encoder"), local_files_only=True)
    cache.bert[ENCODER] = BertRecord(_quick(model.eval()), tokenizer, {})
    return stanza.Pipeline("en", dir=str(WEIGHTS), processors=processors, foundation_cache=cache, **_OFFLINE)


def _quick(encoder: Any) -> Any:
    """Multiply in bfloat16 where the processor has instructions for it: a third less time, the same names."""
    import torch

    if getattr(torch.cpu, "_is_avx512_bf16_supported", bool)():
        encoder.forward = torch.autocast("cpu", dtype=torch.bfloat16)(encoder.forward)
    return encoder


def official_pipeline(language: str, folder: Path, processors: str = "tokenize,ner") -> stanza.Pipeline:
    """Stanza's own models of a language, as `onrecord models download` stores them.

    Raises FileNotFoundError where the language was not downloaded.
    """
    import stanza
    import torch

    torch.set_num_threads(THREADS)
    if not (folder / language).is_dir():
        raise FileNotFoundError(f"no Stanza models for “{language}” in {folder}; run: onrecord models download")
    return stanza.Pipeline(language, dir=str(folder), processors=processors, **_OFFLINE)


_OFFLINE: dict[str, Any] = {"download_method": None, "use_gpu": False, "verbose": False, "ner_batch_size": 8}
"""Sentences are not sorted by length, so small batches spend less on padding: a quarter less time than with 32."""


class StanzaTagger:
    """Types of names by a Stanza pipeline with `tokenize` and `ner`."""

    def __init__(self, pipeline: stanza.Pipeline) -> None:
        self.pipeline = pipeline
        self.lock = Lock()  # Stanza is not thread-safe

    def types(self, text: str, sentences: Sequence[Span], places: Sequence[int]) -> list[str]:
        """The type of the name at each place; see `NameTagger`."""
        read = sorted(set(sentences))
        if not read:
            return []
        entities = self._entities(text, read)
        return [type_at(entities, place) for place in places]

    def _entities(self, text: str, read: Sequence[Span]) -> list[tuple[Span, str]]:
        joined = "\n\n".join(" ".join(span.of(text).split("\n")) for span in read)
        with self.lock:
            document = self.pipeline(joined)
        return entities_of(document, Offsets(read))


class ModelShelf:
    """The tagger of names of each language that has a Stanza pipeline.

    The bundled English pipeline is loaded at once, official packages when a language is first met.
    """

    def __init__(self, models: str, folder: Path | None) -> None:
        self.folder = folder if models == "official" else None
        self._loaded: dict[str, StanzaTagger | None] = {}
        if models == "bundled":
            self._loaded["en"] = StanzaTagger(bundled_pipeline())
        elif models != "official" or folder is None:
            raise ValueError("models must be “bundled”, or “official” with the folder of the packages")
        elif not any((folder / code).is_dir() for code in codes()):
            raise FileNotFoundError(f"no Stanza packages in {folder}; run: onrecord models download")

    def tagger_of(self, language: Language) -> StanzaTagger | None:
        """The tagger for a language, loaded on first use."""
        if language.code not in self._loaded:
            self._loaded[language.code] = self._load(language)
        return self._loaded[language.code]

    def _load(self, language: Language) -> StanzaTagger | None:
        if self.folder and (self.folder / language.code).is_dir():
            return StanzaTagger(official_pipeline(language.code, self.folder))
        return None


class Offsets:
    """From offsets in the joined pieces to offsets in the text they were cut from."""

    def __init__(self, pieces: Sequence[Span]) -> None:
        self.starts: list[int] = []
        self.shifts: list[int] = []
        joined = 0
        for piece in pieces:
            self.starts.append(joined)
            self.shifts.append(piece.start - joined)
            joined += piece.end - piece.start + 2

    def span(self, start: int, end: int) -> Span:
        shift = self.shifts[bisect_right(self.starts, start) - 1]
        return Span(start + shift, end + shift)


def entities_of(document: Any, offsets: Offsets) -> list[tuple[Span, str]]:
    """The names of a Stanza document with their types, in reading order."""
    return [
        (offsets.span(entity.start_char, entity.end_char), LABELS[entity.type])
        for entity in document.ents
        if entity.type in LABELS
    ]


def type_at(entities: Sequence[tuple[Span, str]], place: int) -> str:
    """The type of the name at an offset, or nothing."""
    at = bisect_right(entities, place, key=lambda entity: entity[0].start) - 1
    return entities[at][1] if at >= 0 and entities[at][0].end > place else ""

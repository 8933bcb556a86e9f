"""Stanza behind the linguistics interface: the bundled English pipeline, or official packages that were downloaded.

Nothing here opens a network connection: `download_method=None` and folders given outright.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.extraction.document import Span
from app.extraction.languages import Language, codes, load
from app.extraction.linguistics import Analysis, Entity, Linguistics, Plain, Token

if TYPE_CHECKING:
    import stanza

WEIGHTS = Path(__file__).parent / "weights"
ENCODER = "onrecord-en-encoder"
"""The name under which the bundled name tagger asks for its encoder."""
THREADS = 1
"""Torch threads. Sentences are too short to share: two take half as long again on idle cores, far longer on busy."""
LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
LONGEST_PIECE = 2_000
"""Characters of a paragraph that Stanza reads at once: keeps time and memory linear on texts without line breaks."""


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

    if not (folder / language).is_dir():
        raise FileNotFoundError(f"no Stanza models for “{language}” in {folder}; run: onrecord models download")
    return stanza.Pipeline(language, dir=str(folder), processors=processors, **_OFFLINE)


_OFFLINE: dict[str, Any] = {"download_method": None, "use_gpu": False, "verbose": False, "ner_batch_size": 8}
"""Sentences are not sorted by length, so small batches spend less on padding: a quarter less time than with 32."""


class StanzaLinguistics:
    """Sentence ends and names by a Stanza pipeline with `tokenize` and `ner`."""

    def __init__(self, pipeline: stanza.Pipeline, language: Language) -> None:
        self.pipeline = pipeline
        self.words = Plain(language)

    def analyse(self, text: str, paragraphs: Sequence[Span]) -> Analysis:
        pieces = [piece for paragraph in paragraphs for piece in _pieces(text, paragraph)]
        if not pieces:
            return Analysis(())
        document = self.pipeline("\n\n".join(piece.of(text) for piece in pieces))
        return analysis_of(document, self.words.analyse(text, paragraphs), Offsets(pieces))


class ModelShelf:
    """The word-level analysis of each language: a Stanza pipeline where there is one, else the shape of words.

    The bundled English pipeline is loaded at once, official packages when a language is first met.
    """

    def __init__(self, models: str, folder: Path | None) -> None:
        self.folder = folder if models == "official" else None
        self._loaded: dict[str, Linguistics] = {}
        if models == "bundled":
            self._loaded["en"] = StanzaLinguistics(bundled_pipeline(), load("en"))
        elif models != "official" or folder is None:
            raise ValueError("models must be “bundled”, or “official” with the folder of the packages")
        elif not any((folder / code).is_dir() for code in codes()):
            raise FileNotFoundError(f"no Stanza packages in {folder}; run: onrecord models download")

    def linguistics_of(self, language: Language) -> Linguistics:
        """The analysis for a language, loaded on first use."""
        if language.code not in self._loaded:
            self._loaded[language.code] = self._load(language)
        return self._loaded[language.code]

    def _load(self, language: Language) -> Linguistics:
        if self.folder and (self.folder / language.code).is_dir():
            return StanzaLinguistics(official_pipeline(language.code, self.folder), language)
        return Plain(language)


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


def analysis_of(document: Any, words: Analysis, offsets: Offsets) -> Analysis:
    """The words with the sentence ends and names of a Stanza document.

    Stanza parts `so-called` and `Indo-Pacific` as its treebanks do; the rules read words as they are printed.
    """
    tokens = list(words.tokens)
    ends = [token.span.end for token in tokens]
    for token in tokens:
        token.ends_sentence = False
    for sentence in document.sentences:
        end = offsets.span(sentence.tokens[-1].start_char, sentence.tokens[-1].end_char).end
        last = min(bisect_left(ends, end), len(tokens) - 1)
        tokens[last].ends_sentence = last == len(tokens) - 1 or _may_end_sentence(tokens[last], tokens[last + 1])
    entities = [
        Entity(offsets.span(entity.start_char, entity.end_char), LABELS[entity.type])
        for entity in document.ents
        if entity.type in LABELS
    ]
    return Analysis(tokens, entities)


def _may_end_sentence(token: Token, following: Token) -> bool:
    """A bare word ends a sentence where its line ends alone, whatever the splitter says (`Wang | Yi`)."""
    return not token.text[-1].isalnum() or following.span.start - token.span.end > 1


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph cut at white space where it is longer than Stanza should read at once."""
    start = paragraph.start
    while paragraph.end - start > LONGEST_PIECE:
        cut = max(text.rfind(" ", start, start + LONGEST_PIECE), text.rfind("\n", start, start + LONGEST_PIECE))
        cut = cut if cut > start else start + LONGEST_PIECE
        yield Span(start, cut)
        start = cut + (cut < paragraph.end and text[cut].isspace())
    yield Span(start, paragraph.end)

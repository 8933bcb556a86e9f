"""Train the English tokenizer and sentence splitter with Stanza's own trainer.

    python -m app.extraction.training.tokenizer --treebanks ../shared/treebanks

It learns from the English Web Treebank and the open GUM documents. There is no multiword processor beside it, so the
parts of `don't` and `Putin's` are tokens themselves, as the name tagger expects them.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from app.extraction.training import packaging, scoring
from app.extraction.training.conllu import Document, Sentence, read_documents
from app.extraction.training.splits import gum_files
from app.extraction.training.typography import abbreviated, restyled

SEED = 20240607
STEPS = 3000
SENTENCE_LIMIT = 300
"""Characters; longer sentences are left out of training by Stanza."""


def main() -> None:
    """Prepare the data, train, install the model among the weights, print its scores."""
    options = packaging.arguments(__doc__, parser_extras)
    packaging.use_one_thread()
    with tempfile.TemporaryDirectory() as fallback:
        work = options.work or Path(fallback)
        prepare(options.treebanks, work)
        train(work, options.steps)
        packaging.install_tokenizer(work / "tokenizer.pt", options.output)
    report(options.treebanks, options.output)


def parser_extras(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--steps", type=int, default=STEPS)


def prepare(treebanks: Path, work: Path) -> None:
    """Write text and character labels of the training and development parts into `work`."""
    work.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    for part in ("train", "dev"):
        paragraphs = [p for document in corpus(treebanks, part) for p in document.paragraphs()]
        copies = [style(paragraph, rng) for style in (restyled, abbreviated) for paragraph in paragraphs]
        write_labelled([*paragraphs, *(p for p in copies if p)], work / part)
    (work / "multiword.json").write_text("[]", encoding="utf-8")


def corpus(treebanks: Path, part: str) -> list[Document]:
    """Both treebanks' documents of one part."""
    files = [treebanks / f"en_ewt-ud-{part}.conllu", *gum_files(treebanks, part)]
    return [document for file in files for document in read_documents(file)]


def write_labelled(paragraphs: list[list[Sentence]], stem: Path) -> None:
    """Write `stem.txt` and `stem.labels`: 1 ends a token, 2 ends a sentence."""
    pairs = [labelled(paragraph) for paragraph in paragraphs]
    stem.with_suffix(".txt").write_text("\n\n".join(text for text, _ in pairs) + "\n", encoding="utf-8")
    stem.with_suffix(".labels").write_text("\n\n".join(labels for _, labels in pairs) + "\n", encoding="utf-8")


def labelled(paragraph: list[Sentence]) -> tuple[str, str]:
    """One paragraph's text and a label for each of its characters."""
    text, labels = [], []
    for sentence in paragraph:
        for i, word in enumerate(sentence.words):
            end = "2" if i == len(sentence.words) - 1 else "1"
            space = " " if word.space_after else ""
            text.append(word.form + space)
            labels.append("0" * (len(word.form) - 1) + end + "0" * len(space))
    joined = "".join(text).rstrip()
    return joined, "".join(labels)[: len(joined)]


def train(work: Path, steps: int) -> None:
    """Run Stanza's trainer on what `prepare` wrote."""
    from stanza.models import tokenizer

    tokenizer.main(
        [
            *("--txt_file", str(work / "train.txt"), "--label_file", str(work / "train.labels")),
            *("--dev_txt_file", str(work / "dev.txt"), "--dev_label_file", str(work / "dev.labels")),
            *("--lang", "en", "--shorthand", "en_onrecord", "--seed", str(SEED), "--cpu"),
            *("--no_use_mwt", "--mwt_json_file", str(work / "multiword.json")),
            *("--max_seqlen", str(SENTENCE_LIMIT), "--steps", str(steps), "--eval_steps", "500"),
            *("--augment_mid_punct_prob", "0.04", "--report_steps", "100"),
            *("--save_dir", str(work), "--save_name", "tokenizer.pt"),
        ]
    )


def report(treebanks: Path, weights: Path) -> None:
    """Print the installed tokenizer's F1 on text it never saw."""
    pipeline = packaging.pipeline(weights, "tokenize")
    held_out = {
        f"{name} {part}": documents
        for part in ("dev", "test")
        for name, documents in (
            ("EWT", read_documents(treebanks / f"en_ewt-ud-{part}.conllu")),
            ("GUM", [d for file in gum_files(treebanks, part) for d in read_documents(file)]),
        )
    }
    for name, documents in held_out.items():
        print(f"{name}: {scoring.segmentation(pipeline, documents)}")
        print(f"{name}, printed marks: {scoring.segmentation(pipeline, in_print(documents))}")


def in_print(documents: list[Document]) -> list[Document]:
    """The documents with printed marks wherever a paragraph has any mark."""
    rng = random.Random(SEED)
    return [Document(d.name, [s for p in d.paragraphs() for s in restyled(p, rng) or p]) for d in documents]


if __name__ == "__main__":
    main()

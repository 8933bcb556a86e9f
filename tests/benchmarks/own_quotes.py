"""One side of `against_textacy`: On Record over a file of articles, as `onrecord extract` does it."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from app.cli.batch import results
from app.extraction.extractor import load_extractor


def main() -> None:
    """Print characters, seconds, quotes and the peak of resident memory."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    extractor = load_extractor()
    extractor.extract(texts[0])
    began = time.perf_counter()
    records = enumerate({"id": number, "text": text} for number, text in enumerate(texts))
    quotes = sum(len(found["quotes"]) for found in results(records, extractor, None))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"characters": sum(map(len, texts)), "seconds": seconds, "quotes": quotes, "mebibytes": peak}))


if __name__ == "__main__":
    main()

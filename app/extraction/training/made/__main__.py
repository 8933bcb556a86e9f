"""Print the made-up articles as annotated ones, a JSON object a line, for `onrecord evaluate` and `onrecord train`.

    python -m app.extraction.training.made --language it --held-out > it.ndjson

Held out are those that no bundled model was trained on.
"""

from __future__ import annotations

import argparse
import json
from itertools import chain

from app.extraction.training import made


def main() -> None:
    """Print the articles asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", help="ISO 639-1 code; all languages where left out")
    parser.add_argument("--held-out", action="store_true", help="only those that no model is trained on")
    options = parser.parse_args()
    parts = (made.split(list(made.read(path)))[1] if options.held_out else made.read(path) for path in made.files())
    for article in chain.from_iterable(parts):
        if options.language in (None, article["language"]):
            print(json.dumps(article, ensure_ascii=False))


if __name__ == "__main__":
    main()

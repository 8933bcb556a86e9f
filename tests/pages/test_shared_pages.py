"""Whole pages as users paste them, kept outside the project: through the real service, scored as their bench does."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    import httpx

BENCH = Path(__file__).parents[2].parent / "shared" / "bench"
ALL_QUOTES, MIN_FOUND, MIN_NAMED = 29, 24, 22

pytestmark = [
    pytest.mark.xdist_group("live"),
    pytest.mark.skipif(not BENCH.is_dir(), reason="the pages are not here: ../shared is absent"),
]


@pytest.fixture(scope="module")
def gold() -> dict[str, dict]:
    lines = (BENCH / "pages" / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    return {page["id"]: page for page in map(json.loads, filter(None, lines))}


@pytest.fixture(scope="module")
def stored(gold: dict[str, dict], client: httpx.Client) -> dict[str, dict]:
    """What the service keeps of each page, in the form the scorer reads."""
    return {page["id"]: {"quotes": _stored_quotes(client, page["id"])} for page in gold.values()}


def _stored_quotes(client: httpx.Client, page: str) -> list[dict]:
    text = (BENCH / "pages" / f"{page}.txt").read_bytes()
    sent = client.post("/articles", content=text, headers={"Content-Type": "text/plain; charset=utf-8"})
    assert sent.status_code in (200, 201), sent.text
    return [_as_prediction(quote) for quote in client.get(sent.headers["Location"]).json()["quotes"]]


def _as_prediction(quote: dict) -> dict:
    mention, speaker = quote["mention"], quote["speaker"]
    return {
        "segments": [[segment["start"], segment["end"]] for segment in quote["segments"]],
        "mention": [mention["start"], mention["end"]] if mention else None,
        "speaker": speaker["name"] if speaker else None,
    }


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_score", BENCH / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_most_quotes_are_found_and_named_in_full(gold: dict, stored: dict, scorer: ModuleType):
    result, misses = scorer.score(gold, stored)
    assert result["gold segments"] == ALL_QUOTES
    found = round(result["found"]["recall"] * ALL_QUOTES)
    named = round((result["resolved"] or 0) * found)
    report = "\n".join(map(str, misses))
    assert found >= MIN_FOUND, report
    assert named >= MIN_NAMED, report


def test_no_furniture_is_stored(gold: dict, stored: dict, scorer: ModuleType):
    wrong = [
        (page["id"], page["text"][start:end])
        for page in gold.values()
        for quote in stored[page["id"]]["quotes"]
        for start, end in quote["segments"]
        if scorer.overlaps((start, end), page["boilerplate"])
    ]
    assert wrong == []

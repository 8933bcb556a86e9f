"""Hostile texts in seven languages, written by a reviewer to provoke wrong names, about people who do not exist.

What is right in them must stay right; where more becomes right, raise the bar. Many of the rules were mended on these
texts, so that the shares say nothing of how good the extractor is on others.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.extraction.evaluation.figures import Figures
from tests.pages.measured import measured

ARTICLES = Path(__file__).parent / "hostile.ndjson"
pytestmark = pytest.mark.xdist_group("hostile")
# A quote or two below what was measured: processors round otherwise.
BARS = {"de": 0.94, "en": 0.90, "es": 0.85, "fr": 0.85, "it": 0.92, "pt": 0.87, "ru": 0.93}


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    return measured(map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("code", BARS)
def test_quotes_of_hostile_pages_are_found_and_furniture_is_not(figures: dict[str, Figures], code: str) -> None:
    assert figures[code].found.f1 >= 0.98


@pytest.mark.parametrize("code", BARS)
def test_speakers_of_hostile_pages_stay_right(figures: dict[str, Figures], code: str) -> None:
    assert (figures[code].resolved or 0) >= BARS[code]

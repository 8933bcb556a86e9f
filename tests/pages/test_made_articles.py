"""Articles made up for training and kept out of it: what a rule gains in one language, it must not lose in another.

Real news is measured in English and German alone. A rule once took a tenth of their speakers from Spanish, Italian and
Portuguese quotes, and nothing told.
"""

from __future__ import annotations

import pytest

from app.extraction.evaluation.figures import Figures
from app.extraction.training import made
from tests.pages.measured import measured

pytestmark = pytest.mark.xdist_group("made")
# Some quotes below what was measured: processors round otherwise. Where more becomes right, raise the bar.
BARS = {"de": 0.76, "en": 0.83, "es": 0.72, "fr": 0.78, "it": 0.79, "pt": 0.78, "ru": 0.73}


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    _, held_out = made.parts()
    return measured(held_out)


@pytest.mark.parametrize("code", BARS)
def test_no_language_loses_speakers_on_articles_that_no_model_has_seen(figures: dict[str, Figures], code: str) -> None:
    assert (figures[code].resolved or 0) >= BARS[code]

"""Extractors that tests of several rules share."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer


@pytest.fixture(scope="module", params=["rules", "rules and model"])
def extractor(request: pytest.FixtureRequest) -> Extractor:
    """What is told without a tagger of names, by the rules alone and beside the model."""
    return Extractor(pointer=bundled_pointer() if request.param == "rules and model" else None)

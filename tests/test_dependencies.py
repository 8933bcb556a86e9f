"""What the project asks for is pinned, transitive dependencies included, and pins fit any machine."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PINS = (PROJECT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
ASKED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _normalized(requirement: str) -> str:
    """The requirement without extras, its name as the index writes it."""
    name, version = re.sub(r"\[[^]]*\]", "", requirement).split("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


def test_constraints_pin_what_is_asked_for():
    pinned = {_normalized(line) for line in PINS.split("\n") if "==" in line}
    asked = [*ASKED["dependencies"], *chain.from_iterable(ASKED["optional-dependencies"].values())]
    assert {_normalized(requirement) for requirement in asked} <= pinned, "run: make constraints"


def test_constraints_name_no_place_and_no_build():
    assert not re.search(r"/| @ |\+", PINS)

"""Word lists the recipes share: countries, and titles that are no part of a personal name; all in lower case."""

from __future__ import annotations

from pathlib import Path


def _lines(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")) - {""}


COUNTRIES = _lines("countries.txt")
TITLES = _lines("titles.txt")

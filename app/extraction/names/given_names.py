"""The gender that a given name tells: it can rule out whom a pronoun means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.extraction.languages import fold


@cache
def _genders() -> Mapping[str, str]:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: gender for gender, names in lists.items() for name in names.split()}


def all_names() -> Mapping[str, str]:
    """Every listed name with its gender."""
    return _genders()


def gender_of(given_name: str) -> str:
    """`m`, `f`, or empty where the name does not tell."""
    return _genders().get(fold(given_name), "")

"""Writes `languages/ru.forms`, all forms of the nouns that `languages/ru.toml` lists: run it when a list has changed.

    python -m app.extraction.training.forms

At run time the dictionary of forms would take seconds for these thousand words. A line holds what all forms begin with,
the endings of the singular and those of the plural, each with the nominative first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from app.extraction.languages.files import FOLDER, NO_FORMS, NOUNS
from app.extraction.morphology import CASES, NOMINATIVE


def main() -> None:
    """Write the file of forms for Russian."""
    import pymorphy3

    lists = tomllib.loads((FOLDER / "ru.toml").read_text(encoding="utf-8"))
    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    words = sorted({word for name in (*NOUNS, "epithets", "strangers") for word in lists.get(name, "").split()})
    lines = [line for word in words if (line := _line(word, analyzer))]
    (FOLDER / "ru.forms").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(word: str, analyzer: Any) -> str:
    parses = [p for p in analyzer.parse(word) if p.tag.POS in {"NOUN", "ADJF"} and p.tag.case == NOMINATIVE]
    if not parses:
        return ""
    parse = min(parses, key=_oddness)
    singular, plural = (_forms(parse, number) for number in ("sing", "plur"))
    first = parse.tag.number == "sing"
    singular, plural = (_with(word, singular), plural) if first else ((), _with(word, plural))
    stem = _shared([*singular, *plural])
    return f"{stem} {_endings(stem, singular)} {_endings(stem, plural)}"


def _oddness(parse: Any) -> tuple[bool, bool, bool]:
    """Sorts the readings of a word that stands for people, the likeliest first."""
    return parse.tag.number != "sing", parse.tag.POS != "NOUN", parse.tag.animacy != "anim"


def _forms(parse: Any, number: str) -> list[str]:
    forms = [form for form in parse.lexeme if form.tag.number == number and form.tag.case in CASES]
    if parse.tag.POS == "ADJF" and number == "sing":
        forms = [form for form in forms if form.tag.gender == parse.tag.gender]
    forms.sort(key=lambda form: CASES.index(form.tag.case))
    return [word for form in forms for word in (form.word, form.word.replace("ё", "е"))]


def _shared(words: Sequence[str]) -> str:
    """What all words begin with."""
    first, last = min(words), max(words)
    return first[: next((i for i, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), len(first))]


def _with(word: str, forms: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys([word, *forms]))


def _endings(stem: str, forms: Sequence[str]) -> str:
    return ",".join(dict.fromkeys(form[len(stem) :] for form in forms)) if forms else NO_FORMS


if __name__ == "__main__":
    main()

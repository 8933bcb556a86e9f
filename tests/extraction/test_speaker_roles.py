"""The roles that an article tells of a speaker, as places in its text."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor

EXTRACTOR = Extractor()


def roles(text: str, language: str = "en") -> list[str]:
    """The roles of the last quote's speaker."""
    speaker = EXTRACTOR.extract(text, language).quotes[-1].speaker
    assert speaker is not None
    return [span.of(text) for span in speaker.roles]


TOLD = {
    "before the name": ("en", "Harbour Minister Ida Voss came. “It holds,” Voss said.", ["Harbour Minister"]),
    "of a portfolio": ("en", "Secretary of State Ida Voss came. “It holds,” Voss said.", ["Secretary of State"]),
    "of a portfolio that no list holds": (
        "en",
        "Minister for Health Mary Voss came. “It holds,” Voss said.",
        ["Minister for Health"],
    ),
    "of a portfolio of two words": (
        "en",
        "Secretary of Harbour Affairs Rita Voss came. “It holds,” Voss said.",
        ["Secretary of Harbour Affairs"],
    ),
    "of a body behind its article": (
        "en",
        "The chairman of the Senate Robert Voss came. “It holds,” Voss said.",
        ["chairman of the Senate"],
    ),
    "behind a verb that no list holds": (
        "en",
        "The head of France met President Viktor Voss. “It holds,” Voss said.",
        ["President"],
    ),
    "behind another's name in small letters": (
        "en",
        "Brandt press secretary Peter Voss came. “It holds,” Voss said.",
        ["Brandt press secretary"],
    ),
    "behind the name": (
        "en",
        "Ida Voss, the dam's chief engineer, came. “It holds,” Voss said.",
        ["dam's chief engineer"],
    ),
    "an apposition before the name": ("en", "The treasurer, Ida Voss, came. “It holds,” Voss said.", ["treasurer"]),
    "with a complement": (
        "it",
        "Il ministro della Difesa russo Ivan Gorin è qui. «Vedremo domani», ha detto Gorin.",
        ["ministro della Difesa russo"],
    ),
    "in Spanish": (
        "es",
        "La ministra de Obras, Ana Ruiz, llegó. «Veremos mañana», dijo Ruiz.",
        ["ministra de Obras"],
    ),
    "in French": (
        "fr",
        "Le maire de Nice, Luc Ferrand, est là. « On verra », a dit Luc Ferrand.",
        ["maire de Nice"],
    ),
    "in Portuguese": ("pt", "O presidente da câmara João Gil veio. «Veremos», disse Gil.", ["presidente da câmara"]),
    "in German": (
        "de",
        "Die Hafenministerin Karla Wendt kam. „Wir sehen morgen“, sagte Wendt.",
        ["Hafenministerin"],
    ),
    "in an inflected form": (
        "ru",
        "О министре обороны Иване Горине спорят. «Посмотрим», — сказал Горин.",
        ["министре обороны"],
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_role_beside_the_name_is_told_as_written_without_its_determiner(case: str) -> None:
    language, text, told = TOLD[case]
    assert roles(text, language) == told


def test_each_wording_is_told_once_in_reading_order() -> None:
    text = "Mayor Ida Voss came. Mayor Ida Voss sat. Ida Voss, a baker, rose. “It holds,” Voss said."
    assert roles(text) == ["Mayor", "baker"]


NONE = {
    "a form of address": "Mr. Karl Voss came. “It holds,” Mr. Voss said.",
    "a relative by a pronoun": "Karl Voss came with his brother, Peter Lund. “It holds,” Lund said.",
    "a role that only stands for the name": "Ida Voss came. She sat. “It holds,” the engineer said.",
    "nobody named": "“It holds,” a mason said.",
}


@pytest.mark.parametrize("case", NONE)
def test_no_role_is_told_where_none_stands_beside_the_name(case: str) -> None:
    assert roles(NONE[case]) == []

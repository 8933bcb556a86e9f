"""A role that names a place or a body is not of the one whom the article calls by that office elsewhere."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor

WON = {
    "es": "«Fue justo», dijo el entrenador Marcelo Ibarra tras el partido.",
    "it": "«È giusto così», ha detto l'allenatore Davide Brugni dopo la partita.",
    "pt": "«Foi justo», disse o treinador Nelson Bastos depois do jogo.",
}
LOST = {
    "es": ("Fermín Aldaso se mostró triste. «Fallamos atrás», dijo el entrenador del {}.", "Fermín Aldaso"),
    "it": ("Corrado Pelli era triste. «Abbiamo sbagliato», ha detto l'allenatore del {}.", "Corrado Pelli"),
    "pt": ("Abílio Rebocho ficou triste. «Falhámos na defesa», disse o treinador do {}.", "Abílio Rebocho"),
}


@pytest.mark.parametrize("code", WON)
def test_the_subject_before_bears_the_office_at_another_body(code: str) -> None:
    text, name = LOST[code]
    quotes = Extractor().extract(f"{WON[code]}\n\n{text.format('Montaluz')}", code).quotes
    assert [quote.speaker and quote.speaker.name for quote in quotes][1:] == [name]


def test_who_is_told_to_bear_it_there_is_meant() -> None:
    text = "«Fue justo», dijo el entrenador del Montaluz, Marcelo Ibarra.\n\n" + LOST["es"][0].format("Montaluz")
    assert Extractor().extract(text, "es").quotes[1].speaker.name == "Marcelo Ibarra"


def test_an_office_alone_is_of_whom_the_article_calls_so() -> None:
    text = f"{WON['es']}\n\n" + LOST["es"][0].replace(" del {}", "")
    assert Extractor().extract(text, "es").quotes[1].speaker.name == "Marcelo Ibarra"

"""Whom a preposition tells to be spoken to is not the subject that a verb leaves out: Spanish, Italian, Portuguese."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer

LEADS = {
    "es": "El empresario Bruno Ruiz pidió ayuda al alcalde Tomás Lema. ",
    "it": "L'imprenditore Bruno Ruzzi ha chiesto aiuto al sindaco Tommaso Lema. ",
    "pt": "O empresário Bruno Prado pediu ajuda ao ministro Tomás Lema. ",
}
TOLD = {
    "es": ("«No hay dinero», le espetó a Ruiz.", "A Ruiz le respondió que «no hay dinero».", "Tomás Lema"),
    "it": ("«Non ci sono soldi», ha risposto a Ruzzi.", "A Ruzzi ha risposto che «non ci sono soldi».", "Tommaso Lema"),
    "pt": ("«Não há dinheiro», disse a Prado.", "Respondeu a Prado que «não há dinheiro».", "Tomás Lema"),
}
ALONE = {
    "es": "El empresario Bruno Ruiz llegó tarde. «No hay dinero», le espetó a Ruiz.",
    "it": "L'imprenditore Bruno Ruzzi è arrivato tardi. «Non ci sono soldi», ha risposto a Ruzzi.",
    "pt": "O empresário Bruno Prado chegou tarde. «Não há dinheiro», disse a Prado.",
}


def speaker(extractor: Extractor, text: str, language: str) -> str | None:
    (quote,) = extractor.extract(text, language).quotes
    return quote.speaker.name if quote.speaker else None


@pytest.mark.parametrize("place", [0, 1], ids=["behind", "before"])
@pytest.mark.parametrize("code", TOLD)
def test_who_is_spoken_to_does_not_speak(extractor: Extractor, code: str, place: int) -> None:
    assert speaker(extractor, LEADS[code] + TOLD[code][place], code) in {TOLD[code][2], None}


@pytest.mark.parametrize("code", ALONE)
def test_where_nobody_else_is_known_nobody_speaks(extractor: Extractor, code: str) -> None:
    assert speaker(extractor, ALONE[code], code) is None


def test_the_other_of_two_speaks() -> None:
    found = speaker(Extractor(pointer=bundled_pointer()), LEADS["es"] + TOLD["es"][0], "es")
    assert found == TOLD["es"][2]


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("O ministro Rui Lema recebeu o sindicalista Júlio da Silva Prado. ", "Rui Lema"),
        ("O ministro Rui Lema recebeu a sindicalista Ana Prado. ", "Ana Prado"),
    ],
)
def test_an_article_of_a_woman_before_a_mans_surname_is_a_preposition(
    extractor: Extractor, lead: str, name: str
) -> None:
    assert speaker(extractor, lead + "«Não há dinheiro», disse a Prado.", "pt") == name


def test_the_subject_behind_whom_it_told_speaks(extractor: Extractor) -> None:
    text = "«No hay dinero», dijo a Bruno Ruiz el alcalde Tomás Lema."
    assert speaker(extractor, text, "es") == "Tomás Lema"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("it", "A Ruzzi ha scritto una lettera: «Non ci sono soldi»."),
        ("pt", "Ao Bruno deixou um recado: «Não há dinheiro»."),
    ],
)
def test_who_opens_the_sentence_behind_such_a_preposition_does_not_speak(
    extractor: Extractor, code: str, text: str
) -> None:
    assert speaker(extractor, LEADS[code] + text, code) not in {"Bruno Ruzzi", "Bruno Prado"}

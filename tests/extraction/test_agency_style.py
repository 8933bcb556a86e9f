"""Turns of phrase of the news agencies in German, French and Russian: who is named, and by which part of a phrase."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor

EXTRACTOR = Extractor()
TOLD = {
    "a compound of a short noun is no given name": (
        "Sparkassenchef Volkmar Driesch sagte: „Ich gehe nach dieser Saison.“",
        "de",
        "Volkmar Driesch",
    ),
    "a surname that ends like a short noun": ("Anton Hauswirt sagte: „Ich gehe bald.“", "de", "Anton Hauswirt"),
    "a thing opens the clause before its verb and subject": (
        "Ida Kern und Jan Roth stritten. Die zweite Halbzeit bezeichnete er als „ein einziges Durcheinander“.",
        "de",
        "Jan Roth",
    ),
    "a form of address behind a source that opens its sentence": (
        "La maire Odile Castagnac est venue.\n\nSelon Mme Castagnac, « c'est déjà tout vu ».",
        "fr",
        "Odile Castagnac",
    ),
    "the name of who speaks for a group": (
        "Le représentant du personnel Karim Zeroual a dit : « C'était un bruit énorme. »",
        "fr",
        "Karim Zeroual",
    ),
    "a woman's verb with a man's noun": (
        "Директор завода Олег Шемякин и председатель профсоюза Раиса Дудник встретились.\n\n"
        "«В четверг встанет весь завод», — предупредила профсоюзный лидер.",
        "ru",
        "Раиса Дудник",
    ),
    "a bare noun with a clause of its own brings somebody in": (
        "Прокурор Анна Вешнякова осталась довольна.\n\n"
        "Пенсионерка, лишившаяся сбережений, плакала в зале. «Этих денег я больше не увижу», — сказала она.",
        "ru",
        "Пенсионерка",
    ),
    "a town that no dictionary holds before a man's name": (
        "Мэр Снегиревска Павел Отрадин заявил: «Этих денег я больше не увижу».",
        "ru",
        "Павел Отрадин",
    ),
    "an office with a clause of its own": (
        "Министр Анна Вешнякова осталась довольна.\n\n"
        "Министр, приехавшая накануне, осмотрела зал. «Этих денег я больше не увижу», — сказала она.",
        "ru",
        "Анна Вешнякова",
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_who_speaks(case: str) -> None:
    text, language, name = TOLD[case]
    (quote,) = EXTRACTOR.extract(text, language).quotes
    assert quote.speaker and quote.speaker.name == name

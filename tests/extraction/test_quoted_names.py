"""Names and titles in quotation marks that are part of a phrase."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "The panel met under the theme “Growing a quieter harbour together”. “It rained,” said Ann Lee.", 1),
        ("de", "Das Haus diskutierte zum Thema „Wir wollen einen leiseren Hafen bauen“. „Gut“, sagte Ute Blum.", 1),
        ("fr", "Un débat intitulé « Bâtir ensemble un port plus calme ». « Il pleut », a dit Anne Petit.", 1),
        ("it", "Hanno discusso il tema “Costruire insieme un porto più calmo”. “Piove”, ha detto Anna Riva.", 1),
        ("es", "Debatieron el tema «Construir juntos un puerto más tranquilo». «Llueve», dijo Ana Soto.", 1),
        ("pt", "Debateram o tema “Construir juntos um porto mais calmo”. “Chove”, disse Ana Reis.", 1),
        ("ru", "Круглый стол на тему «Строим вместе тихую гавань». «Дождь», — сказала Анна Белова.", 1),
        ("en", "She spoke on the theme: “We will grow a quieter harbour together,” said Ann Lee.", 1),
    ],
)
def test_what_a_noun_tells_to_be_a_title_is_no_quotation(language: str, text: str, kept: int) -> None:
    assert len(Extractor().extract(text, language).quotes) == kept


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_nickname_within_a_name_does_not_part_it(marks: str) -> None:
    name = f"Robert {marks[0]}Bobby{marks[1]} Crane"
    (quote,) = Extractor().extract(f"{name} hung up his gloves. “My knees voted,” Crane said.", "en").quotes
    assert quote.speaker
    assert quote.speaker.name == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Tony “the Rat” Russo sat down. “I was quick,” the Rat said.", "Tony “the Rat” Russo"),
        ("en", "Samir “The Flash” Haddad sat down. “I was quick,” said The Flash.", "Samir “The Flash” Haddad"),
        ("it", "Il tecnico Walter “Il Mago” Ferri sorride. “Bravi”, ha detto il Mago.", "Walter “Il Mago” Ferri"),
        ("es", "El técnico Iván “el Zurdo” Carrasco sonríe. “Bien”, dijo el Zurdo.", "Iván “el Zurdo” Carrasco"),
        ("fr", "Samir « La Foudre » Haddad sourit. « Bravo », a soufflé La Foudre.", "Samir « La Foudre » Haddad"),
    ],
)
def test_a_nickname_within_a_name_means_its_bearer_and_is_no_quotation(language: str, text: str, name: str) -> None:
    (quote,) = Extractor().extract(text, language).quotes
    assert quote.speaker and quote.speaker.name == name

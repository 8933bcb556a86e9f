"""Which language a text is in, told from short texts and long ones."""

import pytest

from app.extraction.detection import detect
from app.extraction.extractor import Extractor


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"We will not pay for this bridge," the mayor told reporters on Monday.', "en"),
        ("«Non pagheremo questo ponte», ha detto lunedì la sindaca ai giornalisti.", "it"),
        ("«No pagaremos este puente», dijo el lunes la alcaldesa a la prensa.", "es"),
        ("« Nous ne paierons pas ce pont », a déclaré lundi la maire à la presse.", "fr"),
        ("„Wir zahlen diese Brücke nicht“, sagte die Bürgermeisterin am Montag.", "de"),
        ("«Não vamos pagar esta ponte», disse a presidente da câmara na segunda-feira.", "pt"),
        ("«Мы не будем платить за этот мост», — сказала мэр в понедельник журналистам.", "ru"),
    ],
)
def test_a_sentence_is_enough_for_the_languages_with_a_data_file(text, code):
    assert detect([text]) == code


def test_a_text_that_tells_nothing_is_taken_for_a_language_with_a_data_file():
    assert detect(["123 “a”"]) in {"de", "en", "es", "fr", "it", "pt", "ru"}


def test_another_language_is_named_and_warned_of():
    text = "「橋の代金は払いません」と市長は月曜日に記者団に語った。"
    extraction = Extractor().extract(text)
    assert extraction.language == "ja"
    assert extraction.quotes
    assert extraction.warnings


def test_the_language_that_is_given_is_believed():
    assert Extractor().extract("Hello", "it").language == "it"

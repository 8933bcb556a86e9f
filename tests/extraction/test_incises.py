"""Where the words of the narration stand inside the marks."""

import pytest

from app.extraction import languages
from app.extraction.extractor import Page
from app.extraction.linguistics import Tokenizer
from app.extraction.reading import Reading


def segments(text: str, code: str) -> list[str]:
    page, language = Page.of(text), languages.load(code)
    tokens = Tokenizer(language).tokens(text, page.body)
    return [s.of(text) for q in Reading(text, language, tokens, page.quotations).quotations for s in q.segments]


@pytest.mark.parametrize(
    "insert",
    [
        ", tranche Sophie Besson, présidente de l'association.",
        ", tranche Sophie Besson, la présidente de l'association.",
        ", raconte au Monde Paul Girard, 54 ans.",
        ", confie Anne Roy, 42 ans, riveraine.",
        ", lance, furieux, le maire d'Arles.",
        ", explique mardi Paul Girard.",
        ", estime Mme Colin, qui dirige l'agence.",
        ", lâche le maire, Paul Girard, en quittant la salle.",
        ", s'agace l'élu.",
    ],
)
def test_french_narration_ends_with_its_sentence(insert):
    assert segments(f"« Le pont est mort{insert} Personne n'en veut. »", "fr") == [
        "Le pont est mort,",
        "Personne n'en veut.",
    ]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Le pont, dit Paul Roche, est mort et enterré. Adieu.", ["Le pont,", "est mort et enterré. Adieu."]),
        ("Je crois, dit Paul Roche, que nous irons. Demain.", ["Je crois,", "que nous irons. Demain."]),
        ("Le pont, dit le maire, Paul Roche va le payer.", ["Le pont,", "Paul Roche va le payer."]),
        ("C'est lui, dit Paul Roche, qui a menti.", ["C'est lui,", "qui a menti."]),
        ("C'est fini ! lance le maire. Je pars.", ["C'est fini !", "Je pars."]),
    ],
)
def test_french_speech_goes_on_behind_the_comma(said, parts):
    assert segments(f"« {said} »", "fr") == parts


@pytest.mark.parametrize(
    "insert",
    [
        "пояснил Ильин, отвечая на вопрос корреспондента.",
        "сообщила Анна Лис, представитель порта.",
        "рассказали в порту.",
        "сказал вчера журналистам Пётр Ильин, который строит мост.",
        "сказал директор завода Пётр Ильин.",
    ],
)
def test_russian_narration_ends_at_the_second_dash(insert):
    assert segments(f"«Ждём, — {insert} — Другого выхода нет».", "ru") == ["Ждём,", "Другого выхода нет"]


def test_a_dash_before_a_clause_of_the_speaker_is_no_narration():
    said = "Он пришёл, — и сказал брату правду, — а я молчал"
    assert segments(f"«{said}».", "ru") == [said]

"""Where the words of the narration stand inside the marks."""

import pytest

from app.extraction import languages
from app.extraction.extractor import Page
from app.extraction.linguistics import Tokenizer
from app.extraction.narration.reading import Reading


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


@pytest.mark.parametrize("insert", ["смеётся она", "улыбается Громов"])
def test_russian_narration_between_comma_and_dash_needs_no_verb_of_saying(insert):
    said = f"«Мост закрыт, — {insert}. — Но мы подождём.»"
    assert segments(said, "ru") == ["Мост закрыт,", "Но мы подождём."]


@pytest.mark.parametrize("said", ["Мост, — это важно, — закрыт.", "Мост — хороший Громов — закрыт."])
def test_russian_speech_with_dashes_of_its_own_stays_whole(said):
    assert segments(f"«{said}»", "ru") == [said]


@pytest.mark.parametrize(
    ("code", "said", "parts"),
    [
        ("fr", "Le pont – a dit Paul Roche – est mort.", ["Le pont", "est mort."]),
        ("it", "È stato lui, ha detto Paolo Riva, a mentire.", ["È stato lui,", "a mentire."]),
        ("it", "È stato lui – ha detto la sindaca Anna Riva – a mentire.", ["È stato lui", "a mentire."]),
        ("it", "Il ponte è chiuso - ha spiegato ieri in una nota - da mesi.", ["Il ponte è chiuso", "da mesi."]),
        ("it", "Il ponte è chiuso - ha detto il sindaco Paolo Riva", ["Il ponte è chiuso"]),
        ("es", "Fue él, dijo Pablo Rivas, quien mintió.", ["Fue él,", "quien mintió."]),
        ("es", "No cedemos —aseguró la ministra Ana Rivas—, y punto.", ["No cedemos", "y punto."]),
        ("es", "No cedemos —dijo—. Y punto.", ["No cedemos", "Y punto."]),
        ("pt", "Foi ele, disse Paulo Reis, quem mentiu.", ["Foi ele,", "quem mentiu."]),
        ("pt", "A ponte caiu – afirmou ele –, mas ninguém viu.", ["A ponte caiu", "mas ninguém viu."]),
    ],
)
def test_romance_narration_stands_between_dashes_or_commas(code, said, parts):
    assert segments(f"«{said}»", code) == parts


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", "Le pont, l'a dit le maire, est mort."),
        ("fr", "Le pont, disait ma mère, est mort."),
        ("it", "Il ponte è chiuso, lo ha detto il sindaco, e basta."),
        ("es", "No pasa nada, lo dijo el ministro, y punto."),
        ("pt", "A ponte caiu, diz minha mãe, e pronto."),
    ],
)
def test_a_verb_with_an_object_or_of_the_speakers_own_people_is_speech(code, said):
    assert segments(f"«{said}»", code) == [said]


def test_a_dash_before_a_clause_of_the_speaker_is_no_narration():
    said = "Он пришёл, — и сказал брату правду, — а я молчал"
    assert segments(f"«{said}».", "ru") == [said]

"""Whom a case or a passive tells not to speak, and whose a role is: German and Russian."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer

GERMAN = "Wirtin Jutta Brehm und Pächter Bernd Kalb stritten im Saal.\n\n"
PASSIVES = {
    "agent in the middle": ("Kalb wurde am Montag von Brehm gewarnt: „Der Deich bricht bald.“", "Jutta Brehm"),
    "subject behind the auxiliary": ("Am Montag wurde Kalb von Brehm gewarnt: „Der Deich bricht.“", "Jutta Brehm"),
    "behind the quote": ("„Bricht der Deich bald?“, wurde Kalb von Brehm gefragt.", "Jutta Brehm"),
    "quote before the participle": ("Kalb wurde von Brehm ein „Dieb aller Diebe“ genannt.", "Jutta Brehm"),
    "nobody told": ("Kalb wurde am Montag gewarnt: „Der Deich bricht bald.“", None),
    "a verb of the active behind": ("Kalb wurde laut und rief: „Der Deich bricht bald.“", "Bernd Kalb"),
    "quoted": ("Kalb wurde mit den Worten zitiert: „Der Deich bricht bald.“", "Bernd Kalb"),
}
DATIVES = {
    "a woman": ("Der Wirtin Jutta Brehm sagte Kalb: „Der Deich bricht bald.“", "Bernd Kalb"),
    "a man": ("Dem Pächter Bernd Kalb sagte Brehm: „Der Deich bricht bald.“", "Jutta Brehm"),
    "behind a source": ("Laut der Wirtin Jutta Brehm ist der Deich „ein Sieb aus Sand“.", "Jutta Brehm"),
}
OWNED = {
    "by a preposition": "Der Notar von Bernd Kalb",
    "by a preposition and an office": "Der Notar von Pächter Bernd Kalb",
    "by a genitive": "Der Notar des Pächters Bernd Kalb",
    "by the genitive of a woman": "Der Notar der Wirtin Jutta Brehm",
}
TOLD = ["Борису Лаптеву", "Вчера Борису Лаптеву", "Сторожу Борису Лаптеву", "Лаптеву"]


def speaker(extractor: Extractor, text: str, language: str) -> str | None:
    (quote,) = extractor.extract(text, language).quotes
    return quote.speaker.name if quote.speaker else None


@pytest.mark.parametrize("case", PASSIVES)
def test_the_subject_of_a_passive_that_ends_its_clause_does_not_speak(extractor: Extractor, case: str) -> None:
    text, name = PASSIVES[case]
    assert speaker(extractor, GERMAN + text, "de") == name


@pytest.mark.parametrize("case", DATIVES)
def test_whom_a_dative_names_does_not_speak(extractor: Extractor, case: str) -> None:
    text, name = DATIVES[case]
    assert speaker(extractor, GERMAN + text, "de") == name


@pytest.mark.parametrize("case", OWNED)
def test_a_role_that_belongs_to_somebody_is_somebody_else(extractor: Extractor, case: str) -> None:
    assert speaker(extractor, f"{GERMAN}{OWNED[case]} sagte: „Der Deich bricht bald.“", "de") == "der Notar"


@pytest.mark.parametrize("whom", TOLD)
def test_whom_several_told_it_does_not_speak(extractor: Extractor, whom: str) -> None:
    text = f"Сторож Борис Лаптев живёт у плотины.\n\n{whom} сообщили: «Плотину закроют уже осенью»."
    assert speaker(extractor, text, "ru") is None


@pytest.mark.parametrize(("verb", "who"), [("сообщили", "соседи"), ("ответила", "Анна Громова")])
def test_who_told_it_behind_the_verb_speaks(extractor: Extractor, verb: str, who: str) -> None:
    assert speaker(extractor, f"Борису Лаптеву {verb} {who}: «Плотину закроют уже осенью».", "ru") == who


def test_an_object_that_opens_its_sentence_does_not_speak(extractor: Extractor) -> None:
    assert speaker(extractor, "Судью ругать не стал: «Он работал вполне достойно».", "ru") is None


KIN = {
    "of somebody of a like surname": (
        "Мария Громова, сестра Дмитрия Громова, живёт в Туле. По словам сестры, он «давно уехал».",
        "Мария Громова",
    ),
    "of somebody whose name may be a woman's in the nominative": (
        "Вдова Александра Громова приехала. «Нет», — сказала вдова.",
        "Вдова Александра Громова",
    ),
    "by her own name, where it is told whose she is": (
        "Его сестра Александра Громова приехала. «Нет», — сказала сестра.",
        "Александра Громова",
    ),
    "who makes somebody known by his full name": (
        "Мария Громова, жена Дмитрия Громова, пришла. «Я вернусь», — сказал Громов.",
        "Дмитрий Громов",
    ),
}


@pytest.mark.parametrize("case", KIN)
def test_kin_are_told_from_whose_they_are(extractor: Extractor, case: str) -> None:
    text, name = KIN[case]
    assert speaker(extractor, text, "ru") == name


def test_a_role_with_a_name_in_the_genitive_is_somebody_else(extractor: Extractor) -> None:
    text = "«Он ни в чём не виноват», — заявила адвокат Марка Рунца."
    assert speaker(extractor, text, "ru") == "адвокат Марка Рунца"


def test_a_preposition_before_a_known_surname_is_no_part_of_a_name(extractor: Extractor) -> None:
    text = "Ministerin Carla Lodi schwieg. „Das ist falsch“, sagte {} von Lodi."
    assert speaker(extractor, text.format("der Sprecher"), "de") == "der Sprecher"
    assert speaker(extractor, text.format("Ministerin Carla"), "de") == "Carla von Lodi"


def test_a_surname_that_is_a_word_for_a_group_is_a_name(extractor: Extractor) -> None:
    assert speaker(extractor, "O ministro Rui Pais falou. “Não há dinheiro”, rematou Pais.", "pt") == "Rui Pais"


def test_a_paper_in_marks_may_speak() -> None:
    extractor = Extractor(pointer=bundled_pointer())
    text = "Der Film sei „ein Meisterwerk“, schrieb die „Süddeutsche Zeitung“."
    assert speaker(extractor, text, "de") == "die „Süddeutsche Zeitung“"

"""Bodies that speak: told by a noun before their name, called by it afterwards."""

from __future__ import annotations

import pytest

from app.extraction.document import SpeakerKind
from app.extraction.extractor import Extractor
from app.extraction.model.pointer import bundled_pointer

EXTRACTOR = Extractor()
BODIES = {
    "a group, called so again": ("Passenger group RideFair sued.", "“It was late,” the group said.", "RideFair"),
    "a charity, by its pronoun": ("The charity Hearth wrote to the mayor.", "“It was late,” it said.", "Hearth"),
    "an airline, before a verb": ("The airline Norwing cancelled it.", "“It was late,” the airline said.", "Norwing"),
    "a bank, by its whole name": ("The Bank of Norland met.", "“It was late,” the bank said.", "Bank of Norland"),
    "a ministry, by its whole name": (
        "The Ministry of Defence met.",
        "“No,” the ministry said.",
        "Ministry of Defence",
    ),
    "a firm of two": ("It was late. Law firm Holt & Marsh met.", "“It was late,” the firm said.", "Holt & Marsh"),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_body_is_called_by_its_name(case: str) -> None:
    lead, quote, name = BODIES[case]
    (found,) = EXTRACTOR.extract(f"{lead}\n\n{quote}", "en").quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.ORGANIZATION)


FIELDS = [
    ("en", "The {} called it “a shame”.", "Department for Culture"),
    ("en", "The {} called it “a shame”.", "Department for Culture, Media and Sport"),
    ("en", "The {} called it “a shame”.", "Institute for the Study of War"),
    ("en", "The {} called it “a shame”.", "Center on Budget and Policy Priorities"),
    ("en", "The {} called it “a shame”.", "Ministry of Health and Welfare"),
    ("en", "The {} called it “a shame”.", "Campaign for Justice"),
    ("en", "The {} called it “a shame”.", "University of Virginia"),
    ("en", "The {} Inspector General called it “a shame”.", "Department of Justice"),
    ("de", "Das {} nannte es „eine Schande“.", "Institut für Weltwirtschaft"),
    ("de", "Das {} nannte es „eine Schande“.", "Bundesministerium für Wirtschaft und Klimaschutz"),
    ("de", "Die {} nannte es „eine Schande“.", "Gesellschaft für bedrohte Völker"),
    ("es", "El {} dijo: «Es una vergüenza».", "Instituto para la Paz"),
]


@pytest.mark.parametrize(("code", "text", "name"), FIELDS)
def test_the_name_of_a_body_goes_on_with_its_field(code: str, text: str, name: str) -> None:
    (found,) = EXTRACTOR.extract(text.format(name), code).quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("en", "The Committee on Monday called it “a shame”.", "Committee"),
        ("en", "The Ministry of Works and FBI were there. The Ministry called it “a shame”.", "Ministry of Works"),
        ("en", "The Council for Ann Lee had no answer but “a shame”, the Council said.", "Council"),
        ("de", "Die Partei für Äußerungen dieser Art nannte es „eine Schande“.", "Partei"),
    ],
)
def test_what_is_no_field_is_no_part_of_a_name(code: str, text: str, name: str) -> None:
    (found,) = EXTRACTOR.extract(text, code).quotes
    assert found.speaker and found.speaker.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bank of Norland governor Ann Lee spoke. “It was late,” Lee said.", "Ann Lee"),
        ("Bank of Norland Governor Ann Lee spoke. “It was late,” Lee said.", "Ann Lee"),
        ("Ann Lee of the charity Hearth spoke. “It was late,” Lee said.", "Ann Lee"),
        ("Ann & Bo Lee left. “It was late,” said Bo Lee.", "Bo Lee"),
    ],
)
def test_a_person_beside_a_body_is_a_person(text: str, name: str) -> None:
    (found,) = EXTRACTOR.extract(text, "en").quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.PERSON)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A spokesman for the Ministry of Works gave no name. “It was late,” the spokesman said.", "a spokesman"),
        ("A nurse at the Hospital San Blas gave no name. “It was late,” the nurse said.", "a nurse"),
    ],
)
def test_a_body_gives_its_name_to_nobody_who_works_there(text: str, name: str) -> None:
    (found,) = EXTRACTOR.extract(text, "en").quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.UNNAMED)


def test_a_body_that_the_model_names_is_the_one_a_pronoun_goes_on_with() -> None:
    text = (
        "Brenlow Motors will close its plant in Kelso. “Demand fell,” the company said in a statement.\n\n"
        "“We regret it,” it said."
    )
    quotes = Extractor(pointer=bundled_pointer()).extract(text, "en").quotes
    assert [quote.speaker and quote.speaker.name for quote in quotes] == ["Brenlow Motors", "Brenlow Motors"]


def test_a_body_is_no_place_that_was_merely_named() -> None:
    text = (
        "The pier burned down on Monday night. Bo Roth, who owns it, was in Oslo.\n\n"
        "The court was told that Roth had called the pier “a cash cow”."
    )
    (quote,) = Extractor(pointer=bundled_pointer()).extract(text, "en").quotes
    assert quote.speaker is None or quote.speaker.name != "Oslo"


WRITTEN = {
    "a paper of a place": ("„Das reicht nicht“, schreibt die Kasseler Umschau.", "de", "Kasseler Umschau"),
    "a paper of a place, masculine": ("„Das reicht nicht“, schreibt der Kasseler Bote.", "de", "Kasseler Bote"),
    "a club of a place": ("„Das reicht nicht“, teilten die Kasseler Löwen mit.", "de", "Kasseler Löwen"),
    "Le Courrier": ("« Ce n'est pas assez », écrit Le Courrier de Lodi.", "fr", "Le Courrier de Lodi"),
    "Les Échos": ("« Ce n'est pas assez », écrivent Les Échos de Lodi.", "fr", "Les Échos de Lodi"),
    "El Heraldo": ("Según El Heraldo, «no es suficiente».", "es", "El Heraldo"),
    "La Gaceta, at the beginning": ("La Gaceta publica: «No es suficiente».", "es", "Gaceta"),
    "La Voce": ("«Non basta», scrive La Voce.", "it", "La Voce"),
    "article with a capital": ("“Não basta”, escreve O Barco.", "pt", "O Barco"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_grammar_tells_a_paper_from_a_surname(case: str) -> None:
    text, language, name = WRITTEN[case]
    (found,) = EXTRACTOR.extract(text, language).quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("„Das reicht nicht“, sagte der Kasseler Roth.", "de", "Kasseler Roth"),
        ("Anton Bote kam. „Das reicht nicht“, sagte der Kasseler Bote.", "de", "Kasseler Bote"),
        ("„Das reicht nicht“, sagte die Kasseler Wirtin Ida Kern.", "de", "Ida Kern"),
        ("«Non basta», ha detto la Neri.", "it", "Neri"),
        ("«Non basta», ha detto La Rocca.", "it", "La Rocca"),
        ("« Ce n'est pas assez », a dit Le Bihan.", "fr", "Le Bihan"),
        ("« Ce n'est pas assez », a dit Marine Le Bihan.", "fr", "Marine Le Bihan"),
        ("“Não basta”, disse o Barco.", "pt", "Barco"),
    ],
)
def test_articles_before_surnames_and_in_them_make_no_bodies(text: str, language: str, name: str) -> None:
    (found,) = EXTRACTOR.extract(text, language).quotes
    assert found.speaker and (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.PERSON)


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("it", "La Fiom protesta. “Vedremo”, ha detto la delegata Fiom a Roma.", "la delegata Fiom"),
        ("es", "El PSOE protesta. «Ya veremos», dijo el diputado PSOE en la sede.", "el diputado PSOE"),
        ("it", "Il segretario PD Marco Neri è arrivato. “Vedremo”, ha detto il segretario PD ieri.", "Marco Neri"),
        ("es", "El PSOE protesta. «Ya veremos», dijo el partido PSOE en la sede.", "PSOE"),
    ],
)
def test_an_office_before_the_name_of_a_body_is_a_person(code, text, speaker):
    (quote,) = EXTRACTOR.extract(text, code).quotes
    assert quote.speaker.name == speaker


def test_the_stop_behind_a_body_of_the_letters_of_an_abbreviation_ends_the_sentence():
    (quote,) = EXTRACTOR.extract("«Ya veremos», dijo el PP. Luis Gil calló.", "es").quotes
    assert quote.speaker.name == "PP"


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("es", "Marina Soto", SpeakerKind.PERSON),
        ("it", "Marina Dettori", SpeakerKind.PERSON),
        ("it", "la Marina Militare", SpeakerKind.ORGANIZATION),
        ("es", "la Marina Mercante", SpeakerKind.ORGANIZATION),
    ],
)
def test_a_given_name_that_is_a_word_for_a_body_begins_a_persons_name(code, name, kind):
    text = {"es": f"«No hay dinero», afirmó {name} ayer.", "it": f"«Non ci sono soldi», ha detto {name} ieri."}[code]
    (quote,) = EXTRACTOR.extract(text, code).quotes
    assert quote.speaker.kind is kind

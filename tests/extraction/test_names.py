"""Which words are whose name: namesakes, headlines, datelines, what stands before a name, relative pronouns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.extraction.document import Quotation, Span
from app.extraction.extractor import Extractor
from app.extraction.model import pointer
from app.extraction.model.pointer import bundled_pointer
from app.extraction.model.pointing import Pointing
from app.extraction.page.headlines import dateline_length

EXTRACTOR = Extractor(pointer=bundled_pointer())


def speakers(text: str, language: str = "en") -> list[str | None]:
    quotes = EXTRACTOR.extract(text, language).quotes
    return [quote.speaker.name if quote.speaker else None for quote in quotes]


NAMED = {
    "a surname means the bearer whom the text is about, not one named in passing": (
        "Ida Voss opened the dam. She was late, unlike Karl Voss.\n\nVoss sat down. “It holds,” Voss said.",
        "Ida Voss",
    ),
    "a surname means the bearer who came in as a subject": (
        "Ida Voss opened the dam. Then Karl Voss arrived in the rain.\n\n“It holds,” Voss said.",
        "Karl Voss",
    ),
    "a given name is nobody's surname": (
        "James Cole and Peter James met.\n\nJames closed the door. “It holds,” James said.",
        "Peter James",
    ),
    "a short given name is the long one's": (
        "Ken Harlow wrote a book. Ken Harlow sold it.\n\nKenneth Harlow came late. “It holds,” Harlow said.",
        "Ken Harlow",
    ),
    "a headline in title case is no name": (
        "Ida Voss Praises Karl Brandt Over Broken Harbour Wall\n\nOn Sunday Ida Voss opened the dam. "
        "Nobody else came, and it rained until the evening.\n\n“It holds,” Voss said to the crowd.",
        "Ida Voss",
    ),
    "a name in a headline whose surname the text repeats is kept": (
        "Harbour Wall Breaks Again: Peter Lindqvist\n\nNobody came to the harbour before noon, and it rained "
        "until the evening.\n\n“It holds,” Lindqvist said to the crowd.",
        "Peter Lindqvist",
    ),
    "a name in brackets is the full name of the surname": (
        "The film tells of a teacher (Ida Voss) who buys a dam.\n\nVoss came at noon. “It holds,” Voss said.",
        "Ida Voss",
    ),
    "a name in brackets is who holds the office before it": (
        "Ann Ross met the mayor (Ida Voss) at the dam. Nobody else came.\n\n“It holds,” said the mayor.",
        "Ida Voss",
    ),
    "the place of a report is nobody": (
        "ELM HARBOUR, Ohio — A wall broke early on Sunday. “It left a hole in the town,” the mayor said.\n\n"
        "Mayor Ida Voss came at noon.",
        "Ida Voss",
    ),
    "an adjective made of a place is no part of a name": (
        "Ida Voss came to the harbour.\n\nTwenty Ohio-based Voss supporters waited. “It holds,” Voss said.",
        "Ida Voss",
    ),
    "a word that opens the sentence is no part of a name": (
        "Neither Anna Brandt nor the mayor came. They sent Anna Brandt flowers.\n\n“It holds,” Brandt said.",
        "Anna Brandt",
    ),
    "a show named after its host is not its host": (
        "Ida Voss sat on the Anna Brandt Show. It was late.\n\n“It holds,” Brandt said.",
        "Anna Brandt",
    ),
    "an aide between commas is not the person before": (
        "Ida Voss came late.\n\nVoss, an aide said, is “very sure” of the wall.",
        "an aide",
    ),
    "a title and the office it stands for are one": (
        "Sen. Ida Voss met Gov. Anna Brandt in the rain.\n\nThey talked. “It holds,” the governor said.",
        "Anna Brandt",
    ),
    "a woman may be called an actor": (
        "Actor Mia Voss has left the show.\n\n“It holds,” she said.",
        "Mia Voss",
    ),
    "a woman may bear a masculine title": (
        "Landlord Anna Voss has sold the house.\n\n“It holds,” she said.",
        "Anna Voss",
    ),
    "a spokesman is told of by a pronoun for a woman": (
        "Police spokesman Judith Voss came late.\n\n“It holds,” she said.",
        "Judith Voss",
    ),
    "a particle behind the first word": (
        "Lotte de Vries keeps bees.\n\n“They sting,” De Vries said.",
        "Lotte de Vries",
    ),
    "a given name that is a month in short": (
        "Jun Takahara sold the house.\n\n“It holds,” Takahara said.",
        "Jun Takahara",
    ),
    "a given name that is a month in short, before a particle": (
        "It rained. Ida Voss met Jan de Wit.\n\n“It holds,” said Jan de Wit.",
        "Jan de Wit",
    ),
    "a surname that begins with a small letter": (
        "Jean-Luc d'Arcy sold the house.\n\n“It holds,” d'Arcy said.",
        "Jean-Luc d'Arcy",
    ),
    "a headline in title case": (
        "Anna Brennock Slams Pier Plan As Waste\n\nThe pier will cost nine million. “It holds,” Brennock said.",
        "Anna Brennock",
    ),
    "an officer of no list of given names": (
        "Assemblywoman Voss sold the house.\n\n“It holds,” said Archdeacon Brandt.",
        "Brandt",
    ),
    "a pronoun that speaks again is who spoke last": (
        "Karl Voss met Peter Brandt.\n\nBrandt is the reason, Voss said.\n\n“It holds,” he said.",
        "Karl Voss",
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_the_speaker_bears_the_name_that_the_article_tells(case: str) -> None:
    text, name = NAMED[case]
    assert speakers(text)[-1] == name


DROPPED = {
    "es": (
        "La alcaldesa Ana Ruiz visitó el puerto con Juan Gil. Llovía. Ruiz habló poco.\n\n"
        "Tachó la obra de “un desastre del todo anunciado”."
    ),
    "it": (
        "La sindaca Anna Salvi ha visto il porto con Ugo Conti. Salvi tace.\n\n"
        "Ha definito l'opera “un disastro del tutto annunciato”."
    ),
    "pt": (
        "A ministra Ana Reis visitou o porto com João Gil. Reis falou pouco.\n\n"
        "Chamou à obra “um desastre há muito anunciado”."
    ),
}


@pytest.mark.parametrize("language", DROPPED)
def test_a_sentence_without_a_subject_goes_on_with_whom_the_text_is_about(language: str) -> None:
    name = {"es": "Ana Ruiz", "it": "Anna Salvi", "pt": "Ana Reis"}[language]
    assert speakers(DROPPED[language], language) == [name]


TRADES = {
    "a trade beside an office": (
        "es",
        "El gerente de la obra, Pedro Gil, llegó al muelle. Gil miró el agua.\n\n«El muro aguanta», dijo el ingeniero.",
        "Pedro Gil",
    ),
    "another office": (
        "es",
        "El gerente de la obra, Pedro Gil, llegó al muelle. Gil miró el agua.\n\n«El muro aguanta», dijo el juez.",
        "el juez",
    ),
    "a role that English does not give a gender": (
        "en",
        "Peter Gil came to the pier. Rain fell. Rain fell. Rain fell.\n\n“It holds,” the moderator said.",
        "the moderator",
    ),
}


@pytest.mark.parametrize("case", TRADES)
def test_a_trade_not_told_before_means_whom_the_text_is_about(case: str) -> None:
    language, text, name = TRADES[case]
    assert speakers(text, language) == [name]


HEADLINE_VERBS = {
    "pt": "Morre Ilvana Reis\n\nA cantora Ilvana Reis morreu no porto. Chovia.\n\n“Cantar é respirar”, dizia Reis.",
    "es": "Dimite Ilvana Ruiz\n\nLa alcaldesa Ilvana Ruiz se fue ayer. Llovía.\n\n«Me voy tranquila», dijo Ruiz.",
}


@pytest.mark.parametrize(
    "source",
    [
        "Labour MP Ida Voss",
        "SNP MSP Ida Voss",
        "Ida Voss MP",
        "Dr Ida Voss OBE KC, of the port,",
        "The backbencher, Ida Voss MP,",
        "Ida Voss, MP for Lowtown,",
        "Ida Voss PhD",
        "Dr Ida Voss MBChB MSc",
        "Det Insp Ida Voss",
        "Det Sgt Ida Voss",
        "Rev Canon Ida Voss",
    ],
)
def test_letters_for_an_office_or_an_honour_are_no_part_of_the_name(source: str) -> None:
    assert speakers(f"{source} said: “It holds.”") == ["Ida Voss"]


def test_a_firm_that_is_called_like_an_office_keeps_its_name() -> None:
    assert speakers("Canon makes cameras in Oslo. Canon said: “It holds.”") == ["Canon"]


def test_an_office_in_letters_means_its_holder() -> None:
    text = "Labour MP Ida Voss came late.\n\n“It holds,” the Labour MP said. “The MP slept,” said Karl Brandt QC."
    assert speakers(text) == ["Ida Voss", "Karl Brandt"]


@pytest.mark.parametrize("language", HEADLINE_VERBS)
def test_the_verb_of_a_headline_is_no_part_of_the_name_behind_it(language: str) -> None:
    assert speakers(HEADLINE_VERBS[language], language) == [{"pt": "Ilvana Reis", "es": "Ilvana Ruiz"}[language]]


def test_a_given_name_that_only_the_headline_tells_is_kept() -> None:
    text = "Petra Ana Reis\n\nA cantora Ana Reis morreu no porto. Chovia.\n\n“Cantar é respirar”, dizia Reis."
    assert speakers(text, "pt") == ["Petra Ana Reis"]


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("Lima.— Con 71 votos se fue.", "Lima.— "),
        ("LIMA. Con 71 votos se fue.", "LIMA. "),
        ("OSLO, Norway — The wall broke.", "OSLO, Norway — "),
        ("Oslo (Wire) - The wall broke.", "Oslo (Wire) - "),
        ("Ida Voss (61) - a mason - left.", ""),
        ("Ida Voss — a mason — left.", ""),
        ("Он сказал. Потом ушёл.", ""),
        ("She left. Then it rained.", ""),
    ],
)
def test_a_dateline_is_told_by_its_marks(paragraph: str, place: str) -> None:
    assert paragraph[: dateline_length(paragraph)] == place


RELATIVES = {
    "who": ("en", "Praise came from Ida Voss, a mason in Oslo, who called the wall “a gift to us all.”", "Ida Voss"),
    "that": ("en", "They sent the mayor a letter that called the wall “a gift to us all.”", "a letter"),
    "quien": ("es", "La obra es de la ministra Ana Ruiz, para quien el muro es “un regalo para todos”.", "Ana Ruiz"),
}


@pytest.mark.parametrize("word", RELATIVES)
def test_a_relative_pronoun_leads_to_what_it_stands_for(word: str) -> None:
    language, text, name = RELATIVES[word]
    start = text.index(f" {word} ") + 1
    pointing = Pointing(0.9, [(Span(start, start + len(word)), 0.9)], 0.0, None)
    (quote,) = Extractor(pointer=Told(pointing)).extract(text, language).quotes
    assert quote.speaker is not None and quote.speaker.name == name


class Told:
    """A pointer that says the same of every quotation."""

    threads = 1
    antecedents = None

    def __init__(self, pointing: Pointing) -> None:
        self.pointing = pointing

    def read(self, text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> pointer.Told:
        return pointer.Told([self.pointing for _ in quotations])


def test_a_source_without_a_letter_is_read_without_harm():
    assert speakers(", \u200f“ÄW\t\x81è") in ([], [None])


@pytest.mark.parametrize("given", ["Dean", "Duke", "Earl", "Jan", "April", "June", "August", "Will", "May"])
def test_a_given_name_that_is_an_office_a_month_or_a_verb_belongs_to_the_name(given: str) -> None:
    for said in (f"“It was late,” said {given} Foley.", f"{given} Foley said: “It was late.”"):
        (quote,) = EXTRACTOR.extract(f"The race is on Sunday. {said}", "en").quotes
        assert quote.speaker and quote.speaker.name == f"{given} Foley"


@pytest.mark.parametrize(
    "text",
    [
        "The dean came late. “It was late,” Dean Foley said.",
        "Dean Ann Foley came late. “It was late,” Dean Foley said.",
        "In June Foley said: “It was late.”",
        "Will Foley win? “It was late,” Foley said.",
    ],
)
def test_an_office_a_date_or_a_question_before_a_surname_is_no_given_name(text: str) -> None:
    (quote,) = EXTRACTOR.extract(text, "en").quotes
    assert quote.speaker and quote.speaker.name in {"Foley", "Ann Foley"}


@pytest.mark.parametrize("thing", ["Angriff auf", "Nachruf auf", "Klage von", "Wahl von", "Rolle von"])
@pytest.mark.parametrize("name", ["Eva Drost", "Tjark Drost"])
def test_a_noun_is_no_part_of_the_name_behind_its_preposition(thing: str, name: str) -> None:
    text = f"Der {thing} {name} beschäftigt das Dorf. „Es geht weiter“, sagte Drost."
    (quote,) = Extractor().extract(text, "de").quotes
    assert quote.speaker and quote.speaker.name == name


@pytest.mark.parametrize("name", ["Otto von Rehden", "Eva von der Rehden"])
def test_a_preposition_within_a_name_stays_there(name: str) -> None:
    (quote,) = Extractor().extract(f"„Es geht weiter“, sagte {name} am Montag.", "de").quotes
    assert quote.speaker and quote.speaker.name == name


@pytest.mark.parametrize("office", ["Zeugen", "Studenten", "Kollegen"])
def test_an_office_in_another_case_is_no_part_of_the_name(office: str) -> None:
    text = f"Das Gericht hörte den {office} Tjark Drost. „Es geht weiter“, sagte Drost."
    (quote,) = Extractor().extract(text, "de").quotes
    assert quote.speaker and quote.speaker.name == "Tjark Drost"

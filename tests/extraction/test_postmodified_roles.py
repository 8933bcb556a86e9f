"""Italian and Portuguese: roles with complements, cue words that are nouns, dropped subjects."""

from __future__ import annotations

import pytest

from app.extraction import languages
from app.extraction.extractor import Page, find_quotes
from app.extraction.linguistics import Tokenizer
from app.extraction.mentions.finder import MentionFinder
from app.extraction.mentions.mention import Mention
from app.extraction.mentions.wording import Wording


def mentions(code: str, text: str) -> list[Mention]:
    """The mentions of one sentence."""
    language = languages.load(code)
    page = Page.of(text)
    return MentionFinder(text, Wording(language)).find(Tokenizer(language).tokens(text, page.body))


def speakers(code: str, text: str) -> list[str | None]:
    """The speakers of the quotes of this text, by the rules alone."""
    return [q.speaker.name if q.speaker else None for q in find_quotes(Page.of(text), languages.load(code))]


@pytest.mark.parametrize(
    ("code", "text", "phrase", "name"),
    [
        ("it", "Ieri il ministro della Difesa ha risposto.", "il ministro della Difesa", None),
        ("it", "Ieri il capo delegazione svizzero ha risposto.", "il capo delegazione svizzero", None),
        (
            "it",
            "Ieri l'assessora al Bilancio Carla Medri ha risposto.",
            "l'assessora al Bilancio Carla Medri",
            "Carla Medri",
        ),
        (
            "it",
            "Ieri il procuratore aggiunto Ugo Saletti ha risposto.",
            "il procuratore aggiunto Ugo Saletti",
            "Ugo Saletti",
        ),
        ("it", "Ieri Piero Lo Bello ha risposto.", "Piero Lo Bello", "Piero Lo Bello"),
        ("it", "Ieri il Fondo monetario ha risposto.", "il Fondo monetario", "Fondo monetario"),
        ("it", "Ieri Marta Bassi guida il corteo.", "Marta Bassi", "Marta Bassi"),
        ("pt", "Ontem o bispo de Lamego respondeu.", "o bispo de Lamego", None),
        (
            "pt",
            "Ontem a auxiliar de enfermagem Rosa Teles respondeu.",
            "a auxiliar de enfermagem Rosa Teles",
            "Rosa Teles",
        ),
        ("pt", "Ontem o Ministério da Saúde respondeu.", "o Ministério da Saúde", "Ministério da Saúde"),
    ],
)
def test_a_role_is_read_with_what_belongs_to_it(code: str, text: str, phrase: str, name: str | None) -> None:
    assert [(m.phrase, m.name) for m in mentions(code, text) if m.phrase == phrase] == [(phrase, name)]


@pytest.mark.parametrize(
    ("code", "text", "gender"),
    [
        ("it", "Ieri la portavoce ha risposto.", "f"),
        ("it", "Ieri il cronista ha risposto.", "m"),
        ("it", "Ieri il presidente ha risposto.", ""),
        ("it", "Ieri la vittima ha risposto.", ""),
        ("pt", "Ontem a porta-voz respondeu.", "f"),
    ],
)
def test_the_article_tells_the_gender_of_who_holds_an_office(code: str, text: str, gender: str) -> None:
    assert [m.gender for m in mentions(code, text)][:1] == [gender]


def test_another_persons_office_lends_its_name_to_nobody() -> None:
    found = mentions("it", "Ieri il portavoce del presidente svizzero Aldo Brenni ha risposto.")
    assert [m.name for m in found] == [None, "Aldo Brenni"]
    assert found[0].phrase == "il portavoce"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "it",
            "Ha parlato la sindaca Ada Orsi. «Non chiuderemo il ponte vecchio», ha detto in una nota.",
            ["Ada Orsi"],
        ),
        ("it", "«Non chiuderemo il ponte vecchio», ha detto ieri sera a Pavia la sindaca Ada Orsi.", ["Ada Orsi"]),
        ("it", "Per Ada Orsi, il ponte è «una ferita aperta da molti anni».", ["Ada Orsi"]),
        ("it", "Ada Orsi non cede e le promette «una lunga battaglia in tribunale».", ["Ada Orsi"]),
        ("pt", "Falou a prefeita Ana Reis. “Não fecharemos a ponte velha”, disse em comunicado.", ["Ana Reis"]),
        ("pt", "“Não fecharemos a ponte velha”, conta, divertida, a prefeita Ana Reis.", ["Ana Reis"]),
    ],
)
def test_who_said_what(code: str, text: str, expected: list[str]) -> None:
    assert speakers(code, text) == expected

"""Spellings of one name meet; names of two people do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.document import SpeakerKind
from app.speakers.identity import key_of, words_of
from app.speakers.linking import identity_of

SAME = [
    ["Sergei Shoigu", "Sergey Shoygu", "Serguei Shoigu", "SERGEJ SHOIGU", "Сергей Шойгу", "sergeï shoïgu"],
    ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskij", "Зеленский", "Зеленський"],
    ["Yury Ushakov", "Yuri Ushakov", "Yuriy Ushakov", "Юрий Ушаков"],
    ["Dmitry Medvedev", "Dmitri Medvedev", "Dmitriy Medvedev", "Dimitri Medvedev", "Дмитрий Медведев"],
    ["Aleksandr Novak", "Alexander Novak", "Alexandr Novak", "Александр Новак"],
    ["Mikhail Mishustin", "Mihail Mishustin", "Михаил Мишустин"],
    ["José Peña", "Jose Pena", "JOSÉ PEÑA", "Jose\u0301 Pen\u0303a"],
    ["Jean-Claude Juncker", "Jean Claude Juncker"],
    ["Kim Jong-un", "Kim Jong Un"],
    ["Wang Yi", "王毅", "wang yi"],
    ["Xi Jinping", "习近平"],
    ["J.K. Rowling", "J. K. Rowling", "JK Rowling"],
    ["O'Neill", "O’Neill", "ONeill"],
    ["Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"],
    ["Putin", "Mr Putin", "Mr. Putin"],
    ["United Nations", "the United Nations", "The United Nations"],
    ["UN", "U.N."],
]
DIFFERENT = [
    ("Wang Yi", "Wang Wenbin"),
    ("Ali Khan", "Ali Han"),
    ("Ana Silva", "Anna Silva"),
    ("Nguyen Van Li", "Nguyen Van Ly"),
    ("Kim Jong-chol", "Kim Yong-chol"),
    ("Li Wei", "Lee Wei"),
    ("John Smith", "John Smyth-Jones"),
    ("Vladimir Putin", "Putin"),
    ("Ivanov", "Ivanova"),
    ("Max Meyer", "Mark Meyer"),
    ("Yellen", "Ellen"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names):
    assert {key_of(name) for name in names} == {key_of(names[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_two_people_have_two_keys(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("kind", SpeakerKind)
def test_only_persons_and_organizations_are_known_by_name(kind):
    linked = kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)
    assert (identity_of("Marta Lindqvist", kind) is not None) == linked


def test_a_person_is_never_an_organization():
    assert identity_of("Henry Ford", SpeakerKind.PERSON) != identity_of("Henry Ford", SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize("name", ["", "…", "!?", "%", "_"])
def test_what_has_no_letter_is_no_name(name):
    assert key_of(name) == "" and identity_of(name, SpeakerKind.PERSON) is None


@given(st.text(max_size=60))
def test_a_name_in_capitals_or_within_more_space_is_the_same(name):
    assert words_of(f"  {name}\n") == words_of(name)
    assert all(words_of(name)) and "\0" not in key_of(name)


@pytest.mark.parametrize(
    "name",
    [
        "Foreign Ministry",
        "the Ministry of Foreign Affairs",
        "City Council",
        "Supreme Court",
        "Prosecutor General's Office",
        "Department",
        "il ministero dell’Interno",
        "Ministerio de Relaciones Exteriores",
        "Ministère des Affaires étrangères",
        "das Gesundheitsministerium",
        "Ministério da Saúde",
        "Министерство обороны",
    ],
)
def test_a_body_of_which_every_country_has_one_is_not_known_by_its_name(name):
    assert identity_of(name, SpeakerKind.ORGANIZATION) is None


@pytest.mark.parametrize(
    "name", ["Veldmark Foreign Ministry", "State Department", "World Bank", "University of Oslo", "МИД Норвегии"]
)
def test_a_body_that_is_told_from_others_is_known_by_its_name(name):
    assert identity_of(name, SpeakerKind.ORGANIZATION)

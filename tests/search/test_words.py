"""Words as search sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.words import MAX_INDEXED, capitals, fold, indexed, located, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Café’s CLOSED!", "the cafe s closed"),
        ("Łódź, Ærø, Straße", "lodz aero strasse"),
        ("Это ложь", "это ложь"),
        ("पत्रकारिता पर", "पत्रकारिता पर"),
        ("和平来了", "和 平 来 了"),
        ("COVID-19 ２０２３", "covid 19 2023"),
        ("snake_case “”", "snake case"),
        ("قَالَ", "قال"),
    ],
)
def test_words_have_neither_case_nor_accents(text, expected):
    assert indexed(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ships sailed", "en", "ships sailed enøship enøsail"),
        ("las elecciones", "es", "las elecciones esølas esøeleccion"),
        ("Das schönste Haus", "de", "das schonste haus deødas deøschon deøhaus"),
        ("выборами", "ru", "выборами ruøвыбор"),
        ("和平 talks", "en", "和 平 talks enø和 enø平 enøtalk"),
        ("Ships sailed", "sw", "ships sailed"),
    ],
)
def test_stems_follow_the_rules_of_their_language_and_are_marked_with_it(text, language, expected):
    assert indexed(text, language) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US, the U.S. and the UN’s men", ["US", "U.S.", "UN"]),
        ("US-led, l'EU e un uomo", ["US", "EU"]),
        ("Tell us, it is on", []),
        ("THEY TOLD US", []),
        ("我们和US谈判, UN 和平", ["US", "UN"]),
        ("U.S.A., USA, TV, U.K., B.US", []),
    ],
)
def test_names_of_two_capitals_are_told_from_common_words(text, names):
    found = list(capitals(text))
    assert [text[slice(*one.place)] for one in found] == names
    assert all(f" {one.marked}" in indexed(text, "en") for one in found)


def test_a_long_quote_is_indexed_to_a_limit():
    assert len(indexed("和" * 2 * MAX_INDEXED, "en").split()) == 2 * MAX_INDEXED


@given(st.text(max_size=200))
def test_what_was_said_is_found_by_its_own_words(text):
    pieces = [word for piece in text.split() for word in words(piece)]
    assert " ".join(pieces) == " ".join(word for word in indexed(text, "zh").split() if not word.startswith("ø"))
    assert not set(indexed(text, "en")) & set("\"*()\0:^'\\&|!<>")


@given(st.text(max_size=200))
def test_each_word_stands_where_it_says(text):
    places, folded = located(text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(
        word in fold(text[start:end]).replace(" ", "") for (start, end), word in zip(places, folded, strict=True)
    )
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert "ø" not in " ".join(folded)


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

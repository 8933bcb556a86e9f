"""The given names that tell a person's gender: two clean lists, with no name that could be either."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

import app.extraction.names

NAMES = {
    gender: names.split()
    for gender, names in tomllib.loads(
        Path(app.extraction.names.__file__).with_name("given_names.toml").read_text(encoding="utf-8")
    ).items()
}


def plain(name: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))


def test_there_are_two_lists_of_fair_size():
    assert set(NAMES) == {"m", "f"}
    assert all(len(names) > 600 for names in NAMES.values())


@pytest.mark.parametrize("gender", ["m", "f"])
def test_a_list_is_lower_case_composed_sorted_and_without_repeats(gender):
    names = NAMES[gender]
    assert names == [unicodedata.normalize("NFC", name).lower() for name in names]
    assert names == sorted(set(names))
    assert [name for name in names if not name.replace("-", "").isalpha()] == []


def test_no_name_stands_in_both_lists_even_without_its_accents():
    assert set(NAMES["m"]) & set(NAMES["f"]) == set()
    assert {plain(name) for name in NAMES["m"]} & {plain(name) for name in NAMES["f"]} == set()


@pytest.mark.parametrize(
    ("gender", "names"),
    [
        ("m", "bob bill mark josé jose françois francois jean-luc jürgen sergei sergey volodymyr владимир сергей"),
        ("m", "ali mohammed recep viktor giorgos lech narendra joko shinzo yitzhak luca søren soren łukasz lukasz"),
        ("f", "liz kate hope grace maría maria ségolène segolene annalena yulia olena мария ольга юлія"),
        ("f", "fatima shirin meral małgorzata malgorzata priyanka megawati yuriko ayelet chiara mette zuzana"),
    ],
)
def test_common_names_have_their_gender(gender, names):
    assert set(names.split()) - set(NAMES[gender]) == set()


def test_a_name_for_both_sexes_or_an_ordinary_word_is_in_neither():
    unsaid = (
        "robin leslie kim jordan taylor alex sam pat chris casey andrea nicola jean simone sasha michele gabriele jan "
        "joan nikita michal dominique camille will said german александра валентина валерия евгения саша"
    )
    assert set(unsaid.split()) & {*NAMES["m"], *NAMES["f"]} == set()

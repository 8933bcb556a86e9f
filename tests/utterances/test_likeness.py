"""Which differences make another quote."""

from __future__ import annotations

import pytest

from app.utterances.likeness import LEAST, likeness
from app.utterances.wording import wording

SAID = "The harbour will stay open this winter, whatever it costs the town"
ALIKE = {
    "the same": SAID,
    "marks": "the harbour will stay open this winter – whatever it costs the town!",
    "spelling": "The harbor will stay open this winter, whatever it costs the town",
    "a word parted": "The harbour will stay open this winter, what ever it costs the town",
    "a word changed": "The harbour will remain open this winter, whatever it costs the town",
    "a word left out": "The harbour will stay open this winter, whatever it costs town",
    "an ellipsis": "The harbour will stay open … whatever it costs the town",
    "brackets": "[It] will stay open this winter, whatever it costs [Norrvik]",
    "the beginning only": "The harbour will stay open this winter, whatever it costs",
    "going on": f"{SAID}, and the town knows what that means for all of us",
    "going before": f"I told you last year, and I tell you again. {SAID}",
}
OTHERWISE = {
    "a negation": "The harbour will not stay open this winter, whatever it costs the town",
    "a negation before what is left": f"Nobody told you last year, and I tell you again. {SAID}",
    "another season and verb": "The harbour will stay shut this summer, whatever it costs the town",
    "another order": "Whatever it costs the town, this winter the harbour will stay open",
    "too little of it": "whatever it costs the town … stay",
    "nothing of it": "…",
    "another language": "Der Hafen bleibt diesen Winter offen, was es die Stadt auch kostet",
}


@pytest.mark.parametrize("name", ALIKE)
def test_edits_are_the_same_quote(name):
    one, other = wording(SAID), wording(ALIKE[name])
    assert likeness(one, other) >= LEAST and likeness(other, one) >= LEAST


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_says_something_else_is_not(name):
    one, other = wording(SAID), wording(OTHERWISE[name])
    assert likeness(one, other) < LEAST and likeness(other, one) < LEAST


@pytest.mark.parametrize(
    ("said", "word", "another"),
    [
        ("We have lost 12 boats to the ice and we will not lose more", "12", "13"),
        ("The people of Norrvik deserve better than this old ferry today", "Norrvik", "Sundvik"),
        ("We can do it and we can’t wait for the spring to come again", "can’t", "can"),
        ("Niemand wird diesen Winter am Hafen frieren, das sage ich euch", "Niemand", "Jeder"),
        ("Мы не закроем порт этой зимой, что бы ни случилось с нами", "не ", ""),
    ],
)
def test_numbers_names_and_negations_make_another(said, word, another):
    assert likeness(wording(said), wording(said.replace(word, another))) == 0


def test_a_name_spelt_otherwise_is_the_same():
    one = "I told Mr Zelensky in the harbour that we will help him"
    other = "I told Mr Zelenskyy in the harbour that we will help him"
    assert likeness(wording(one), wording(other)) >= LEAST


def test_the_end_of_few_words_is_not_known_as_a_part():
    assert likeness(wording("whatever it costs the town"), wording(SAID)) < LEAST

"""The subject of a passive is told or asked something: it does not speak."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor

LEAD = "The pier burned on Monday. Bo Roth, who owns it, was in Oslo, said Ann Lee, the mayor.\n\n"
PASSIVES = {
    "behind the quote, with who said it": ("“You may not leave,” Roth was told by Lee.", "Ann Lee"),
    "before the quote, with who said it": ("Roth was told by Lee: “You may not leave.”", "Ann Lee"),
    "before a clause, with who said it": ("Lee was told by Roth that the fire was “a sad loss to all”.", "Bo Roth"),
    "nobody told who said it": ("Roth was told: “You may not leave.”", None),
    "nobody told, the subject set off by an age": ("Roth, 51, was told: “You may not leave.”", None),
    "nobody told, the subject in an apposition": ("The owner, Bo Roth, was told: “You may not leave.”", None),
    "nobody told who asked": ("“Did you lock the gate?” Roth was asked at the hearing.", None),
    "he speaks after he was told": ("Roth was told to stay away and said it was “a sad loss to us all”.", "Bo Roth"),
    "he speaks, having been asked": ("Roth, who was asked about the gate, said: “I lost the key.”", "Bo Roth"),
    "he is reported to have spoken": ("“It is a sad loss to all,” Roth is reported to have said.", "Bo Roth"),
    "he is quoted": ("Roth was quoted by the Harbour Post as saying it was “a sad loss to us all”.", "Bo Roth"),
}


@pytest.mark.parametrize("case", PASSIVES)
def test_the_subject_of_a_passive_does_not_speak(extractor: Extractor, case: str) -> None:
    text, name = PASSIVES[case]
    (quote,) = extractor.extract(LEAD + text, "en").quotes
    assert (quote.speaker and quote.speaker.name) == name


def test_who_is_asked_acts_and_may_be_meant_by_a_pronoun() -> None:
    text = "Gary Noll said he was glad to be home.\n\nOrvin Tusk was asked whether he would pay. “Not a cent,” he said."
    (quote,) = Extractor().extract(text, "en").quotes
    assert quote.speaker
    assert quote.speaker.name == "Orvin Tusk"

"""What of a quote's text is compared."""

from __future__ import annotations

import pytest

from app.utterances.wording import GAP, wording


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("We’re staying – whatever it costs.", ["we", "re", "staying", "whatever", "it", "costs"]),
        ("We're STAYING, whatever it costs", ["we", "re", "staying", "whatever", "it", "costs"]),
        ("The quay […] stays", ["the", "quay", GAP, "stays"]),
        ("The quay ... stays", ["the", "quay", GAP, "stays"]),
        ("The quay . . . stays", ["the", "quay", GAP, "stays"]),
        ("The quay … stays", ["the", "quay", GAP, "stays"]),
        ("The quay. It stays", ["the", "quay", "it", "stays"]),
        ("[the quay] stays", [GAP, "stays"]),
        ("[T]he quay[s] stay", ["the", "quays", "stay"]),
        ("…!", [GAP]),
    ],
)
def test_reads_words_and_what_editors_mark(text, folded):
    assert list(wording(text).folded) == folded


def test_a_few_words_do_not_tell():
    assert wording("Yes we can").is_short
    assert wording("I am as I").is_short
    assert not wording("The quay will stay open").is_short
    assert wording("不会").is_short and not wording("我们不会关闭这个港口的大门").is_short


def test_marks_make_no_other_wording():
    assert wording("The quay stays, “open”!").digest() == wording("the quay stays open").digest()
    assert wording("The quay stays open").digest("7") != wording("The quay stays open").digest("8")


@pytest.mark.parametrize("text", ["[" * 20_000, "[a]" * 10_000, "." * 50_000, ". " * 20_000])
def test_reads_hostile_marks_in_linear_time(text):
    assert len(wording(text).folded) <= 50_000

"""What counts as found, attributed and resolved, and what confidence is worth."""

from __future__ import annotations

import pytest

from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind
from app.extraction.evaluation.figures import Calibration, Rates
from app.extraction.evaluation.gold import GoldArticle
from app.extraction.evaluation.matching import matched
from app.extraction.evaluation.names import names_of
from app.extraction.evaluation.scoring import Evaluation

TEXT = "“We will win the day,” said Mr Field. Ann Field had come late. “Yes,” she said. “The Long Road” is out."


def place(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def gold(*quotes: dict, text: str = TEXT, language: str = "en") -> GoldArticle:
    return GoldArticle.of({"id": "a", "text": text, "language": language, "quotes": list(quotes)})


def labelled(words: str, source: str | None = None, text: str = TEXT, **rest) -> dict:
    span, by = place(words, text), source and place(source, text)
    return {"segments": [[span.start, span.end]], "source": [[by.start, by.end]] if by else [], **rest}


def said(
    *words: str, name: str | None = None, mention: str | None = None, sure: float = 0.5, text: str = TEXT
) -> Quote:
    speaker = Speaker(name, SpeakerKind.PERSON) if name else None
    by = place(mention, text) if mention else None
    return Quote(
        tuple(place(each, text) for each in words), QuoteKind.DIRECT, speaker, by, None, sure, "a test says so"
    )


def judged(article: GoldArticle, *quotes: Quote) -> Evaluation:
    evaluation = Evaluation()
    evaluation.add(article, Extraction("en", quotes, "test"))
    return evaluation


WIN = labelled("We will win the day,", "Mr Field", speaker=["Ann Field"])


def test_marks_and_white_space_at_the_ends_do_not_matter():
    figures = judged(gold(WIN), said("“We will win the day,” ", name="Ann Field")).figures()
    assert figures.found == Rates(1.0, 1.0, 1.0)


def test_half_of_a_quote_is_not_the_quote():
    figures = judged(gold(WIN), said("We will win", name="Ann Field")).figures()
    assert (figures.found.f1, figures.attribution_accuracy, figures.resolved) == (0.0, None, None)


@pytest.mark.parametrize(
    ("quote", "attributed", "resolved"),
    [
        (said("We will win the day,", name="Ann Field", mention="Mr Field"), True, True),
        (said("We will win the day,", name="Mr Field", mention="Mr Field"), True, False),
        (said("We will win the day,", name="Jon Field"), True, False),
        (said("We will win the day,", name="Ann Field", mention="she"), True, True),
        (said("We will win the day,", name="Jon Stone", mention="she"), False, False),
        (said("We will win the day,"), False, False),
    ],
)
def test_a_speaker_is_right_by_place_or_by_name_and_resolved_by_the_full_name(quote, attributed, resolved):
    figures = judged(gold(WIN), quote).figures()
    assert figures.attribution_accuracy == attributed
    assert figures.resolved == resolved


def test_where_the_text_names_nobody_no_speaker_is_right():
    article = gold(labelled("Yes,", speaker=[]))
    assert judged(article, said("Yes,")).figures().resolved == 1.0
    assert judged(article, said("Yes,", name="Ann Field")).figures().attribution_accuracy == 0.0


def test_names_that_nobody_labelled_are_not_asked_for():
    figures = judged(gold(labelled("Yes,", "she")), said("Yes,", mention="she", sure=0.9)).figures()
    assert (figures.attribution_accuracy, figures.resolved) == (1.0, None)


def test_precision_counts_inventions_and_recall_counts_misses():
    article = gold(WIN, labelled("Yes,", "she", kind="direct"))
    figures = judged(article, said("Yes,", mention="she"), said("The Long Road", name="Ann Field")).figures()
    assert figures.found == Rates(0.5, 0.5, 0.5)
    assert figures.recall == {"direct": 1.0, "1-2 words": 1.0, "3-5 words": 0.0}


def test_misses_say_what_was_wanted():
    article = gold(WIN, labelled("Yes,", "she", speaker=["Ann Field"]))
    found = judged(article, said("Yes,", name="She", mention="she"), said("The Long Road"))
    assert {(miss.sort, miss.words, miss.wanted) for miss in found.misses} == {
        ("missed", "We will win the day,", ("Mr Field",)),
        ("unresolved", "Yes,", ("Ann Field",)),
        ("not a quote", "The Long Road", ()),
    }


def test_cyrillic_names_are_compared_letter_by_letter():
    text = "«Мы идём», — сказал министр Фёдор Зимин."
    article = gold(labelled("Мы идём", "министр", text, speaker=["Фёдор Зимин"]), text=text, language="ru")
    right = said("Мы идём", name="министр Федор Зимин", mention="министр", text=text)
    wrong = said("Мы идём", name="Пётр Зимин", mention="министр", text=text)
    assert judged(article, right).figures().resolved == 1.0
    assert judged(article, wrong).figures().resolved == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sen. José Ibáñez", "Jose Ibanez"), ("Prime Minister Ann O’Brien", "Ann O'Brien"), ("ANN FIELD’S", "Ann Field")],
)
def test_titles_accents_case_and_possessives_make_no_other_name(one, other):
    names = names_of("en")
    assert names.is_full(one, [other])
    assert names.is_full(other, [one])


def test_a_surname_that_is_also_a_title_stays():
    assert not names_of("en").is_full("Stephen Hall", ["Stephen King"])


@pytest.mark.parametrize("order", [1, -1])
def test_nested_segments_are_matched_with_the_closest(order):
    golds, predicted = [Span(0, 100), Span(2, 92)][::order], [Span(0, 99)]
    assert matched(golds, predicted) == {golds.index(Span(0, 100)): 0}


def test_each_segment_is_matched_once():
    assert matched([Span(0, 10), Span(20, 30)], [Span(19, 30), Span(0, 10), Span(0, 9)]) == {0: 1, 1: 0}


def test_a_quote_is_right_where_all_its_segments_are():
    article = gold(WIN, labelled("Yes,", "she", speaker=["Ann Field"]))
    both = said("We will win the day,", "Yes,", name="Ann Field", sure=0.8)
    more = said("We will win the day,", "The Long Road", name="Ann Field", sure=0.8)
    assert judged(article, both).judged == [(0.8, True)]
    assert judged(article, more).judged == [(0.8, False)]


def test_a_right_place_is_not_enough_where_the_name_is_labelled():
    quote = said("We will win the day,", name="Mr Field", mention="Mr Field", sure=0.8)
    assert judged(gold(WIN), quote).judged == [(0.8, False)]


def test_calibration_is_the_mean_gap_of_the_bins():
    calibration = Calibration.of([(0.95, True), (0.95, True), (0.65, False), (0.65, True)])
    assert calibration.error == pytest.approx((2 * 0.05 + 2 * 0.15) / 4)
    assert [(row.min_confidence, row.right, row.kept) for row in calibration.kept] == [
        (0.0, 0.75, 1.0),
        (0.5, 0.75, 1.0),
        (0.7, 1.0, 0.5),
        (0.9, 1.0, 0.5),
    ]


def test_nothing_has_no_calibration():
    calibration = Calibration.of([])
    assert (calibration.error, calibration.kept[0].right) == (None, None)

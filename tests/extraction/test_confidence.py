"""Confidence: a probability that follows the evidence, and a fit that tells what evidence is worth."""

import random
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.confidence import Evidence, Way, confidence_of, features
from app.extraction.training.confidence import Judged, cross_validated, fit
from app.extraction.training.diagram import reliability_diagram

SURE = Evidence(is_quote=0.99, mention=0.98, rule=0.93, way=Way.FULL_NAME)
chances = st.floats(0, 1)
evidences = st.builds(Evidence, chances, chances, chances, st.sampled_from(Way), chances, st.integers(0, 10**6))


@given(evidences)
def test_it_is_a_probability(evidence):
    assert 0 <= confidence_of(evidence) <= 1


@pytest.mark.parametrize(
    "weaker",
    [
        replace(SURE, mention=0.3),
        replace(SURE, is_quote=0.5),
        replace(SURE, way=Way.PRONOUN, antecedent=0.6, sentences_back=2),
        replace(SURE, way=Way.NOBODY),
    ],
)
def test_weaker_evidence_makes_a_less_sure_quote(weaker):
    assert confidence_of(weaker) < confidence_of(SURE)


def test_a_surer_antecedent_makes_a_surer_pronoun():
    sure, unsure = (replace(SURE, way=Way.PRONOUN, antecedent=chance) for chance in (0.95, 0.5))
    assert confidence_of(sure) > confidence_of(unsure)


def test_what_antecedents_tell_is_nothing_where_a_name_stands():
    assert features(replace(SURE, antecedent=0.2, sentences_back=5)) == features(SURE)


def judged(way: Way, share: float, count: int = 400) -> list[Judged]:
    """Quotes of this way, so many of a hundred right, each in an article of its own."""
    return [Judged(f"{way}-{n}", replace(SURE, way=way), n % 100 < 100 * share) for n in range(count)]


def test_the_fit_tells_how_often_each_way_is_right():
    weights = fit([*judged(Way.FULL_NAME, 0.95), *judged(Way.PRONOUN, 0.6)])
    assert confidence_of(SURE, weights) == pytest.approx(0.95, abs=0.02)
    assert confidence_of(replace(SURE, way=Way.PRONOUN), weights) == pytest.approx(0.6, abs=0.03)


def test_no_quote_is_judged_by_weights_fitted_with_its_own_article():
    rng = random.Random(1)
    rows = [Judged(f"a{n}", replace(SURE, mention=rng.random()), rng.random() < 0.5) for n in range(300)]
    told = cross_validated(rows, [])
    assert [right for _, right in told] == [row.right for row in rows]
    whole = fit(rows)
    assert any(told[n][0] != confidence_of(row.evidence, whole) for n, row in enumerate(rows))


def test_the_diagram_shows_a_bar_for_each_bin_that_holds_quotes():
    picture = ElementTree.fromstring(reliability_diagram([(0.95, True), (0.97, False), (0.31, False)]))
    bars = [each for each in picture.iter() if each.tag.endswith("rect") and each.get("fill") == "#7a9cc6"]
    assert len(bars) == 2


def test_a_surname_of_several_is_as_sure_as_its_bearer():
    shared = replace(SURE, way=Way.PART_OF_NAME, antecedent=0.6)
    assert confidence_of(shared) == pytest.approx(0.6 * confidence_of(replace(shared, antecedent=1.0)))


def test_a_supposed_name_is_as_sure_as_the_custom_that_supposes_it():
    assert confidence_of(replace(SURE, share=0.5)) == pytest.approx(0.5 * confidence_of(SURE))

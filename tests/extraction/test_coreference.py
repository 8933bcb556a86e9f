"""Whom a role, an age or a pronoun means, told by the article alone."""

from __future__ import annotations

import pytest

from app.extraction.extractor import Extractor

EXTRACTOR = Extractor()


def speakers(text: str, language: str) -> list[str | None]:
    quotes = EXTRACTOR.extract(text, language).quotes
    return [quote.speaker.name if quote.speaker else None for quote in quotes]


NAMED = {
    "no country by a person's pronoun": (
        "en",
        "Ann Lee told the court. Storms came.\n\nThe United States would not bear it. “We will pay,” she said.",
        "Ann Lee",
    ),
    "the namesake who has spoken": (
        "en",
        "“We lost,” said Paul Adu.\n\nRain fell. Snow fell.\n\nMinister Rosa Adu fell ill. “It was late,” Adu said.",
        "Paul Adu",
    ),
    "an office behind an adverb": (
        "en",
        "Bo Roth met Ann Lee, now the mayor, on the pier.\n\n“It was late,” the mayor said.",
        "Ann Lee",
    ),
    "a surname behind the name of a paper, without a comma": (
        "en",
        "Paul Adu came.\n\nAt the board of the Harbour Post Adu said it was late. “We lost,” Adu said.",
        "Paul Adu",
    ),
    "an apposition of no known trade": (
        "en",
        "The winkle-picker, Tom Adu, came early.\n\nRain fell. “The tide was late,” the winkle-picker said.",
        "Tom Adu",
    ),
    "an age behind the name": (
        "en",
        "Ann Lee, 61, met Carla Moss, 34, on the pier.\n\n“I will swim again,” the 61-year-old said.",
        "Ann Lee",
    ),
    "the aide, not the mayor, is named beside the aide's office": (
        "en",
        "Mayor Paul Obi stayed away. Ruth Cole, the mayor's adviser, came.\n\n“He is ill,” the adviser said.",
        "Ruth Cole",
    ),
    "the only holder of the office, named later": (
        "en",
        "The treasurer called it an accident. “We lost a page,” the treasurer said.\n\nTreasurer Ida Voss left.",
        "Ida Voss",
    ),
    "the head noun of a compound": (
        "de",
        "Umweltministerin Karla Wendt kam spät.\n\n„Wir prüfen das genau“, sagte die Ministerin.",
        "Karla Wendt",
    ),
    "an age in brackets": (
        "de",
        "Bert Ohm (54) traf Jan Kolb (31) im Hafen.\n\n„Das Boot war alt“, sagte der 54-Jährige.",
        "Bert Ohm",
    ),
    "a trade that the article has not told": (
        "de",
        "Karla Wendt leitet das Labor seit drei Jahren.\n\n„Die Probe war sauber“, sagte die Chemikerin.",
        "Karla Wendt",
    ),
    "a compound that no list holds before a given name": (
        "de",
        "Die Brunnenputzerin Helga Odwitz kam früh.\n\n„Das Wasser ist trüb“, sagte sie.",
        "Helga Odwitz",
    ),
    "a trade told in French": (
        "fr",
        "Le chanteur Luc Ferrand a vu la ministre Anne Roux à Nice.\n\n« Le port est très calme », a dit le chanteur.",
        "Luc Ferrand",
    ),
    "an age written as one word": (
        "it",
        "Piero Salvi, 57, ha visto Ugo Conti, 31, nel porto.\n\n«La barca era vecchia», ha detto il 57enne.",
        "Piero Salvi",
    ),
    "an age before the word for years": (
        "es",
        "Paco Ruiz, 57 años, vio a Juan Gil, 31 años.\n\n«El barco era viejo», dijo el hombre de 31 años.",
        "Juan Gil",
    ),
    "the only person near of the gender that the role tells": (
        "it",
        "Nel porto Anna Salvi ha visto la barca. Ieri pioveva.\n\n«Era una notte buia», ha detto l'infermiera.",
        "Anna Salvi",
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_role_means_the_person_the_article_calls_so(case: str) -> None:
    language, text, name = NAMED[case]
    assert speakers(text, language)[-1] == name


UNNAMED = {
    "a role of the other gender": (
        "it",
        "Nel porto Anna Salvi ha visto la barca. Ieri pioveva.\n\n«Era una notte buia», ha detto l'infermiere.",
        "Anna Salvi",
    ),
    "somebody of another age": (
        "de",
        "Bert Ohm (54) kam in den Hafen.\n\n„Das Boot war alt“, sagte der 31-Jährige.",
        "Bert Ohm",
    ),
    "a relative of the person told of": (
        "en",
        "Ann Lee left the court in silence.\n\n“We are tired,” her lawyer said.",
        "Ann Lee",
    ),
    "an office that another holds": (
        "en",
        "Governor Ann Lee arrived.\n\n“The court will rise,” the magistrate said.",
        "Ann Lee",
    ),
}


@pytest.mark.parametrize("case", UNNAMED)
def test_a_role_that_fits_nobody_named_is_left_as_written(case: str) -> None:
    language, text, name = UNNAMED[case]
    assert speakers(text, language)[-1] != name

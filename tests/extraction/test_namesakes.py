"""Whom a surname means that several of an article bear: kin, couples, elder and younger."""

from __future__ import annotations

import pytest

from app.extraction.assembly import JOINT
from app.extraction.extractor import Extractor
from app.extraction.names.shared_surnames import SURE

EXTRACTOR = Extractor()


def speakers(text: str, language: str = "en") -> list[str | None]:
    quotes = EXTRACTOR.extract(text, language).quotes
    return [quote.speaker.name if quote.speaker else None for quote in quotes]


KIN = {
    "en": (
        "Paul Adu closed the mill on Monday. His sister, Rosa Adu, opposed it.",
        "“It was late,” Adu said at the gate.",
        "Paul Adu",
    ),
    "de": (
        "Paul Adu schloss am Montag die Mühle. Seine Schwester Rosa Adu war dagegen.",
        "„Es war spät“, sagte Adu am Tor.",
        "Paul Adu",
    ),
    "fr": (
        "Paul Adu a fermé le moulin lundi. Sa sœur, Rosa Adu, s'y opposait.",
        "« Il était tard », a dit Adu à la porte.",
        "Paul Adu",
    ),
    "es": (
        "Pablo Adu cerró el molino el lunes. Su hermana, Rosa Adu, se oponía.",
        "«Era tarde», dijo Adu en la puerta.",
        "Pablo Adu",
    ),
}


@pytest.mark.parametrize("language", KIN)
def test_a_surname_alone_is_not_the_one_of_somebody_told_of_as_kin(language: str) -> None:
    lead, quote, name = KIN[language]
    assert speakers(f"{lead}\n\n{quote}", language) == [name]


NAMESAKES = {
    "kin that has spoken, where the other has not": (
        "Paul Adu left on Monday. “He is gone,” said his sister, Rosa Adu.\n\nRain fell. “I am glad,” Adu said.",
        "Rosa Adu",
    ),
    "the first again, though kin spoke last": (
        "“It was late,” said Paul Adu. “It was early,” said his sister, Rosa Adu.\n\n“It was neither,” Adu said.",
        "Paul Adu",
    ),
    "whose surname it was before the other came in": (
        "Paul Adu left. “It was late,” Adu said.\n\nRosa Adu stayed. “It was early,” Rosa Adu said.\n\n“No,” Adu said.",
        "Paul Adu",
    ),
    "no child": (
        "Paul Adu, 9, fell from the pier. His mother, Rosa Adu, sat by his bed.\n\n“He will swim again,” Adu said.",
        "Rosa Adu",
    ),
    "the elder by years": (
        "Paul Adu, 30, and Tom Adu, 62, run the mill.\n\n“It was late,” the elder Adu said.",
        "Tom Adu",
    ),
    "the younger by kinship": (
        "Tom Adu runs the mill with his son, Paul Adu.\n\n“It was late,” the younger Adu said.",
        "Paul Adu",
    ),
    "whom the form of address tells, though the other was named first": (
        "The trial of Femi Adu began. His sister, Sade Adu, wept.\n\n“It was late,” Ms Adu said.",
        "Sade Adu",
    ),
    "the elder, whose son speaks of his father": (
        "Tom Adu farms the delta. Paul Adu, 43, works for the mill that his father fights.\n\n"
        "“It was late,” the elder Adu said.",
        "Tom Adu",
    ),
    "a family name that stands first": (
        "Seo Da-yun became mayor when she was 40. Her brother, Seo Do-hyun, sells rice.\n\n"
        "“It was late,” Ms. Seo said.",
        "Seo Da-yun",
    ),
    "a family name that stands first, before the next of the family comes in": (
        "Seo Da-yun became mayor. Her father, Seo Min-chul, was a driver.\n\n“It was late,” Seo said.",
        "Seo Da-yun",
    ),
    "the husband, whom a pronoun goes on with": (
        "Mikael Adu left. “No,” said his wife, Rosa Adu.\n\n“It was late,” Adu said when he came.",
        "Mikael Adu",
    ),
    "kin by the given name alone": (
        "Mikael Adu left. On Monday his wife Rosa wept.\n\nRosa Adu stayed. “It was late,” Adu said.",
        "Mikael Adu",
    ),
    "a son of the same name": (
        "Tom Adu built the mill. His son, Tom Adu Jr., runs it.\n\n“It was late,” Tom Adu said.",
        "Tom Adu",
    ),
    "a son of the same name, told apart from a senior": (
        "Tom Adu Sr. and Tom Adu Jr. run the mill.\n\n“It was late,” Adu Jr. said.",
        "Tom Adu Jr.",
    ),
    "by the office before the surname": (
        "Senator Rosa Adu and Representative Paul Adu met.\n\n“No,” Sen. Adu said.\n\n“Yes,” Rep. Adu said.",
        "Paul Adu",
    ),
    "by the office, whatever both are no longer": (
        "It rained. Former president Paul Adu and former senator Rosa Adu met.\n\n“No,” the former senator said.",
        "Rosa Adu",
    ),
    "kin, called by that alone": (
        "Paul Adu and Rosa Adu met in May.\n\n“It was late,” Rosa Adu said.\n\n“It was early,” her husband said.",
        "Paul Adu",
    ),
    "kin of another kind": (
        "Rosa Adu lives with her son, Paul Adu.\n\n“It was late,” Rosa Adu said.\n\n“No,” her husband said.",
        "her husband",
    ),
    "one man, by his full name first": (
        "Tom Adu Jr. built the mill.\n\n“It was late,” Tom Adu said.",
        "Tom Adu Jr.",
    ),
}


@pytest.mark.parametrize("case", NAMESAKES)
def test_of_several_bearers_the_article_tells_whom_the_surname_means(case: str) -> None:
    text, name = NAMESAKES[case]
    assert speakers(text)[-1] == name


def test_the_elder_is_meant_however_long_ago_he_was_named() -> None:
    lead = "Tom Adu left the mill with his wife, Rosa Adu."
    text = f"{lead}\n\n{'It rained. ' * 14}\n\nTom’s son, Paul Adu, came. “It was late,” the older Adu said."
    assert speakers(text) == ["Tom Adu"]


def test_of_three_the_elder_and_the_younger_are_told_apart() -> None:
    lead = "Tom Adu, 79, made way for his son, Paul Adu, 46. His wife, Rosa Adu, stayed away."
    said = "“I go,” Adu said.\n\n“I come,” the younger Adu said.\n\n“I went,” the elder Adu said."
    assert speakers(f"{lead}\n\n{said}") == ["Tom Adu", "Paul Adu", "Tom Adu"]


def test_a_surname_that_two_strangers_bear_is_less_sure() -> None:
    both = EXTRACTOR.extract("Paul Adu met Rosa Adu on the pier.\n\n“It was late,” Adu said.", "en").quotes[0]
    kin = EXTRACTOR.extract("Paul Adu met his sister, Rosa Adu.\n\n“It was late,” Adu said.", "en").quotes[0]
    assert both.confidence < kin.confidence < 0.8


COUPLES = {
    "en": ("Paul and Joan Adu run the mill.", "“It was late,” Mr Adu said.", "Paul Adu"),
    "de": ("Paul und Rosa Adu führen die Mühle.", "„Es war spät“, sagte Paul.", "Paul Adu"),
    "fr": ("Paul et Rosa Adu tiennent le moulin.", "« Il était tard », a dit M. Adu.", "Paul Adu"),
}


@pytest.mark.parametrize("language", COUPLES)
def test_a_given_name_beside_a_full_name_shares_its_surname(language: str) -> None:
    lead, quote, name = COUPLES[language]
    assert speakers(f"{lead}\n\n{quote}", language) == [name]


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Pope Paul and Rosa Adu met.", "Paul"),
        ("“No,” said Paul Moss. Paul and Rosa Adu met.", "Paul Moss"),
        ("Paul, Tom and Rosa Adu met.", "Paul Adu"),
    ],
)
def test_a_given_name_that_is_told_otherwise_shares_no_surname(lead: str, name: str) -> None:
    assert speakers(f"{lead}\n\n“It was late,” said Paul.")[-1] == name


APART = [
    ("en", "Kim Adu and Kimberly Adu closed the mill.", "“It was late,” said {}.", ["Kim Adu", "Kimberly Adu"]),
    ("en", "Kim Adu came with her sister Kimberly Adu.", "“It was late,” said {}.", ["Kim Adu", "Kimberly Adu"]),
    (
        "en",
        "Kimberly Adu closed the mill. Kim Adu had run it for years.",
        "“It was,” said {}.",
        ["Kimberly Adu"],
    ),
    ("en", "Ann Kim Adu and her editor, Kim Adu, left.", "“It was late,” said {}.", ["Ann Kim Adu", "Kim Adu"]),
    ("en", "Ann Kim Adu is an aunt of Kim Adu.", "“It was late,” said {}.", ["Ann Kim Adu", "Kim Adu"]),
    ("en", "Kimberly Adu and her aides left. Kim Adu was late.", "“It was,” said {}.", ["Kimberly Adu"]),
    ("es", "Juan Luis Adu y Luis Adu cerraron el molino.", "«Era tarde», dijo {}.", ["Juan Luis Adu", "Luis Adu"]),
    (
        "ru",
        "Иван Лосев и его сын Иван Львович Лосев закрыли мельницу.",
        "«Уже поздно», — сказал {}.",
        ["Иван Лосев", "Иван Львович Лосев"],
    ),
]


@pytest.mark.parametrize(("language", "lead", "said", "names"), APART)
def test_full_names_of_two_people_stay_apart_though_one_may_be_short_for_the_other(
    language: str, lead: str, said: str, names: list[str]
) -> None:
    text = " ".join([lead, *(said.format(name) for name in [*names, *names])])
    assert speakers(text, language) == [*names, *names]


def test_a_surname_is_supposed_where_no_word_tells_of_a_family() -> None:
    text = "{}Lena and Tom Adu closed the mill. “It was late,” Lena said.{}"
    supposed = EXTRACTOR.extract(text.format("", ""), "en").quotes[0]
    confirmed = (("The couple, ", ""), ("", " Lena Adu, who is 40, left."))
    sure = [EXTRACTOR.extract(text.format(*beside), "en").quotes[0] for beside in confirmed]
    assert {quote.speaker.name for quote in (supposed, *sure)} == {"Lena Adu"}
    assert [supposed.evidence.share, *(quote.evidence.share for quote in sure)] == [SURE, 1, 1]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Lena Roth and Tom Adu said: “It was late.”", JOINT),
        ("“It was late,” said Lena Roth and Tom Adu.", JOINT),
        ("“It was late,” said Lena Roth, and Tom Adu nodded.", 1),
        ("Lena Roth left and Tom Adu said: “It was late.”", 1),
    ],
)
def test_the_words_of_several_are_less_surely_those_of_one(text: str, share: float) -> None:
    (quote,) = EXTRACTOR.extract(text, "en").quotes
    assert quote.evidence.share == share

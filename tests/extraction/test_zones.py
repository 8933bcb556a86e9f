import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.document import ZoneKind
from app.extraction.page.zones import find_zones

STORY = "The council met on Tuesday to discuss the new harbour, which has divided the town for years."
QUOTE = '"We have waited ten years for this harbour and shall not wait another," said Anna Holt, the mayor.'
VOTE = "The vote was close: eleven members were for it, ten against, and one had gone home before it was called."


def kinds(text):
    return [(zone.kind, zone.span.of(text)) for zone in find_zones(text)]


def lines_of(kind, *paragraphs):
    return [line for each, line in kinds("\n\n".join(paragraphs)) if each is kind]


@pytest.mark.parametrize("text", ['"No," said Holt', 'Holt calls it "a disgrace"', "Nothing", '"We will win."', QUOTE])
def test_one_line_is_body(text):
    assert kinds(text) == [(ZoneKind.BODY, text)]


@pytest.mark.parametrize(
    "inner",
    [
        ['"We will win."'],
        ["Nobody clapped, she said."],
        ['"The sea is kind" ― Anna Holt', '"The sea is not kind at all" ― Peter Lund'],
        ['"We won!" — Anna Holt (@holt) May 3, 2024'],
        ["HOLT: We did it.", "LUND: Did we?", "HOLT: We did."],
        ["The boats come in,\nthe gulls go out,\nand all the town\nbegins to shout"],
        ["She promised three things:", '- "a new pier" for ferries\n- "cheaper berths"\n- no more fog'],
    ],
)
def test_an_article_is_all_body(inner):
    assert lines_of(ZoneKind.BODY, STORY, *inner, QUOTE) == [STORY, *"\n".join(inner).split("\n"), QUOTE]


@pytest.mark.parametrize(
    "signed",
    [
        "“The sea is kind.”\n— Peter Lund",
        "“The sea is kind.”\n\n– Former pilot Peter Lund, on leaving the port",
        "“The sea is kind.”\nPeter Lund, pilot of the port for forty years",
        "« La mer est bonne »\n— Pierre Lund, pilote",
    ],
)
def test_a_line_that_signs_a_quotation_belongs_to_its_paragraph(signed):
    assert len({zone.paragraph for zone in find_zones(f"{STORY}\n\n{signed}\n\n{VOTE}")}) == 3
    assert lines_of(ZoneKind.BODY, STORY, signed, VOTE) == [STORY, *filter(None, signed.split("\n")), VOTE]


def test_a_signed_quotation_in_a_box_is_body():
    box = "**Quote of the day**\n“The sea is kind.”\n– Peter Lund, pilot"
    assert lines_of(ZoneKind.BODY, STORY, QUOTE, box, VOTE) == [STORY, QUOTE, *box.split("\n")[1:], VOTE]


@pytest.mark.parametrize(
    "lines",
    [
        "“The sea is kind.”\n- New pier opens\n- Storm on its way",
        "“The sea is kind.”\n— Yes, he said.",
        "“The sea is kind.”\nPeter Lund, pilot, retires\nStorm on its way",
        "The sea is kind.\n— Peter Lund",
    ],
)
def test_a_line_that_signs_no_quotation_is_a_paragraph_of_its_own(lines):
    zones = find_zones(f"{STORY}\n\n{lines}\n\n{VOTE}")
    assert len({zone.paragraph for zone in zones}) == len(zones)


def test_title_and_subheads_are_headings():
    assert lines_of(ZoneKind.HEADING, "Harbour vote splits town", STORY, "A 'close' vote", VOTE, QUOTE) == [
        "Harbour vote splits town",
        "A 'close' vote",
    ]


def test_hard_wrapped_text_is_body_in_paragraphs():
    text = textwrap.fill(f"{STORY} {QUOTE} {VOTE}", 70) + "\n" + textwrap.fill(f"{VOTE} {STORY}", 70)
    zones = find_zones(text)
    assert {zone.kind for zone in zones} == {ZoneKind.BODY}
    assert len({zone.paragraph for zone in zones}) == 2


def test_short_lines_beside_long_ones_are_not_wrapped():
    teasers = [
        "Related",
        '"I lost it all," says farmer after the flood',
        "Union head Bob Lyle",
        "Bathing ban explained",
    ]
    zones = find_zones(f"{STORY}\n\n{QUOTE}\n\n" + "\n".join(teasers))
    assert len({zone.paragraph for zone in zones}) == len(zones)
    assert [zone.kind for zone in zones[2:]] == [ZoneKind.FURNITURE] * 4


@pytest.mark.parametrize(
    "title",
    ['"We will not wait," says harbour mayor', "« Nous n'attendrons plus », dit la maire", 'Holt warns: "We will go"'],
)
def test_a_first_line_without_a_final_stop_is_the_title(title):
    assert lines_of(ZoneKind.HEADING, title, STORY, QUOTE) == [title]


@pytest.mark.parametrize("deck", ['"A door is open," the minister of the harbour says, but nobody in town walks in'])
def test_a_line_without_a_final_stop_below_the_title_belongs_to_it(deck):
    title = "Holt and Lund trade barbs over the harbour"
    assert lines_of(ZoneKind.HEADING, title, deck, STORY, QUOTE) == [title, deck]


@pytest.mark.parametrize("first", ['"We won" — Anna Holt', "The mayor said:", 'Holt warned him: "We will go"', STORY])
def test_a_line_below_the_title_that_is_said_or_goes_on_is_body(first):
    title = "Holt and Lund trade barbs over the harbour"
    assert lines_of(ZoneKind.BODY, title, first, QUOTE, VOTE) == [first, QUOTE, VOTE]


def test_a_title_below_the_words_of_a_menu_is_a_title():
    title = 'The mayor of the harbour warns: "We will go"'
    assert lines_of(ZoneKind.BODY, "Home News Sport", title, STORY, QUOTE) == [STORY, QUOTE]


@pytest.mark.parametrize("first", ['"We won" — Anna Holt', '"We will not wait," says the mayor.', "The mayor said:"])
def test_a_first_line_that_is_said_or_goes_on_is_body(first):
    assert lines_of(ZoneKind.BODY, first, QUOTE, STORY) == [first, QUOTE, STORY]


@pytest.mark.parametrize(
    "line",
    [
        'READ MORE: "We lost everything," says fisherman',
        'Read more: "It came out of nowhere": survivors recall storm',
        'SEE ALSO: Storm "worst in decades"',
        'VIDEO: Mayor calls harbour "a disgrace"',
        "Lire aussi : « Nous avons tout perdu », dit un pêcheur",
        "Lea también: «Lo hemos perdido todo», dice un pescador",
        'The mayor on the pier. "It is ours." Picture: Sue Neal',
        'Photo: A keeper looks at the old pier. "We used to dive here," she said. (Sue Neal/Harbour News)',
    ],
)
def test_a_line_behind_a_label_or_before_a_credit_is_furniture(line):
    assert lines_of(ZoneKind.FURNITURE, STORY, line, QUOTE) == [line]


def test_a_transcript_is_body_be_there_a_line_without_a_stop():
    turns = ["HOLT: We did it.", 'LUND: You called it "ours"', "THE COURT: Go on."]
    assert lines_of(ZoneKind.BODY, STORY, *turns, QUOTE) == [STORY, *turns, QUOTE]


@pytest.mark.parametrize(
    "line",
    [
        'Ben Aldous was brief: "I agree"',
        'Her friend Ben replied: "We shall miss her ❤️"',
        "Son ami a dit : « D'accord »",
        "Elle a dit : « Regardez cette photo : rien »",
    ],
)
def test_a_quotation_that_a_clause_leads_to_is_body(line):
    assert lines_of(ZoneKind.BODY, STORY, line, VOTE) == [STORY, line, VOTE]


def test_menu_and_ticker_above_the_article():
    ticker = "BREAKING\nLund: The harbour is not for sale and never was\nStorm warning for the coast\nFerries late"
    page = ["Home\nNews\nSport", ticker, "Harbour vote splits town", "By Jane Roe\n3 May 2024", STORY, QUOTE]
    assert lines_of(ZoneKind.BODY, *page) == [STORY, QUOTE]
    assert lines_of(ZoneKind.HEADING, *page) == ["Harbour vote splits town"]


@pytest.mark.parametrize(
    "label", ["Related News", "Leggi anche", "Читайте также", "Lee también", "Mehr zum Thema", "+ + +"]
)
def test_teasers_inside_the_article(label):
    teasers = [label, "Lund: 'Never again' to harbour", 'Union: "Shame on the council"']
    assert lines_of(ZoneKind.BODY, STORY, VOTE, *teasers, QUOTE, "She left at noon.") == [
        STORY,
        VOTE,
        QUOTE,
        "She left at noon.",
    ]


def test_teasers_with_blurbs_below_the_article():
    blurbs = ["Storm kills two", 'Two died on Monday in "the worst storm in years" of the coast.', "Union protests"]
    blurbs += ['The union said it was "a very bad day" for the port.', "All Rights Reserved"]
    assert lines_of(ZoneKind.BODY, STORY, QUOTE, "Most Read", *blurbs) == [STORY, QUOTE]


@pytest.mark.parametrize(
    "aside",
    [
        ["Read also: Five things to know"],
        ["Leggi anche: Il porto in cinque foto"],
        ["Read also", "Five things to know"],
        ["The new pier in winter (Coast Photos)"],
        ["The pier at noon. Picture: Sue Neal"],
    ],
)
def test_short_paragraphs_between_asides_stay_body(aside):
    short = [
        'Her deputy left early. "I had heard enough," he said.',
        'The union was for it. "Build it," said its head.',
    ]
    page = [STORY, QUOTE, *aside, short[0], *aside, short[1]]
    assert lines_of(ZoneKind.BODY, *page) == [STORY, QUOTE, *short]


@pytest.mark.parametrize(
    "line",
    [
        "The new pier of the town in winter, January 9, 2024 (Coast Photos)",
        "#harbour #council #vote",
        "© 2024 Harbour News",
        "www.harbour.example",
        "pier-780x470.jpg",
    ],
)
def test_captions_and_machine_text(line):
    assert lines_of(ZoneKind.FURNITURE, STORY, line, QUOTE) == [line]


@pytest.mark.parametrize("line", ["“We have waited ten years for this harbour”", '"shall not wait another"'])
def test_a_quotation_alone_that_repeats_what_is_quoted_is_a_pull_quote(line):
    assert lines_of(ZoneKind.BODY, STORY, line, QUOTE, VOTE, line) == [STORY, QUOTE, VOTE]


@pytest.mark.parametrize("line", ["“We have waited!”", "“We have waited nine years for it.”", "“We shall not.”"])
def test_a_quotation_alone_that_says_something_new_or_little_is_body(line):
    assert lines_of(ZoneKind.BODY, STORY, QUOTE, line, VOTE, line) == [STORY, QUOTE, line, VOTE, line]


def test_a_quotation_that_is_led_to_is_no_pull_quote_where_it_is_said_again():
    lead, line = "The mayor had only this to say:", '"We have waited ten years."'
    again = 'Reporters wanted to know what she meant by "We have waited ten years", and she left the hall.'
    assert lines_of(ZoneKind.BODY, STORY, lead, line, again, VOTE) == [STORY, lead, line, again, VOTE]


def test_a_quotation_that_goes_on_elsewhere_is_no_pull_quote():
    line = '"We have waited ten years."'
    longer = 'A month before she had told the town: "We have waited ten years, and we can wait for another ten."'
    assert lines_of(ZoneKind.BODY, STORY, line, longer, VOTE) == [STORY, line, longer, VOTE]


def test_a_quotation_that_another_quotes_is_no_pull_quote():
    line = '"We have waited ten years."'
    another = """Her brother laughed about it: "She read it out. 'We have waited ten years' was all there was.\""""
    assert lines_of(ZoneKind.BODY, STORY, line, another, VOTE) == [STORY, line, another, VOTE]


@pytest.mark.parametrize("headline", ["“We have waited ten years”: mayor opens harbour", "“We have waited ten years.”"])
def test_a_quotation_of_which_the_headline_is_made_is_body(headline):
    line = "“We have waited ten years.”"
    assert line in lines_of(ZoneKind.BODY, headline, STORY, line, VOTE)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article said the pier was “condemned”. It is “closed”.",
        "Correction, May 4: Anna Holt said the pier was “sound”, not “bound”.",
        "Corrections and clarifications: The mayor said “sound”, not “bound”.",
        "Correction to our report of 4 May: The mayor said “sound”, not “bound”.",
        "This article was amended on 4 May. The mayor said “sound”, not “bound”.",
        "An earlier version of this obituary misquoted a remark by the mayor. He said “sound”, not “bound”.",
        "Berichtigung: Frau Holt sagte nicht „verrückt“, sondern „verrückbar“.",
        "Rectificatif : Mme Holt n'a pas dit « fou », mais « flou ».",
    ],
)
def test_a_correction_is_furniture(line):
    assert lines_of(ZoneKind.FURNITURE, STORY, QUOTE, VOTE, line) == [line]


@pytest.mark.parametrize("officer", ["Corrections Director Mara Dell said", "Corrections chief Mara Dell was firm"])
def test_what_an_officer_of_corrections_says_is_body(officer):
    line = f'{officer}: "Nobody walks out of this prison."'
    assert lines_of(ZoneKind.BODY, STORY, line, VOTE) == [STORY, line, VOTE]


def test_repeats_of_what_was_said():
    teaser = QUOTE[:70] + "..."
    assert lines_of(ZoneKind.BODY, teaser, STORY, QUOTE, VOTE, QUOTE) == [STORY, QUOTE, VOTE]


def test_a_page_without_blank_lines():
    menu = "Home\nNews\nSport"
    page = f'{menu}\nHolt: "We will win"\n{STORY}\n{QUOTE}\nRead also\nLund: "Never"\n{VOTE}\nIt passed.\nPrivacy'
    assert [line for kind, line in kinds(page) if kind is ZoneKind.BODY] == [STORY, QUOTE, VOTE, "It passed."]


@given(st.text(st.sampled_from("ab .,\n\r\t“”\"'•-#:A1\u2028"), max_size=80))
def test_zones_are_the_lines_that_are_not_blank(text):
    zones = find_zones(text)
    assert "".join("".join(zone.span.of(text) for zone in zones).split()) == "".join(text.split())
    assert all(zone.span.of(text) == zone.span.of(text).strip() != "" for zone in zones)
    assert all(a.span.end < b.span.start and a.paragraph <= b.paragraph for a, b in pairwise(zones))


@pytest.mark.parametrize(
    "text", ["", " \n\t", "a" * 1_000_000, "a\n" * 100_000, "a\n\n" * 100_000, "#a" * 100_000, "“a " * 100_000]
)
def test_large_and_odd_input_comes_to_an_end(text):
    assert len(find_zones(text)) <= len(text)

import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.extraction.document import Span, Zone, ZoneKind
from app.extraction.page.zones import find_zones
from app.extraction.quotations.marks import find_quotations


def body(text):
    """Every line of the text as body, wrapped lines joined as the zones join them."""
    return [Zone(zone.span, ZoneKind.BODY, zone.paragraph) for zone in find_zones(text)]


def said(text):
    return [[segment.of(text) for segment in q.segments] for q in find_quotations(text, body(text))]


def words(text):
    return [segment for segments in said(text) for segment in segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rains,” she said. “It pours.”", ["It rains,", "It pours."]),
        ('"It rains," she said, "and pours."', ["It rains,", "and pours."]),
        ("„Es regnet“, sagte sie. „Sehr”, fand er.", ["Es regnet", "Sehr"]),
        ("»Es regnet«, sagte sie und »fror«.", ["Es regnet", "fror"]),
        ("« Il pleut », dit-elle. «\u00a0Oui\u00a0».", ["Il pleut", "Oui"]),
        ("”Det regnar”, sade hon. »Ja», sade han.", ["Det regnar", "Ja"]),
        ("‚Es regnet‘, sagte sie. ‹Il pleut›, dit-il.", ["Es regnet", "Il pleut"]),
        ("‘It rains,’ she said.", ["It rains,"]),
        ("'It rains,' she said.", ["It rains,"]),
        ("''It rains,'' she said. ``It pours.''", ["It rains,", "It pours."]),
        ("彼は「雨だ」と言った。『本』", ["雨だ", "本"]),
        ("＂It rains,＂ she said.", ["It rains,"]),
        ('“It rains," she said. "It pours.” “Yes,“ he said.', ["It rains,", "It pours.", "Yes,"]),
    ],
)
def test_conventions(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It isn't the players' union, it's Anna's and l’Isola’s.",
        "Give 'em rock 'n' roll from the '90s, the workers' choice.",
        "He is 6'2\" tall and she is 5' 10\" tall.",
        'Look at <a title="the harbour" href="x">this</a>.',
        'The pipe is 12" wide.',
        "A ” stray mark and another” one.",
        '""',
        "“ ”",
    ],
)
def test_what_is_no_quotation(text):
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘never’ and left,” she said.", ["He told me ‘never’ and left,"]),
        ("‘He told me “never” and left,’ she said.", ["He told me “never” and left,"]),
        ('"He told me "never" and left," she said.', ['He told me "never" and left,']),
        ("“He “never” left,” she said.", ["He “never” left,"]),
        ("»Er sagte ›nie‹ dazu«, sagte sie.", ["Er sagte ›nie‹ dazu"]),
        ("“[We] did… (what?) we could—” she said.", ["[We] did… (what?) we could—"]),
        ("'It's the players' day,' he said.", ["It's the players' day,"]),
        ('He called it l’“isola” and dell\'"onore" too.', ["isola", "onore"]),
    ],
)
def test_marks_inside_are_left_alone(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It rains, she said. "It pours," he said.', ["It rains, she said.", "It pours,"]),
        ('"It rains, "she said, "and pours."', ["It rains,", "and pours."]),
        ("“Piove ancora.’ disse Anna. Poi tacque.", ["Piove ancora."]),
        ('She said:"It rains,"and left.', ["It rains,"]),
        ('" It rains " was all she said.', ["It rains"]),
    ],
)
def test_typing_errors(text, expected):
    assert words(text) == expected


def test_reopened_at_each_paragraph_is_one():
    text = "“It rains.\n\n“It pours.\n\n“It hails,” she said. “Why?”"
    assert said(text) == [["It rains.", "It pours.", "It hails,"], ["Why?"]]
    assert said("‘It rains.\n\n‘It pours,’ she said.") == [["It rains.", "It pours,"]]


def test_unclosed_ends_with_its_paragraph():
    text = "She said: “It rains.\n\nThen she left, “quite wet”."
    first, second = find_quotations(text, body(text))
    assert (first.closed, second.closed) == (False, True)
    assert [s.of(text) for s in first.segments + second.segments] == ["It rains.", "quite wet"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Идёт дождь.\n\nЛьёт», — сказала она. «Град».", [["Идёт дождь.", "Льёт"], ["Град"]]),
        (
            'Она сказала: "Идёт дождь.\n\nЛьёт.\n\nГрад бьёт по стёклам, и мы ждём."\n\nИ ушла.',
            [["Идёт дождь.", "Льёт.", "Град бьёт по стёклам, и мы ждём."]],
        ),
        ("«Кафе «Бриз» закрыто.\n\nБар «Мол» тоже», — сказала она.", [["Кафе «Бриз» закрыто.", "Бар «Мол» тоже"]]),
        ("«Дождь.\n\n«Льёт.\n\nГрад», — сказала она.", [["Дождь.", "Льёт.", "Град"]]),
        ("“It rains.\n\nIt pours,” she said.", [["It rains.", "It pours,"]]),
    ],
)
def test_runs_on_to_the_mark_that_closes_it_some_paragraphs_later(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Дождь, сказала она.\n\n«Льёт».\n\nГрад».", [["Дождь, сказала она.", "Льёт"]]),
        ('"It rains.\n\nAda Lee, mayor of Bay."', [["It rains."]]),
        ("“It rains.\n\nAda Lee, Bay Institute for Wind and Rain of the North.”", [["It rains."]]),
        ("«Дождь.\n\nОна ушла, сказав: «Льёт», — и всё.", [["Дождь."], ["Льёт"]]),
        ('"It rains.\n\nThe pipe is 12" wide.', [["It rains."]]),
        ("«Дождь.\n\nIt pours”, she said.", [["Дождь."]]),
        ("«Дождь." + "\n\nОна ушла." * 9 + "\n\nЛьёт».", [["Дождь."]]),
    ],
)
def test_runs_on_through_nothing_that_opens_another_and_to_no_other_mark(text, expected):
    assert said(text) == expected


def test_runs_across_a_wrapped_line():
    words = "The sea takes what it likes, and what it does not like it leaves upon the stones for us."
    text = textwrap.fill(f"The keeper of the light has seen many storms there, and he said: “{words}” He left.", 60)
    (quotation,) = find_quotations(text, body(text))
    assert " ".join(quotation.segments[0].of(text).split()) == words


@pytest.mark.parametrize("kind", [ZoneKind.FURNITURE, ZoneKind.HEADING])
def test_only_the_body_is_read(kind):
    text = "“One thing\n“Another,” she said."
    zones = [Zone(Span(0, 10), kind, 0), Zone(Span(11, len(text)), ZoneKind.BODY, 1)]
    assert [q.segments[0].of(text) for q in find_quotations(text, zones)] == ["Another,"]


@pytest.mark.parametrize(
    "text", ['"' * 10_000, "“" * 10_000, "“a " * 10_000, "'a " * 10_000, "“a.’ " * 20_000, "x" * 1_000_000]
)
def test_large_and_odd_input_comes_to_an_end(text):
    assert len(find_quotations(text, body(text))) <= len(text)


MARKS = "'\"“”„«»‘’‹›「」,"  # two commas before a word are typed for `„`
TEXTS = st.text(st.sampled_from("ab s.,-\n'\"“”„«»‘’‹›「」=1é\u00a0"), max_size=60)


@given(TEXTS)
def test_segments_are_slices_in_order(text):
    segments = [segment for q in find_quotations(text, body(text)) for segment in q.segments]
    assert all(0 <= s.start < s.end <= len(text) and s.of(text) == s.of(text).strip() for s in segments)
    assert all(a.end < b.start for a, b in pairwise(segments))


@given(TEXTS)
@example(",,1")
def test_a_closed_quotation_stands_between_marks(text):
    for quotation in find_quotations(text, body(text)):
        first, last = quotation.segments[0], quotation.segments[-1]
        assert text[: first.start].rstrip()[-1] in MARKS
        assert not quotation.closed or text[last.end :].lstrip()[0] in MARKS


@given(TEXTS, TEXTS)
def test_a_later_paragraph_makes_no_quotation_begin_before(text, more):
    zones = [Zone(Span(0, len(text)), ZoneKind.BODY, 0)]
    longer = f"{text}\n\nSo {more}"
    added = Zone(Span(len(text) + 2, len(longer)), ZoneKind.BODY, 1)
    before = {quotation.segments[0].start for quotation in find_quotations(text, zones)}
    after = {quotation.segments[0].start for quotation in find_quotations(longer, [*zones, added])}
    assert {start for start in after if start < len(text)} <= before

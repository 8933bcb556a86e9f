"""Finding: by stems, phrases and slips, in every order, with what was found marked; the same on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.quotes import facets
from app.search import postgres, sqlite
from app.search.dialects import search_of
from app.search.highlights import hits
from app.search.syntax import All, AnyOf, SyntaxRefusedError, Term, parse
from app.search.trigrams import LEAST_SHARED
from app.search.words import stems, words

PAGES = [
    {
        "text": "“The ships are sailing,” said Sergei Shoigu. “One ship sank, a fine ship,” said Marta Lindqvist.",
        "outlet": "Kurier",
        "published_at": "2023-04-27",
        "language": "en",
    },
    {
        "text": "“Le elezioni sono finite,” said Luca Ferri. “Una bella elezione,” said Luca Ferri.",
        "outlet": "KURIER",
        "published_at": "2023-05-02",
        "language": "it",
    },
    {"text": "“Peace talks, not peace of mind.” “A fin of a shark.”", "language": "en"},
]
TEXTS = [
    "The ships are sailing,",
    "One ship sank, a fine ship,",
    "Le elezioni sono finite,",
    "Una bella elezione,",
    "Peace talks, not peace of mind.",
    "A fin of a shark.",
]


@pytest.fixture
def archive(client):
    """The client, its archive filled with PAGES."""
    for page in PAGES:
        assert client.post("/articles", json=page).status_code == 201
    return client


def found(client, **filters) -> list[str]:
    """The texts of the quotes that pass the filters, in reading order."""
    answer = client.get("/quotes", params={"sort": "oldest", **filters})
    assert answer.status_code == 200, answer.text
    return [quote["text"] for quote in answer.json()["items"]]


@pytest.mark.parametrize(
    ("q", "places"),
    [
        ("ship", [0, 1]),
        ("sailed ships", [0]),
        ('"ship"', [1]),
        ('"ships are"', [0]),
        ("elezione", [2, 3]),
        ("finito", [2]),
        ("fins", [5]),
        ("finit*", [2]),
        ('"peace of min*"', [4]),
        ("ship -sank", [0]),
        ('ship -"a fine"', [0]),
        ("shark OR ship", [0, 1, 5]),
        ("ship shark OR sank", [1]),
        ("(peace talks) OR (fine ship)", [1, 4]),
        ("ship -(fine sank)", [0]),
        ("peace -talking", []),
    ],
)
@pytest.mark.parametrize("few", [0, 5000])
def test_finds_words_in_their_forms_phrases_prefixes_either_and_without(archive, monkeypatch, q, places, few):
    """Both ways that a database has: hits looked up first, and a walk along the dates."""
    monkeypatch.setattr(sqlite, "FEW", few)
    monkeypatch.setattr(postgres, "SAMPLE", 1 if few else 1000)
    assert found(archive, q=q) == [TEXTS[place] for place in places]


NAMED = [
    "The US will pay,",
    "U.S. troops will not go,",
    "Tell us when,",
    "Ask the UN about NATO,",
    "U.N. and N.A.T.O. agree,",
    "Un giorno,",
]


@pytest.mark.parametrize(
    ("q", "places"),
    [
        ("US", [0, 1]),
        ("U.S.", [0, 1]),
        ('"U.S."', [0, 1]),
        ("u.s.", [0, 1]),
        ("us", [0, 2]),
        ("UN", [3, 4]),
        ("U.N. -N.A.T.O.", []),
        ("NATO", [3, 4]),
        ("n.a.t.o. ask", [3]),
        ('"US troops"', [1]),
        ("will -US", []),
        ("day OR US", [0, 1]),
    ],
)
@pytest.mark.parametrize("few", [0, 5000])
def test_names_of_capitals_are_found_with_dots_or_without_and_no_common_words_with_them(
    client, monkeypatch, q, places, few
):
    monkeypatch.setattr(sqlite, "FEW", few)
    monkeypatch.setattr(postgres, "SAMPLE", 1 if few else 1000)
    page = " ".join(f"“{said}” said Marta Lindqvist." for said in NAMED)
    assert client.post("/articles", json={"text": page, "language": "en"}).status_code == 201
    assert found(client, q=q) == [NAMED[place] for place in places]


def test_marks_names_of_capitals_and_not_the_word_that_they_would_be():
    text = "Tell us, the US and U.S. men, of NATO"
    marked = lambda q: [text[slice(*one)] for one in hits(parse(q), text, "en")]  # noqa: E731
    assert (marked("US"), marked("N.A.T.O. us")) == (["US", "U.S."], ["us", "US", "NATO"])


def test_a_language_narrows_the_stems(archive):
    assert found(archive, q="elezioni", language="it") == TEXTS[2:4]
    assert found(archive, q="elezioni", language="en") == []
    assert found(archive, q="ship", language="en", speaker="shoigu", said_before="2024-01-01") == TEXTS[:1]


def test_marks_what_was_found_by_its_place_in_the_article(archive):
    (quote,) = archive.get("/quotes", params={"q": '"fine ship" sinking OR sank'}).json()["items"]
    article = archive.get(f"/articles/{quote['article']['id']}").json()
    assert [one["text"] for one in quote["highlights"]] == ["sank", "fine ship"]
    assert all(article["text"][one["start"] : one["end"]] == one["text"] for one in quote["highlights"])
    assert archive.get("/quotes").json()["items"][0]["highlights"] == []


def test_marks_no_words_to_leave_out_and_joins_what_overlaps():
    text = "Peace talks, peace talked about; Café"
    assert [text[slice(*one)] for one in hits(parse("peace talk -about"), text, "en")] == [
        "Peace",
        "talks",
        "peace",
        "talked",
    ]
    assert [text[slice(*one)] for one in hits(parse('"peace talks" peace cafe'), text, "en")] == [
        "Peace talks",
        "peace",
        "Café",
    ]


def test_relevance_puts_the_better_answer_first(archive):
    assert found(archive, q="ship", sort="relevance") == [TEXTS[1], TEXTS[0]]
    assert found(archive, q="peace talks OR ship OR shark", sort="relevance")[0] == TEXTS[4]


@pytest.mark.parametrize("sort", ["newest", "oldest", "confidence", "relevance"])
def test_pages_of_a_search_hold_every_hit_once_though_quotes_are_added(archive, sort):
    q = "ship OR peace OR shark OR elezioni"
    whole = found(archive, q=q, sort=sort)
    seen, url = [], f"/quotes?q={q}&sort={sort}&limit=1"
    while url and len(seen) <= len(whole):
        page = archive.get(url).json()
        seen, url = seen + [quote["text"] for quote in page["items"]], page["next"]
        archive.post("/articles", json={"text": f"“Unlike {len(seen)}.”"})
    assert seen == whole and len(seen) == 6


def test_relevance_needs_a_search_and_its_cursor(archive):
    assert archive.get("/quotes?sort=relevance").json()["errors"][0]["field"] == "sort"
    cursor = archive.get("/quotes?q=ship&sort=relevance&limit=1").json()["next"].partition("cursor=")[2]
    for other in ("q=peace&sort=relevance", "q=ship"):
        assert archive.get(f"/quotes?{other}&cursor={cursor}").json()["type"].endswith("cursor-mismatch")


@pytest.mark.parametrize("speaker", ["Shiogu", "Shogu", "Shoiguu", "Sergei Shiogu", "sregei shoigu", "Shoig"])
def test_finds_a_speaker_in_spite_of_a_slip(archive, speaker):
    assert found(archive, speaker=speaker) == TEXTS[:1]


@pytest.mark.parametrize("speaker", ["Ferr Marta", "Tserri", "Lindberg", "Sho", "Shoigu Ferri", "Bhoigu"])
def test_guesses_nobody_whose_name_is_another(archive, speaker):
    assert found(archive, speaker=speaker) == []


def test_a_name_as_written_keeps_those_a_slip_away_out(archive):
    archive.post("/articles", json={"text": "“I have my own name,” said Sergei Shoiga."})
    assert found(archive, speaker="Shoiga") == ["I have my own name,"]
    assert found(archive, speaker="shoigu") == TEXTS[:1]


def test_a_speaker_who_is_gone_is_not_guessed(archive):
    archive.delete(f"/articles/{archive.get('/articles').json()['items'][-1]['id']}")
    assert found(archive, speaker="Shiogu") == []
    with archive.app.state.database.read() as session:
        assert search_of(session).similar_words(session, "shiogu", LEAST_SHARED, 10) == []
    archive.post("/articles", json=PAGES[0])
    assert found(archive, speaker="Shiogu") == TEXTS[:1]


def test_facets_count_what_the_filters_keep(archive):
    facets = archive.get("/quotes/facets").json()
    assert (facets["counted"], facets["complete"]) == (6, True)
    assert [(one["speaker"] and one["speaker"]["name"], one["count"]) for one in facets["speakers"]] == [
        ("Luca Ferri", 2),
        (None, 2),
        ("Marta Lindqvist", 1),
        ("Sergei Shoigu", 1),
    ]
    assert facets["outlets"] == [{"value": "KURIER", "count": 4}, {"value": None, "count": 2}]
    assert facets["months"] == [
        {"value": "2023-05", "count": 2},
        {"value": "2023-04", "count": 2},
        {"value": None, "count": 2},
    ]
    assert facets["kinds"] == [{"value": "direct", "count": 6}]
    assert facets["languages"] == [{"value": "en", "count": 4}, {"value": "it", "count": 2}]


def test_facets_follow_a_search_and_a_limit(archive):
    facets = archive.get("/quotes/facets", params={"q": "ship", "limit": 1}).json()
    assert facets["counted"] == 2 and len(facets["speakers"]) == 1
    assert facets["months"] == [{"value": "2023-04", "count": 2}]
    empty = archive.get("/quotes/facets", params={"q": "nothing", "outlet": "x"}).json()
    assert (empty.pop("counted"), empty.pop("complete")) == (0, True)
    assert list(empty.values()) == [[]] * 5
    assert archive.get("/quotes/facets?q=-ship").json()["errors"][0]["field"] == "q"


def test_speakers_come_as_one_types(archive):
    archive.post("/articles", json={"text": "“One,” said Lu Bo. “Two,” said Ann Luca. “Three,” said Ann Luca."})

    def names(name: str, **more) -> list[str]:
        answer = archive.get("/speakers", params={"name": name, **more}).json()
        return [speaker["name"] for speaker in answer["items"]]

    assert names("sho") == names("ser sho") == names("SHOIGU") == ["Sergei Shoigu"]
    assert names("lu") == ["Lu Bo", "Ann Luca", "Luca Ferri"]
    assert names("luca") == ["Ann Luca", "Luca Ferri"]
    assert names("luca f") == ["Luca Ferri"]
    assert names("luc", kind="document") == names("hoigu") == names("sho lin") == []
    first = archive.get("/speakers", params={"name": "lu", "limit": 1}).json()
    assert [one["name"] for one in archive.get(first["next"]).json()["items"]] == ["Ann Luca"]


VOCABULARY = ["ship", "ships", "sailing", "sailed", "fine", "fins", "peace", "talks", "talk", "elezioni", "elezione"]
TERMS = st.sampled_from(VOCABULARY).flatmap(
    lambda word: st.sampled_from([word, f"-{word}", f'"{word}"', f"{word[:3]}*", f'"{word} talks"', "OR", f"({word})"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.lists(TERMS, min_size=1, max_size=6).map(" ".join), few=st.sampled_from([0, 5000]))
def test_the_database_finds_what_the_tree_says(archive, q, few):
    try:
        tree = parse(q)
    except SyntaxRefusedError:
        return
    languages = ["en", "en", "it", "it", "en", "en"]
    expected = [text for text, language in zip(TEXTS, languages, strict=True) if holds(tree, text, language)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "FEW", few)
        patch.setattr(postgres, "SAMPLE", 1 if few else 1000)
        assert found(archive, q=q) == expected
    assert sorted(found(archive, q=q, sort="relevance")) == sorted(expected)


def holds(node, text: str, language: str) -> bool:
    """Whether a text answers a search, by reading the text."""
    if isinstance(node, AnyOf):
        return any(holds(part, text, language) for part in node.parts)
    if isinstance(node, All):
        return all(holds(part, text, language) for part in node.parts) and not any(
            holds(part, text, language) for part in node.without
        )
    assert isinstance(node, Term)
    here, row = f" {' '.join(words(text))} ", " ".join(words(node.text))
    if node.prefix:
        return f" {row}" in here
    forms = f" {' '.join(stems(text, language))} "
    return f" {row} " in here or (not node.exact and f" {' '.join(stems(node.text, language))} " in forms)


def test_facets_are_complete_as_long_as_all_quotes_are_counted(client, monkeypatch):
    for number in range(3):
        client.post("/articles", json={"text": f"Page {number}. “Yes, {number},” said Olof Berg."})
    for most, query, complete in ((3, {}, True), (2, {}, False), (3, {"q": "yes"}, True), (2, {"q": "yes"}, False)):
        monkeypatch.setattr(facets, "MOST", most)
        shown = client.get("/quotes/facets", params=query).json()
        assert (shown["counted"], shown["complete"]) == (most, complete)

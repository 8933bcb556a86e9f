"""Full-text search on the database: the same words, the same quotes; no syntax, no fault."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

SYNTAX = st.text(st.sampled_from("ab \"'*()-:^+|&!<>\\%_{}[]~@#\0“”née和ANDORNOTNEAR"), max_size=30)
SAID = [
    "Peace AND war",
    "the state-of-the-art café",
    "NOT a word",
    "和平来了",
    "100% sure_of it",
    "It's “fine”, x:y * (z)",
]


@pytest.fixture
def archive(client):
    """The client, with a quote for each of SAID."""
    page = "\n".join(f"“{words.replace('“', '‘').replace('”', '’')}” said Ada Brandt." for words in SAID)
    assert client.post("/articles", json={"text": page}).status_code == 201
    return client


def found(client, q: str) -> list[str]:
    """The texts of the quotes with these words."""
    answer = client.get("/quotes", params={"q": q, "sort": "oldest"})
    return [quote["text"] for quote in answer.json().get("items", [])]


@pytest.mark.parametrize(
    ("q", "places"),
    [
        ("and", [0]),
        ("peace and war", [0]),
        ("war peace", [0]),
        ("peace OR fine", [0, 5]),
        ("not", [2]),
        ("state-of-the-art", [1]),
        ("art-of-the-state", []),
        ("CAFÉ", [1]),
        ("caf*", [1]),
        ("平来", [3]),
        ("来平", []),
        ("100% sure", [4]),
        ("it’s", [5]),
        ('"x:y" (z)', [5]),
        ("peace NEAR war", []),
    ],
)
def test_all_words_must_occur(archive, q, places):
    assert found(archive, q) == [SAID[place].replace("“", "‘").replace("”", "’") for place in places]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=SYNTAX | st.text(max_size=40))
def test_nothing_one_may_type_is_a_fault(archive, q):
    for parameters in ({"q": q}, {"speaker": q}, {"outlet": q}, {"q": q, "speaker": q}):
        assert archive.get("/quotes", params=parameters).status_code in (200, 422)
    assert archive.get("/speakers", params={"name": q}).status_code in (200, 422)


def test_a_quote_of_a_megabyte_is_stored_and_found(client):
    words = " ".join(f"w{number}" for number in range(130_000))
    assert client.post("/articles", json={"text": f"“{words}”"}).status_code == 201
    assert len(client.get("/quotes", params={"q": "w77 w1077"}).json()["items"]) == 1


def test_the_index_follows_the_quotes(archive):
    database = archive.app.state.database
    if database.write_engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps a generated column itself")
    check = text("INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('integrity-check', 1)")
    database.write(
        lambda session: session.execute(text("UPDATE quotes SET words = 'changed words' WHERE words LIKE 'not%'"))
    )
    database.write(lambda session: session.execute(check))
    assert found(archive, "changed") == ["NOT a word"] and found(archive, "not") == []
    archive.delete(f"/articles/{archive.get('/articles').json()['items'][0]['id']}")
    database.write(lambda session: session.execute(check))

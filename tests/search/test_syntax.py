"""The language of the search box: what is meant is found, and what cannot be meant is refused with its remedy."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.search.syntax import SyntaxRefusedError, parse, render

LETTERS = st.text(st.sampled_from("abcé和"), min_size=1, max_size=4)
TYPED = st.lists(
    st.sampled_from(["OR", "AND", "NOT", "|", "-", "--", "(", ")", '"', "“", "”", "*", "abc*", " ", "+", "ø", "^", ":"])
    | LETTERS,
    max_size=30,
).map(lambda pieces: "".join(f"{piece} " if len(piece) > 1 else piece for piece in pieces))


def shown(q: str) -> str:
    """The tree of a search, in one line."""
    return render(
        parse(q), lambda term: " ".join(term.words) + "=" * term.exact + "*" * term.prefix, " & ", " | ", " - "
    )


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("peace talks", "(peace & talks)"),
        ('"peace talks" now', "(peace talks= & now)"),
        ("“Peace talks”", "peace talks="),
        ("negotiat*", "negotiat*"),
        ('"peace negotiat*"', "peace negotiat=*"),
        ("peace OR war now", "((peace | war) & now)"),
        ("now peace OR war OR truce", "(now & (peace | war | truce))"),
        ("peace | war", "(peace | war)"),
        ("peace and war", "(peace & and & war)"),
        ("peace AND war", "(peace & war)"),
        ("peace -war", "((peace) - (war))"),
        ("peace NOT war", "((peace) - (war))"),
        ('peace -"cold war" -(hot dogs)', "((peace) - (cold war= | (hot & dogs)))"),
        ("(peace talks) OR war", "((peace & talks) | war)"),
        ("state-of-the-art", "state of the art"),
        ("well - known", "(well & known)"),
        ('"peace talks', "peace talks="),
        ("(peace", "peace"),
        ("peace) war", "(peace & war)"),
        ("OR peace OR", "peace"),
        ("+peace", "peace"),
        ("NATO-led U.K.", "((nato led | n a t o led) & (u k | uk))"),
        ('"US troops"', "(us troops= | u s troops=)"),
    ],
)
def test_reads_what_people_type_into_search_engines(q, tree):
    assert shown(q) == tree


@pytest.mark.parametrize(
    ("q", "remedy"),
    [
        ("", "at least one word"),
        ("OR", "at least one word"),
        ("“” * -", "at least one word"),
        ("-war", "beside what to leave out"),
        ("peace OR -war", "both sides of OR"),
        ("ab*", "at least 3 letters"),
        ("a " * 41, "at most 40"),
        ("(" * 12 + "a", "at most 10"),
    ],
)
def test_refuses_what_cannot_be_meant_and_says_what_to_write(q, remedy):
    with pytest.raises(SyntaxRefusedError, match=remedy):
        parse(q)


@given(TYPED | st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(q):
    try:
        tree = shown(q)
    except SyntaxRefusedError as error:
        assert str(error).startswith("Write")
    else:
        assert tree.count("(") == tree.count(")")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=TYPED)
def test_no_syntax_is_a_fault_of_the_service(client, q):
    for path, more in (("/quotes", {}), ("/quotes/facets", {}), ("/quotes", {"sort": "relevance"})):
        answer = client.get(path, params={"q": q, **more})
        assert answer.status_code == 200 or answer.json()["type"].endswith("search-invalid"), answer.text

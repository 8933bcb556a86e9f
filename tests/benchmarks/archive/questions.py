"""What readers ask of the archive."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
import numpy as np

from tests.benchmarks.archive.rows import Size, Vocabulary, speakers

DEEP, LIMIT, MOST = 1000, 25, 200
YEAR = {"said_after": "2023-01-01", "said_before": "2024-01-01"}


def questions(size: Size) -> dict[str, str]:
    """Paths by what they stand for."""
    people = next(speakers(size))[1]
    top, rare = people[0]["name"], people[-1]["name"]
    words = Vocabulary(np.random.default_rng(0)).words
    frequent, middling, seldom = words[0], words[300], words[20_000]
    phrase = f'"{words[0]} {words[1]}"'
    asked = {
        "page 1": {},
        "the top speaker": {"speaker": top},
        "a rare speaker": {"speaker": rare},
        "a misspelt speaker": {"speaker": _misspelt(top)},
        "a frequent word": {"q": frequent},
        "a middling word": {"q": middling},
        "a rare word": {"q": seldom},
        "a phrase": {"q": phrase},
        "a frequent word by relevance": {"q": frequent, "sort": "relevance"},
        "top speaker, frequent word, a year": {"speaker": top, "q": frequent, **YEAR},
        "top speaker, rare word, a year": {"speaker": top, "q": seldom, **YEAR},
        "rare speaker, frequent word, a year": {"speaker": rare, "q": frequent, **YEAR},
        "frequent word, a year": {"q": frequent, **YEAR},
        "rare word, a year": {"q": seldom, **YEAR},
        "phrase, a year": {"q": phrase, **YEAR},
        "utterances": {"group": "utterance"},
        "utterances of the top speaker": {"group": "utterance", "speaker": top},
        "utterances, a frequent word": {"group": "utterance", "q": frequent},
    }
    facets = {
        "facets": {},
        "facets of a frequent word": {"q": frequent},
        "facets of a middling word": {"q": middling},
        "facets of the top speaker": {"speaker": top},
        "facets, frequent word, a year": {"q": frequent, **YEAR},
    }
    typed = {f"as you type: {'one letter' if n == 1 else f'{n} letters'}": {"name": top[:n]} for n in (1, 2, 4)}
    return {
        **{name: f"/quotes?{urlencode({**query, 'limit': LIMIT})}" for name, query in asked.items()},
        **{name: f"/quotes/facets?{urlencode(query)}" for name, query in facets.items()},
        **{name: f"/speakers?{urlencode({**query, 'limit': 10})}" for name, query in typed.items()},
    }


def _misspelt(name: str) -> str:
    """The surname with two letters changed about."""
    surname = name.split()[-1]
    return surname[:2] + surname[3] + surname[2] + surname[4:]


def deep_page(address: str) -> str:
    """The path of the thousandth page of all quotes, reached by its cursors."""
    following = f"{address}/quotes?limit={MOST}"
    with httpx.Client(timeout=60) as client:
        for _ in range((DEEP - 1) * LIMIT // MOST):
            following = client.get(following).raise_for_status().json()["next"]
    return following.removeprefix(address).replace(f"limit={MOST}", f"limit={LIMIT}")

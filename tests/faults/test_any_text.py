"""Any text there is, sent to the real service with the real models: never a fault of it, and every offset exact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.live import Server

pytestmark = pytest.mark.xdist_group("live")
UNICODE = st.text(st.characters(codec=None, categories=None), max_size=300)
"""Every code point, NUL and lone surrogates included."""
WORDS = "said |she said|according to |The Minister|dijo |сказал |安倍晋三|Marta Lindqvist|Владимир Путин|We will sail"
PIECES = [*"“”„«»‘’'\"\n\t \u2028\u200f\u0301\ufeff😀İßﬁ", "\r\n", "\n\n", ". ", ", ", *WORDS.split("|")]
NEWS = st.lists(st.sampled_from(PIECES) | UNICODE.map(lambda text: text[:5]), max_size=60).map("".join)
"""What looks like news to the extractor: marks, verbs and names in any order, with anything between them."""
ACCEPTED, REFUSED = (200, 201), {"text-empty", "text-has-nul", "text-has-surrogate"}


@settings(max_examples=60, deadline=None)
@given(text=NEWS | UNICODE)
@example(text="“" * 300)
@example(text="“A” said İ. " * 30)
@example(text="\ufeff“We will sail,” said Marta Lindqvist.\r\n")
def test_any_text_is_stored_with_exact_offsets_or_refused(server: Server, text: str):
    body = json.dumps({"text": text}).encode()
    answer = httpx.post(
        f"{server.url}/articles", content=body, headers={"Content-Type": "application/json"}, timeout=120
    )
    if answer.status_code not in ACCEPTED:
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2] in REFUSED) == (422, True), answer.text
        return
    article = answer.json()
    assert article["text"] == text
    for quote in article["quotes"]:
        for place in (*quote["segments"], quote["snippet"], quote["mention"], quote["cue"]):
            assert place is None or text[place["start"] : place["end"]] == place["text"] != ""
    assert httpx.delete(f"{server.url}/articles/{article['id']}").status_code == 204

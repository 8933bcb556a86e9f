"""Whatever the text and whatever the extractor finds in it: every offset is exact."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.extraction.document import Extraction, Quote, QuoteKind, Span, Speaker, SpeakerKind

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=800)


@st.composite
def spans(draw, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def extractions(draw) -> tuple[str, Extraction]:
    """A text, and quotes anywhere in it."""
    text = draw(TEXTS)
    assume(any(map(str.isalpha, text)))
    place = spans(len(text))
    speakers = st.builds(Speaker, TEXTS, st.sampled_from(SpeakerKind), st.lists(TEXTS, max_size=2).map(tuple))
    quotes = st.builds(
        Quote,
        segments=st.lists(place, min_size=1, max_size=3).map(lambda found: tuple(sorted(found))),
        kind=st.sampled_from(QuoteKind),
        speaker=st.none() | speakers,
        mention=st.none() | place,
        cue=st.none() | place,
        confidence=st.floats(0, 1),
        reason=st.just("drawn"),
    )
    return text, Extraction("en", tuple(draw(st.lists(quotes, max_size=4))), "drawn-1")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=extractions(), as_json=st.booleans())
def test_every_slice_of_the_stored_text_is_what_the_quote_says(client, extractor, drawn, as_json):
    text, extraction = drawn
    extractor.answers[text] = extraction
    body = (
        {"json": {"text": text}} if as_json else {"content": text.encode(), "headers": {"Content-Type": "text/plain"}}
    )
    answer = client.post("/articles", **body)
    assert answer.status_code in (200, 201), answer.text
    article = client.get(answer.headers["Location"]).json()
    assert article["text"] == text
    for quote in article["quotes"]:
        for place in (*quote["segments"], quote["snippet"], quote["mention"], quote["cue"]):
            assert place is None or text[place["start"] : place["end"]] == place["text"]
        assert quote["snippet"]["start"] <= quote["segments"][0]["start"]
        assert quote["text"] == " ".join(segment["text"] for segment in quote["segments"])
    assert client.delete(answer.headers["Location"]).status_code == 204

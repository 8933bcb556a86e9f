"""Quotes as JSON-LD: each a W3C Web Annotation whose body is a schema.org Quotation.

The annotation says where the words stand (https://www.w3.org/TR/annotation-model/), the quotation whose they are. Its
context is the W3C's own, which declares the prefix `schema` too. Positions count code points of the article's text as
it was sent, which is not the page at the article's URL: so the target's source is that text, `/articles/{id}#text`,
and the page is what the quotation is based on.
"""

import json
from collections.abc import Sequence
from typing import Any

from fastapi import Request

from app.extraction.document import SpeakerKind
from app.quotes.formats import iri, rfc_3339
from app.quotes.models import Passage
from app.quotes.shown import ShownQuote, ShownSpeaker
from app.utterances.schemas import UtteranceOut

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:terms:"}]
AFFIX = 32
"""Code points before and after a segment that help to find it in another copy of the text."""
AUTHORS = {SpeakerKind.PERSON: "schema:Person", SpeakerKind.ORGANIZATION: "schema:Organization"}


def annotation_page(request: Request, quotes: Sequence[ShownQuote], following: str | None) -> bytes:
    """An AnnotationPage of the collection of all quotes that the request's filters keep."""
    base = str(request.base_url).rstrip("/")
    page = {
        "@context": CONTEXT,
        "id": str(request.url.include_query_params(format="jsonld")),
        "type": "AnnotationPage",
        "partOf": {
            "id": str(request.url.remove_query_params(["format", "cursor", "limit"])),
            "type": "AnnotationCollection",
            "label": "Quotes",
        },
        "startIndex": None if "cursor" in request.query_params else 0,
        "next": following,
        "items": [_annotation(base, quote) for quote in quotes],
    }
    # Someone will put this into a script element of a page, as one does with schema.org.
    return json.dumps(_said(page), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").encode()


def _annotation(base: str, quote: ShownQuote) -> dict[str, Any]:
    return {
        "id": f"{base}/quotes/{quote.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": rfc_3339(quote.article.created_at),
        "generator": {"type": "Software", "name": "On Record", "schema:softwareVersion": quote.extractor},
        "body": _quotation(base, quote),
        "target": _one_or_all([_target(base, quote, segment) for segment in quote.segments]),
        "onrecord:confidence": quote.confidence,
        "onrecord:reason": quote.reason,
        "onrecord:highlights": [_place(one) for one in quote.highlights] or None,
        "onrecord:utterance": quote.utterance and _utterance(base, quote.utterance),
    }


def _utterance(base: str, said: UtteranceOut) -> dict[str, Any]:
    return {
        "id": f"{base}/utterances/{said.id}",
        "onrecord:appearances": said.appearances,
        "onrecord:firstSeen": rfc_3339(said.first_seen),
    }


def _quotation(base: str, quote: ShownQuote) -> dict[str, Any]:
    return {
        "id": f"{base}/quotes/{quote.id}#quotation",
        "type": "schema:Quotation",
        "schema:text": quote.text,
        "schema:inLanguage": quote.language,
        **_attribution(base, quote.speaker),
        "schema:isBasedOn": _one_or_all([*_document(base, quote.speaker), _article(base, quote)]),
    }


def _attribution(base: str, speaker: ShownSpeaker | None) -> dict[str, Any]:
    """The author where it is one; schema.org knows none that is a group or has no name, but lets credit it in words."""
    if speaker is None or speaker.kind == SpeakerKind.DOCUMENT:
        return {}
    if kind := AUTHORS.get(SpeakerKind(speaker.kind)):
        return {"schema:author": {"id": f"{base}/speakers/{speaker.id}", "type": kind, "schema:name": speaker.name}}
    return {"schema:creditText": speaker.name}


def _document(base: str, speaker: ShownSpeaker | None) -> list[dict[str, Any]]:
    """A speaker that is a document: a work the quotation is from."""
    if speaker is None or speaker.kind != SpeakerKind.DOCUMENT:
        return []
    return [{"id": f"{base}/speakers/{speaker.id}", "type": "schema:CreativeWork", "schema:name": speaker.name}]


def _article(base: str, quote: ShownQuote) -> dict[str, Any]:
    article = quote.article
    return {
        "id": f"{base}/articles/{article.id}",
        "type": "schema:Article",
        "schema:headline": article.title,
        "schema:url": article.url and {"id": iri(article.url)},
        "schema:datePublished": rfc_3339(article.published_at),
        "schema:publisher": article.outlet and {"type": "schema:Organization", "schema:name": article.outlet},
    }


def _target(base: str, quote: ShownQuote, segment: Passage) -> dict[str, Any]:
    """Where a segment stands, said twice: by its words, and by their place."""
    source = {"id": f"{base}/articles/{quote.article_id}#text", "type": "Text", "format": "text/plain"}
    around, begin = quote.snippet.text, quote.snippet.start
    start, end = segment.start - begin, segment.end - begin
    words = {
        "type": "TextQuoteSelector",
        "exact": segment.text,
        "prefix": around[max(0, start - AFFIX) : start],
        "suffix": around[end : end + AFFIX],
    }
    return {
        "type": "SpecificResource",
        "source": {**source, "language": quote.language},
        "selector": [words, _place(segment)],
    }


def _place(stretch: Passage) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": stretch.start, "end": stretch.end}


def _one_or_all(values: list[dict[str, Any]]) -> Any:
    return values[0] if len(values) == 1 else values


def _said(value: Any) -> Any:
    """The value without what is not known: JSON-LD leaves that out."""
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items() if one is not None}
    return [_said(one) for one in value] if isinstance(value, list) else value

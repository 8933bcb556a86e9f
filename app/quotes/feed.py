"""A saved search as an Atom feed, RFC 4287, in pages as RFC 5005 has them.

Written with the standard library: the packages kept up for it write no `next` link or want all of lxml.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from textwrap import shorten
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from fastapi import Request

from app.quotes.formats import iri, rfc_3339
from app.quotes.models import Passage
from app.quotes.schemas import Sort
from app.quotes.shown import ShownQuote

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMESPACE = UUID("9fdd5bfc-ea85-480d-bf6b-7da7af032fc7")
PAGING = {"cursor", "limit", "format", "sort"}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an empty feed was updated: a feed must say, and saying now would make every poll a change."""
register_namespace("", ATOM)


def atom_feed(request: Request, quotes: Sequence[ShownQuote], following: str | None) -> bytes:
    """A page of the feed of the quotes that the request's filters keep."""
    feed = Element(f"{{{ATOM}}}feed")
    address = request.url.include_query_params(format="atom")
    place = ["cursor", "limit", *(["sort"] if request.query_params.get("sort") == Sort.STORED else [])]
    _add(feed, "id", str(address.remove_query_params(place)))
    _add(feed, "title", _title(request))
    _add(feed, "updated", rfc_3339(max((quote.article.created_at for quote in quotes), default=NEVER)))
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", "On Record")
    _add(feed, "generator", "On Record")
    _link(feed, "self", str(address), "application/atom+xml")
    _link(feed, "next", following, "application/atom+xml")
    for quote in quotes:
        _entry(SubElement(feed, f"{{{ATOM}}}entry"), str(request.base_url), quote)
    indent(feed)
    return tostring(feed, encoding="utf-8", xml_declaration=True)


def _title(request: Request) -> str:
    """The feed's title: the search it is of."""
    filters = [f"{name} {value}" for name, value in request.query_params.items() if name not in PAGING]
    return f"Quotes: {', '.join(filters)}" if filters else "Quotes"


def _entry(entry: Element, base: str, quote: ShownQuote) -> None:
    article, speaker = quote.article, quote.speaker
    _add(entry, "id", _identity(quote))
    _add(entry, "title", f"{speaker.name if speaker else 'Unknown'}: “{_begin(quote.text)}”")
    _add(entry, "updated", rfc_3339(article.created_at))
    _add(entry, "published", rfc_3339(quote.said_at))
    if speaker:  # without one, the feed's author stands in, as RFC 4287 has it
        _add(SubElement(entry, f"{{{ATOM}}}author"), "name", speaker.name)
    _link(entry, "alternate", article.url, "text/html")
    _link(entry, "alternate", f"{base}quotes/{quote.id}", "application/json")
    content, kind = (_marked(quote), "html") if quote.highlights else (quote.text, "text")
    _add(entry, "content", content, type=kind, **{LANGUAGE: quote.language})
    _add(entry, "summary", _source(quote), type="text")


def _begin(text: str) -> str:
    """A hundred characters at most, whole words where there are spaces between them."""
    short = shorten(text, 100, placeholder="…")
    return f"{text[:99]}…" if short == "…" else short


def _marked(quote: ShownQuote) -> str:
    """The words as HTML, what answers the search in `mark` elements."""
    return " ".join(
        "".join(
            f"<mark>{escape(words)}</mark>" if is_hit else escape(words) for words, is_hit in _parts(segment, quote)
        )
        for segment in quote.segments
    )


def _parts(segment: Passage, quote: ShownQuote) -> Iterator[tuple[str, bool]]:
    place = 0
    for hit in quote.highlights:
        if segment.start <= hit.start < segment.end:
            yield segment.text[place : hit.start - segment.start], False
            yield hit.text, True
            place = hit.end - segment.start
    yield segment.text[place:], False


def _identity(quote: ShownQuote) -> str:
    """The same for the same words at the same place of the same text: it outlives the host's name and re-extraction."""
    places = " ".join(f"{segment.start}:{segment.end}" for segment in quote.segments)
    return uuid5(NAMESPACE, f"{quote.article.content_hash} {places}").urn


def _source(quote: ShownQuote) -> str:
    """Where it was said, and how sure that is."""
    named = [part for part in (quote.article.outlet, quote.article.title) if part]
    if quote.utterance:
        named.append(f"appearances {quote.utterance.appearances}")
    return " · ".join([*named, f"confidence {quote.confidence:.2f}", quote.reason])


def _add(parent: Element, name: str, value: str | None, **attributes: str) -> None:
    if value is not None:
        SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = NO_XML.sub("\ufffd", value)


def _link(parent: Element, relation: str, address: str | None, kind: str) -> None:
    if address is not None:
        SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "type": kind, "href": iri(address)})

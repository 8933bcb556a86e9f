"""Quotes: found in an extraction, kept, shown and searched."""

from collections.abc import Mapping
from typing import Any

from app.articles.models import Article
from app.database import ReadSession
from app.errors import OnRecordError
from app.extraction import document
from app.extraction.document import Extraction, Span
from app.pagination import Page
from app.quotes import repository
from app.quotes.models import Passage, Quote, Segment, Status
from app.quotes.schemas import ExtractedQuote, QuotesQuery
from app.quotes.snippets import snippet
from app.search.words import indexed, terms
from app.speakers.schemas import SpeakerRef
from app.speakers.service import refuse_wordless


class QuoteNotFoundError(OnRecordError):
    """No quote has this id."""

    status, name, title = 404, "quote-not-found", "No such quote"


class SearchInvalidError(OnRecordError):
    """A search without a word to search for."""

    status, name, title = 422, "search-invalid", "There is nothing to search for"


def get(session: ReadSession, quote_id: int) -> Quote:
    """A quote. Raises QuoteNotFoundError."""
    quote = repository.get(session, quote_id)
    if quote is None:
        raise QuoteNotFoundError(f"There is no quote {quote_id}.")
    return quote


def page(session: ReadSession, query: QuotesQuery) -> Page[Quote]:
    """A page of quotes. Raises NameInvalidError, SearchInvalidError and what a bad cursor raises."""
    if query.speaker is not None:
        refuse_wordless(query.speaker, "speaker")
    if query.q is not None and not terms(query.q):
        raise SearchInvalidError("Write at least one word with letters or digits in it.", field="q")
    return repository.page(session, query)


def rows(
    article: Article, found: Extraction, speaker_ids: Mapping[document.Speaker, int], followed: Mapping[int, int]
) -> list[Quote]:
    """The rows of an article's quotes, in reading order. `followed` says which speaker each one is by now."""
    ordered = sorted(found.quotes, key=lambda quote: quote.segments)
    built = [_row(article, quote, position, speaker_ids) for position, quote in enumerate(ordered)]
    for row in built:
        row.extractor, row.status, row.speaker_corrected = found.extractor, Status.FOUND, False
        row.speaker_id = None if row.found_speaker_id is None else followed[row.found_speaker_id]
    return built


def unstored(text: str, found: Extraction) -> list[ExtractedQuote]:
    """The quotes of a text as the API shows them when nothing is stored."""
    return [_unstored(text, quote, found.language) for quote in sorted(found.quotes, key=lambda one: one.segments)]


def _row(article: Article, quote: document.Quote, position: int, speaker_ids: Mapping[document.Speaker, int]) -> Quote:
    said = _said(article.text, quote)
    return Quote(
        article_id=article.id,
        position=position,
        segments=[
            Segment(position=place, start=one.start, end=one.end, text=one.text)
            for place, one in enumerate(said.pop("segments"))
        ],
        found_speaker_id=speaker_ids[quote.speaker] if quote.speaker else None,
        **_columns("mention", said.pop("mention")),
        **_columns("cue", said.pop("cue")),
        **_columns("snippet", said.pop("snippet")),
        language=article.language,
        said_at=article.published_at,
        ordered_at=article.published_at or article.created_at,
        words=indexed(said["text"]),
        **said,
    )


def _unstored(text: str, quote: document.Quote, language: str) -> ExtractedQuote:
    speaker = quote.speaker and SpeakerRef(id=None, name=quote.speaker.name, kind=quote.speaker.kind)
    return ExtractedQuote.model_validate({**_said(text, quote), "speaker": speaker, "language": language})


def _said(text: str, quote: document.Quote) -> dict[str, Any]:
    """What a quote is, apart from who its speaker is in the archive."""
    segments = [_passage(text, segment) for segment in quote.segments]
    return {
        "text": " ".join(segment.text for segment in segments),
        "segments": segments,
        "kind": quote.kind,
        "mention": quote.mention and _passage(text, quote.mention),
        "cue": quote.cue and _passage(text, quote.cue),
        "confidence": quote.confidence,
        "reason": quote.reason,
        "snippet": _passage(text, snippet(text, Span(segments[0].start, segments[-1].end))),
    }


def _passage(text: str, span: Span) -> Passage:
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"{span} does not stand in a text of {len(text)} characters")
    return Passage(span.start, span.end, span.of(text))


def _columns(prefix: str, passage: Passage | None) -> dict[str, Any]:
    return {f"{prefix}_{part}": getattr(passage, part, None) for part in ("start", "end", "text")}

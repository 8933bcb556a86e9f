"""Quotes: found in an extraction, kept, shown and searched."""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from app.articles.models import Article
from app.database import ReadSession
from app.errors import OnRecordError
from app.extraction import document
from app.extraction.document import Extraction, Span
from app.pagination import Page
from app.quotes import repository
from app.quotes.models import Passage, Quote, Segment, Status
from app.quotes.schemas import (
    ExtractedQuote,
    FacetsOut,
    FacetsQuery,
    Group,
    Period,
    PeriodCount,
    QuotesQuery,
    Sort,
    SpokenFilters,
    Timeline,
    TimelineQuery,
)
from app.quotes.shown import ShownQuote
from app.quotes.snippets import snippet
from app.search.highlights import highlights
from app.search.syntax import Node, SyntaxRefusedError, parse
from app.search.words import indexed
from app.speakers import service as speakers
from app.speakers.schemas import SpeakerRef
from app.speakers.service import refuse_wordless
from app.utterances.summaries import summaries


class QuoteNotFoundError(OnRecordError):
    """No quote has this id."""

    status, name, title = 404, "quote-not-found", "No such quote"


class SearchInvalidError(OnRecordError):
    """A search that cannot be meant, or without a word to search for."""

    status, name, title = 422, "search-invalid", "That is not a search"


def get(session: ReadSession, quote_id: int) -> Quote:
    """A quote. Raises QuoteNotFoundError."""
    quote = repository.get(session, quote_id)
    if quote is None:
        raise QuoteNotFoundError(f"There is no quote {quote_id}.")
    return quote


def page(session: ReadSession, query: QuotesQuery) -> Page[ShownQuote]:
    """A page of quotes. Raises NameInvalidError, SearchInvalidError and what a bad cursor raises."""
    tree = searched(query)
    found = repository.page(session, query, tree)
    return Page(_marked(_summed_up(session, found.rows, query), tree), found.cursor)


def export(session: ReadSession, query: QuotesQuery) -> Generator[Sequence[ShownQuote], None, None]:
    """All quotes from the cursor on, of one moment, few at a time. Raises what `page` does; close it."""
    tree = searched(query)
    return _complete(session, repository.batches(session, query, tree), query, tree)


def facets(session: ReadSession, query: FacetsQuery) -> FacetsOut:
    """How the quotes that pass the filters are spread. Raises NameInvalidError and SearchInvalidError."""
    return repository.facets(session, query, searched(query))


def timeline(session: ReadSession, speaker_id: int, query: TimelineQuery) -> Timeline:
    """When a speaker was quoted. Raises SpeakerNotFoundError, SearchInvalidError."""
    speaker = speakers.get(session, speakers.current(session, speaker_id))
    filters = QuotesQuery(speaker=str(speaker.id), **query.model_dump(exclude={"by"}, exclude_none=True))
    counts: Counter[date | None] = Counter()
    for day, count in repository.counts_by_day(session, filters, searched(filters)):
        counts[day and _beginning(date.fromisoformat(day), query.by)] += count
    undated = counts.pop(None, 0)
    items = [PeriodCount(start=start, count=count) for start, count in counts.items() if start]
    shown = SpeakerRef(id=speaker.id, name=speaker.name, kind=speaker.kind)
    return Timeline(speaker=shown, by=query.by, time_zone="UTC", items=items, undated=undated)


def _beginning(day: date, period: Period) -> date:
    """The first day of the period that a day is in."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period is Period.MONTH else day


def searched(query: SpokenFilters) -> Node | None:
    """What the query searches for. Raises NameInvalidError and SearchInvalidError."""
    if query.speaker is not None:
        refuse_wordless(query.speaker, "speaker")
    if query.q is None and isinstance(query, QuotesQuery) and query.sort is Sort.RELEVANCE:
        raise SearchInvalidError("Only a search has relevance: send q too, or sort by newest.", field="sort")
    try:
        return None if query.q is None else parse(query.q)
    except SyntaxRefusedError as error:
        raise SearchInvalidError(str(error), field="q") from None


def _complete(
    session: ReadSession, batches: Generator[Sequence[ShownQuote], None, None], query: QuotesQuery, tree: Node | None
) -> Generator[Sequence[ShownQuote], None, None]:
    with closing(batches):
        for batch in batches:
            yield _marked(_summed_up(session, batch, query), tree)


def _summed_up(session: ReadSession, quotes: Sequence[ShownQuote], query: QuotesQuery) -> Sequence[ShownQuote]:
    """The quotes, in a grouped list with what each is an appearance of."""
    if query.group is Group.UTTERANCE and quotes:
        found = summaries(session, {quote.utterance_id for quote in quotes if quote.utterance_id})
        for quote in quotes:
            quote.utterance = found.get(quote.utterance_id)
    return quotes


def _marked(quotes: Sequence[ShownQuote], tree: Node | None) -> Sequence[ShownQuote]:
    """The quotes, with what of each answers the search."""
    for quote in quotes if tree else ():
        quote.highlights = [
            Passage(segment.start + start, segment.start + end, segment.text[start:end])
            for segment, (start, end) in highlights(tree, quote.segments, quote.language)
        ]
    return quotes


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
        words=indexed(said["text"], article.language),
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

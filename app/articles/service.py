"""Articles: stored once with their quotes, shown, removed."""

from app.articles import metadata, reading, repository
from app.articles.models import Article, ArticleState
from app.articles.schemas import ArticleCorrection, ArticleIn, ArticleOut, ArticlesQuery, ArticleSummary
from app.changes import repository as changes
from app.changes.schemas import Action
from app.database import ReadSession, WriteSession
from app.errors import OnRecordError
from app.etags import etag, refuse_outdated
from app.extraction.document import Extraction
from app.jobs import repository as jobs_repository
from app.pagination import Page
from app.quotes import corrections
from app.quotes import repository as quotes_repository
from app.quotes.schemas import QuoteOut
from app.speakers import repository as speakers_repository
from app.speakers import service as speakers
from app.utterances import repository as utterances_repository
from app.utterances import service as utterances


class ArticleNotFoundError(OnRecordError):
    """No article has this id."""

    status, name, title = 404, "article-not-found", "No such article"


def get(session: ReadSession, article_id: int) -> ArticleOut:
    """An article with its quotes. Raises ArticleNotFoundError."""
    article = repository.get(session, article_id)
    if article is None:
        raise _not_found(article_id)
    return _shown(session, article)


def read_already(session: ReadSession | WriteSession, submitted: ArticleIn) -> ArticleOut | None:
    """The article with exactly this text, where it has been read, with warnings of what is known of it otherwise."""
    article = repository.with_text(session, submitted.text)
    return _sent_again(session, article, submitted) if article and article.state == ArticleState.DONE else None


def fill(session: WriteSession, submitted: ArticleIn) -> ArticleOut | None:
    """As `read_already`, after what was not known of the article was filled in."""
    if article := repository.with_text(session, submitted.text):
        metadata.fill(session, article, submitted)
    return read_already(session, submitted)


def correct(
    session: WriteSession, article_id: int, correction: ArticleCorrection, who: str | None, if_match: str | None
) -> ArticleOut:
    """The article with what a person says of it. Raises ArticleNotFoundError, PreconditionFailedError."""
    article = locked(session, article_id, if_match)
    before = metadata.of(article)
    metadata.give(session, article, correction.model_dump(exclude_unset=True))
    after = metadata.of(article)
    if changed := [name for name in before if before[name] != after[name]]:
        kept = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
        changes.record(session, Action.EDIT_ARTICLE, who, article_id=article_id, **kept)
    session.expire_all()
    article = repository.get(session, article_id)
    assert article is not None
    return _shown(session, article)


def page(session: ReadSession, query: ArticlesQuery) -> Page[ArticleSummary]:
    """A page of articles, the last stored first."""
    found = repository.page(session, query)
    counts = repository.quote_counts(session, [article.id for article in found.rows])
    return Page([_summary(article, counts.get(article.id, 0)) for article in found.rows], found.cursor)


def store(session: WriteSession, submitted: ArticleIn, found: Extraction) -> tuple[ArticleOut, bool]:
    """The article with its quotes, and whether it is new: a text is stored once, whoever sends it when."""
    read = {**reading.found_in(found), "state": ArticleState.DONE}
    article_id = repository.add(session, submitted.text, **reading.sent(submitted), **read)
    fresh = article_id or reading.overtake(session, submitted.text, found)
    article = repository.with_text(session, submitted.text)
    if article is None:
        return store(session, submitted, found)  # it was there, and was removed before it could be read
    if article_id is None:
        metadata.fill(session, article, submitted)
    if fresh:
        reading.add_quotes(session, article, found)
    return _sent_again(session, article, submitted), article_id is not None


def remove(session: WriteSession, article_id: int, if_match: str | None = None, who: str | None = None) -> None:
    """Remove an article, its quotes, and the utterances and speakers without any other. What was done to them stays.

    Raises ArticleNotFoundError, PreconditionFailedError.
    """
    # What is extracted anew meanwhile is over before its speakers are listed.
    article = locked(session, article_id, if_match)
    jobs_repository.settle(session, [article_id], ArticleState.FAILED, "The article was removed before it was read.")
    quoted = speakers_repository.speakers_of(session, article_id)
    said = utterances_repository.utterances_of(session, article_id)
    speakers.drop_stray_names(session, article_id)
    changes.record(session, Action.DELETE_ARTICLE, who, article_id=article_id, before=metadata.of(article), after={})
    repository.remove(session, article_id)
    utterances.settle(session, said)
    speakers_repository.remove_silent(session, quoted)


def tag_of(article: ArticleOut) -> str:
    """The ETag of an article: where it comes from, its quotes and who read it."""
    source = article.model_dump(mode="json", include=set(metadata.FIELDS))
    quotes = [corrections.tag_of(quote) for quote in article.quotes]
    return etag([article.id, article.extractor, article.state, source, quotes])


def locked(session: WriteSession, article_id: int, if_match: str | None) -> Article:
    """An article that nobody else can change meanwhile, and that is as the sender has seen it."""
    article = repository.get(session, article_id) if repository.lock(session, article_id) else None
    if article is None:
        raise _not_found(article_id)
    refuse_outdated(if_match, tag_of(_shown(session, article)) if if_match else "")
    return article


def _not_found(article_id: int) -> ArticleNotFoundError:
    return ArticleNotFoundError(f"There is no article {article_id}.")


def _summary(article: Article, quote_count: int) -> ArticleSummary:
    return ArticleSummary.model_validate({**_values(article), "quote_count": quote_count})


def _shown(session: ReadSession | WriteSession, article: Article) -> ArticleOut:
    rows = [QuoteOut.model_validate(row) for row in quotes_repository.of_article(session, article.id)]
    return ArticleOut.model_validate(
        {**_values(article), "text": article.text, "quotes": rows, "quote_count": len(rows)}
    )


def _sent_again(session: ReadSession | WriteSession, article: Article, submitted: ArticleIn) -> ArticleOut:
    shown = _shown(session, article)
    return shown.model_copy(update={"warnings": [*shown.warnings, *metadata.differing(article, submitted)]})


def _values(article: Article) -> dict[str, object]:
    columns = {name: getattr(article, name) for name in ArticleSummary.model_fields if name != "quote_count"}
    return {**columns, "language": article.language or None, "extractor": article.extractor or None}

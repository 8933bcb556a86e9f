"""What its sender says of an article: filled in by who sends the same text again, corrected by hand."""

from typing import Any

from app.articles import repository
from app.articles.models import Article
from app.articles.schemas import ArticleSource
from app.changes.models import Change
from app.database import WriteSession
from app.moments import moment
from app.quotes import repository as quotes
from app.quotes.corrections import ChangeSupersededError
from app.search.words import fold
from app.utterances import service as utterances

FIELDS = tuple(ArticleSource.model_fields)
DATE = "published_at"


def of(article: Article) -> dict[str, Any]:
    """What a change keeps of an article: no text."""
    kept = {name: getattr(article, name) for name in FIELDS}
    return {**kept, DATE: kept[DATE] and kept[DATE].isoformat()}


def missing(article: Any, sent: ArticleSource) -> dict[str, Any]:
    """What was sent with a text and is not known of its article."""
    known = {name: getattr(sent, name) for name in FIELDS if getattr(article, name) is None}
    return {name: value for name, value in known.items() if value is not None}


def fill(session: WriteSession, article: Article, sent: ArticleSource) -> None:
    """Keep what was sent with the same text again, where it was not known."""
    if missing(article, sent):
        session.refresh(article, FIELDS, with_for_update=True)  # another one may fill it at this moment
        give(session, article, missing(article, sent))


def differing(article: Any, sent: ArticleSource) -> list[str]:
    """A warning for each thing that was sent with the same text and is known otherwise."""
    both = ((name, getattr(article, name), getattr(sent, name)) for name in FIELDS)
    return [
        f"The text is stored as article {article.id}, whose {name} stays {str(kept)!r}; {str(other)!r} was sent."
        for name, kept, other in both
        if None not in (kept, other) and kept != other
    ]


def give(session: WriteSession, article: Article, values: dict[str, Any]) -> None:
    """Set what is known of a locked article. Its quotes are said when it was published."""
    before = article.published_at
    for name, value in values.items():
        setattr(article, name, value)
    article.outlet_key = article.outlet and fold(article.outlet)
    session.flush()
    if article.published_at != before:
        said = article.published_at
        quotes.date(session, article.id, said, said or article.created_at)
        utterances.reassign(session, quotes.ids_of_article(session, article.id))


def undo(session: WriteSession, change: Change) -> None:
    """Give an article back what was known before a correction. Raises ChangeSupersededError."""
    assert change.article_id is not None
    article = repository.get(session, change.article_id) if repository.lock(session, change.article_id) else None
    if article is None:
        raise ChangeSupersededError(f"Article {change.article_id}, which it is about, was removed.")
    current = of(article)
    if any(current[name] != value for name, value in change.after.items()):
        raise ChangeSupersededError(
            "A later change stands on it; GET /changes?article= lists them. Undo that one first."
        )
    date = change.before.get(DATE)
    give(session, article, {**change.before, **({DATE: moment(date, DATE)} if date else {})})

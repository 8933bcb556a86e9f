"""What people corrected, as annotated articles for `onrecord evaluate` and `onrecord train`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.articles import repository as articles
from app.database import Database
from app.quotes import repository as quotes
from app.quotes.models import Quote, Status
from app.quotes.rereading import is_corrected

if TYPE_CHECKING:
    from collections.abc import Iterator


def gold(database: Database, *, partly: bool) -> Iterator[dict[str, Any]]:
    """Articles of which a person has settled every quote; with `partly`, those with any settled quote.

    Of the latter the quotes nobody has looked at come as the extractor found them.
    """
    with database.read() as session:
        for article_id in quotes.articles_with_corrections(session):
            rows = quotes.all_of_article(session, article_id)
            if partly or all(map(is_corrected, rows)):
                article = articles.get(session, article_id)
                assert article is not None
                said = [_quote(row) for row in rows if row.status != Status.REJECTED]
                yield {"id": str(article.id), "text": article.text, "language": article.language, "quotes": said}
            session.expunge_all()


def _quote(quote: Quote) -> dict[str, Any]:
    settled: dict[str, Any] = {"segments": [[one.start, one.end] for one in quote.segments]}
    if quote.corrected_speaker_id == quote.found_speaker_id or not quote.speaker_corrected:
        settled["source"] = [[quote.mention.start, quote.mention.end]] if quote.mention else []
        settled["cue"] = [[quote.cue.start, quote.cue.end]] if quote.cue else []
    # A speaker corrected to another is not the one the mention names: then the source stays unlabelled.
    names = [alias.name for alias in quote.speaker.aliases] if quote.speaker else []
    settled["speaker"] = list(dict.fromkeys([quote.speaker.name, *names])) if quote.speaker else []
    return settled | {"kind": quote.kind}

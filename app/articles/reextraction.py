"""Reading a stored article again by the current extractor, without losing what people corrected."""

from app.articles.models import ArticleState
from app.articles.schemas import QuoteBrief, Reextraction, SpeakerChanged
from app.articles.service import locked
from app.database import WriteSession
from app.errors import OnRecordError
from app.extraction.document import Extraction
from app.quotes import repository as quotes_repository
from app.quotes import rereading
from app.quotes import service as quotes
from app.quotes.models import Quote
from app.quotes.rereading import Reread
from app.speakers import repository as speakers_repository
from app.speakers import roles
from app.speakers import service as speakers
from app.utterances import repository as utterances_repository
from app.utterances import service as utterances


class ArticleUnreadError(OnRecordError):
    """The article waits to be read for the first time, or could not be read."""

    status, name, title = 409, "article-unread", "The article was never read"


def refuse_unread(article_id: int, state: str) -> None:
    """Raises ArticleUnreadError where there is no reading to compare with."""
    if state != ArticleState.DONE:
        detail = f"Article {article_id} is {state}. Wait until it is read, or send its text again where that failed."
        raise ArticleUnreadError(detail)


def store(session: WriteSession, article_id: int, found: Extraction, if_match: str | None = None) -> Reextraction:
    """Make a new reading the article's, and say what changed.

    Raises ArticleNotFoundError, ArticleUnreadError, PreconditionFailedError.
    """
    article = locked(session, article_id, if_match)
    refuse_unread(article_id, article.state)
    quoted = speakers_repository.speakers_of(session, article_id)
    said = utterances_repository.utterances_of(session, article_id)
    before, article.extractor, article.warnings = article.extractor, found.extractor, list(found.warnings)
    speakers.drop_stray_names(session, article_id)
    speaker_ids = speakers.link(session, [quote.speaker for quote in found.quotes if quote.speaker], article_id)
    roles.note(session, article_id, article.text, speaker_ids)
    followed = speakers.followed(session, speaker_ids.values())
    changed = rereading.lay_over(session, article_id, quotes.rows(article, found, speaker_ids, followed))
    gone = [_brief(quote) for quote in changed.gone]
    report = _report(session, article_id, changed, gone)
    utterances.reassign(session, quotes_repository.ids_of_article(session, article_id))
    utterances.settle(session, said)
    speakers_repository.remove_silent(session, quoted)
    return report.model_copy(update={"extractor_before": before, "extractor": found.extractor})


def _report(session: WriteSession, article_id: int, changed: Reread, gone: list[QuoteBrief]) -> Reextraction:
    now = quotes_repository.with_ids(session, [*changed.added, *changed.kept, *changed.other_speaker])
    before = speakers_repository.names(session, changed.other_speaker.values())
    return Reextraction(
        article=article_id,
        extractor="",
        extractor_before="",
        found_again=changed.found_again,
        added=[_brief(now[one]) for one in changed.added],
        gone=gone,
        kept=[_brief(now[one]) for one in changed.kept],
        other_speaker=[
            SpeakerChanged(**_brief(now[one]).model_dump(), speaker_before=before.get(was))
            for one, was in changed.other_speaker.items()
        ],
    )


def _brief(quote: Quote) -> QuoteBrief:
    return QuoteBrief(id=quote.id, text=quote.text, speaker=quote.speaker.name if quote.speaker else None)

"""Every table, in one import: for Alembic, and so that relationships find each other."""

from app.articles.models import Article
from app.changes.models import Change, MovedQuote
from app.database import Base
from app.idempotency.models import IdempotencyKey
from app.jobs.models import Job, JobItem
from app.keys.models import ApiKey
from app.quotes.models import Quote, Segment
from app.speakers.models import Alias, NameLink, NameWord, RefusedName, Speaker, SpeakerRole
from app.utterances.models import Appearance, Utterance, UtteranceBand

__all__ = [
    "Alias",
    "ApiKey",
    "Appearance",
    "Article",
    "Base",
    "Change",
    "IdempotencyKey",
    "Job",
    "JobItem",
    "MovedQuote",
    "NameLink",
    "NameWord",
    "Quote",
    "RefusedName",
    "Segment",
    "Speaker",
    "SpeakerRole",
    "Utterance",
    "UtteranceBand",
]

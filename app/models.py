"""Every table, in one import: for Alembic, and so that relationships find each other."""

from app.articles.models import Article
from app.database import Base
from app.quotes.models import Quote, Segment
from app.speakers.models import Alias, NameLink, NameWord, Speaker
from app.utterances.models import Appearance, Utterance, UtteranceBand

__all__ = [
    "Alias",
    "Appearance",
    "Article",
    "Base",
    "NameLink",
    "NameWord",
    "Quote",
    "Segment",
    "Speaker",
    "Utterance",
    "UtteranceBand",
]

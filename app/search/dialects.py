"""Which search a database has."""

from sqlalchemy.orm import Session

from app.search.postgres import VectorSearch
from app.search.protocol import Search
from app.search.sqlite import Fts5Search


def search_of(session: Session) -> Search:
    """The search of the session's database."""
    return Fts5Search() if session.get_bind().dialect.name == "sqlite" else VectorSearch()

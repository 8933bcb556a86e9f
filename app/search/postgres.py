"""Full-text search by PostgreSQL's tsvector."""

from sqlalchemy import ColumnElement, and_, column, func, literal_column
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.quotes.models import Quote

VECTOR = column("words_vector", TSVECTOR, _selectable=Quote.__table__)
SIMPLE = literal_column("'simple'::regconfig")


class VectorSearch:
    """Search in the generated column `quotes.words_vector` (see `migrations.quote_search`)."""

    def matching(self, terms: list[list[str]]) -> ColumnElement[bool]:
        return and_(*(VECTOR.op("@@")(func.phraseto_tsquery(SIMPLE, " ".join(row))) for row in terms))

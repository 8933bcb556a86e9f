"""Full-text search by SQLite's FTS5."""

from sqlalchemy import ColumnElement, column, select, table

from app.quotes.models import Quote

FTS = table("quotes_fts", column("rowid"), column("quotes_fts"))


class Fts5Search:
    """Search in the table `quotes_fts` (see `migrations.quote_search`)."""

    def matching(self, terms: list[list[str]]) -> ColumnElement[bool]:
        # Words hold neither quotation marks nor spaces: inside marks nothing is FTS5 syntax.
        expression = " AND ".join('"' + " ".join(row) + '"' for row in terms)
        return Quote.id.in_(select(FTS.c.rowid).where(FTS.c.quotes_fts.op("MATCH")(expression)))

"""The main queries read their indexes: nothing walks a whole table."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, text

from app.quotes import service as quotes
from app.quotes.schemas import FacetsQuery, QuotesQuery
from app.search import sqlite
from app.speakers import service as speakers
from app.speakers.schemas import SpeakersQuery

PAGE = "“Peace talks begin,” said Sergei Shoigu. “Peace talks end,” said Marta Lindqvist."
INDEXES = {
    "date": (quotes.page, QuotesQuery(), "ix_quotes_ordered_at_id"),
    "confidence": (quotes.page, QuotesQuery(sort="confidence"), "ix_quotes_confidence_id"),
    "language": (quotes.page, QuotesQuery(language="en"), "ix_quotes_language_ordered_at_id"),
    "speaker": (quotes.page, QuotesQuery(speaker="shoigu"), "ix_quotes_speaker_id_ordered_at_id"),
    "speaker and date": (
        quotes.page,
        QuotesQuery(speaker="shoigu", said_after="2024-01-01"),
        "ix_quotes_speaker_id_ordered_at_id",
    ),
    "speaker by a slip": (quotes.page, QuotesQuery(speaker="Shiogu"), "name_trigrams|ix_name_words_trigrams"),
    "words": (quotes.page, QuotesQuery(q="peace"), "quotes_fts|ix_quotes_words_vector"),
    "phrase": (quotes.page, QuotesQuery(q='"peace talks"'), "quotes_fts|ix_quotes_words_vector"),
    "prefix": (quotes.page, QuotesQuery(q="negotiat*"), "quotes_fts|ix_quotes_words_vector"),
    "relevance": (quotes.page, QuotesQuery(q="peace", sort="relevance"), "quotes_fts|ix_quotes_words_vector"),
    "facets of words": (quotes.facets, FacetsQuery(q="peace"), "quotes_fts|ix_quotes_words_vector"),
    "facets of all": (quotes.facets, FacetsQuery(), "ix_quotes_ordered_at_id"),
    "facets of a speaker": (quotes.facets, FacetsQuery(speaker="shoigu"), "ix_quotes_speaker_id_ordered_at_id"),
    "as one types": (speakers.page, SpeakersQuery(name="sho"), "name_words_1|pk_name_words"),
}
# On SQLite a scan that names no index walks a table; what scans a result, an index or one row is no such walk.
WALK = re.compile(r"SCAN (quotes|articles|segments|speakers|aliases|name_words)\b(?!.*INDEX)|Seq Scan on")


@pytest.fixture
def session(client):
    """A read session on an archive of two quotes; PostgreSQL is told that walking it all costs more than it does."""
    assert client.post("/articles", json={"text": PAGE, "outlet": "Kurier"}).status_code == 201
    with client.app.state.database.read() as session:
        if session.get_bind().dialect.name != "sqlite":
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("SET LOCAL enable_sort = off"))
        yield session


def plans(session, work) -> str:
    """The plans of all the statements that `work` runs."""
    run = []
    connection = session.connection()
    note = lambda _c, _cursor, statement, parameters, *_rest: run.append((statement, parameters))  # noqa: E731
    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    asked = [(statement, parameters) for statement, parameters in run if "set_config" not in statement]
    return "\n".join(
        str(row) for one, given in asked for row in connection.exec_driver_sql(explain + one, given).fetchall()
    )


@pytest.mark.parametrize("name", INDEXES)
def test_the_main_queries_read_their_indexes(session, name):
    work, query, index = INDEXES[name]
    found = plans(session, lambda: work(session, query))
    assert re.search(index, found), found
    assert not WALK.search(found), found


def test_a_frequent_word_is_looked_for_along_the_dates(session, monkeypatch):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows how frequent a word is, and chooses itself")
    monkeypatch.setattr(sqlite, "FEW", 1)
    found = plans(session, lambda: quotes.page(session, QuotesQuery(q="peace")))
    walk = found[found.index("SCAN quotes USING INDEX ix_quotes_ordered_at_id") :]
    assert "TEMP B-TREE" not in walk[: walk.index("segments")]
    assert len(quotes.page(session, QuotesQuery(q="peace")).rows) == 2

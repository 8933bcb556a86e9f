"""Search by stems, and by names with slips.

Revision: 0003, after 0002. The words of quotes are written anew with their stems, which only Python can tell;
PostgreSQL's vector takes them as they are, where its own parser dropped some that SQLite keeps.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from app.search.words import MARK, indexed
from migrations import name_search, quote_search

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 1000
BY_LANGUAGE = "ix_quotes_language_ordered_at_id"
QUOTES = sa.table("quotes", sa.column("id"), sa.column("text"), sa.column("language"), sa.column("words"))


def upgrade() -> None:
    quote_search.drop_index()
    rewrite_words(lambda row: indexed(row.text, row.language))
    quote_search.create_token_index()
    op.create_index(BY_LANGUAGE, "quotes", ["language", "ordered_at", "id"])
    name_search.create_index()


def downgrade() -> None:
    name_search.drop_index()
    op.drop_index(BY_LANGUAGE, "quotes")
    quote_search.drop_index()
    rewrite_words(lambda row: " ".join(word for word in row.words.split() if MARK not in word))
    quote_search.create_index()


def rewrite_words(anew: Callable[[sa.Row], str]) -> None:
    """Write `quotes.words` anew, some rows at a time."""
    connection = op.get_bind()
    change = sa.update(QUOTES).where(QUOTES.c.id == sa.bindparam("row")).values(words=sa.bindparam("anew"))
    last = 0
    while rows := connection.execute(sa.select(QUOTES).where(QUOTES.c.id > last).order_by("id").limit(BATCH)).all():
        connection.execute(change, [{"row": row.id, "anew": anew(row)} for row in rows])
        last = rows[-1].id

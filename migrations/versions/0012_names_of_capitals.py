"""Names of two capitals among the indexed words, so that a search tells them from common words (US, us).

Revision: 0012, after 0011.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from app.search.words import MARK, capitals, indexed

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BATCH = 1000
QUOTES = sa.table("quotes", sa.column("id"), sa.column("text"), sa.column("language"), sa.column("words"))


def upgrade() -> None:
    rewrite_words(lambda row: indexed(row.text, row.language))


def downgrade() -> None:
    rewrite_words(lambda row: " ".join(word for word in row.words.split() if not word.startswith(MARK)))


def rewrite_words(anew: Callable[[sa.Row], str]) -> None:
    """Write `quotes.words` anew where such a name is in a quote, some rows at a time."""
    connection = op.get_bind()
    change = sa.update(QUOTES).where(QUOTES.c.id == sa.bindparam("row")).values(words=sa.bindparam("anew"))
    last = 0
    while rows := connection.execute(sa.select(QUOTES).where(QUOTES.c.id > last).order_by("id").limit(BATCH)).all():
        if changed := [{"row": row.id, "anew": anew(row)} for row in rows if any(capitals(row.text))]:
            connection.execute(change, changed)
        last = rows[-1].id

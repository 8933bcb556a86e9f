"""Search while others write: on SQLite blocks of quotes, on PostgreSQL an index without a list of what it lacks.

Revision: 0010, after 0009.
"""

from alembic import op

from migrations import quote_blocks
from migrations.quote_search import VECTOR_INDEX

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    quote_blocks.create_table()
    if op.get_bind().dialect.name == "postgresql":
        # Every search would read up to four megabytes of new entries one by one, and some writer would put all of them
        # into the index at once.
        op.execute(f"ALTER INDEX {VECTOR_INDEX} SET (fastupdate = off)")
        op.execute(f"SELECT gin_clean_pending_list('{VECTOR_INDEX}')")


def downgrade() -> None:
    quote_blocks.drop_table()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX {VECTOR_INDEX} RESET (fastupdate)")

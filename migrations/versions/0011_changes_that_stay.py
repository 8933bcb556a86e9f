"""Changes stay when what they are about goes, and tell which quotes a split moved.

Revision: 0011, after 0010.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFERENCE = "fk_changes_quote_id_quotes"


def upgrade() -> None:
    # On SQLite the batch builds the table anew; nothing refers to it yet, so that no row goes with the old one.
    with op.batch_alter_table("changes", table_kwargs={"sqlite_autoincrement": True}) as changes:
        changes.drop_constraint(REFERENCE, type_="foreignkey")
        changes.add_column(sa.Column("article_id", BIG_ID))
    op.create_index("ix_changes_article_id", "changes", ["article_id"])
    op.execute("UPDATE changes SET article_id = (SELECT article_id FROM quotes WHERE quotes.id = changes.quote_id)")
    create_moved_quotes()
    fill_moved_quotes()


def downgrade() -> None:
    op.drop_table("moved_quotes")
    op.drop_index("ix_changes_article_id", "changes")
    op.execute("DELETE FROM changes WHERE quote_id IS NOT NULL AND quote_id NOT IN (SELECT id FROM quotes)")
    # What is about an article alone is nothing that the schema before can tell.
    op.execute("DELETE FROM changes WHERE quote_id IS NULL AND article_id IS NOT NULL")
    with op.batch_alter_table("changes", table_kwargs={"sqlite_autoincrement": True}) as changes:
        changes.drop_column("article_id")
        changes.create_foreign_key(REFERENCE, "quotes", ["quote_id"], ["id"], ondelete="CASCADE")


def create_moved_quotes() -> None:
    op.create_table(
        "moved_quotes",
        sa.Column("change_id", BIG_ID, nullable=False),
        sa.Column("quote_id", BIG_ID, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name="fk_moved_quotes_change_id_changes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "quote_id", name="pk_moved_quotes"),
    )
    for column in ("quote_id", "article_id"):
        op.create_index(f"ix_moved_quotes_{column}", "moved_quotes", [column])


def fill_moved_quotes() -> None:
    """From what splits keep of the quotes they moved; those of removed quotes went with these."""
    splits = op.get_bind().execute(sa.text("SELECT id, undone_by_id, after FROM changes WHERE action = 'split'"))
    add = sa.text("INSERT INTO moved_quotes SELECT :change, id, article_id FROM quotes WHERE id = :quote")
    for split, undone_by, after in splits.all():
        kept = json.loads(after) if isinstance(after, str) else after
        for change in filter(None, (split, undone_by)):
            for quote in kept["quotes"]:
                op.get_bind().execute(add, {"change": change, "quote": quote})

"""Indexes for the filters of articles.

Revision: 0013, after 0012.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FILTERED = ("outlet_key", "language", "published_at")


def upgrade() -> None:
    op.drop_index("ix_articles_outlet_key", "articles")
    for column in FILTERED:
        op.create_index(f"ix_articles_{column}_id", "articles", [column, "id"])
    op.create_index("ix_articles_url", "articles", ["url"], postgresql_using="hash")


def downgrade() -> None:
    op.drop_index("ix_articles_url", "articles")
    for column in FILTERED:
        op.drop_index(f"ix_articles_{column}_id", "articles")
    op.create_index("ix_articles_outlet_key", "articles", ["outlet_key"])

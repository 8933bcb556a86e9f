"""The state of an article, the queue of those to be read, jobs, and idempotency keys.

Revision: 0006, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
COLUMNS = ("state", "priority", "attempts", "failure", "lease", "leased_until")


def upgrade() -> None:
    queue_articles()
    create_jobs()
    create_job_items()
    create_idempotency_keys()


def downgrade() -> None:
    for table in ("idempotency_keys", "job_items", "jobs"):
        op.drop_table(table)
    op.drop_index("ix_articles_state_priority_id", "articles")
    # What was not read is nothing that the schema before can tell from a text without quotes.
    op.execute("DELETE FROM articles WHERE state <> 'done'")
    for column in COLUMNS:
        op.drop_column("articles", column)


def queue_articles() -> None:
    """Added one by one: batch_alter_table would build the table anew on SQLite, and so delete every quote."""
    op.add_column("articles", sa.Column("state", sa.String(8), nullable=False, server_default="done"))
    for name in ("priority", "attempts"):
        op.add_column("articles", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("failure", sa.Text()))
    op.add_column("articles", sa.Column("lease", sa.String(32)))
    op.add_column("articles", sa.Column("leased_until", MOMENT))
    op.create_index("ix_articles_state_priority_id", "articles", ["state", "priority", "id"])


def create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("key", sa.String(64)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("receiving_until", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("error", sa.Text()),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in ("total", "done", "failed")),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_key", "jobs", ["key"])
    op.create_index("ix_jobs_finished_at", "jobs", ["finished_at"])


def create_job_items() -> None:
    op.create_table(
        "job_items",
        sa.Column("job_id", BIG_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("article_id", BIG_ID),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_items_job_id_jobs", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_job_items_article_id_articles", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("job_id", "source", "line", name="pk_job_items"),
    )
    op.create_index("ix_job_items_article_id", "job_items", ["article_id"])


def create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("article_id", BIG_ID),
        sa.Column("job_id", BIG_ID),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_idempotency_keys_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_idempotency_keys_job_id_jobs", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_idempotency_keys"),
    )
    for column in ("expires_at", "article_id", "job_id"):
        op.create_index(f"ix_idempotency_keys_{column}", "idempotency_keys", [column])

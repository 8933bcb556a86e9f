"""Utterances: the same quote in many articles.

Revision: 0005, after 0004. Stored quotes get theirs here, some at a time.
"""

import sqlalchemy as sa
from alembic import op

from app.database import WriteSession
from app.utterances import backfill

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_utterances()
    create_bands()
    create_appearances()
    with WriteSession(bind=op.get_bind()) as session:
        backfill.run(session)
        session.commit()  # of the session; the transaction is the migration’s


def downgrade() -> None:
    for table in ("appearances", "utterance_bands", "utterances"):
        op.drop_table(table)


def create_utterances() -> None:
    op.create_table(
        "utterances",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("identity", sa.String(32)),
        sa.Column("speaker_key", sa.Text()),
        sa.Column("founder_id", BIG_ID),
        sa.ForeignKeyConstraint(
            ["founder_id"], ["quotes.id"], name="fk_utterances_founder_id_quotes", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_utterances"),
        sa.UniqueConstraint("identity", name="uq_utterances_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_utterances_founder_id", "utterances", ["founder_id"])


def create_bands() -> None:
    op.create_table(
        "utterance_bands",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("utterance_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["utterance_id"], ["utterances.id"], name="fk_utterance_bands_utterance_id_utterances", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "utterance_id", name="pk_utterance_bands"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_utterance_bands_utterance_id", "utterance_bands", ["utterance_id"])


def create_appearances() -> None:
    op.create_table(
        "appearances",
        sa.Column("quote_id", BIG_ID, nullable=False),
        sa.Column("utterance_id", BIG_ID, nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("variant", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_appearances_quote_id_quotes", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["utterance_id"], ["utterances.id"], name="fk_appearances_utterance_id_utterances"),
        sa.PrimaryKeyConstraint("quote_id", name="pk_appearances"),
    )
    op.create_index(
        "ix_appearances_utterance_id_ordered_at_quote_id", "appearances", ["utterance_id", "ordered_at", "quote_id"]
    )

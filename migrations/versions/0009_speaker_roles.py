"""Roles of speakers, as articles tell them.

Revision: 0009, after 0008. Articles that are stored already get theirs when they are read again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "speaker_roles",
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("speaker_id", BIG_ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_speaker_roles_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_speaker_roles_speaker_id_speakers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "speaker_id", "key", name="pk_speaker_roles"),
    )
    op.create_index("ix_speaker_roles_speaker_id", "speaker_roles", ["speaker_id"])


def downgrade() -> None:
    op.drop_table("speaker_roles")

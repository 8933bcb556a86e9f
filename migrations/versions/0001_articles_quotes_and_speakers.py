"""Articles, quotes and speakers.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

from migrations import quote_search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_articles()
    create_speakers()
    create_names()
    create_quotes()
    create_segments()
    quote_search.create_index()


def downgrade() -> None:
    quote_search.drop_index()
    for table in ("segments", "quotes", "name_words", "aliases", "speakers", "articles"):
        op.drop_table(table)


def create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("outlet_key", sa.Text()),
        sa.Column("published_at", MOMENT),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("content_hash", name="uq_articles_content_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_outlet_key", "articles", ["outlet_key"])


def create_speakers() -> None:
    op.create_table(
        "speakers",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("identity", KEY),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_speakers"),
        sa.UniqueConstraint("identity", name="uq_speakers_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_speakers_key_id", "speakers", ["key", "id"])


def create_names() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("speaker_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_aliases_speaker_id_speakers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_aliases"),
        sa.UniqueConstraint("speaker_id", "name", name="uq_aliases_speaker_id_name"),
    )
    op.create_index("ix_aliases_key", "aliases", ["key"])
    op.create_table(
        "name_words",
        sa.Column("word", KEY, nullable=False),
        sa.Column("alias_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["alias_id"], ["aliases.id"], name="fk_name_words_alias_id_aliases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", "alias_id", name="pk_name_words"),
    )
    op.create_index("ix_name_words_alias_id", "name_words", ["alias_id"])


def create_quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("speaker_id", BIG_ID),
        *(sa.Column(f"mention_{part}", sa.Integer()) for part in ("start", "end")),
        sa.Column("mention_text", sa.Text()),
        *(sa.Column(f"cue_{part}", sa.Integer()) for part in ("start", "end")),
        sa.Column("cue_text", sa.Text()),
        sa.Column("confidence", sa.Float(53), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *(sa.Column(f"snippet_{part}", sa.Integer(), nullable=False) for part in ("start", "end")),
        sa.Column("snippet_text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("said_at", MOMENT),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_quotes_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name="fk_quotes_speaker_id_speakers"),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.UniqueConstraint("article_id", "position", name="uq_quotes_article_id_position"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quotes_ordered_at_id", "quotes", ["ordered_at", "id"])
    op.create_index("ix_quotes_confidence_id", "quotes", ["confidence", "id"])
    op.create_index("ix_quotes_speaker_id_ordered_at_id", "quotes", ["speaker_id", "ordered_at", "id"])


def create_segments() -> None:
    op.create_table(
        "segments",
        sa.Column("quote_id", BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_segments_quote_id_quotes", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("quote_id", "position", name="pk_segments"),
    )

"""What people correct: quotes, speakers, and the trail of who changed what.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Plain ALTER TABLE on both databases: a batch would build `quotes` anew, and SQLite's DROP TABLE of the old one
# removes every row that refers to it with ON DELETE CASCADE, all segments that is.
QUOTE_COLUMNS = {
    "extractor": "TEXT NOT NULL DEFAULT ''",
    "status": "VARCHAR(16) NOT NULL DEFAULT 'found'",
    "speaker_corrected": "BOOLEAN NOT NULL DEFAULT false",
    "found_speaker_id": "{id} CONSTRAINT fk_quotes_found_speaker_id_speakers REFERENCES speakers (id)",
    "corrected_speaker_id": "{id} CONSTRAINT fk_quotes_corrected_speaker_id_speakers REFERENCES speakers (id)",
}
MERGED = "{id} CONSTRAINT fk_speakers_merged_into_id_speakers REFERENCES speakers (id)"
ORIGIN = "{id} CONSTRAINT fk_aliases_origin_id_speakers REFERENCES speakers (id)"
INDEXED = (
    ("quotes", "found_speaker_id"),
    ("quotes", "corrected_speaker_id"),
    ("speakers", "merged_into_id"),
    ("aliases", "origin_id"),
)
REJECTED = "ix_quotes_rejected_speaker_id"


def upgrade() -> None:
    id_type = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for name, declared in QUOTE_COLUMNS.items():
        op.execute(f"ALTER TABLE quotes ADD COLUMN {name} {declared.format(id=id_type)}")
    op.execute(f"ALTER TABLE speakers ADD COLUMN merged_into_id {MERGED.format(id=id_type)}")
    op.execute(f"ALTER TABLE aliases ADD COLUMN origin_id {ORIGIN.format(id=id_type)}")
    op.execute(
        "UPDATE quotes SET found_speaker_id = speaker_id,"
        " extractor = (SELECT extractor FROM articles WHERE articles.id = quotes.article_id)"
    )
    for table, column in INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(f"CREATE INDEX {REJECTED} ON quotes (speaker_id) WHERE status = 'rejected'")
    create_changes()
    create_refused_names()


def downgrade() -> None:
    op.drop_table("refused_names")
    op.drop_table("changes")
    op.drop_index(REJECTED, "quotes")
    for table, column in INDEXED:
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_column("aliases", "origin_id")
    op.drop_column("speakers", "merged_into_id")
    for name in reversed(QUOTE_COLUMNS):
        op.drop_column("quotes", name)


def create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("quote_id", BIG_ID),
        sa.Column("speaker_id", BIG_ID),
        sa.Column("other_speaker_id", BIG_ID),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes_id", BIG_ID),
        sa.Column("undone_by_id", BIG_ID),
        *(reference(f"{name}_id", f"{name.split('_')[-1]}s") for name in ("quote", "speaker", "other_speaker")),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_autoincrement=True,
    )
    for column in ("quote_id", "speaker_id", "other_speaker_id"):
        op.create_index(f"ix_changes_{column}", "changes", [column])


def reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_changes_{column}_{table}", ondelete="CASCADE")


def create_refused_names() -> None:
    op.create_table(
        "refused_names",
        sa.Column("speaker_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_refused_names_speaker_id_speakers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("speaker_id", "name", name="pk_refused_names"),
    )

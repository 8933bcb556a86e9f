"""The trigram index over the words of names: what SQLAlchemy does not map and Alembic does not see.

On SQLite it is an FTS5 table with each word once, kept by triggers on `name_words`: alter that table inside
`triggers.remade(TRIGGERS)`. Words stand in it padded as pg_trgm pads them. On PostgreSQL it is an index by pg_trgm.
"""

from alembic import op

from migrations import triggers

TRIGRAM_TABLE = "name_trigrams"
TRIGRAM_INDEX = "ix_name_words_trigrams"
OTHERS = "EXISTS (SELECT 1 FROM name_words WHERE word = {0}.word AND alias_id <> {0}.alias_id)"
ADD = "INSERT INTO name_trigrams(word) VALUES ('  ' || new.word || ' ');"
REMOVE = """DELETE FROM name_trigrams WHERE rowid IN (
    SELECT rowid FROM name_trigrams WHERE name_trigrams MATCH '"  ' || old.word || ' "');"""
TRIGGERS = {
    "name_trigrams_insert": f"AFTER INSERT ON name_words WHEN NOT {OTHERS.format('new')} BEGIN {ADD} END",
    "name_trigrams_delete": f"AFTER DELETE ON name_words WHEN NOT {OTHERS.format('old')} BEGIN {REMOVE} END",
}


def create_index() -> None:
    """Make the trigram index over the words there are."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE name_trigrams USING fts5(word, tokenize='trigram case_sensitive 1')")
        op.execute("INSERT INTO name_trigrams(word) SELECT DISTINCT '  ' || word || ' ' FROM name_words")
        triggers.create(TRIGGERS)
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(f"CREATE INDEX {TRIGRAM_INDEX} ON name_words USING gin (word gin_trgm_ops)")


def drop_index() -> None:
    """Undo `create_index`; the extension stays, someone else may use it."""
    if op.get_bind().dialect.name == "sqlite":
        triggers.drop(TRIGGERS)
        op.execute("DROP TABLE name_trigrams")
        return
    op.execute(f"DROP INDEX {TRIGRAM_INDEX}")

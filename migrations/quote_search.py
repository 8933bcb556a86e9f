"""The full-text index over `quotes.words`: what SQLAlchemy does not map and Alembic does not see.

On SQLite it is an FTS5 table without content of its own, kept by triggers on `quotes`. `batch_alter_table` builds the
table anew and silently loses them: alter `quotes` inside `triggers.remade` of these and of those of `quote_blocks`. On
PostgreSQL it is a generated column, by a function that takes the words as they are: PostgreSQL's parser would drop or
split some, by the locale.
"""

from typing import Any

from alembic import op

from migrations import triggers
from migrations.name_search import TRIGRAM_INDEX, TRIGRAM_TABLE
from migrations.quote_blocks import BLOCKS_TABLE

FTS_TABLE = "quotes_fts"
VECTOR_COLUMN = "words_vector"
VECTOR_INDEX = "ix_quotes_words_vector"
UNMAPPED = (VECTOR_COLUMN, VECTOR_INDEX, TRIGRAM_INDEX)
# PostgreSQL keeps no position beyond 16383.
VECTOR_FUNCTION = """CREATE FUNCTION quote_vector(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS listed(word, place)
    $$"""
FTS_DELETE = "INSERT INTO quotes_fts(quotes_fts, rowid, words) VALUES ('delete', old.id, old.words);"
FTS_INSERT = "INSERT INTO quotes_fts(rowid, words) VALUES (new.id, new.words);"
TRIGGERS = {
    "quotes_fts_insert": f"AFTER INSERT ON quotes BEGIN {FTS_INSERT} END",
    "quotes_fts_delete": f"AFTER DELETE ON quotes BEGIN {FTS_DELETE} END",
    "quotes_fts_update": f"AFTER UPDATE OF id, words ON quotes BEGIN {FTS_DELETE} {FTS_INSERT} END",
}


def is_mapped(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether autogenerate has to do with an object: it must drop neither FTS5's tables nor the vector."""
    ours = (FTS_TABLE, TRIGRAM_TABLE, BLOCKS_TABLE)
    return not (name and ((kind == "table" and name.startswith(ours)) or name in UNMAPPED))


def create_index() -> None:
    """Make the full-text index of revision 0001, over words that PostgreSQL's parser reads."""
    if op.get_bind().dialect.name == "sqlite":
        _create_fts()
    else:
        _create_vector("to_tsvector('simple'::regconfig, words)")


def create_token_index() -> None:
    """Make the full-text index, over words as they are."""
    if op.get_bind().dialect.name == "sqlite":
        _create_fts()
    else:
        op.execute(VECTOR_FUNCTION)
        _create_vector("quote_vector(words)")


def drop_index() -> None:
    """Undo `create_index` or `create_token_index`."""
    if op.get_bind().dialect.name == "sqlite":
        triggers.drop(TRIGGERS)
        op.execute("DROP TABLE quotes_fts")
        return
    op.execute(f"DROP INDEX {VECTOR_INDEX}")
    op.execute(f"ALTER TABLE quotes DROP COLUMN {VECTOR_COLUMN}")
    op.execute("DROP FUNCTION IF EXISTS quote_vector")


def _create_fts() -> None:
    # The words come folded and parted by spaces; the ascii tokenizer takes them as they are.
    op.execute(
        "CREATE VIRTUAL TABLE quotes_fts USING fts5(words, content='quotes', content_rowid='id', tokenize='ascii')"
    )
    op.execute("INSERT INTO quotes_fts(quotes_fts) VALUES ('rebuild')")
    triggers.create(TRIGGERS)


def _create_vector(expression: str) -> None:
    op.execute(f"ALTER TABLE quotes ADD COLUMN {VECTOR_COLUMN} tsvector GENERATED ALWAYS AS ({expression}) STORED")
    op.execute(f"CREATE INDEX {VECTOR_INDEX} ON quotes USING gin ({VECTOR_COLUMN})")

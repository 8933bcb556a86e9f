"""The full-text index over `quotes.words`: what SQLAlchemy does not map and Alembic does not see.

On SQLite it is an FTS5 table without content of its own, kept by triggers on `quotes`. `batch_alter_table` builds the
table anew and silently loses them: alter `quotes` inside `triggers_remade()`. On PostgreSQL it is a generated column.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import op

FTS_TABLE = "quotes_fts"
VECTOR_COLUMN = "words_vector"
VECTOR_INDEX = "ix_quotes_words_vector"
FTS_DELETE = "INSERT INTO quotes_fts(quotes_fts, rowid, words) VALUES ('delete', old.id, old.words);"
FTS_INSERT = "INSERT INTO quotes_fts(rowid, words) VALUES (new.id, new.words);"
TRIGGERS = {
    "quotes_fts_insert": f"AFTER INSERT ON quotes BEGIN {FTS_INSERT} END",
    "quotes_fts_delete": f"AFTER DELETE ON quotes BEGIN {FTS_DELETE} END",
    "quotes_fts_update": f"AFTER UPDATE OF id, words ON quotes BEGIN {FTS_DELETE} {FTS_INSERT} END",
}


def is_mapped(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether autogenerate has to do with an object: it must drop neither FTS5's tables nor the vector."""
    return not (name and ((kind == "table" and name.startswith(FTS_TABLE)) or name in (VECTOR_COLUMN, VECTOR_INDEX)))


def create_triggers() -> None:
    for name, body in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def drop_triggers() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")


@contextmanager
def triggers_remade() -> Iterator[None]:
    """Alter the table `quotes` inside this: afterwards the triggers stand again."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        drop_triggers()
    yield
    if on_sqlite:
        create_triggers()


def create_index() -> None:
    """Make the full-text index."""
    if op.get_bind().dialect.name == "sqlite":
        # The words come folded and parted by spaces; the ascii tokenizer takes them as they are.
        op.execute(
            "CREATE VIRTUAL TABLE quotes_fts USING fts5(words, content='quotes', content_rowid='id', tokenize='ascii')"
        )
        create_triggers()
        return
    vector = "tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED"
    op.execute(f"ALTER TABLE quotes ADD COLUMN {VECTOR_COLUMN} {vector}")
    op.execute(f"CREATE INDEX {VECTOR_INDEX} ON quotes USING gin ({VECTOR_COLUMN})")


def drop_index() -> None:
    """Undo `create_index`."""
    if op.get_bind().dialect.name == "sqlite":
        drop_triggers()
        op.execute("DROP TABLE quotes_fts")
        return
    op.execute(f"DROP INDEX {VECTOR_INDEX}")
    op.execute(f"ALTER TABLE quotes DROP COLUMN {VECTOR_COLUMN}")

"""Between which moments the quotes of a block of ids were said, on SQLite alone: what SQLAlchemy does not map.

Its full-text index has hits by their ids, and ids go along with dates only more or less: where no other block reaches
into the dates of the hits that were read, these are the last said. Triggers on `quotes` keep the table: alter `quotes`
inside `triggers.remade` of these, too. What is removed leaves its moments: a block may look wider than it is, and never
narrower.
"""

from alembic import op

from migrations import triggers

BLOCKS_TABLE = "quote_blocks"
IDS = 256
ADD = f"""INSERT INTO quote_blocks VALUES (new.id / {IDS}, new.ordered_at, new.ordered_at)
    ON CONFLICT (block) DO UPDATE SET
    first_said = min(first_said, excluded.first_said), last_said = max(last_said, excluded.last_said);"""
TRIGGERS = {
    "quote_blocks_insert": f"AFTER INSERT ON quotes BEGIN {ADD} END",
    "quote_blocks_update": f"AFTER UPDATE OF id, ordered_at ON quotes BEGIN {ADD} END",
}


def create_table() -> None:
    """Make the table of the quotes there are."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TABLE quote_blocks (block INTEGER PRIMARY KEY, first_said TEXT NOT NULL, last_said TEXT NOT NULL)"
        )
        blocks = f"SELECT id / {IDS}, min(ordered_at), max(ordered_at) FROM quotes GROUP BY 1"
        op.execute(f"INSERT INTO quote_blocks {blocks}")
        triggers.create(TRIGGERS)


def drop_table() -> None:
    """Undo `create_table`."""
    if op.get_bind().dialect.name == "sqlite":
        triggers.drop(TRIGGERS)
        op.execute("DROP TABLE quote_blocks")

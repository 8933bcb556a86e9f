"""The triggers that keep SQLite's full-text tables: `batch_alter_table` builds a table anew and silently loses them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from alembic import op


def create(triggers: Mapping[str, str]) -> None:
    """Make triggers, by their names and what follows these."""
    for name, body in triggers.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def drop(triggers: Mapping[str, str]) -> None:
    """Remove triggers."""
    for name in triggers:
        op.execute(f"DROP TRIGGER {name}")


@contextmanager
def remade(triggers: Mapping[str, str]) -> Iterator[None]:
    """Alter the table that the triggers stand on inside this: afterwards they stand again. Elsewhere there are none."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        drop(triggers)
    yield
    if on_sqlite:
        create(triggers)

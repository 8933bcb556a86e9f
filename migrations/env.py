"""How Alembic runs: on the connection it is given, or on the one the settings name."""

from alembic import context
from sqlalchemy import Connection, text

from app.database import Database
from app.models import Base
from app.settings import Settings
from migrations.quote_search import is_mapped

MIGRATION_LOCK = 7_241_965_003


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Two services that start at once migrate one after the other; SQLite's write lock does the same.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    context.configure(
        connection=connection, target_metadata=Base.metadata, include_name=is_mapped, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on_settings() -> None:
    database = Database(Settings().database_url)
    try:
        with database.write_engine.begin() as connection:
            run(connection)
    finally:
        database.dispose()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    run_on_settings()

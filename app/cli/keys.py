"""`onrecord keys`: API keys made, listed and revoked, in the database that the settings name."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from app.database import Database, migrate
from app.keys import service
from app.keys.schemas import Scope

from .batch import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.keys.schemas import KeyOut
    from app.settings import Settings

LINE = "{:>4}  {:16}  {:5}  {:10}  {:16}  {:10}  {}"
HEADINGS = LINE.format("id", "begins with", "scope", "made", "last used (UTC)", "revoked", "name")
LONGEST_NAME = 200


def create(settings: Settings, name: str, scope: str) -> tuple[int, str]:
    """A new key's id, and the key itself. Raises InputError where it cannot have this name."""
    if not (name.strip() and name.isprintable() and len(name) <= LONGEST_NAME):
        raise InputError(f"--name is 1 to {LONGEST_NAME} printable characters")
    with _opened(settings) as database:
        return database.write(partial(service.make, name=name, scope=Scope(scope)))


def listed(settings: Settings) -> list[str]:
    """A line for every key, the oldest first, below a line of headings."""
    with _opened(settings) as database, database.read() as session:
        return [HEADINGS, *map(_line, service.every(session))]


def revoke(settings: Settings, key_id: int) -> None:
    """Make a key good for nothing. Raises InputError where there is no such key."""
    with _opened(settings) as database:
        try:
            database.write(partial(service.revoke, key_id=key_id))
        except service.KeyNotFoundError as error:
            raise InputError(f"{error.detail} See onrecord keys list.") from None


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """The database, up to date: a key may be made before the service has ever run."""
    migrate(settings)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.dispose()


def _line(key: KeyOut) -> str:
    made, used = f"{key.created_at:%Y-%m-%d}", f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
    revoked = f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else "–"
    return LINE.format(key.id, key.prefix, key.scope, made, used, revoked, key.name)

"""API keys: made, recognized, listed, revoked.

A key is `ork_PREFIX_SECRET`. The prefix finds the row; of the secret, 256 random bits, only its SHA-256 is kept. bcrypt
and its like are slow on purpose, to make guessing passwords costly; nobody guesses 256 random bits, and every request
would have to wait for it.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from app.database import ReadSession, WriteSession
from app.errors import OnRecordError
from app.keys import repository
from app.keys.models import ApiKey
from app.keys.schemas import KeyOut, KeysQuery, Scope
from app.pagination import Page

FORM = re.compile(r"ork_([0-9a-f]{12})_([\w-]{43})", re.ASCII)


class KeyNotFoundError(OnRecordError):
    """No key has this id, or it is revoked already."""

    status, name, title = 404, "key-not-found", "No such key"


def make(session: WriteSession, name: str, scope: Scope) -> tuple[int, str]:
    """A new key: its id, and the key as it is shown this once."""
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    row = ApiKey(prefix=prefix, secret_hash=_hash(secret), name=name, scope=scope, created_at=datetime.now(UTC))
    repository.add(session, row)
    return row.id, f"ork_{prefix}_{secret}"


def recognized(session: ReadSession, given: str) -> ApiKey | None:
    """The valid key that this is; None where it is none."""
    parts = FORM.fullmatch(given)
    found = repository.with_prefix(session, parts[1]) if parts else None
    return found if parts and found and hmac.compare_digest(found.secret_hash, _hash(parts[2])) else None


def page(session: ReadSession, query: KeysQuery) -> Page[KeyOut]:
    """A page of keys, the oldest first."""
    found = repository.page(session, query)
    return Page([_shown(row) for row in found.rows], found.cursor)


def every(session: ReadSession) -> Sequence[KeyOut]:
    """All keys, the oldest first."""
    return [_shown(row) for row in repository.every(session)]


def revoke(session: WriteSession, key_id: int) -> None:
    """Make a key good for nothing, from the next request on. Raises KeyNotFoundError."""
    if not repository.revoke(session, key_id, datetime.now(UTC)):
        raise KeyNotFoundError(f"There is no valid key {key_id}.")


def _shown(row: ApiKey) -> KeyOut:
    shown = KeyOut.model_validate(row)
    return shown.model_copy(update={"prefix": f"ork_{row.prefix}"})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

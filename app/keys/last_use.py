"""When each key was last used, kept without making a request wait or write."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from app.keys import repository

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=1)


class LastUse:
    """Writes a key's last use beside the requests, at most once a minute; whoever reads never waits for a writer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, "last-use")
        self._lock = threading.Lock()
        self._noted: dict[int, datetime] = {}

    def note(self, key_id: int) -> None:
        """The key is used now."""
        now = datetime.now(UTC)
        with self._lock:
            if now - self._noted.get(key_id, datetime.min.replace(tzinfo=UTC)) < EVERY:
                return
            self._noted[key_id] = now
        self._thread.submit(self._write, key_id, now)

    def stop(self) -> None:
        """Write what is noted, and let go of the thread."""
        self._thread.shutdown()

    def _write(self, key_id: int, now: datetime) -> None:
        try:
            self._database.write(partial(repository.touch, key_id=key_id, now=now))
        except SQLAlchemyError as error:
            log.warning("the last use of key %d is not written: %s", key_id, type(error).__name__)

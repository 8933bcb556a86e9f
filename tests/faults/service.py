"""The service with an extractor that breaks on demand: `uvicorn --factory tests.faults.service:create`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.database import migrate
from app.main import create_app
from app.settings import Settings
from app.workers.pool import ExtractionPool
from tests.faults.faulty import FaultyExtractor
from tests.live import Server, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "uvicorn", "--factory", "tests.faults.service:create", "--app-dir", str(PROJECT))


def create() -> FastAPI:
    """The service with the settings of the environment and a migrated database."""
    settings = Settings()
    migrate(settings)
    return create_app(settings, ExtractionPool(FaultyExtractor, settings))


@contextmanager
def faulty_server(directory: Path, database_url: str | None = None, **settings: float) -> Iterator[Server]:
    """The service above in a process of its own; `settings` by their names in `Settings`."""
    environment = {f"ONRECORD_{name.upper()}": str(value) for name, value in settings.items()}
    environment["PYTHONPATH"] = str(PROJECT)
    with running_server(directory, database_url, COMMAND, environment) as server:
        yield server

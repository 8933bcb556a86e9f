"""A client of the real service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live import Server

PATIENCE = 120


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    """HTTP to the real service; it waits long, as the machine may be busy."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as http:
        yield http

"""Who asks the service in tests."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient


class Client(TestClient):
    """Asks by a name that the service goes by where it asks for no keys."""

    def __init__(self, app: Any, **more: Any) -> None:
        super().__init__(app, base_url="http://localhost", **more)

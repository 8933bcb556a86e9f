"""What all tests may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.live import Server, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real service with the real models and an empty database. Its tests share `xdist_group("live")`."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running

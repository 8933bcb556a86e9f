"""Workers share the cores."""

from __future__ import annotations

import pytest

from app.settings import Settings
from app.workers import cores


@pytest.mark.parametrize(
    ("there", "default", "threads"), [(1, 1, {1: 1, 2: 1}), (2, 1, {1: 2, 2: 1}), (9, 4, {1: 9, 4: 2, 16: 1})]
)
def test_one_worker_for_two_cores_unless_told_and_all_of_them_share(monkeypatch, there, default, threads):
    monkeypatch.setattr("app.workers.cores.os.sched_getaffinity", lambda _: set(range(there)), raising=False)
    assert Settings().workers == default
    assert {workers: cores.threads_each(workers) for workers in threads} == threads

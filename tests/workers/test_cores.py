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


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("400000 100000", 4), ("250000 100000", 2), ("50000 100000", 1), ("max 100000", 64), ("", 64)],
)
def test_a_container_has_no_more_cores_than_its_limit_of_processor_time(monkeypatch, tmp_path, limit, expected):
    monkeypatch.setattr("app.workers.cores.os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    monkeypatch.setattr(cores, "CPU_MAX", tmp_path / "cpu.max")
    cores.CPU_MAX.write_text(limit, encoding="ascii")
    assert cores.cores() == expected

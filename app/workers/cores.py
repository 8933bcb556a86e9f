"""How many cores there are to share."""

import os
from math import inf
from pathlib import Path

CPU_MAX = Path("/sys/fs/cgroup/cpu.max")
"""A container's limit: microseconds of processor time in a period of so many, or `max` (Linux, cgroup v2)."""


def cores() -> int:
    """The cores this process may use: those it may run on, and no more than a container's limit of processor time."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, int(min(there, _limit())))


def _limit() -> float:
    try:
        quota, period = CPU_MAX.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return inf
    return inf if quota == "max" else int(quota) / int(period)


def threads_each(workers: int) -> int:
    """How many threads each of so many workers has to compute on."""
    return max(1, cores() // workers)

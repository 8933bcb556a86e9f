"""How many cores there are to share."""

import os


def cores() -> int:
    """The cores this process may run on; a container's limit of processor time is not seen."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_each(workers: int) -> int:
    """How many threads each of so many workers has to compute on."""
    return max(1, cores() // workers)

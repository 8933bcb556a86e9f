"""The fault script, ended before its time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.faults", "--databases", "sqlite", "--faults", "raises", "--runs", "1000")


@retry(retry=retry_if_result(lambda started: len(started) < 2), wait=wait_fixed(0.1), stop=stop_after_delay(60))
def started_by(script: subprocess.Popen) -> list[psutil.Process]:
    """The service and an import, as soon as they are there."""
    return psutil.Process(script.pid).children(recursive=True)


def test_a_script_that_is_terminated_ends_all_that_it_has_started(tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(COMMAND, env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL) as script:
        started = started_by(script)
        script.terminate()
        status = script.wait(60)
    _, left = psutil.wait_procs(started, timeout=30)
    for process in left:
        process.kill()
    assert (status, left, list(tmp_path.iterdir())) == (128 + signal.SIGTERM, [], [])

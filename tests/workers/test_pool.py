"""The worker process: loaded aside, replaced when it dies, gone when the service is."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from app.extraction.document import Extraction
from app.workers.pool import ExtractionPool
from app.workers.protocol import ExtractionFailedError, ExtractorUnavailableError


class Obedient:
    """Does what the text says, and answers with its own process id."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def extract(self, text: str, language: str | None = None) -> Extraction:
        if text == "raise":
            raise ValueError("no")
        if text == "die" or (text == "die once" and not self.marker.exists()):
            self.marker.touch()
            os._exit(9)
        if text == "sleep":
            time.sleep(60)
        return Extraction(language or "en", (), str(os.getpid()))


def failing() -> Obedient:
    raise FileNotFoundError("no models")


@pytest.fixture
def pool(tmp_path):
    return ExtractionPool(partial(Obedient, tmp_path / "died"))


async def until(condition, seconds: float = 30) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def run(pool: ExtractionPool, scenario) -> None:
    """Run a scenario on a started pool, and see that it leaves no process."""

    async def whole() -> None:
        await pool.start()
        try:
            await scenario(pool)
        finally:
            await pool.stop()

    before = set(psutil.Process().children(recursive=True))
    asyncio.run(whole())
    left = {
        child
        for child in set(psutil.Process().children(recursive=True)) - before
        if "tracker" not in str(child.cmdline())
    }
    assert not left


def test_starts_at_once_and_loads_meanwhile(pool):
    async def scenario(pool):
        assert not pool.loaded
        assert (await pool.extract("text", "it")).language == "it"
        assert pool.loaded

    run(pool, scenario)


def test_reads_in_another_process(pool):
    async def scenario(pool):
        assert (await pool.extract("text")).extractor != str(os.getpid())

    run(pool, scenario)


def test_an_extractor_that_raises_is_a_failure_of_its_text_only(pool):
    async def scenario(pool):
        first = await pool.extract("text")
        with pytest.raises(ExtractionFailedError):
            await pool.extract("raise")
        assert (await pool.extract("text")).extractor == first.extractor

    run(pool, scenario)


def test_a_text_is_tried_again_when_its_worker_dies(pool):
    async def scenario(pool):
        first = await pool.extract("text")
        assert (await pool.extract("die once")).extractor != first.extractor

    run(pool, scenario)


def test_a_text_that_kills_twice_is_given_up_and_the_next_is_read(pool):
    async def scenario(pool):
        deadly, harmless = await asyncio.gather(pool.extract("die"), pool.extract("text"), return_exceptions=True)
        assert isinstance(deadly, ExtractorUnavailableError)
        assert isinstance(harmless, Extraction)

    run(pool, scenario)


def test_a_worker_that_dies_idle_is_replaced_unasked(pool):
    async def scenario(pool):
        worker = int((await pool.extract("text")).extractor)
        psutil.Process(worker).kill()
        await until(lambda: not pool.loaded)
        await until(lambda: pool.loaded)
        assert int((await pool.extract("text")).extractor) != worker

    run(pool, scenario)


def test_an_extractor_that_does_not_load_is_told():
    async def scenario(pool):
        with pytest.raises(ExtractorUnavailableError):
            await pool.extract("text")
        assert not pool.loaded

    run(ExtractionPool(failing), scenario)


def test_stopping_does_not_wait_for_a_long_text(pool):
    async def scenario(pool):
        await pool.extract("text")
        task = asyncio.ensure_future(pool.extract("sleep"))
        await asyncio.sleep(0.2)
        started = time.monotonic()
        await pool.stop()
        assert time.monotonic() - started < 10
        with pytest.raises((ExtractorUnavailableError, asyncio.CancelledError)):
            await task

    run(pool, scenario)


PARENT = """
import asyncio, sys
from functools import partial
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_pool import Obedient
from app.workers.pool import ExtractionPool
async def main():
    pool = ExtractionPool(partial(Obedient, Path("none")))
    print((await pool.extract("text")).extractor, flush=True)
    await pool.extract("text")
    await asyncio.sleep(60)
if __name__ == "__main__":
    asyncio.run(main())
"""


def test_a_worker_does_not_outlive_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(tests=str(Path(__file__).parent)))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        worker.wait(timeout=20)


def test_the_web_process_loads_neither_torch_nor_stanza():
    script = "import sys, app.main as web; web.create_app(); print({'torch', 'stanza'} & set(sys.modules))"
    root = Path(__file__).parents[2]
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "set()"

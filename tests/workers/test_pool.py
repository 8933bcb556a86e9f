"""The worker processes: loaded aside, replaced when they are lost, gone when the service is."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from app.extraction.document import Extraction
from app.settings import Settings
from app.workers import process
from app.workers.pool import ExtractionPool
from app.workers.protocol import (
    ExtractionFailedError,
    ExtractorUnavailableError,
    OutOfMemoryError,
    OutOfTimeError,
    PoolStatus,
    QueueFullError,
    WorkerCrashedError,
)
from tests.workers.obedient import SMALL_MB, Obedient, failing


def settings(**given: float) -> Settings:
    """Those of a small pool that is soon at its limits."""
    return Settings(**{"workers": 1, "shutdown_seconds": 20, **given})


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
    assert not worker_processes() - before


def worker_processes() -> set[psutil.Process]:
    """The workers that live."""
    children = psutil.Process().children(recursive=True)
    return {child for child in children if "tracker" not in str(child.cmdline())}


@pytest.fixture
def pool_of(tmp_path):
    """Makes a pool of extractors that do what the text says."""
    return lambda **given: ExtractionPool(partial(Obedient, tmp_path), settings(**given))


@pytest.fixture
def pool(pool_of):
    return pool_of()


async def held(pool: ExtractionPool, folder: Path, name: str = "release") -> asyncio.Task[Extraction]:
    """A text that a worker has in hand until a file of this name appears."""
    task = asyncio.ensure_future(pool.extract(f"until {name}"))
    await until((folder / f"at {name}").exists)
    return task


def waiting(pool: ExtractionPool, *texts: str, background: bool = False) -> list[asyncio.Task[Extraction]]:
    return [asyncio.ensure_future(pool.extract(text, background=background)) for text in texts]


def texts_read(folder: Path) -> list[str]:
    return (folder / "read").read_text(encoding="utf-8").splitlines()


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


def test_reads_side_by_side(pool_of, tmp_path):
    async def scenario(pool):
        one, two = await held(pool, tmp_path, "one"), await held(pool, tmp_path, "two")
        assert pool.status() == PoolStatus(queued=0, busy=2, workers=2, restarts=0)
        (tmp_path / "one").touch()
        (tmp_path / "two").touch()
        assert (await one).extractor != (await two).extractor

    run(pool_of(workers=2), scenario)


def test_an_extractor_that_raises_is_a_failure_of_its_text_only(pool):
    async def scenario(pool):
        first = await pool.extract("text")
        with pytest.raises(ExtractionFailedError):
            await pool.extract("raise")
        assert (await pool.extract("text")).extractor == first.extractor

    run(pool, scenario)


LOSSES = [
    ("die", {}, WorkerCrashedError, "died"),
    ("hang", {"extraction_seconds": 0.3}, OutOfTimeError, "more than 0.3 s"),
    ("eat", {"worker_memory_mb": SMALL_MB}, OutOfMemoryError, f"more than {SMALL_MB} MB of memory"),
]


@pytest.mark.parametrize(("text", "given", "error", "reason"), LOSSES)
def test_a_text_that_loses_its_worker_once_is_read_by_the_next(pool_of, text, given, error, reason):
    async def scenario(pool):
        first = await pool.extract("text")
        assert (await pool.extract(f"{text} once")).extractor != first.extractor
        assert pool.status() == PoolStatus(queued=0, busy=0, workers=1, restarts=1)

    run(pool_of(**given), scenario)


@pytest.mark.parametrize(("text", "given", "error", "reason"), LOSSES)
def test_a_text_that_loses_two_workers_fails_with_the_reason_and_the_next_is_read(pool_of, text, given, error, reason):
    async def scenario(pool):
        deadly, harmless = await asyncio.gather(pool.extract(text), pool.extract("text"), return_exceptions=True)
        assert isinstance(deadly, error)
        assert reason in deadly.detail
        assert isinstance(harmless, Extraction)
        assert pool.status().restarts == 2

    run(pool_of(**given), scenario)


def test_a_long_text_has_time_in_proportion(pool_of):
    async def scenario(pool):
        with pytest.raises(OutOfTimeError, match=r"more than 0\.5 s"):
            await pool.extract("hang " + "x" * 249_995)

    run(pool_of(extraction_seconds=0.2), scenario)


def test_a_worker_that_grows_behind_its_text_is_replaced_and_the_answer_kept(pool_of):
    async def scenario(pool):
        grown = await pool.extract("swell")
        await until(lambda: pool.status().restarts == 1 and pool.loaded)
        assert (await pool.extract("text")).extractor != grown.extractor

    run(pool_of(worker_memory_mb=SMALL_MB), scenario)


def test_a_worker_that_dies_idle_is_replaced_unasked(pool):
    async def scenario(pool):
        worker = int((await pool.extract("text")).extractor)
        psutil.Process(worker).kill()
        await until(lambda: not pool.loaded)
        await until(lambda: pool.loaded)
        assert int((await pool.extract("text")).extractor) != worker

    run(pool, scenario)


def test_a_worker_that_could_not_be_started_is_started_later(pool_of, monkeypatch):
    refused = iter([OSError(12, "Cannot allocate memory")])
    start = process.WorkerProcess

    def starting(*given):
        if error := next(refused, None):
            raise error
        return start(*given)

    monkeypatch.setattr("app.workers.pool.WorkerProcess", starting)
    monkeypatch.setattr("app.workers.slot.RESTART_SECONDS", 0.01)

    async def scenario(pool):
        await until(lambda: pool.loaded)
        assert (await pool.extract("text")).language == "en"

    run(pool_of(), scenario)


def test_limits_are_still_held_after_no_descriptor_was_left(pool_of, monkeypatch):
    looked = threading.Event()

    def blind(_pid):
        looked.set()
        raise OSError(24, "Too many open files")

    async def scenario(pool):
        await until(lambda: pool.loaded)
        with monkeypatch.context() as patched:
            patched.setattr(process.psutil, "Process", blind)
            await until(looked.is_set)
        with pytest.raises(OutOfTimeError):
            await pool.extract("hang")

    run(pool_of(extraction_seconds=0.3), scenario)


def test_an_extractor_that_does_not_load_is_told():
    async def scenario(pool):
        with pytest.raises(ExtractorUnavailableError):
            await pool.extract("text")
        assert not pool.loaded

    run(ExtractionPool(failing, settings()), scenario)


def test_an_extractor_too_large_for_its_limit_does_not_load(pool_of, caplog):
    async def scenario(pool):
        with pytest.raises(ExtractorUnavailableError):
            await pool.extract("text")
        assert "more than 1 MB of memory" in caplog.text

    run(pool_of(worker_memory_mb=1), scenario)


def test_a_text_too_many_is_refused_with_the_time_to_wait(pool_of, tmp_path):
    async def scenario(pool):
        first = await held(pool, tmp_path)
        others = waiting(pool, "text", "x" * 60_000)
        await until(lambda: pool.status().queued == 2)
        with pytest.raises(QueueFullError) as refused:
            await pool.extract("text")
        assert 1 < int(refused.value.headers["Retry-After"]) <= 300
        (tmp_path / "release").touch()
        await asyncio.gather(first, *others)
        await pool.extract("text")

    run(pool_of(queue_length=2), scenario)


def test_the_background_neither_goes_first_nor_takes_the_places_of_others(pool_of, tmp_path):
    async def scenario(pool):
        first = await held(pool, tmp_path)
        behind = waiting(pool, "text behind", "text behind", background=True)
        await until(lambda: pool.status().queued == 2)
        before = waiting(pool, "text before", "text before")
        await until(lambda: pool.status().queued == 4)
        with pytest.raises(QueueFullError):
            await pool.extract("text", background=True)
        (tmp_path / "release").touch()
        await asyncio.gather(first, *behind, *before)
        assert texts_read(tmp_path)[1:] == ["text before"] * 2 + ["text behind"] * 2

    run(pool_of(queue_length=2), scenario)


def test_a_text_that_nobody_waits_for_any_more_frees_its_place(pool_of, tmp_path):
    async def scenario(pool):
        first = await held(pool, tmp_path)
        (dropped,) = waiting(pool, "text dropped")
        await until(lambda: pool.status().queued == 1)
        dropped.cancel()
        await until(lambda: pool.status().queued == 0)
        (kept,) = waiting(pool, "text kept")
        (tmp_path / "release").touch()
        await asyncio.gather(first, kept)
        assert "text dropped" not in texts_read(tmp_path)

    run(pool_of(queue_length=1), scenario)


def test_a_text_in_hand_that_nobody_waits_for_is_read_to_its_end(pool, tmp_path):
    async def scenario(pool):
        worker = (await pool.extract("text")).extractor
        (await held(pool, tmp_path)).cancel()
        (tmp_path / "release").touch()
        assert (await pool.extract("text")).extractor == worker
        assert "until release" in texts_read(tmp_path)

    run(pool, scenario)


def test_stopping_finishes_what_is_in_hand_and_hands_back_what_waits(pool, tmp_path):
    async def scenario(pool):
        first = await held(pool, tmp_path)
        (second,) = waiting(pool, "text")
        await until(lambda: pool.status().queued == 1)
        stopping = asyncio.ensure_future(pool.stop())
        with pytest.raises(ExtractorUnavailableError):
            await second
        with pytest.raises(ExtractorUnavailableError):
            await pool.extract("text")
        (tmp_path / "release").touch()
        assert (await first).language == "en"
        await stopping

    run(pool, scenario)


def test_stopping_hands_back_what_outlasts_the_grace(pool_of, tmp_path):
    async def scenario(pool):
        task = await held(pool, tmp_path)
        await pool.stop()
        with pytest.raises(ExtractorUnavailableError):
            await task

    run(pool_of(shutdown_seconds=0), scenario)


def test_stopping_does_not_wait_for_what_nobody_waits_for(pool_of, tmp_path):
    async def scenario(pool):
        (await held(pool, tmp_path)).cancel()
        await asyncio.sleep(0)
        async with asyncio.timeout(60):
            await pool.stop()

    run(pool_of(shutdown_seconds=3600), scenario)


PARENT = """
import asyncio
from functools import partial
from pathlib import Path
from app.workers.pool import ExtractionPool
from app.settings import Settings
from tests.workers.obedient import Obedient
async def main():
    pool = ExtractionPool(partial(Obedient, Path({folder!r})), Settings(workers=2))
    await pool.start()
    print((await pool.extract("text")).extractor, flush=True)
    await asyncio.gather(pool.extract("hang"), pool.extract("hang"))
if __name__ == "__main__":
    asyncio.run(main())
"""


def test_workers_do_not_outlive_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(folder=str(tmp_path)), encoding="utf-8")
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

"""The queue in the web process: nothing is lost when it stops, or when the database does."""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.articles import queue, reading
from app.articles.models import Article
from app.articles.schemas import ArticleIn
from app.database import Database
from app.extraction.document import Extraction
from app.workers import dispatcher as embedded
from app.workers import housekeeping
from app.workers import reader as readers
from app.workers.dispatcher import EmbeddedDispatcher
from app.workers.housekeeping import House
from app.workers.inline import InlineExtraction
from app.workers.protocol import ExtractorUnavailableError, QueueFullError
from app.workers.reader import Reader
from tests.said import SaidExtractor

TEXT = "“Yes,” said Olof Berg."
ENDED = update(Article).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC))


class Scripted(InlineExtraction):
    """Does what the script says, one thing a text: raise an error, wait for ever, or read."""

    def __init__(self, *script: Exception | str) -> None:
        super().__init__(SaidExtractor())
        self.script = list(script)
        self.asked = asyncio.Event()
        self.count = 0

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        assert background
        self.count += 1
        self.asked.set()
        step = self.script.pop(0) if self.script else "read"
        if isinstance(step, Exception):
            raise step
        if step == "wait":
            await asyncio.Event().wait()
        return await super().extract(text, language)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(embedded, "IDLE_SECONDS", 0.02)
    monkeypatch.setattr(readers, "UNAVAILABLE_SECONDS", 0.0)
    monkeypatch.setattr(readers, "PAUSES", ())
    monkeypatch.setattr(readers, "LAST_PAUSE", 0.0)


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.dispose()


@pytest.fixture
def article_id(database) -> int:
    return database.write(partial(reading.enqueue, submitted=ArticleIn(text=TEXT), priority=0))[0]


def shown(database: Database, article_id: int) -> tuple[str, int]:
    """State and attempts."""
    with database.read() as session:
        article = session.get_one(Article, article_id)
        return article.state, article.attempts


def run(database: Database, extraction: Scripted, scenario) -> None:
    """Run a scenario beside a dispatcher."""

    async def whole() -> None:
        dispatcher = EmbeddedDispatcher(database, extraction, 1)
        await dispatcher.start()
        try:
            async with asyncio.timeout(30):
                await scenario()
        finally:
            await dispatcher.stop()

    asyncio.run(whole())


async def until(database: Database, article_id: int, state: str) -> None:
    while (await asyncio.to_thread(shown, database, article_id))[0] != state:
        await asyncio.sleep(0.01)


def test_what_is_in_hand_is_handed_back_when_the_service_stops(database, article_id):
    extraction = Scripted("wait")
    run(database, extraction, extraction.asked.wait)
    assert shown(database, article_id) == ("queued", 0)


def test_nothing_is_taken_in_hand_before_there_is_somebody_to_read_it(database, article_id):
    extraction = Scripted()
    extraction.loaded = False

    async def scenario() -> None:
        await asyncio.sleep(0.1)
        assert shown(database, article_id) == ("queued", 0)
        extraction.loaded = True
        await until(database, article_id, "done")

    run(database, extraction, scenario)


@pytest.mark.parametrize("error", [ExtractorUnavailableError("not now"), QueueFullError("not now")])
def test_an_article_the_extractor_had_no_time_for_is_tried_again_and_that_is_no_attempt(database, article_id, error):
    extraction = Scripted(error, error, error)
    run(database, extraction, lambda: until(database, article_id, "done"))
    assert shown(database, article_id) == ("done", 0)
    assert extraction.count == 4


def test_what_was_found_waits_for_a_database_that_does_not_answer(database, article_id, monkeypatch):
    write, failures = database.write, []

    def failing(work):
        if getattr(work, "func", None) is reading.finish and len(failures) < 3:
            failures.append(work)
            raise OperationalError("UPDATE", {}, Exception("the disk is full"))
        return write(work)

    monkeypatch.setattr(database, "write", failing)
    extraction = Scripted()
    run(database, extraction, lambda: until(database, article_id, "done"))
    assert (len(failures), extraction.count) == (3, 1)


def test_a_reader_that_renews_its_lease_keeps_what_it_has(database, article_id):
    async def scenario() -> None:
        reader = Reader(database, Scripted())
        (claim,) = await reader.claim(1)
        database.write(lambda session: session.execute(ENDED))
        await reader.renew()
        database.write(reading.take_back)
        assert shown(database, article_id)[0] == "running"
        await reader.read(claim)

    asyncio.run(scenario())
    assert shown(database, article_id) == ("done", 0)


def test_a_claim_whose_answer_was_lost_is_not_renewed(database, article_id):
    other = database.write(partial(reading.enqueue, submitted=ArticleIn(text=f"{TEXT} Again."), priority=0))[0]

    async def scenario() -> None:
        reader = Reader(database, Scripted())
        (claim,) = await reader.claim(1)
        database.write(lambda session: queue.claim(session, claim.lease, 1))
        database.write(lambda session: session.execute(ENDED))
        await reader.renew()
        database.write(reading.take_back)

    asyncio.run(scenario())
    assert shown(database, article_id) == ("running", 0)
    assert shown(database, other) == ("queued", 1)


def test_a_reader_takes_nothing_beside_what_has_to_be_read_alone(database, article_id):
    other = database.write(partial(reading.enqueue, submitted=ArticleIn(text=f"{TEXT} Again."), priority=0))[0]
    database.write(lambda session: session.execute(update(Article).values(attempts=1)))

    async def scenario() -> None:
        reader = Reader(database, Scripted())
        for expected in (article_id, other):
            (claim,) = await reader.claim(3)
            assert claim.article_id == expected
            assert await reader.claim(3) == []
            await reader.read(claim)

    asyncio.run(scenario())


def test_nothing_is_taken_from_others_right_after_the_database_was_away(database, article_id, monkeypatch):
    database.write(partial(queue.claim, lease="other", most=1))
    database.write(lambda session: session.execute(ENDED))
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.0)
    errands = []

    async def errand() -> None:
        errands.append(1)
        if len(errands) == 1:
            raise OperationalError("UPDATE", {}, Exception("no connection"))

    async def scenario() -> None:
        house = asyncio.create_task(House(database, errand).keep())
        while len(errands) < 5:
            await asyncio.sleep(0)
        assert shown(database, article_id)[0] == "running"
        monkeypatch.setattr(housekeeping, "monotonic", lambda: math.inf)
        while (await asyncio.to_thread(shown, database, article_id))[0] != "queued":
            await asyncio.sleep(0.01)
        house.cancel()

    asyncio.run(scenario())


def test_leases_are_kept_while_a_broker_hangs(database, article_id):
    database.write(partial(queue.claim, lease="other", most=1))
    database.write(lambda session: session.execute(ENDED))

    async def scenario() -> None:
        house = asyncio.create_task(House(database, asyncio.Event().wait).keep())
        async with asyncio.timeout(30):
            await until(database, article_id, "queued")
        house.cancel()

    asyncio.run(scenario())

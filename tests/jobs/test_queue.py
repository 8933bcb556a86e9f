"""The queue: each article in one hand, stored once, lost never."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import chain

import pytest
from sqlalchemy import event, text, update

from app.articles import queue, reading
from app.articles.models import Article
from app.articles.queue import Claim
from app.articles.schemas import ArticleIn
from app.database import Database
from app.jobs import service as jobs
from tests.said import SaidExtractor

EXTRACTOR = SaidExtractor()


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.dispose()


def enqueue(database: Database, *texts: str, priority: int = reading.IN_BULK) -> list[int]:
    """Put texts into the queue; the ids of their articles."""
    return [
        database.write(partial(reading.enqueue, submitted=ArticleIn(text=one), priority=priority))[0] for one in texts
    ]


def claim(database: Database, lease: str, most: int = 1) -> list[Claim]:
    return database.write(partial(queue.claim, lease=lease, most=most))


def finish(database: Database, claim: Claim) -> bool:
    return database.write(partial(reading.finish, claim=claim, found=EXTRACTOR.extract(claim.text, claim.language)))


def state(database: Database, article_id: int) -> tuple[str, int, str | None]:
    """State, attempts, failure."""
    columns = (Article.state, Article.attempts, Article.failure)
    with database.read() as session:
        return tuple(session.query(*columns).filter(Article.id == article_id).one())


def quotes(database: Database) -> int:
    with database.read() as session:
        return session.scalar(text("SELECT count(*) FROM quotes"))


def die(database: Database, lease: str) -> None:
    """Let the lease of a holder end."""
    ended = update(Article).where(Article.lease == lease).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC))
    database.write(lambda session: session.execute(ended))


def said(number: int) -> str:
    return f"Page {number}. “Yes,” said Olof Berg."


def test_no_two_hands_hold_the_same_article(database):
    ids = enqueue(database, *map(said, range(60)))

    def take_all(lease: str) -> list[int]:
        taken = []
        while claims := claim(database, lease, 3):
            taken += [one.article_id for one in claims]
        return taken

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(take_all, map(str, range(8))))
    assert sorted(chain.from_iterable(taken)) == sorted(ids)


def test_what_somebody_waits_for_comes_first_and_then_the_oldest(database):
    bulk = enqueue(database, "“One.”", "“Two.”")
    asked = enqueue(database, "“Now.”", priority=reading.ASKED_FOR)
    taken = [one.article_id for _ in range(3) for one in claim(database, "a")]
    assert taken == [*asked, *bulk]


def test_a_waiting_article_that_somebody_asks_for_moves_up(database):
    first, second = enqueue(database, "“One.”", "“Two.”")
    assert enqueue(database, "“Two.”", priority=reading.ASKED_FOR) == [second]
    assert [one.article_id for _ in range(2) for one in claim(database, "a")] == [second, first]


def test_a_claim_has_what_reading_needs(database):
    (article_id,) = enqueue(database, said(1))
    assert claim(database, "a") == [Claim(article_id, "a", said(1), None)]
    assert claim(database, "b") == []


def test_a_result_is_stored_once_whoever_brings_it(database):
    (article_id,) = enqueue(database, said(1))
    (first,) = claim(database, "a")
    die(database, "a")
    database.write(reading.take_back)
    (second,) = claim(database, "b")
    with ThreadPoolExecutor(6) as threads:
        stored = list(threads.map(partial(finish, database), [first, second] * 3))
    assert stored.count(True) == 1
    assert (state(database, article_id)[0], quotes(database)) == ("done", 1)


def test_who_comes_too_late_changes_nothing(database):
    (article_id,) = enqueue(database, said(1))
    (late,) = claim(database, "a")
    die(database, "a")
    database.write(reading.take_back)
    assert not finish(database, late)
    assert not database.write(partial(reading.fail, claim=late, reason="late"))
    assert state(database, article_id) == ("queued", 1, None)
    (article,) = claim(database, "b")
    assert finish(database, article)


def test_who_is_late_but_not_replaced_is_welcome(database):
    enqueue(database, said(1))
    (late,) = claim(database, "a")
    die(database, "a")
    assert finish(database, late)


def test_a_holder_that_shows_it_lives_keeps_its_article(database):
    (article_id,) = enqueue(database, said(1))
    claim(database, "a")
    die(database, "a")
    database.write(partial(queue.renew, lease="a", article_ids=[article_id]))
    database.write(reading.take_back)
    assert state(database, article_id)[0] == "running"


def test_what_was_in_hand_when_two_died_is_given_up(database):
    (article_id,) = enqueue(database, said(1))
    job = database.write(partial(jobs.take_article, submitted=ArticleIn(text=said(1))))
    for lease, then in (("a", "queued"), ("b", "failed")):
        claim(database, lease)
        die(database, lease)
        database.write(reading.take_back)
        assert state(database, article_id)[0] == then
    assert state(database, article_id)[2] == queue.CRASHED
    with database.read() as session:
        assert jobs.get(session, job.id).status == "failed"
    enqueue(database, said(1))
    assert state(database, article_id) == ("queued", 0, None)


def test_what_was_in_hand_when_one_died_is_read_alone(database):
    ids = enqueue(database, *map(said, range(4)))
    claim(database, "a", 2)
    die(database, "a")
    database.write(reading.take_back)
    claims = claim(database, "b", 4)
    assert [(one.article_id, one.alone) for one in claims] == [(ids[0], True)]
    assert database.write(partial(queue.claim, lease="b", most=4, empty=False)) == []
    assert [one.article_id for one in claim(database, "c", 4)] == [ids[1]]
    assert [one.article_id for one in database.write(partial(queue.claim, lease="d", most=4, empty=False))] == ids[2:]


def test_who_was_beside_the_cause_of_two_deaths_is_read(database):
    deadly, innocent = enqueue(database, said(1), said(2))
    claim(database, "a", 2)
    die(database, "a")
    database.write(reading.take_back)
    claim(database, "b", 2)
    die(database, "b")
    database.write(reading.take_back)
    assert [state(database, one)[:2] for one in (deadly, innocent)] == [("failed", 2), ("queued", 1)]
    assert finish(database, *claim(database, "c"))


def test_what_is_handed_back_was_no_attempt(database):
    (article_id,) = enqueue(database, said(1))
    for lease in "abc":
        claim(database, lease)
        database.write(partial(queue.hand_back, lease=lease))
        assert state(database, article_id) == ("queued", 0, None)


def test_lines_taken_in_while_their_article_ends_do_not_wait_for_ever(database):
    texts = [said(number) for number in range(10)]
    enqueue(database, *texts)
    lines = [jobs.Line(number, ArticleIn(text=one)) for number, one in enumerate(texts, 1)]

    def read_all() -> None:
        while claims := claim(database, "a"):
            finish(database, claims[0])

    def take_in(_: int) -> int:
        job_id = database.write(jobs.start_batch)
        for line in lines:
            database.write(partial(jobs.take, job_id=job_id, lines=[line]))
        database.write(partial(jobs.close, job_id=job_id))
        return job_id

    with ThreadPoolExecutor(4) as threads:
        reader = threads.submit(read_all)
        taken = list(threads.map(take_in, range(3)))
        reader.result()
    with database.read() as session:
        assert [jobs.get(session, job_id).status for job_id in taken] == ["done"] * 3


def test_a_line_is_an_item_once(database):
    job_id = database.write(jobs.start_batch)
    line = jobs.Line(7, ArticleIn(text=said(1)))
    for _ in range(2):
        database.write(partial(jobs.take, job_id=job_id, lines=[line]))
    with database.read() as session:
        assert jobs.get(session, job_id).total == 1


def test_a_job_is_forgotten_long_after_it_ended(database, monkeypatch):
    job = database.write(partial(jobs.take_article, submitted=ArticleIn(text=said(1))))
    database.write(jobs.sweep)
    (article,) = claim(database, "a")
    finish(database, article)
    database.write(jobs.sweep)
    with database.read() as session:
        assert jobs.get(session, job.id).status == "done"
    monkeypatch.setattr(jobs, "KEPT", -jobs.KEPT)
    database.write(jobs.sweep)
    with database.read() as session, pytest.raises(jobs.JobNotFoundError):
        jobs.get(session, job.id)


@pytest.mark.parametrize(
    ("work", "waited"), [(partial(queue.renew, lease="a", article_ids=[1]), True), (reading.take_back, False)]
)
def test_a_lease_lasts_from_when_sqlite_was_free(database, monkeypatch, work, waited):
    """Who renews it is not charged for waiting, and who looks for dead holders takes nothing from those who wait."""
    if database.write_engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no one lock that all wait for")
    enqueue(database, said(1))
    claim(database, "a")
    moments = [datetime(2100, 1, 1, tzinfo=UTC)]
    event.listen(database.write_engine, "begin", lambda _: moments.append(moments[-1] + queue.LEASE))
    looked = []
    monkeypatch.setattr(queue, "clock", lambda _: looked.append(moments[-1]) or moments[-1])
    database.write(work)
    assert looked == [moments[1 if waited else 0]]

"""Workers on other machines: whatever becomes of messages, brokers and workers, each article is stored once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import uuid
from collections import Counter
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
import redis
from celery import Celery
from fastapi.testclient import TestClient
from kombu import Queue
from sqlalchemy import text, update
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from app.articles import reading
from app.articles.models import Article
from app.articles.schemas import ArticleIn
from app.database import Database
from app.jobs import endpoints
from app.main import create_app
from app.settings import Settings
from app.workers.broker import TASK, answers, celery_of, top_up
from app.workers.inline import InlineExtraction
from tests.faults import service as private
from tests.jobs.conftest import ended
from tests.light import Light
from tests.live import free_port
from tests.said import SaidExtractor

BROKERS = {
    "rabbitmq": os.environ.get("TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//"),
    "redis": os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0"),
}
pytestmark = pytest.mark.broker


def reachable(url: str) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname, where.port), timeout=3).close()
    except OSError:
        return False
    return True


@pytest.fixture
def postgresql(settings: Settings) -> Settings:
    if settings.database_url.startswith("sqlite"):
        pytest.skip("machines share a PostgreSQL, not a SQLite file")
    return settings


@pytest.fixture(params=BROKERS)
def shared(request, postgresql: Settings):
    """Settings that name a broker and a queue of its own."""
    url = BROKERS[request.param]
    if not reachable(url):
        missing = f"there is no {request.param} at {urlsplit(url).hostname}:{urlsplit(url).port}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    queue = f"onrecord-test-{uuid.uuid4().hex}"
    yield Settings(database_url=postgresql.database_url, broker_url=url, broker_queue=queue)
    forget(queue, celery_of(Settings(database_url=postgresql.database_url, broker_url=url, broker_queue=queue)))


def forget(queue: str, celery: Celery) -> None:
    """Leave nothing on a broker that others use: the queue, its exchange, and what binds them."""
    with celery.connection_for_write() as connection, connection.channel() as channel:
        bound = celery.amqp.queues[queue](channel)
        bound.declare()
        bound.delete()
        bound.exchange(channel).delete()
        if celery.connection().transport.driver_type == "redis":
            plain = redis.from_url(celery.conf.broker_url)
            plain.delete(*plain.keys(f"{queue}:*"), "")
            plain.close()
    celery.close()


@pytest.fixture
def database(postgresql: Settings):
    database = Database(postgresql.database_url)
    yield database
    database.dispose()


@pytest.fixture
def light(shared: Settings, tmp_path):
    light = Light(shared, tmp_path)
    yield light
    light.wait.unlink(missing_ok=True)


@contextmanager
def starting(light: Light):
    """Start workers; each is killed at the end, where it still runs."""
    with ExitStack() as stack:

        def start():
            worker = stack.enter_context(light.start("worker"))
            stack.callback(worker.stderr.read)
            stack.callback(worker.kill)
            return worker

        yield start


@pytest.fixture
def start(light: Light):
    with starting(light) as start:
        yield start


def said(number: int, more: str = "") -> str:
    return f"Page {number}{more}. “Yes,” said Olof Berg."


def enqueue(database: Database, *texts: str) -> None:
    for one in texts:
        database.write(partial(reading.enqueue, submitted=ArticleIn(text=one), priority=0))


def states(database: Database) -> Counter[tuple[str, int]]:
    """How many articles there are of each state and number of quotes."""
    counted = "SELECT state, (SELECT count(*) FROM quotes WHERE article_id = articles.id) FROM articles"
    with database.read() as session:
        return Counter(tuple(row) for row in session.execute(text(counted)))


def until(database: Database, expected: dict[tuple[str, int], int]) -> None:
    """Until the articles are like this."""

    @retry(retry=retry_if_result(lambda found: found != expected), wait=wait_fixed(0.05), stop=stop_after_delay(90))
    def look() -> Counter[tuple[str, int]]:
        return states(database)

    look()


def test_workers_read_what_the_service_takes_in(shared, light, start, monkeypatch):
    monkeypatch.setattr(endpoints, "POLL_SECONDS", 0.05)
    start(), start()
    body = "".join(f'{{"text": "{said(number)}"}}\n' for number in range(40)).encode()
    with TestClient(create_app(shared, InlineExtraction(SaidExtractor()))) as client:
        assert client.get("/health/ready").json()["checks"][-1] == {"name": "broker", "ok": True, "reason": None}
        answer = client.post("/articles/batch", content=body, headers={"Content-Type": "application/x-ndjson"})
        assert ended(client, answer.headers["Location"])["done"] == 40
    assert Counter(light.texts()) == Counter(map(said, range(40)))


def test_doubled_messages_change_nothing(shared, database, light, start):
    enqueue(database, *map(said, range(10)))
    celery = celery_of(shared)
    for _ in range(50):
        celery.send_task(TASK)
    start(), start()
    until(database, {("done", 1): 10})
    assert Counter(light.texts()) == Counter(map(said, range(10)))
    celery.close()


def test_lost_messages_change_nothing(database, light, start):
    enqueue(database, *map(said, range(10)))
    start()
    until(database, {("done", 1): 10})


def test_no_more_messages_are_sent_than_articles_wait(shared, database):
    celery = celery_of(shared)
    assert top_up(celery, database) == 0
    enqueue(database, *map(said, range(3)))
    assert [top_up(celery, database) for _ in range(2)] == [3, 0]
    celery.close()


def test_another_worker_reads_what_a_killed_one_had_in_hand(database, light, start):
    enqueue(database, said(1, " wait"))
    first = start()
    light.until_waiting(1)
    first.kill()
    first.wait()
    light.wait.unlink()
    database.write(lambda session: session.execute(update(Article).values(leased_until=Article.created_at)))
    start()
    until(database, {("done", 1): 1})


def test_a_worker_that_is_told_to_stop_hands_back_what_it_has_in_hand(database, light, start):
    enqueue(database, said(1, " wait"))
    worker = start()
    light.until_waiting(1)
    worker.send_signal(signal.SIGTERM)
    until(database, {("queued", 0): 1})
    light.wait.unlink()
    assert worker.wait(60) == 0
    with database.read() as session:
        assert session.scalar(text("SELECT attempts FROM articles")) == 0


def test_a_worker_logs_in_json_where_it_is_told_to(shared, database, tmp_path):
    enqueue(database, said(1, " wait"))
    light = Light(shared.model_copy(update={"log_format": "json"}), tmp_path)
    with light.start("worker") as worker:
        light.until_waiting(1)
        light.wait.unlink()
        until(database, {("done", 1): 1})
        worker.send_signal(signal.SIGTERM)
        lines = [json.loads(line) for line in worker.stderr.read().splitlines()]
    assert {line["logger"] for line in lines} >= {"celery.worker.strategy"}


@pytest.fixture(params=[private.redis, private.rabbitmq])
def stoppable(request, postgresql: Settings):
    """A broker that may be stopped, and settings that name it."""
    if not shutil.which(f"{request.param.__name__}-server"):
        pytest.skip(f"there is no {request.param.__name__} to start")
    # Not pytest's own directory: a server that runs as another user could not enter it.
    with TemporaryDirectory(ignore_cleanup_errors=True) as directory, request.param(Path(directory)) as (server, url):
        yield server, Settings(database_url=postgresql.database_url, broker_url=url)


def test_a_worker_reads_on_when_its_broker_comes_back(stoppable, database, tmp_path):
    server, settings = stoppable
    light = Light(settings, tmp_path)
    enqueue(database, said(1, " wait"))
    with starting(light) as start:
        start()
        light.until_waiting(1)
        server.stop()
        light.wait.unlink()
        until(database, {("done", 1): 1})
        server.start()
        enqueue(database, said(2))
        until(database, {("done", 1): 2})


def test_a_broker_that_hangs_is_not_waited_for(stoppable):
    server, settings = stoppable
    celery = celery_of(settings)
    assert answers(celery)
    server.process.send_signal(signal.SIGSTOP)
    assert not answers(celery)
    server.process.send_signal(signal.SIGCONT)
    celery.close()


def test_a_broker_that_has_another_queue_of_this_name_cannot_be_used(stoppable):
    _, settings = stoppable
    celery = celery_of(settings)
    if celery.connection().transport.driver_type == "redis":
        pytest.skip("on Redis all queues are alike")
    with celery.connection_for_write() as connection, connection.channel() as channel:
        Queue(settings.broker_queue, queue_arguments={"x-queue-type": "quorum"})(channel).queue_declare()
    assert not answers(celery)
    celery.close()


@pytest.fixture
def without_broker(postgresql: Settings) -> Settings:
    return Settings(database_url=postgresql.database_url, broker_url=f"redis://127.0.0.1:{free_port()}/0")


def test_a_text_is_accepted_while_there_is_no_broker(without_broker, database):
    with TestClient(create_app(without_broker, InlineExtraction(SaidExtractor()))) as client:
        answer = client.post("/articles", json={"text": said(1)}, headers={"Prefer": "respond-async"})
        assert (answer.status_code, answer.json()["status"]) == (202, "queued")
        assert client.post("/articles", json={"text": said(2)}).status_code == 201
    assert states(database) == {("queued", 0): 1, ("done", 1): 1}

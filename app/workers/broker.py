"""Wake-ups for workers on other machines: Celery on RabbitMQ or Redis.

A message says only that something waits in the queue, which is in the database. It may be lost or come twice: who gets
one takes the next article, if there is any, and as long as articles wait there are as many messages as workers can use.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from kombu.transport.base import StdChannel as Channel

from app.articles import queue
from app.database import Database
from app.settings import Settings

log = logging.getLogger(__name__)
TASK = "onrecord.read_next"
MOST_MESSAGES = 500
"""Wake-ups under way at most: a batch of a million articles must not become a million messages."""
CONNECT_SECONDS = 3
ANSWER_SECONDS = 5
"""How long a broker that took the connection may be silent: it may hang, or its machine be gone."""


def celery_of(settings: Settings) -> Celery:
    """Celery on the broker that the settings name."""
    celery = Celery("onrecord", broker=settings.broker_url, set_as_current=False)
    celery.conf.update(
        task_default_queue=settings.broker_queue,
        task_ignore_result=True,
        # A message is done with when its article is, and a worker keeps none in reserve, on however many cores.
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        worker_concurrency=1,
        broker_connection_timeout=CONNECT_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A solo worker answers no heartbeat while it reads; leases tell who lives.
        broker_heartbeat=0,
        # Each transport takes its own and leaves those of the other.
        broker_transport_options={
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            "read_timeout": ANSWER_SECONDS,
            "write_timeout": ANSWER_SECONDS,
            "global_keyprefix": f"{settings.broker_queue}:",
            # Redis knows no acknowledgements. Kombu writes them down in it, and one that fails because the connection
            # has gone is never made up for: without its credit the worker would ask for no message any more.
            "ack_emulation": False,
        },
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
    )
    return celery


@contextmanager
def _channel(celery: Celery) -> Iterator[Channel]:
    """A way to the broker; waits for it a few seconds at most."""
    with celery.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_SECONDS)
        with connection.channel() as channel:
            yield channel


def _queued(celery: Celery, channel: Channel) -> int:
    """Messages that no worker has taken yet. The queue is made where it is missing."""
    named = celery.amqp.queues[celery.conf.task_default_queue]
    return named(channel).queue_declare().message_count


def answers(celery: Celery) -> bool:
    """Whether the broker answers and has the queue; a few seconds at most."""
    try:
        with _channel(celery) as channel:
            _queued(celery, channel)
    except Exception as error:  # kombu's, redis's, or the system's
        log.warning("the broker cannot be used: %s", error)
        return False
    return True


def top_up(celery: Celery, database: Database) -> int:
    """Send as many wake-ups as there are articles waiting beyond those under way; how many these were.

    Raises what kombu raises where the broker does not answer, after a few seconds at most.
    """
    with database.read() as session:
        waiting = queue.waiting(session, MOST_MESSAGES)
    if not waiting:
        return 0
    with _channel(celery) as channel, celery.amqp.Producer(channel) as producer:
        missing = max(waiting - _queued(celery, channel), 0)
        for _ in range(missing):
            celery.send_task(TASK, producer=producer, retry=False)
    return missing

"""Wake-ups for workers on other machines: Celery on RabbitMQ or Redis.

A message says only that something waits in the queue, which is in the database. It may be lost or come twice: who gets
one takes the next article, if there is any, and as long as articles wait there are as many messages as workers can use.
"""

import logging

from celery import Celery

from app.articles import queue
from app.database import Database
from app.settings import Settings

log = logging.getLogger(__name__)
TASK = "onrecord.read_next"
MOST_MESSAGES = 500
"""Wake-ups under way at most: a batch of a million articles must not become a million messages."""
CONNECT_SECONDS = 3


def celery_of(settings: Settings) -> Celery:
    """Celery on the broker that the settings name."""
    celery = Celery("onrecord", broker=settings.broker_url, set_as_current=False)
    celery.conf.update(
        task_default_queue=settings.broker_queue,
        task_ignore_result=True,
        # A message is done with when its article is, and a worker keeps none in reserve.
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        broker_connection_timeout=CONNECT_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A solo worker answers no heartbeat while it reads; leases tell who lives.
        broker_heartbeat=0,
        # Redis keeps what is not acknowledged in keys of its own, for all who use it unless they are told apart.
        broker_transport_options={
            "socket_connect_timeout": CONNECT_SECONDS,
            "global_keyprefix": f"{settings.broker_queue}:",
        },
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
    )
    return celery


def answers(celery: Celery) -> bool:
    """Whether the broker takes a connection; a few seconds at most."""
    try:
        with celery.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_SECONDS)
            connection.default_channel.close()
    except Exception as error:  # kombu's, redis's, or the system's
        log.warning("the broker does not answer: %s", error)
        return False
    return True


def top_up(celery: Celery, database: Database) -> int:
    """Send as many wake-ups as there are articles waiting beyond those under way; how many these were.

    Raises what kombu raises where the broker does not answer.
    """
    with database.read() as session:
        waiting = queue.waiting(session, MOST_MESSAGES)
    if not waiting:
        return 0
    with celery.connection_for_write() as connection, connection.channel() as channel:
        named = celery.amqp.queues[celery.conf.task_default_queue]
        missing = max(waiting - named(channel).queue_declare().message_count, 0)
        with celery.amqp.Producer(channel) as producer:
            for _ in range(missing):
                celery.send_task(TASK, producer=producer, retry=False)
    return missing

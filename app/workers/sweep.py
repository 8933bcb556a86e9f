"""What has to be put right from time to time, whoever died."""

from app.articles import reading
from app.database import WriteSession
from app.idempotency import service as idempotency
from app.jobs import service as jobs

EVERY_SECONDS = 5.0


def sweep(session: WriteSession) -> None:
    """Put what dead readers had in hand back into the queue, close what dead receivers left, forget what is old."""
    reading.take_back(session)
    jobs.sweep(session)
    idempotency.sweep(session)

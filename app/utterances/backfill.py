"""Utterances for quotes that were stored before there were any."""

from app.database import WriteSession
from app.utterances import repository, service

BATCH = 1000


def run(session: WriteSession) -> None:
    """Give every quote without an utterance one, some at a time, in the order they were stored."""
    last = 0
    while sayings := repository.sayings_without(session, last, BATCH):
        service.assign_sayings(session, sayings)
        last = sayings[-1].quote_id

"""Utterances for quotes that were stored before there were any."""

import logging

from app.database import WriteSession
from app.utterances import repository, service

BATCH, TOLD = 1000, 50_000
LOGGER = logging.getLogger(__name__)


def run(session: WriteSession) -> None:
    """Give every quote without an utterance one, some at a time, in the order they were stored."""
    last = done = 0
    while sayings := repository.sayings_without(session, last, BATCH):
        service.assign_sayings(session, sayings)
        last, done = sayings[-1].quote_id, done + len(sayings)
        if done % TOLD == 0:
            LOGGER.info("utterances are found of %s stored quotes, up to the id %s", f"{done:,}", last)

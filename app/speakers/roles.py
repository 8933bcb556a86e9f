"""Roles of speakers as dated facts: which article calls whom `Russian Defense Minister`."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.database import WriteSession
from app.extraction import document
from app.search.words import words
from app.speakers import roles_repository

MAX_ROLE = 300


def note(session: WriteSession, article_id: int, text: str, speaker_ids: Mapping[document.Speaker, int]) -> None:
    """Make these the roles that an article tells. The ids are of whom its words stand for, merges not followed."""
    rows = {(row["speaker_id"], row["key"]): row for row in reversed(list(_rows(text, speaker_ids)))}
    roles_repository.replace(session, article_id, list(rows.values()))


def _rows(text: str, speaker_ids: Mapping[document.Speaker, int]) -> Iterator[dict[str, Any]]:
    for speaker, speaker_id in speaker_ids.items():
        for span in speaker.roles:
            role = " ".join(span.of(text).split())[:MAX_ROLE]
            if key := " ".join(words(role)):
                yield {"speaker_id": speaker_id, "key": key, "role": role}

"""A quote as its utterance is looked for: who says what when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from app.extraction.document import SpeakerKind
from app.speakers.linking import is_full
from app.utterances.signatures import bands
from app.utterances.wording import Wording, wording

DAYS_APART = 3
"""Short words of one speaker are one utterance within so many days: that long a wire report goes round."""


def is_known_by_name(kind: str, name: str) -> bool:
    """Has the archive a speaker for every article that names one so?"""
    return not is_full(name, SpeakerKind(kind))


def speaker_key(speaker_id: int, kind: str, name: str, key: str) -> str:
    """Who says it: the speaker or, where every article has one of its own, the name."""
    return f"{kind}:{key}" if is_known_by_name(kind, name) else f"{speaker_id}"


@dataclass(frozen=True)
class Saying:
    """A quote, its words and the key of its speaker, None where the article does not tell."""

    quote_id: int
    text: str
    speaker: str | None
    ordered_at: datetime

    @cached_property
    def wording(self) -> Wording:
        """The words, as they are compared."""
        return wording(self.text)

    @cached_property
    def bands(self) -> list[int]:
        """What quotes in much the same words share, see `app.utterances.signatures`; few words do not tell."""
        return [] if self.wording.is_short else bands(self.wording.words)

    @property
    def identity(self) -> str | None:
        """What the same words of the same speaker share; None for a few words of nobody known for certain."""
        if not self.wording.is_short:
            return self.wording.digest(self.speaker or "")
        return self._on(self.ordered_at.date()) if self._tells_who else None

    def identities(self) -> list[str]:
        """The identities that an utterance in the same words may have, those of unknown speakers included."""
        if not self.wording.is_short:
            return [self.wording.digest(one) for one in {self.speaker or "", ""}]
        return [self._on(day) for day in self._days()] if self._tells_who else []

    def by(self, speaker: str | None) -> "Saying":
        """The same words, said by somebody else."""
        said = replace(self, speaker=speaker)
        said.__dict__["wording"] = self.wording  # read once, however many may have said it
        return said

    @property
    def _tells_who(self) -> bool:
        return self.speaker is not None and self.speaker.isdigit()

    def _on(self, day: date) -> str:
        return self.wording.digest(self.speaker or "", day.isoformat())

    def _days(self) -> Iterator[date]:
        moment = self.ordered_at.date()
        for days in range(-DAYS_APART, DAYS_APART + 1):
            try:
                yield moment + timedelta(days=days)
            except OverflowError:  # at either end of the calendar
                continue

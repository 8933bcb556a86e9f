"""Speakers: who a quote of an article belongs to across the archive."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.database import ReadSession, WriteSession
from app.errors import OnRecordError
from app.extraction import document
from app.pagination import Page
from app.speakers import repository
from app.speakers.identity import words_of
from app.speakers.linking import (
    FROM_ARTICLE,
    LINKED,
    KnownName,
    fitting,
    given_by_hand,
    identity_of,
    is_full,
    is_widespread,
    lookups_of,
)
from app.speakers.models import Speaker
from app.speakers.schemas import AliasOut, SpeakerOut, SpeakersQuery

ENOUGH_ARTICLES = 3
"""Articles that must quote somebody before the surname alone is taken for them."""


class SpeakerNotFoundError(OnRecordError):
    """No speaker has this id."""

    status, name, title = 404, "speaker-not-found", "No such speaker"


class NameInvalidError(OnRecordError):
    """A name in which there is nothing to look for."""

    status, name, title = 422, "name-invalid", "That is not a name"


def refuse_wordless(name: str, field: str) -> None:
    """Raises NameInvalidError where a name has no word."""
    if not words_of(name):
        raise NameInvalidError("Write a name with letters or digits in it, or a speaker's id.", field=field)


def get(session: ReadSession, speaker_id: int) -> SpeakerOut:
    """A speaker. Raises SpeakerNotFoundError."""
    speaker = repository.get(session, speaker_id)
    if speaker is None:
        raise SpeakerNotFoundError(f"There is no speaker {speaker_id}.")
    return _shown(speaker, repository.quote_counts(session, [speaker_id]))


def page(session: ReadSession, query: SpeakersQuery) -> Page[SpeakerOut]:
    """A page of speakers, by name. Raises NameInvalidError."""
    if query.name is not None:
        refuse_wordless(query.name, "name")
    found = repository.page(session, query)
    counts = repository.quote_counts(session, [speaker.id for speaker in found.rows])
    return Page([_shown(speaker, counts) for speaker in found.rows], found.cursor)


def link(
    session: WriteSession, speakers: Iterable[document.Speaker], article_id: int | None = None
) -> dict[document.Speaker, int]:
    """The id in the archive of each speaker of one article. New speakers and names are added."""
    together = defaultdict(list)
    for speaker in dict.fromkeys(speakers):
        together[identity_of(speaker.name, speaker.kind) or f"{speaker.kind} {speaker.name}"].append(speaker)
    linked = {}
    for _, same in sorted(together.items()):  # two articles that share speakers must lock them in the same order
        linked |= dict.fromkeys(same, _linked(session, same, article_id))
    return linked


def _linked(session: WriteSession, same: list[document.Speaker], article_id: int | None) -> int:
    names = list(dict.fromkeys(name for speaker in same for name in (speaker.name, *speaker.aliases)))
    name, kind = same[0].name, same[0].kind
    speaker_id = _known(session, names, kind)
    if speaker_id is None:
        speaker_id = repository.find_or_add(session, name, kind, identity_of(name, kind))
    for each in names:
        repository.add_alias(session, speaker_id, each, FROM_ARTICLE, article_id)
    return speaker_id


def _known(session: WriteSession, names: Sequence[str], kind: document.SpeakerKind) -> int | None:
    """The speaker of the archive with these names, the fullest first; None where they do not tell."""
    if kind not in LINKED:
        return None
    if found := repository.identified(session, identity_of(names[0], kind)):
        return found
    known = repository.like_named(session, lookups_of(names[0], kind), kind)
    fits = fitting(names, kind, known)
    if not fits and (kind is document.SpeakerKind.ORGANIZATION or not is_full(names[0], kind)):
        fits = _called(session, names[0], known)
    return repository.keep(session, fits[0]) if len(fits) == 1 else None


def _called(session: WriteSession, name: str, known: Mapping[int, Sequence[KnownName]]) -> list[int]:
    """Whom a surname or an acronym stands for: whom a hand says, or the only one, where several articles quote them."""
    if by_hand := [speaker_id for speaker_id, theirs in known.items() if given_by_hand(name, theirs)]:
        return by_hand
    if len(known) != 1 or is_widespread(name):
        return []
    return [speaker_id for speaker_id in known if repository.quoted_in(session, speaker_id) >= ENOUGH_ARTICLES]


def _shown(speaker: Speaker, counts: dict[int, int]) -> SpeakerOut:
    return SpeakerOut(
        id=speaker.id,
        name=speaker.name,
        kind=document.SpeakerKind(speaker.kind),
        aliases=[AliasOut.model_validate(alias) for alias in speaker.aliases],
        quote_count=counts.get(speaker.id, 0),
        created_at=speaker.created_at,
    )

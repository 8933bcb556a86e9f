"""Speakers: who a quote of an article belongs to across the archive."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.database import ReadSession, WriteSession
from app.errors import OnRecordError
from app.extraction import document
from app.pagination import Page
from app.speakers import aliases_repository, linking_repository, repository, roles_repository, search_repository
from app.speakers.identity import key_of, words_of
from app.speakers.linking import (
    FROM_ARTICLE,
    LINKED,
    KnownName,
    contradicts,
    fitting,
    identity_of,
    is_another,
    is_full,
    is_widespread,
    lookups_of,
    may_be_short,
    told_by_hand,
)
from app.speakers.models import Speaker
from app.speakers.schemas import AliasOut, RoleOut, SpeakerDetail, SpeakerOut, SpeakersQuery

ENOUGH_ARTICLES = 3
"""Articles that must quote somebody before the surname alone is taken for them."""


class SpeakerNotFoundError(OnRecordError):
    """No speaker has this id."""

    status, name, title = 404, "speaker-not-found", "No such speaker"


class SpeakerMovedError(OnRecordError):
    """The speaker was merged into another. Not for ever, since that can be undone: clients must not remember it."""

    status, name, title = 307, "speaker-moved", "The speaker was merged into another"


class NameInvalidError(OnRecordError):
    """A name in which there is nothing to look for."""

    status, name, title = 422, "name-invalid", "That is not a name"


def refuse_wordless(name: str, field: str) -> None:
    """Raises NameInvalidError where a name has no word."""
    if not words_of(name):
        raise NameInvalidError("Write a name with letters or digits in it, or a speaker's id.", field=field)


def get(session: ReadSession, speaker_id: int) -> SpeakerDetail:
    """A speaker with its roles. Raises SpeakerNotFoundError, SpeakerMovedError."""
    speaker = repository.get(session, speaker_id)
    if speaker is None:
        raise SpeakerNotFoundError(f"There is no speaker {speaker_id}.")
    if speaker.merged_into_id:
        raise SpeakerMovedError(f"It was merged into speaker {speaker.merged_into_id}.", headers=_moved(speaker))
    return detailed(session, speaker)


def page(session: ReadSession, query: SpeakersQuery) -> Page[SpeakerOut]:
    """A page of speakers, by name. Raises NameInvalidError."""
    if query.name is not None:
        refuse_wordless(query.name, "name")
    found, counts = search_repository.page(session, query)
    return Page([shown(speaker, counts) for speaker in found.rows], found.cursor)


def link(
    session: WriteSession, speakers: Iterable[document.Speaker], article_id: int | None = None
) -> dict[document.Speaker, int]:
    """The id in the archive of each speaker of one article, merges not followed. New speakers and names are added."""
    together = defaultdict(list)
    all_of_it = list(dict.fromkeys(speakers))
    for speaker in all_of_it:
        together[identity_of(speaker.name, speaker.kind) or f"{speaker.kind} {speaker.name}"].append(speaker)
    linked = {}
    for _, same in sorted(together.items()):  # two articles that share speakers must lock them in the same order
        others = [speaker.name for speaker in all_of_it if speaker not in same]
        linked |= dict.fromkeys(same, _linked(session, same, others, article_id))
    return linked


def followed(session: WriteSession, speaker_ids: Iterable[int]) -> dict[int, int]:
    """The speaker that each of these is by now, all merges followed."""
    ids = set(speaker_ids)
    return {one: one for one in ids} | repository.living_of(session, ids) if ids else {}


def current(session: ReadSession, speaker_id: int) -> int:
    """The speaker that this one is by now, all merges followed, for who only reads."""
    return repository.current(session, speaker_id) or speaker_id


def drop_stray_names(session: WriteSession, article_id: int) -> None:
    """Take back the full names that an article was the first to give somebody of quite another name, before it is read
    again or removed: they may be a mistake, and what is found again comes back.
    """
    for speaker in aliases_repository.named_by(session, article_id):
        kind = document.SpeakerKind(speaker.kind)
        given = [alias for alias in speaker.aliases if (alias.source, alias.article_id) == (FROM_ARTICLE, article_id)]
        apart = [alias for alias in given if contradicts(alias.name, speaker.name, kind)]
        stray = {alias.name for alias in apart if is_full(alias.name, kind)}
        short = (alias for alias in apart if any(not contradicts(alias.name, name, kind) for name in stray))
        aliases_repository.remove_aliases(session, [alias.id for alias in short])


def _linked(session: WriteSession, same: list[document.Speaker], others: Sequence[str], article_id: int | None) -> int:
    names = list(dict.fromkeys(name for speaker in same for name in (speaker.name, *speaker.aliases)))
    name, kind = same[0].name, same[0].kind
    known = _known(session, names, kind, others)
    taken = _was_taken(session, known, name)
    contested = taken or linking_repository.is_contested(session, known)
    told = known[0] if len(known) == 1 and not contested else None
    identity = None if contested else identity_of(name, kind)
    if identity is None:
        # The name does not tell. Read again, an article keeps its own speaker, and so what people made of them.
        own = linking_repository.read_as(session, article_id, name, kind, of_it_alone=not contested)
        own = linking_repository.found_in(session, article_id, known) if taken and not own else own
        told = own if own and (told is None or repository.living(session, own) != own) else told
    speaker_id, is_new = (told, False) if told else linking_repository.find_or_add(session, name, kind, identity)
    if is_new:
        aliases_repository.add_aliases(session, speaker_id, names, FROM_ARTICLE, article_id)
    else:
        _add_names(session, speaker_id, names, article_id)
    return speaker_id


def _was_taken(session: WriteSession, known: Iterable[int], name: str) -> bool:
    """Has a person taken the name from one of the speakers? By it alone nobody is meant to be them."""
    # Read without locks: they would be taken in another order than a correction takes them.
    refused = (aliases_repository.refused_names(session, repository.current(session, one) or one) for one in known)
    key = key_of(name)
    return any(key_of(one) == key for names in refused for one in names)


def _add_names(session: WriteSession, speaker_id: int, names: Iterable[str], article_id: int | None) -> None:
    """Let whom the speaker is by now go by the names of an article, but those that a person took away."""
    living = repository.living(session, speaker_id) or speaker_id
    origin = speaker_id if speaker_id != living else None
    refused = aliases_repository.refused_names(session, living)
    told = [name for name in names if name not in refused]
    aliases_repository.add_aliases(session, living, told, FROM_ARTICLE, article_id, origin)


def _known(session: WriteSession, names: Sequence[str], kind: document.SpeakerKind, others: Sequence[str]) -> list[int]:
    """The speakers of the archive that these names fit, the fullest first: one where they tell who it is.

    `others` are whom the article tells them apart from.
    """
    if kind not in LINKED:
        return []
    if found := linking_repository.identified(session, identity_of(names[0], kind)):
        return [found]
    known, living = linking_repository.like_named(session, lookups_of(names[0], kind), kind)
    fits = [one for one in fitting(names, kind, known) if not is_another(names[0], kind, others, known[one])]
    if told := told_by_hand(names[0], kind, known):
        fits = told
    elif not fits and may_be_short(names[0], kind):
        fits = _called(session, names[0], known, living)
    if len({living[one] for one in fits}) != 1:
        return fits
    kept = linking_repository.keep(session, min(fits, key=lambda one: (one != living[one], one)))
    return [kept] if kept else []


def _called(
    session: WriteSession, name: str, known: Mapping[int, Sequence[KnownName]], living: Mapping[int, int]
) -> list[int]:
    """Whom a surname or an acronym stands for: the only one with it, where several articles quote them."""
    if len(bearers := set(living.values())) != 1 or is_widespread(name):
        return []
    enough = linking_repository.quoted_in(session, bearers.pop()) >= ENOUGH_ARTICLES
    return sorted(known) if enough else []


def _moved(speaker: Speaker) -> dict[str, str]:
    return {"Location": f"/speakers/{speaker.merged_into_id}"}


def shown(speaker: Speaker, counts: dict[int, int]) -> SpeakerOut:
    """A speaker with its names, as the API shows it."""
    return SpeakerOut(
        id=speaker.id,
        name=speaker.name,
        kind=document.SpeakerKind(speaker.kind),
        aliases=[AliasOut.model_validate(alias) for alias in speaker.aliases],
        quote_count=counts.get(speaker.id, 0),
        created_at=speaker.created_at,
    )


def detailed(session: Session, speaker: Speaker) -> SpeakerDetail:
    """A speaker with its names and roles, as the API shows it."""
    one = shown(speaker, repository.quote_counts(session, [speaker.id]))
    roles = [RoleOut.model_validate(role) for role in roles_repository.of(session, speaker.id)]
    return SpeakerDetail(**one.model_dump(), roles=roles)

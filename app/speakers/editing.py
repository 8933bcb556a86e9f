"""What people do to speakers: rename, aliases, merge, split; and how each is undone.

A quote keeps whom its article's words stand for (`found_speaker_id`), so undoing a merge also gives back what came in
since. A merged speaker stays as a sign that says where it went, without names, so that no search finds it.
"""

from typing import Any

from app.changes import repository as changes
from app.changes.models import Change
from app.changes.schemas import Action
from app.database import ReadSession, WriteSession
from app.errors import InvalidRequestError, OnRecordError
from app.etags import etag, refuse_outdated
from app.extraction.document import SpeakerKind
from app.quotes import corrections
from app.quotes import repository as quotes
from app.quotes.corrections import ChangeSupersededError
from app.speakers import aliases_repository, repository
from app.speakers import edits_repository as edits
from app.speakers.identity import key_of
from app.speakers.linking import FROM_ARTICLE, contradicts, is_full
from app.speakers.models import Speaker
from app.speakers.schemas import SpeakerDetail, SpeakerOut
from app.speakers.service import SpeakerNotFoundError, detailed, refuse_wordless, shown
from app.utterances.respeaking import respeak
from app.utterances.sayings import is_known_by_name

HAND = "hand"


class SpeakerMergedError(OnRecordError):
    """An edit of a speaker that was merged into another."""

    status, name, title = 409, "speaker-merged", "The speaker was merged into another"


class MergeRefusedError(OnRecordError):
    """A merge of a speaker with itself, or of one that is merged already."""

    status, name, title = 409, "merge-refused", "These speakers cannot be merged"


class AliasNotFoundError(OnRecordError):
    """The speaker does not go by this name."""

    status, name, title = 404, "alias-not-found", "No such alias"


def tag_of(session: ReadSession | WriteSession, speaker: SpeakerOut) -> str:
    """The ETag of a speaker: its names and what people last did to it, not how many quotes it has."""
    names = sorted(alias.name for alias in speaker.aliases)
    return etag([speaker.id, speaker.name, speaker.kind, names, changes.last_of_speaker(session, speaker.id)])


def rename(session: WriteSession, speaker_id: int, name: str, who: str | None, if_match: str | None) -> SpeakerDetail:
    """Give a speaker another name; it is still found by the old one."""
    refuse_wordless(name, "name")
    speaker = _edited(session, speaker_id, if_match)
    if (before := speaker.name) != name:
        added = aliases_repository.add_alias(session, speaker_id, name, HAND)
        _call(session, speaker, name)
        after = {"name": name, "alias_added": added is not None}
        changes.record(session, Action.RENAME, who, speaker_id=speaker_id, before={"name": before}, after=after)
    return _shown(session, speaker_id)


def undo_rename(session: WriteSession, change: Change) -> None:
    speaker = _locked(session, change.speaker_id)
    _expect(speaker.name == change.after["name"])
    _call(session, speaker, change.before["name"])
    if change.after["alias_added"]:
        edits.remove_alias(session, speaker.id, change.after["name"])
    _go_by_own_name(session, speaker)


def add_alias(
    session: WriteSession, speaker_id: int, name: str, who: str | None, if_match: str | None
) -> SpeakerDetail:
    """Let a speaker go by another name, too."""
    refuse_wordless(name, "name")
    speaker = _edited(session, speaker_id, if_match)
    # What an article calls somebody leads to nobody by itself; what a person says does.
    replaced = None if speaker.name == name else edits.remove_alias(session, speaker_id, name, FROM_ARTICLE)
    if aliases_repository.add_alias(session, speaker_id, name, HAND):
        before, after = {"alias": None}, {"alias": name, "was_refused": edits.allow(session, speaker_id, name)}
        if replaced:
            before["replaced"] = replaced
        changes.record(session, Action.ADD_ALIAS, who, speaker_id=speaker_id, before=before, after=after)
    return _shown(session, speaker_id)


def undo_add_alias(session: WriteSession, change: Change) -> None:
    speaker, name = _locked(session, change.speaker_id), change.after["alias"]
    _expect(speaker.name != name and edits.remove_alias(session, speaker.id, name) is not None)
    if change.after["was_refused"]:
        edits.refuse(session, speaker.id, name)
    if replaced := change.before.get("replaced"):
        _give_back(session, speaker, replaced)


def remove_alias(
    session: WriteSession, speaker_id: int, name: str, who: str | None, if_match: str | None
) -> SpeakerDetail:
    """Take a name from a speaker; articles do not give it back. Raises AliasNotFoundError."""
    speaker = _edited(session, speaker_id, if_match)
    if speaker.name == name:
        raise InvalidRequestError("is the speaker's own name; rename the speaker first", field="name")
    removed = edits.remove_alias(session, speaker_id, name)
    if removed is None:
        raise AliasNotFoundError(f"Speaker {speaker_id} does not go by this name; GET /speakers/{speaker_id} has all.")
    edits.refuse(session, speaker_id, name)
    before = {"alias": name, "removed": removed}
    changes.record(session, Action.REMOVE_ALIAS, who, speaker_id=speaker_id, before=before, after={"alias": None})
    return _shown(session, speaker_id)


def undo_remove_alias(session: WriteSession, change: Change) -> None:
    speaker = _locked(session, change.speaker_id)
    is_back = change.before["alias"] in {alias.name for alias in speaker.aliases}  # as undoing a rename does
    _expect(edits.allow(session, speaker.id, change.before["alias"]) or is_back)
    _give_back(session, speaker, change.before["removed"])


def merge(
    session: WriteSession, source_id: int, target_id: int, who: str | None, if_match: str | None
) -> SpeakerDetail:
    """Make one speaker of two: the target, with all quotes and names. Raises MergeRefusedError."""
    if source_id == target_id:
        raise MergeRefusedError("A speaker cannot be merged with itself; name another one in `into`.")
    edits.lock(session, source_id, target_id)
    target = repository.get(session, target_id)
    if target is None:
        raise InvalidRequestError(f"is {target_id}, whom nobody knows; GET /speakers lists them", field="into")
    if target.merged_into_id:
        end = repository.living(session, target_id)
        raise MergeRefusedError(f"Speaker {target_id} was itself merged into {end}; merge with that one, or undo it.")
    source = _edited(session, source_id, if_match)
    moved, dropped = edits.move_aliases(session, source_id, target_id)
    edits.redirect(session, source, target_id)
    respeak(session, edits.give_quotes(session, source_id, target_id), target)
    after = {"merged_into": target_id, "moved": moved, "dropped": dropped}
    about = {"speaker_id": source_id, "other_speaker_id": target_id}
    changes.record(session, Action.MERGE, who, **about, before={"merged_into": None}, after=after)
    return _shown(session, target_id)


def undo_merge(session: WriteSession, change: Change) -> None:
    assert change.speaker_id and change.other_speaker_id
    edits.lock(session, change.speaker_id, change.other_speaker_id)
    source, target = (repository.get(session, one) for one in (change.speaker_id, change.other_speaker_id))
    assert source and target
    _expect(source.merged_into_id == target.id and target.merged_into_id is None)
    edits.redirect(session, source, None)
    edits.return_aliases(session, source.id, target)
    for alias in change.after["dropped"]:
        edits.give_back(session, source.id, alias)
    _go_by_own_name(session, source)
    respeak(session, edits.take_back_quotes(session, source.id, target.id), source)


def split(
    session: WriteSession, speaker_id: int, name: str, quote_ids: list[int], who: str | None, if_match: str | None
) -> SpeakerDetail:
    """A new speaker with some of the quotes of one: two people whom one name had made one, and does no longer."""
    refuse_wordless(name, "name")
    speaker = _edited(session, speaker_id, if_match)
    moved = quotes.locked_of_speaker(session, speaker_id, quote_ids)
    if missing := sorted(set(quote_ids) - {quote.id for quote in moved}):
        raise InvalidRequestError(f"names {missing[0]}, which is no quote of speaker {speaker_id}", field="quotes")
    new_id = edits.add_speaker(session, name, speaker.kind)
    aliases_repository.add_alias(session, new_id, name, HAND)
    before = {"quotes": {str(quote.id): corrections.state_of(quote) for quote in moved}}
    for quote in moved:
        corrected = {"speaker_corrected": True, "corrected_speaker_id": new_id}
        corrections.restore(session, quote, {**corrections.state_of(quote), **corrected})
    about = {"speaker_id": speaker_id, "other_speaker_id": new_id}
    after = {"speaker_id": new_id, "quotes": [quote.id for quote in moved], "contested": _may_be(speaker, name)}
    changes.note_moved(session, changes.record(session, Action.SPLIT, who, **about, before=before, after=after), moved)
    return _shown(session, new_id)


def undo_split(session: WriteSession, change: Change) -> None:
    assert change.speaker_id and change.other_speaker_id
    edits.lock(session, change.speaker_id, change.other_speaker_id)
    new = _locked(session, change.other_speaker_id)
    speaker = _locked(session, change.speaker_id)
    for quote in quotes.locked_of_speaker(session, new.id, change.after["quotes"]):
        before = change.before["quotes"][str(quote.id)]
        corrections.restore(session, quote, {**before, "status": quote.status})
    _expect(not edits.is_merged_into(session, new.id))
    edits.remove_aliases(session, new.id)
    edits.redirect(session, new, speaker.id)
    respeak(session, edits.give_quotes(session, new.id, speaker.id), speaker)  # what came in since
    edits.give_identity(session, speaker, change.before.get("identity"))


def _may_be(speaker: Speaker, name: str) -> bool:
    """May an article mean the speaker by this name, or whoever has the name by one of the speaker's?"""
    kind = SpeakerKind(speaker.kind)
    full = [alias.name for alias in speaker.aliases if is_full(alias.name, kind)]
    return not all(contradicts(one, name, kind) for one in full)


def _edited(session: WriteSession, speaker_id: int, if_match: str | None) -> Speaker:
    """The speaker, locked and as the editor has seen it."""
    speaker = _locked(session, speaker_id)
    refuse_outdated(if_match, tag_of(session, shown(speaker, {})))
    return speaker


def _locked(session: WriteSession, speaker_id: int | None) -> Speaker:
    assert speaker_id is not None
    edits.lock(session, speaker_id)
    speaker = repository.get(session, speaker_id)
    if speaker is None:
        raise SpeakerNotFoundError(f"There is no speaker {speaker_id}.")
    if speaker.merged_into_id:
        raise SpeakerMergedError(f"It was merged into speaker {repository.living(session, speaker_id)}; edit that one.")
    return speaker


def _call(session: WriteSession, speaker: Speaker, name: str) -> None:
    is_by_name = any(is_known_by_name(speaker.kind, one) for one in (speaker.name, name))
    speaker.name, speaker.key = name, key_of(name)
    session.flush()
    if is_by_name:  # so are their utterances
        respeak(session, edits.quotes_of(session, speaker.id), speaker)


def _go_by_own_name(session: WriteSession, speaker: Speaker) -> None:
    """A speaker is found by the name it is shown by, whatever became of that name meanwhile."""
    aliases_repository.add_alias(session, speaker.id, speaker.name, HAND)
    edits.allow(session, speaker.id, speaker.name)


def _give_back(session: WriteSession, speaker: Speaker, alias: dict[str, Any]) -> None:
    """Give a name back that was taken away; one that came by a merge, to whom its owner is by now."""
    origin = alias["origin_id"]
    home = repository.living(session, origin) if origin else speaker.id
    assert home is not None
    edits.give_back(session, home, {**alias, "origin_id": None if home == origin else origin})


def _expect(is_as_left: bool) -> None:
    if not is_as_left:
        raise ChangeSupersededError("Later changes stand on it; GET /changes?speaker_id= lists them. Undo those first.")


def _shown(session: WriteSession, speaker_id: int) -> SpeakerDetail:
    session.expire_all()
    speaker = repository.get(session, speaker_id)
    assert speaker is not None
    return detailed(session, speaker)

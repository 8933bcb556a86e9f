"""The trail of changes, and how one is undone."""

from app.articles import metadata
from app.changes import repository
from app.changes.models import Change
from app.changes.schemas import Action, ChangeOut, ChangesQuery
from app.database import ReadSession, WriteSession
from app.errors import OnRecordError
from app.pagination import Page
from app.quotes import corrections
from app.quotes.corrections import ChangeSupersededError
from app.speakers import editing


class ChangeNotFoundError(OnRecordError):
    """No change has this id."""

    status, name, title = 404, "change-not-found", "No such change"


UNDO = {
    Action.CORRECT: corrections.undo,
    Action.RENAME: editing.undo_rename,
    Action.ADD_ALIAS: editing.undo_add_alias,
    Action.REMOVE_ALIAS: editing.undo_remove_alias,
    Action.MERGE: editing.undo_merge,
    Action.SPLIT: editing.undo_split,
    Action.EDIT_ARTICLE: metadata.undo,
}


def page(session: ReadSession, query: ChangesQuery) -> Page[Change]:
    """A page of changes, the last first."""
    return repository.page(session, query)


def undo(session: WriteSession, change_id: int, who: str | None) -> ChangeOut:
    """Undo a change; the answer is the change that does. Raises ChangeNotFoundError, ChangeSupersededError."""
    change = repository.locked(session, change_id)
    if change is None:
        raise ChangeNotFoundError(f"There is no change {change_id}.")
    if change.undone_by_id:
        raise ChangeSupersededError(f"Change {change.undone_by_id} undid it already.")
    if change.action == Action.UNDO:
        raise ChangeSupersededError("It undid another change; make that change again instead.")
    if change.action == Action.DELETE_ARTICLE:
        raise ChangeSupersededError("What was removed is not kept; send the article's text again instead.")
    UNDO[Action(change.action)](session, change)
    about = {name: getattr(change, name) for name in ("article_id", "quote_id", "speaker_id", "other_speaker_id")}
    undoing = repository.record(
        session, Action.UNDO, who, **about, before=change.after, after=change.before, undoes_id=change.id
    )
    repository.note_moved_back(session, change, undoing)
    change.undone_by_id = undoing.id
    session.flush()
    return ChangeOut.model_validate(undoing)

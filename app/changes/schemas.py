"""Changes as the API shows them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app import examples
from app.pagination import MAX_ID, Listing, PageQuery

EXAMPLE: dict[str, Any] = {
    "id": 5,
    "made_at": "2024-03-06T09:00:00Z",
    "who": "kim",
    "action": "rename",
    "article_id": None,
    "quote_id": None,
    "speaker_id": 7,
    "other_speaker_id": None,
    "before": {"name": "Lindqvist"},
    "after": {"name": "Marta Lindqvist", "alias_added": False},
    "undoes_id": None,
    "undone_by_id": None,
}


class Action(StrEnum):
    """What people do."""

    CORRECT = "correct"
    RENAME = "rename"
    ADD_ALIAS = "add-alias"
    REMOVE_ALIAS = "remove-alias"
    MERGE = "merge"
    SPLIT = "split"
    EDIT_ARTICLE = "edit-article"
    DELETE_ARTICLE = "delete-article"
    UNDO = "undo"


class ChangeOut(BaseModel):
    """One change by a person."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [EXAMPLE]})

    id: int
    made_at: datetime
    who: str | None = Field(
        description="As `X-Forwarded-User` said, and the API key's name; null where there is neither."
    )
    action: Action
    article_id: int | None = Field(description="The article, or that of the quote; it may be gone.")
    quote_id: int | None = Field(description="The quote; it may be gone.")
    speaker_id: int | None
    other_speaker_id: int | None = Field(description="The speaker that `speaker_id` was merged into, or split off as.")
    before: dict[str, Any] = Field(description="What it was.")
    after: dict[str, Any] = Field(description="What it became.")
    undoes_id: int | None = Field(description="The change that this one undid.")
    undone_by_id: int | None = Field(description="The change that undid this one.")


class ChangeList(Listing[ChangeOut]):
    """A page of changes."""

    model_config = examples.page_of([EXAMPLE])


class ChangesQuery(PageQuery):
    """The filters of GET /changes."""

    quote: int | None = Field(
        default=None, ge=1, le=MAX_ID, description="Changes of the quote with this id, splits that moved it included."
    )
    speaker_id: int | None = Field(default=None, ge=1, le=MAX_ID, description="Changes of the speaker with this id.")
    article: int | None = Field(
        default=None, ge=1, le=MAX_ID, description="Changes of the article with this id and of its quotes."
    )

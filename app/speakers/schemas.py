"""Speakers as the API shows them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app import examples
from app.extraction.document import SpeakerKind
from app.pagination import MAX_ID, Listing, PageQuery
from app.text import SpeakerName


class SpeakerRef(BaseModel):
    """Whom a quote belongs to. `id` is null where nothing was stored."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.SPEAKER]})

    id: int | None
    name: str = Field(
        description="The fullest name in the first article that quotes the speaker, or the one a person gave; what "
        "later articles say is an alias."
    )
    kind: SpeakerKind


class AliasOut(BaseModel):
    """A name a speaker goes by."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": examples.ALIASES})

    name: str
    source: str = Field(
        description="Where the name comes from: `article` where extraction read it in one, "
        "`hand` where a person added it."
    )
    article_id: int | None = Field(
        default=None, description="The first article with it; null where none gave it, or it was removed."
    )


class SpeakerOut(BaseModel):
    """A speaker of the archive."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SPEAKER_FOUND]})

    id: int
    name: str = Field(
        description="The fullest name in the first article that quotes the speaker, or the one a person gave; what "
        "later articles say is an alias."
    )
    kind: SpeakerKind
    aliases: list[AliasOut] = Field(description="Every name the articles give this speaker.")
    quote_count: int = Field(description="How many quotes of this speaker are stored.")
    created_at: datetime


class RoleOut(BaseModel):
    """A role in which articles speak of somebody."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.ROLE]})

    role: str = Field(description="As an article has it.")
    first_seen: datetime | None = Field(
        description="When the first article with it was published; null where none of them says."
    )
    last_seen: datetime | None = Field(description="When the last article with it was published.")
    articles: int = Field(description="How many articles have it.")


class SpeakerDetail(SpeakerOut):
    """A speaker, with the roles that articles tell."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**examples.SPEAKER_FOUND, "roles": [examples.ROLE]}]})

    roles: list[RoleOut] = Field(description="The roles, those seen last first; at most a hundred.")


class SpeakerList(Listing[SpeakerOut]):
    """A page of speakers."""

    model_config = examples.page_of([examples.SPEAKER_FOUND])


class SpeakersQuery(PageQuery):
    """The parameters of GET /speakers."""

    name: str | None = Field(
        default=None,
        max_length=300,
        description="A full name, a surname or an alias, in any case, accents or transliteration; "
        "all its words must be words of one name.",
    )
    kind: SpeakerKind | None = Field(default=None, description="What the speaker is.")


class SpeakerRename(BaseModel):
    """A name for a speaker."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"name": "Marta E. Lindqvist"}]}
    )

    name: SpeakerName = Field(description="The name, as it is to be shown.")


class SpeakerMerge(BaseModel):
    """Which speaker another one is, too."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [{"into": 7}]})

    into: int = Field(ge=1, le=MAX_ID, strict=True, description="The id of the speaker that stays.")


class SpeakerSplit(SpeakerRename):
    """Quotes that belong to somebody else of the same name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Marta Lindqvist", "quotes": [11, 12]}]})

    quotes: list[Annotated[int, Field(ge=1, le=MAX_ID, strict=True)]] = Field(
        min_length=1, max_length=1000, description="The ids of the quotes that are the new speaker's."
    )

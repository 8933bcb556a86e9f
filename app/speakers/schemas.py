"""Speakers as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app import examples
from app.extraction.document import SpeakerKind
from app.pagination import Listing, PageQuery


class SpeakerRef(BaseModel):
    """Whom a quote belongs to. `id` is null where nothing was stored."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.SPEAKER]})

    id: int | None
    name: str = Field(description="The fullest name known.")
    kind: SpeakerKind


class AliasOut(BaseModel):
    """A name a speaker goes by."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": examples.ALIASES})

    name: str
    source: str = Field(description="Where the name comes from: `article` where extraction read it in one.")
    article_id: int | None = Field(
        default=None, description="The first article with it; null where none gave it, or it was removed."
    )


class SpeakerOut(BaseModel):
    """A speaker of the archive."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SPEAKER_FOUND]})

    id: int
    name: str = Field(description="The fullest name known.")
    kind: SpeakerKind
    aliases: list[AliasOut] = Field(description="Every name the articles give this speaker.")
    quote_count: int = Field(description="How many quotes of this speaker are stored.")
    created_at: datetime


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

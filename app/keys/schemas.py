"""API keys as the API shows them: never the key itself."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from app import examples
from app.pagination import Listing, PageQuery

EXAMPLE = {
    "id": 1,
    "name": "the archive desk",
    "prefix": "ork_5f0c9a1be274",
    "scope": "write",
    "created_at": "2024-03-05T08:00:00Z",
    "last_used_at": "2024-03-06T17:20:00Z",
    "revoked_at": None,
}


class Scope(StrEnum):
    """What a key may do; each includes the one before."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def includes(self, other: "Scope") -> bool:
        """Whether who has this may do what asks for the other."""
        order = list(Scope)
        return order.index(self) >= order.index(other)


class KeyOut(BaseModel):
    """An API key."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [EXAMPLE]})

    id: int
    name: str = Field(description="Whose it is.")
    prefix: str = Field(description="How the key begins.")
    scope: Scope = Field(description="What it may do: `read`; `write` also; `admin` everything.")
    created_at: datetime
    last_used_at: datetime | None = Field(description="When it was last used, to the minute; null if never.")
    revoked_at: datetime | None = Field(description="Since when it is good for nothing; null while it is valid.")


class KeyList(Listing[KeyOut]):
    """A page of keys."""

    model_config = examples.page_of([EXAMPLE])


class KeysQuery(PageQuery):
    """The parameters of GET /keys."""

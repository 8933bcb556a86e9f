"""Utterances as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app import examples

MOST_SHOWN = 10
"""Outlets and variants of an utterance that are listed; all are counted."""


class OutletCount(BaseModel):
    """How many appearances an outlet has; null where the article does not name its outlet."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.OUTLET]})

    outlet: str | None
    appearances: int


class Variant(BaseModel):
    """One of the wordings an utterance appears in; punctuation, case and accents do not make another."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.VARIANT]})

    text: str = Field(description="As its first appearance has it.")
    quote_id: int = Field(description="Its first appearance.")
    appearances: int


class UtteranceOut(BaseModel):
    """What was said once, in however many articles it stands."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.UTTERANCE]})

    id: int
    appearances: int = Field(description="In how many quotes it stands, whatever the filters; rejected ones aside.")
    first_seen: datetime = Field(
        description="When the first of its articles was published or, where that does not say, stored. Articles whose "
        "quote is rejected count only where all are."
    )
    outlets: list[OutletCount] = Field(description="The outlets with most appearances, ten at most.")
    outlet_count: int
    variants: list[Variant] = Field(description="The wordings with most appearances, ten at most.")
    variant_count: int

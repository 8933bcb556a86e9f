"""Quotes as the API shows them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app import examples
from app.extraction.document import QuoteKind
from app.moments import SaidAfter, SaidBefore
from app.pagination import MAX_ID, Listing, PageQuery
from app.quotes.media import Format, Separator, known_format
from app.quotes.models import Status
from app.speakers.schemas import SpeakerRef
from app.text import Language, Outlet
from app.utterances.schemas import UtteranceOut


class Sort(StrEnum):
    """The orders of a list of quotes."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CONFIDENCE = "confidence"
    STORED = "stored"
    RELEVANCE = "relevance"


class Group(StrEnum):
    """What a list of quotes may have one item of."""

    UTTERANCE = "utterance"


class Period(StrEnum):
    """The periods of a timeline."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class PassageOut(BaseModel):
    """A stretch of the article's text: `text[start:end]`, counted in Unicode code points."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.SEGMENT]})

    start: int
    end: int
    text: str


class ArticleRef(BaseModel):
    """The article a quote stands in."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.ARTICLE]})

    id: int
    title: str | None
    url: str | None
    outlet: str | None
    published_at: datetime | None


class QuoteBody(BaseModel):
    """What every quote has, stored or not."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": examples.UNSTORED})

    id: int | None
    text: str = Field(description="The segments' texts, joined by one space.")
    segments: list[PassageOut] = Field(description="What stands between each pair of marks, marks left out.")
    kind: QuoteKind = Field(description="`direct`: all that is reported stands in the marks; `mixed`: part of it does.")
    speaker: SpeakerRef | None = Field(description="Whom the words belong to; null where the article does not tell.")
    mention: PassageOut | None = Field(description="The words at the nearest place that name the speaker.")
    cue: PassageOut | None = Field(description="The verb or phrase that reports.")
    confidence: float = Field(description="The probability that segments and speaker are both right.")
    reason: str = Field(description="The evidence, in words.")
    snippet: PassageOut = Field(description="The quote with some of the article around it.")
    highlights: list[PassageOut] = Field(default=[], description="What of the segments answers the search `q`.")
    language: str = Field(description="The article's language, ISO 639-1.")


class QuoteOut(QuoteBody):
    """A stored quote."""

    model_config = ConfigDict(json_schema_extra={"examples": examples.QUOTES})

    id: int
    article: ArticleRef
    said_at: datetime | None = Field(description="When the article was published; null where it does not say.")
    utterance_id: int | None = Field(description="What was said, in however many articles it stands.")
    status: Status = Field(description="`found`, or what a person says of it: `confirmed`, `rejected`.")
    speaker_corrected: bool = Field(description="Whether a person settled the speaker.")
    extractor: str = Field(description="Which version of the extractor found it last.")
    utterance: UtteranceOut | None = Field(
        default=None, description="The utterance, in a list grouped by it; null in others."
    )


class ExtractedQuote(QuoteBody):
    """A quote of a text that was not stored: `id`, `article`, `utterance_id` and the speaker's id are null."""

    model_config = ConfigDict(json_schema_extra={"examples": examples.UNSTORED})

    id: None = None
    article: None = None
    said_at: None = None
    utterance_id: None = None


class QuoteCorrection(BaseModel):
    """What a person says of a quote: another speaker, whether it is right, or both."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"speaker_id": 7}, {"status": "rejected"}], "minProperties": 1},
    )

    speaker_id: int | None = Field(default=None, ge=1, le=MAX_ID, description="Who said it; null for nobody known.")
    status: Annotated[Literal["confirmed", "rejected"], AfterValidator(Status)] | None = Field(
        default=None, description="`confirmed`: words and speaker are right; `rejected`: lists leave the quote out."
    )

    @model_validator(mode="after")
    def _says_something(self) -> "QuoteCorrection":
        if self.status is None and "speaker_id" not in self.model_fields_set:
            raise ValueError("says nothing; send speaker_id, status or both")
        return self


class QuoteList(Listing[QuoteOut]):
    """A page of quotes."""

    model_config = examples.page_of(examples.QUOTES)


class AppearanceList(Listing[QuoteOut]):
    """A page of the appearances of an utterance."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"utterance": examples.UTTERANCE, "items": examples.QUOTES[:1], "next": None}]}
    )

    utterance: UtteranceOut


class QuoteFilters(BaseModel):
    """What may narrow any selection of quotes; all that are given must hold. Unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str | None = Field(
        default=None,
        max_length=500,
        description='Words that were said, in any of their forms, case and accents aside. `"peace talks"`: these '
        "words in a row; `negotiat*`: words that begin so; `peace OR war`: either; `-football`: without it; `( )`: a "
        "group.",
    )
    kind: QuoteKind | None = Field(default=None, description="Whether all that is reported stands in the marks.")
    language: Language | None = Field(default=None, description="The article's language, ISO 639-1, as `en`.")
    outlet: Outlet | None = Field(default=None, description="The article's outlet, case and accents aside.")
    said_after: SaidAfter | None = Field(
        default=None, description="Said at this moment or later: RFC 3339, or a date as `2023-04-27` (midnight in UTC)."
    )
    said_before: SaidBefore | None = Field(default=None, description="Said before this moment, as `2023-04-28`.")
    status: Status | None = Field(
        default=None, description="What people say of it; all but `rejected` quotes where it is left out."
    )
    min_confidence: float | None = Field(
        default=None, ge=0, le=1, allow_inf_nan=False, description="The least confidence, from 0 to 1."
    )


class SpokenFilters(QuoteFilters):
    """What narrows quotes by where they stand, too: by whom, and in which article."""

    speaker: str | None = Field(
        default=None,
        max_length=300,
        description="A speaker's id, or a full name, a surname or an alias, in any case, accents or transliteration "
        "(`Shoigu`, `sergey shoigu`, `Шойгу`). Where nobody has that name, those whose name is a slip away.",
    )
    article: int | None = Field(default=None, ge=1, le=MAX_ID, description="The id of the article.")
    utterance_id: int | None = Field(
        default=None, ge=1, le=MAX_ID, description="The utterance that the quotes are appearances of."
    )


class QuotesQuery(SpokenFilters, PageQuery):
    """The filters of GET /quotes, its order and its format."""

    sort: Sort = Field(
        default=Sort.NEWEST,
        description="By date, the surest first, or those first that answer `q` best (of the thousand last said that "
        "do). Quotes of an article without a date stand where it was stored; "
        "`oldest` lists the quotes of one article in reading order. `stored`, the order of a feed: the last stored "
        "first, whenever it was said.",
    )
    group: Group | None = Field(
        default=None,
        description="`utterance`: the same quote in several articles is one item, its first appearance that passes the "
        "filters, with a summary of all of them as `utterance`.",
    )
    format: Annotated[Format, BeforeValidator(known_format)] | None = Field(
        default=None,
        exclude=True,  # a cursor is good in any format
        description="The format of the answer; where it is left out, the Accept header says it. `json`, `jsonld` and "
        "`atom` come in pages; `ndjson` and `csv` hold the whole result unless a `limit` is given.",
    )
    separator: Separator = Field(
        default=Separator.COMMA,
        exclude=True,
        description="What stands between the cells of `csv`: `semicolon` for Excel where the comma is the decimal "
        "point, as in most of Europe.",
    )


class FacetsQuery(SpokenFilters):
    """The parameters of GET /quotes/facets."""

    limit: int = Field(default=10, ge=1, le=100, description="How many values a facet has at most.")


class TimelineQuery(QuoteFilters):
    """The parameters of GET /speakers/{id}/timeline."""

    by: Period = Field(default=Period.MONTH, description="How long a period is; a week begins on Monday.")


class PeriodCount(BaseModel):
    """How many quotes there are of a period."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PERIOD]})

    start: date = Field(description="The first day of the period.")
    count: int


class Timeline(BaseModel):
    """When a speaker was quoted."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.TIMELINE]})

    speaker: SpeakerRef
    by: Period
    time_zone: Literal["UTC"] = Field(description="Where the days begin and end.")
    items: list[PeriodCount] = Field(description="The periods with quotes, in order; the others are left out.")
    undated: int = Field(description="How many quotes are from articles that do not say when they were published.")


class Count(BaseModel):
    """How many quotes have a value; null where they have none."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [{"value": "en", "count": 2}]})

    value: str | None
    count: int


class SpeakerCount(BaseModel):
    """How many quotes are a speaker's; null for those without."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"speaker": examples.SPEAKER, "count": 2}]})

    speaker: SpeakerRef | None
    count: int


class FacetsOut(BaseModel):
    """How the quotes that pass the filters are spread, the most frequent values first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.FACETS]})

    counted: int = Field(description="How many quotes were counted: all, or the newest of them.")
    complete: bool = Field(description="Whether all were counted; many are counted up to a limit.")
    speakers: list[SpeakerCount]
    outlets: list[Count]
    months: list[Count] = Field(description="By when the article was published, the last month first.")
    kinds: list[Count]
    languages: list[Count]

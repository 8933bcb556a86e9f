"""Articles as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    model_validator,
)

from app import examples
from app.articles.models import ArticleState
from app.moments import PublishedAfter, PublishedAt, PublishedBefore
from app.pagination import Listing, PageQuery
from app.quotes.schemas import ExtractedQuote, QuoteOut
from app.text import READABLE, Language, Outlet, Title, Url, refuse_unreadable

HTTP_URL = TypeAdapter(AnyHttpUrl)


def _http_url(value: str) -> str:
    HTTP_URL.validate_python(value)
    return value  # as it was sent


HttpUrl = Annotated[Url, AfterValidator(_http_url)]


def _text(value: Any) -> Any:
    return refuse_unreadable(value) if isinstance(value, str) else value


class ArticleSource(BaseModel):
    """Where a text comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Title | None = Field(default=None, description="The headline.")
    url: HttpUrl | None = Field(default=None, description="Where it was published.")
    outlet: Outlet | None = Field(default=None, description="Who published it.")
    published_at: PublishedAt | None = Field(
        default=None, description="When: RFC 3339, as `2024-03-05T08:00:00Z`, or a date, which is its midnight in UTC."
    )


class ArticleMetadata(ArticleSource):
    """What a sender may say about a text. A text/plain body takes it as query parameters, JSON as fields."""

    language: Language | None = Field(
        default=None, description="ISO 639-1, as `en`; recognized from the text where it is left out."
    )


class ArticleIn(ArticleMetadata):
    """An article to read."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SUBMISSION]})

    text: Annotated[str, BeforeValidator(_text, json_schema_input_type=str)] = Field(
        description="The text, stored as it is sent: offsets count its Unicode code points.",
        json_schema_extra={"pattern": READABLE},
    )


class ArticleCorrection(ArticleSource):
    """What a person says of an article; null for not known. What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outlet": "The Courier"}], "minProperties": 1})

    @model_validator(mode="after")
    def _says_something(self) -> "ArticleCorrection":
        if not self.model_fields_set:
            raise ValueError("says nothing; send title, url, outlet or published_at")
        return self


class ArticleSummary(BaseModel):
    """An article as lists show it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [examples.ARTICLE_FOUND]})

    id: int
    title: str | None
    url: str | None
    outlet: str | None
    published_at: datetime | None
    language: str | None = Field(
        description="ISO 639-1: as it was sent, or recognized from the text; null where neither happened yet."
    )
    extractor: str | None = Field(description="Which version of the extractor read it; null before that.")
    warnings: list[str] = Field(
        description="What the extractor wants a reader of its quotes to know; where the same text was sent again, "
        "also what was said of it otherwise than it is stored."
    )
    created_at: datetime = Field(description="When it was stored.")
    state: ArticleState = Field(
        description="`done`: its quotes are there. `queued` or `running`: they will be. `failed`: see `failure`."
    )
    failure: str | None = Field(description="Why it could not be read. Sending it again tries again.")
    quote_count: int


class ArticleOut(ArticleSummary):
    """An article with its text and its quotes, in reading order."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**examples.ARTICLE_FOUND, "text": examples.TEXT, "quotes": examples.QUOTES}]}
    )

    text: str
    quotes: list[QuoteOut]


class ExtractionOut(BaseModel):
    """What was found in a text that was not stored."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.EXTRACTION]})

    language: str
    extractor: str
    warnings: list[str]
    quotes: list[ExtractedQuote]


class ArticleList(Listing[ArticleSummary]):
    """A page of articles."""

    model_config = examples.page_of([examples.ARTICLE_FOUND])


class QuoteBrief(BaseModel):
    """A quote that a new reading changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.BRIEF]})

    id: int
    text: str
    speaker: str | None


class SpeakerChanged(QuoteBrief):
    """A quote that a new reading gave to somebody else."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**examples.BRIEF, "speaker_before": "Olof Berg"}]})

    speaker_before: str | None


class Reextraction(BaseModel):
    """What a new reading of an article changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.REEXTRACTION]})

    article: int
    extractor: str = Field(description="Which version of the extractor read it now.")
    extractor_before: str
    found_again: int = Field(description="How many quotes stand where they stood; they keep their ids.")
    added: list[QuoteBrief]
    gone: list[QuoteBrief]
    other_speaker: list[SpeakerChanged]
    kept: list[QuoteBrief] = Field(description="Corrected quotes that were not found again; they stay as they are.")


class ArticlesQuery(PageQuery):
    """The parameters of GET /articles."""

    state: ArticleState | None = Field(default=None, description="Articles that are this far.")
    outlet: Outlet | None = Field(default=None, description="The articles of this outlet, case and accents aside.")
    language: Language | None = Field(default=None, description="Articles in this language, ISO 639-1, as `en`.")
    url: HttpUrl | None = Field(default=None, description="Articles that were sent with exactly this address.")
    published_after: PublishedAfter | None = Field(
        default=None,
        description="Published at this moment or later: RFC 3339, or a date as `2023-04-27` (midnight in UTC).",
    )
    published_before: PublishedBefore | None = Field(
        default=None, description="Published before this moment, as `2023-04-28`."
    )

"""Jobs as the API shows them."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from app import examples
from app.jobs.models import JobKind
from app.pagination import Listing, PageQuery


class JobStatus(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ItemStatus(StrEnum):
    """How far an item of a job is."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class JobOut(BaseModel):
    """Texts that were taken in together, and how far they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.JOB]})

    id: int
    kind: JobKind = Field(description="Made by: `article`, one text; `batch`, POST /articles/batch; `import`, files.")
    status: JobStatus = Field(
        description="`done`: each item has come to its end, see `failed` for those that could not be read. `failed`: "
        "none of them could, or `error` says why not all of them came."
    )
    total: int = Field(description="Items so far: lines of a batch, records of files.")
    done: int = Field(description="Items whose article has been read, or had been before.")
    failed: int = Field(
        description="Items that are no article, or could not be read: `/jobs/{id}/items?status=failed`."
    )
    error: str | None = Field(description="What went wrong with the job as a whole.")
    created_at: datetime
    finished_at: datetime | None = Field(description="When the last item came to its end.")


class JobItemOut(BaseModel):
    """A line of a batch, or a record of an imported file."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.JOB_ITEM]})

    source: str | None = Field(description="The imported file; null for what came over HTTP.")
    line: int = Field(description="Its line, from 1; of a WARC file, its record; 0 stands for the whole file.")
    status: ItemStatus
    article_id: int | None = Field(description="The article with its text; null where it is none, or was removed.")
    error: str | None = Field(description="Why it is no article, or could not be read.")


class JobList(Listing[JobOut]):
    """A page of jobs."""

    model_config = examples.page_of([examples.JOB])


class JobItemList(Listing[JobItemOut]):
    """A page of the items of a job."""

    model_config = examples.page_of([examples.JOB_ITEM])


class JobsQuery(PageQuery):
    """The parameters of GET /jobs."""


class JobItemsQuery(PageQuery):
    """The parameters of GET /jobs/{id}/items."""

    status: ItemStatus | None = Field(default=None, description="Items that are this far.")

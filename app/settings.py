"""What an operator may set: environment variables with the prefix ONRECORD_, checked once at start."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from limits import parse
from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.extraction.model.folder import check
from app.logs import LogFormat
from app.workers.cores import cores

BROKERS = ("amqp", "amqps", "redis", "rediss")
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?", re.ASCII)


def _database_url(value: str) -> str:
    """Name the driver the service uses; refuse what it cannot store in."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("not a database URL; write sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    if url.drivername in POSTGRESQL:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername != "sqlite":
        raise ValueError(f"{url.drivername} is not supported; use sqlite or postgresql")
    if url.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file, as in sqlite:///onrecord.db: readers and the writer share it")
    return value


def _broker_url(value: str | None) -> str | None:
    """Refuse brokers that nothing here talks to."""
    if value is not None and value.partition("://")[0] not in BROKERS:
        raise ValueError("not the URL of a broker; write amqp://USER:PASSWORD@HOST// or redis://HOST/0")
    return value


def _model_folder(value: Path | None) -> Path | None:
    """Refuse at start what could not be loaded later."""
    if value is not None:
        check(value)
    return value


def _rate_limit(value: str | None) -> str | None:
    """Refuse a limit that could not be counted."""
    try:
        if value is not None and parse(value).amount < 1:
            raise ValueError
    except ValueError:
        raise ValueError("not a rate limit; write a number and a time, as in 600/minute or 10/second") from None
    return value


def _origins(value: Any) -> Any:
    """Take origins apart; refuse what a browser would never send as one."""
    origins = tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    if wrong := next((origin for origin in origins if not ORIGIN.fullmatch(origin)), None):
        raise ValueError(f"{wrong!r} is not an origin; write https://HOST or https://HOST:PORT, without a path")
    return origins


def is_loopback(host: str) -> bool:
    """Whether this is a name or an address by which a machine reaches none but itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """The service's settings. Raises pydantic's ValidationError where one cannot be meant."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: Annotated[str, AfterValidator(_database_url), Field(repr=False)] = "sqlite:///onrecord.db"
    """Where the archive is kept: `sqlite:///FILE`, or `postgresql://USER:PASSWORD@HOST/NAME`."""

    broker_url: Annotated[str | None, AfterValidator(_broker_url), Field(repr=False)] = None
    """The broker that wakes workers on other machines: `amqp://` (RabbitMQ), `redis://`. None: all are read here."""

    broker_queue: Annotated[str, Field(pattern=r"^[\w.-]{1,100}$")] = "onrecord"
    """The broker's queue; archives that share a broker need a name each."""

    host: str = "127.0.0.1"
    """The address to listen on."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The port to listen on."""

    auth: Literal["auto", "required", "off"] = "auto"
    """Whether API keys are asked for: `auto` does unless `host` is a loopback address."""

    rate_limit: Annotated[str | None, AfterValidator(_rate_limit)] = None
    """How many requests a key may send, or an address where no key is asked for, as `600/minute`; None for any."""

    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = ()
    """The origins whose pages may use the service from a browser, separated by commas."""

    body_timeout: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 30
    """Seconds without a byte after which a request's body is given up; less than `jobs.service.RECEIVING`."""

    max_text_bytes: Annotated[int, Field(ge=1)] = 1_500_000
    """The longest text of one article, in bytes of UTF-8; a longer one is answered 413."""

    log_format: LogFormat = "text"
    """How the log is written on standard error: `text`, or `json`, an object a line."""

    workers: Annotated[int, Field(ge=1, le=256, default_factory=lambda: max(1, cores() // 2))]
    """Worker processes that read texts side by side, 0.9 GB of memory each; they share the cores."""

    queue_length: Annotated[int, Field(ge=1)] = 100
    """Texts that may wait for a worker; one more is answered 503. As many may wait in the background."""

    extraction_seconds: Annotated[float, Field(gt=0)] = 60
    """How long a text of up to 100,000 characters may be read; a longer one has more time in proportion."""

    worker_memory_mb: Annotated[int, Field(ge=1)] = 4_000
    """The resident memory of a worker, in MiB, beyond which it is replaced."""

    shutdown_seconds: Annotated[int, Field(ge=0)] = 5
    """How long a shutdown waits for the texts in hand."""

    models: Literal["bundled", "official"] = "bundled"
    """Which Stanza models read the text: those in the package, or Stanza's own from `models_dir`."""

    models_dir: Path = Path("data/models")
    """Where `onrecord models download` put Stanza's official packages."""

    attribution_model: Annotated[Path | None, AfterValidator(_model_folder)] = None
    """The folder of an attribution model that `onrecord train` wrote; None for the bundled one."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the service: it listens on a loopback address."""
        return is_loopback(self.host)

    @property
    def asks_for_keys(self) -> bool:
        """Whether a request needs an API key. Only `off`, said in so many words, opens the service to others."""
        return self.auth == "required" or (self.auth == "auto" and not self.is_local)

    @model_validator(mode="after")
    def _share_the_database(self) -> "Settings":
        if self.broker_url and self.database_url.startswith("sqlite"):
            raise ValueError("workers on other machines cannot share a SQLite file; with broker_url use PostgreSQL")
        return self

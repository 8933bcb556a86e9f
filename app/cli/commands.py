"""What `onrecord` offers on the command line. Heavy imports wait inside the commands: `--help` answers at once."""

from __future__ import annotations

import logging
import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from . import batch, listing
from . import gold as gold_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.database import Database
    from app.extraction.document import QuoteExtractor
    from app.settings import Settings

BATCH_SUFFIXES = (".ndjson", ".jsonl")
FAILED, BAD_INPUT = 1, 2
MAX_ID = 2**63 - 1

app = typer.Typer(
    name="onrecord",
    help="Who said what, when, in which article.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="The language models.", no_args_is_help=True)
app.add_typer(models_app, name="models")
keys_app = typer.Typer(help="API keys: who may use the service.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")
corrections_app = typer.Typer(help="What people corrected in the archive.", no_args_is_help=True)
app.add_typer(corrections_app, name="corrections")

KEEP_ALIVE_SECONDS = 75
"""Longer than proxies keep an idle connection (nginx 60 s): what the service closed one of them may just be using."""

Language = Annotated[str | None, typer.Option(help="ISO 639-1 code of the texts; detected where left out.")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: the setting.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on. Default: the setting.", min=0, max=65535)] = None,
) -> None:
    """Bring the database up to date, then serve the HTTP API."""
    import uvicorn

    from app import logs
    from app.access import advice
    from app.database import migrate as upgrade
    from app.main import create_app
    from app.memory import spare_collections

    given = {"host": host, "port": port}
    settings = _settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    logs.configure(settings.log_format)
    upgrade(settings)
    if told := advice(settings):
        logging.getLogger("app").warning(told)
    service = create_app(settings)
    spare_collections()
    uvicorn.run(
        service,
        host=settings.host,
        port=settings.port,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


@app.command()
def worker() -> None:
    """Read articles on this machine for a service elsewhere: both need ONRECORD_BROKER_URL and one PostgreSQL."""
    settings = _settings()
    if settings.broker_url is None:
        _stop("a worker needs ONRECORD_BROKER_URL, and ONRECORD_DATABASE_URL of the same PostgreSQL", BAD_INPUT)
    from app import logs
    from app.workers.protocol import ExtractorUnavailableError, WorkerLostError
    from app.workers.remote import work

    logs.configure(settings.log_format)
    try:
        raise typer.Exit(work(settings))
    except (ExtractorUnavailableError, WorkerLostError) as error:
        _stop(error.detail, FAILED)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from app.database import migrate as upgrade

    upgrade(_settings())
    typer.echo("The database is up to date.", err=True)


@app.command()
def extract(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A text file, - for standard input, or .ndjson/.jsonl with an article a line."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where the quotes of an .ndjson file go; standard output else."),
    ] = None,
    language: Language = None,
) -> None:
    """Print the quotes of one text, or write those of many. Nothing is stored.

    A line of an .ndjson file is {"id", "text"} and may name its "language"; a line out is {"id", "quotes"}.
    """
    with _complaints():
        language = batch.language_code(language) if language else None
        if source.suffix.lower() in BATCH_SUFFIXES:
            _extract_many(source, output, language)
        elif output is not None:
            raise batch.InputError("--output goes with an .ndjson or .jsonl file; a text is listed on standard output")
        else:
            text = listing.read_text(source)
            typer.echo(listing.render(text, open_extractor().extract(text, language)))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.ndjson", help="Annotated articles, one a line.")],
    language: Language = None,
    misses: Annotated[int, typer.Option(help="List that many misses of each sort.", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure the extractor on articles of your own that you have annotated.

    A line is {"id", "text", "quotes"} and may name its "language"; a quote is {"segments", "source", "speaker"}.
    """
    with _complaints():
        language = batch.language_code(language) if language else None
        records = gold_file.read(gold)
        from . import evaluation

        measured = evaluation.measure(records, open_extractor(), language)
        typer.echo(evaluation.render_json(measured, misses) if as_json else evaluation.render(measured, misses))


@app.command()
def train(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.ndjson...", help="Annotated articles, one a line.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new folder for the model.")],
    minutes: Annotated[
        float | None, typer.Option(help="Minutes to train at most, measuring not counted.", min=0.1)
    ] = None,
    epochs: Annotated[float, typer.Option(help="How often the articles are read.", min=0.1)] = 3,
) -> None:
    """Go on training the attribution model on articles of your own; a line is as for `onrecord evaluate`."""
    with _complaints():
        from .training import train as go_on

        limit = [] if minutes is None else ["--minutes", f"{minutes:g}"]
        words = ["onrecord", "train", *map(str, gold), "--output", str(output), *limit, "--epochs", f"{epochs:g}"]
        typer.echo(go_on(gold, output, minutes, epochs, shlex.join(words)))


@app.command("import")
def import_files(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files or folders: .txt .ndjson .jsonl .csv .html .htm .warc .warc.gz"),
    ],
) -> None:
    """Read the articles of files into the archive; no service has to run. What was read already is passed over.

    The same command goes on where it was stopped. The exit status is 0 where every record was read, 1 where some could
    not be or the import was interrupted, 2 where nothing could begin.
    """
    from . import importing

    with _complaints():
        _finish(importing.run(_settings(), paths))


@app.command()
def reextract(
    article: Annotated[list[int] | None, typer.Option(help="An article's id; may be repeated. Default: all.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only articles of this outlet.")] = None,
    language: Annotated[str | None, typer.Option(help="Only articles in this language, an ISO 639-1 code.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also those the current extractor has read.")] = False,
    after: Annotated[int, typer.Option(help="Only articles with a greater id.", min=0)] = 0,
) -> None:
    """Read stored articles again by the current extractor; corrections stand.

    Without --again, a run that was stopped goes on where it stopped when it is started again.
    """
    from app.articles.repository import Choice

    from . import reextraction

    with _complaints():
        code = batch.language_code(language) if language else None
        with _archive() as database:
            reextraction.refuse_unknown(database, article or ())
        extractor = open_extractor()
        known = None if again else extractor.version
        choice, tally = Choice(known, after, outlet, code, tuple(article or ())), reextraction.Tally()
        try:
            with _archive() as database:
                reextraction.run(database, extractor, choice, tally)
        except KeyboardInterrupt:
            typer.echo(str(tally), err=True)
            _stop(f"stopped; go on with --after {tally.last or after}", FAILED)
        typer.echo(str(tally))
        if tally.counts["failed"]:
            raise typer.Exit(FAILED)


@corrections_app.command("export")
def export_corrections(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output else.")] = None,
    partly: Annotated[bool, typer.Option("--partly", help="Also articles with quotes nobody has looked at.")] = False,
) -> None:
    """Write corrected articles, one a line, as `onrecord evaluate` and `onrecord train` read them.

    An article comes out when each of its quotes is corrected, confirmed or rejected.
    """
    from . import corrections

    with _complaints(), _archive() as database:
        batch.write(corrections.gold(database, partly=partly), output)


@models_app.command("download")
def download_models(
    language: Annotated[list[str] | None, typer.Option(help="ISO 639-1 code; may be repeated. Default: en.")] = None,
    directory: Annotated[Path | None, typer.Option("--dir", help="Where to keep them. Default: the setting.")] = None,
) -> None:
    """Fetch Stanza's official packages, to be used in place of the bundled models. Needs a network."""
    from .models import DownloadError, download

    target = directory or _settings().models_dir
    for code in language or ["en"]:
        try:
            download(code, target)
        except DownloadError as error:
            _stop(str(error), FAILED)
        typer.echo(f"Stanza's packages for {code} are in {target}", err=True)


@keys_app.command("create")
def create_key(
    name: Annotated[str, typer.Option(help="Whose key it is.")],
    scope: Annotated[
        Literal["read", "write", "admin"], typer.Option(help="What it may do; each includes the one before.")
    ] = "read",
) -> None:
    """Make an API key and print it: this once, it is not kept."""
    from . import keys

    with _complaints():
        key_id, key = keys.create(_settings(), name, scope)
    typer.echo(f"Key {key_id} may {scope}. It is shown this once; keep it safe.", err=True)
    typer.echo(key)


@keys_app.command("list")
def list_keys() -> None:
    """List all API keys with their last use."""
    from . import keys

    with _complaints():
        typer.echo("\n".join(keys.listed(_settings())))


@keys_app.command("revoke")
def revoke_key(
    key_id: Annotated[int, typer.Argument(metavar="ID", help="As `onrecord keys list` shows it.", min=1, max=MAX_ID)],
) -> None:
    """Make an API key good for nothing, from the next request on."""
    from . import keys

    with _complaints():
        keys.revoke(_settings(), key_id)
    typer.echo(f"Key {key_id} is revoked.", err=True)


def _extract_many(source: Path, output: Path | None, language: str | None) -> None:
    count = batch.check(source)
    records = batch.results(batch.read(source), open_extractor(), language)
    batch.write(batch.progress(records, count), output)


def open_extractor() -> QuoteExtractor:
    """The extractor that the settings ask for."""
    from app.extraction.extractor import load_extractor
    from app.extraction.model.folder import ModelFolderError

    settings = _settings()
    try:
        return load_extractor(settings.models, settings.models_dir, settings.attribution_model)
    except ModelFolderError as error:
        _stop(str(error), BAD_INPUT)


def _finish(complete: bool) -> None:
    if not complete:
        raise typer.Exit(FAILED)


@contextmanager
def _archive() -> Iterator[Database]:
    """The archive's database, brought up to date."""
    from app import models  # noqa: F401
    from app.database import Database
    from app.database import migrate as upgrade

    settings = _settings()
    upgrade(settings)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.dispose()


def _settings() -> Settings:
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        _stop("the settings are wrong\n" + "\n".join(problems), BAD_INPUT)


@contextmanager
def _complaints() -> Iterator[None]:
    """Bad input and files that cannot be read or written end in one plain sentence."""
    try:
        yield
    except batch.InputError as error:
        _stop(str(error), BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(FAILED) from None
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), FAILED)


def _stop(message: str, code: int) -> NoReturn:
    typer.echo(f"onrecord: {message}", err=True)
    raise typer.Exit(code)

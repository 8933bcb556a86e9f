"""`onrecord import`: files of every format, stored once, and gone on with after whatever stopped it."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text, update
from typer.testing import CliRunner

from app.articles.models import Article
from app.cli import app, importing
from app.database import Database
from app.ingestion import feeder
from app.jobs import service as jobs
from app.jobs.schemas import JobItemsQuery
from app.workers.inline import InlineExtraction
from app.workers.pool import ExtractionPool
from app.workers.protocol import WorkerCrashedError
from tests.light import Light
from tests.said import SaidExtractor

PARAGRAPHS = (
    "The ferry between Norrvik and the islands will sail again before summer, the town said on Tuesday evening.",
    "“We have waited two winters for this,” said Marta Lindqvist. The harbour will be dredged first, she added.",
)
PAGE = f"""<html lang="en"><head><title>Ferry back</title>
<meta property="og:site_name" content="Norrvik Courier">
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<link rel="canonical" href="https://news.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry back</h1>{"".join(f"<p>{one}</p>" for one in PARAGRAPHS)}
</article><footer>Imprint</footer></body></html>""".encode()


def said(number: int, more: str = "") -> str:
    return f"Page {number}{more}. “Yes,” said Olof Berg."


def ndjson(path: Path, *records: object) -> Path:
    """Records as a file; bytes stand for themselves."""
    lines = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in records)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> SaidExtractor:
    extractor = SaidExtractor()
    monkeypatch.setattr(ExtractionPool, "of", lambda _settings: InlineExtraction(extractor))
    monkeypatch.setattr(importing, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(feeder, "PAUSE_SECONDS", 0.01)
    return extractor


@pytest.fixture
def run(settings, extractor, monkeypatch):
    """Run `onrecord import` on these paths."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", settings.database_url)
    return lambda *paths: CliRunner().invoke(app, ["import", *map(str, paths)])


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.dispose()


def stored(database: Database) -> list[dict]:
    """The articles of the archive in the order they came, with how many quotes each has."""
    counted = "(SELECT count(*) FROM quotes WHERE article_id = articles.id) AS quotes"
    with database.read() as session:
        return [dict(row) for row in session.execute(text(f"SELECT *, {counted} FROM articles ORDER BY id")).mappings()]


def test_reads_ndjson_with_its_metadata_and_leaves_other_fields_aside(run, database, tmp_path):
    record = {"text": said(1), "title": "Ferry", "language": "sv", "outlet": "", "id": "a-1", "url": None}
    assert run(ndjson(tmp_path / "in.jsonl", record, {"text": said(2)})).exit_code == 0
    first, second = stored(database)
    assert (first["text"], first["title"], first["language"], first["outlet"]) == (said(1), "Ferry", "sv", None)
    assert [one["state"] for one in (first, second)] == ["done", "done"]
    assert [one["quotes"] for one in (first, second)] == [1, 1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reads_csv_by_the_names_of_its_columns(run, database, tmp_path, delimiter):
    rows = [
        ["Title", "text", "section"],
        ["Ferry", f'"{said(1)}\nMore, and; more."', "local"],
        ["", f'"{said(2)}"', ""],
    ]
    path = tmp_path / "in.csv"
    path.write_text("\ufeff" + "\r\n".join(delimiter.join(row) for row in rows), encoding="utf-8", newline="")
    assert run(path).exit_code == 0
    first, second = stored(database)
    assert (first["title"], first["text"]) == ("Ferry", f"{said(1)}\nMore, and; more.")
    assert (second["title"], second["text"]) == (None, said(2))


def test_reads_a_folder_of_texts_and_pages_and_nothing_else(run, database, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + said(1).encode())
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.HTML").write_bytes(PAGE)
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    assert run(tmp_path).exit_code == 0
    plain, page = stored(database)
    assert plain["text"] == said(1)
    assert all(one in page["text"] for one in PARAGRAPHS)
    assert "Imprint" not in page["text"] and "Home" not in page["text"]
    assert (page["title"], page["outlet"], page["url"]) == (
        "Ferry back",
        "Norrvik Courier",
        "https://news.example/ferry",
    )
    assert str(page["published_at"]).startswith("2024-03-05")


def warc_record(url: str, status: str, media_type: str, body: bytes) -> bytes:
    """An answer as WARC has it (ISO 28500)."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:8e03978e-40d5-43dd-bc93-6894a57f9324>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["in.warc", "in.warc.gz"])
def test_reads_the_pages_of_a_warc_file(run, database, tmp_path, name):
    pages = [
        ("https://news.example/a", "200 OK", "text/html; charset=utf-8", PAGE),
        ("https://news.example/b", "404 Not Found", "text/html", PAGE.replace(b"two", b"three")),
        ("https://news.example/c", "200 OK", "image/png", b"\x89PNG"),
        ("https://news.example/d", "200 OK", "text/html", b"<html></html>"),
        ("https://news.example/e", "200 OK", "text/html", PAGE.replace(b"two", b"four")),
    ]
    path = tmp_path / name
    pack = gzip.compress if name.endswith("gz") else bytes
    path.write_bytes(b"".join(pack(warc_record(*page)) for page in pages))
    result = run(path)
    assert [one["url"] for one in stored(database)] == ["https://news.example/a", "https://news.example/e"]
    assert (result.exit_code, f"{path}:4: no main text" in result.stderr) == (1, True)


def test_a_file_that_breaks_off_keeps_what_came_before(run, database, tmp_path):
    first, second = (
        gzip.compress(
            warc_record(f"https://news.example/{name}", "200 OK", "text/html", PAGE.replace(b"two", name.encode()))
        )
        for name in ("a", "b")
    )
    path = tmp_path / "in.warc.gz"
    path.write_bytes(first + second[: len(second) // 4] + b"\0" * 100)
    assert run(path).exit_code == 1
    assert len(stored(database)) == 1


def test_bad_records_are_listed_by_file_and_line_and_hold_nothing_up(run, database, tmp_path):
    lines = ndjson(
        tmp_path / "in.ndjson", {"text": said(1)}, b"{", b'{"text": "\xff"}', {"text": "1"}, {"text": said(2)}
    )
    (tmp_path / "table.csv").write_text("body\nx\n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    result = run(tmp_path)
    assert result.exit_code == 1
    for told in ("in.ndjson:2: not JSON", "in.ndjson:3: not UTF-8", "in.ndjson:4: text: Send the text"):
        assert f"{lines.parent}/{told}" in result.stderr
    assert "latin.txt:1: not UTF-8 at byte 3" in result.stderr
    assert "table.csv:1: the first line names no column text" in result.stderr
    assert "5 of 7 could not be read" in result.stderr
    assert [one["text"] for one in stored(database)] == [said(1), said(2)]


def test_a_text_that_cannot_be_read_is_listed_and_tried_again_next_time(run, extractor, database, tmp_path):
    path = ndjson(tmp_path / "in.ndjson", {"text": said(1)}, {"text": said(2)})
    extractor.answers[said(2)] = ValueError("no")
    result = run(path)
    assert (result.exit_code, f"{path}:2: The extractor failed" in result.stderr) == (1, True)
    extractor.answers.clear()
    assert run(path).exit_code == 0
    assert [one["state"] for one in stored(database)] == ["done", "done"]


def test_what_was_read_is_not_read_again(run, extractor, tmp_path):
    path = ndjson(tmp_path / "in.ndjson", *({"text": said(number)} for number in range(40)))
    for _ in range(2):
        assert run(path).exit_code == 0
    assert Counter(extractor.texts) == Counter([*map(said, range(40)), *["Is anybody there?"] * 2])


def test_a_text_longer_than_allowed_is_a_bad_record(run, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_MAX_TEXT_BYTES", "100")
    (tmp_path / "long.txt").write_text("word " * 100, encoding="utf-8")
    (tmp_path / "short.txt").write_text("word " * 10, encoding="utf-8")
    result = run(tmp_path)
    assert "long.txt:1: text: longer than 100 bytes" in result.stderr
    assert "1 of 2" in result.stderr


def test_a_long_text_is_too_long_wherever_its_characters_are_cut(run, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_MAX_TEXT_BYTES", "100")
    (tmp_path / "long.txt").write_text("х" * 200, encoding="utf-8")
    (tmp_path / "odd.txt").write_text("a" + "х" * 200, encoding="utf-8")
    assert run(tmp_path).stderr.count("text: longer than 100 bytes") == 2


def test_a_mark_that_is_not_closed_spoils_its_own_row(run, database, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(f'title,text\nFerry,"{said(1)}" and more\nFerry,"{said(2)}"\n"Ferry,{said(3)}\n', encoding="utf-8")
    result = run(path)
    assert f"{path}:2: not CSV" in result.stderr and f"{path}:4: not CSV" in result.stderr
    assert [one["text"] for one in stored(database)] == [said(2)]


def test_a_table_in_another_encoding_is_told_so_row_by_row(run, database, tmp_path):
    path = tmp_path / "in.csv"
    rows = ["text;outlet", f"{said(1)};Kurier", "A calm day.;Küche", "A windy day.; "]
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    result = run(path)
    assert f"{path}:3: outlet: not UTF-8" in result.stderr
    assert f"{path}:2: text: not UTF-8; save the table as CSV UTF-8" in result.stderr
    assert [one["outlet"] for one in stored(database)] == [None]


def test_what_cannot_be_opened_is_listed_and_holds_nothing_up(run, database, tmp_path, monkeypatch):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "shut").mkdir()
    (tmp_path / "there.txt").write_text(said(1), encoding="utf-8")
    scandir = os.scandir

    def shut(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    result = run(tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path / 'gone.txt'}: No such file" in result.stderr
    assert f"{tmp_path / 'shut'}: " in result.stderr
    assert [one["text"] for one in stored(database)] == [said(1)]


def test_linked_folders_are_read_once(run, database, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text(said(1), encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "back").symlink_to(tmp_path / "in")
    assert run(tmp_path / "in").exit_code == 0
    assert [one["text"] for one in stored(database)] == [said(1)]


def test_an_import_is_gone_on_with_only_while_its_files_stay_as_they_are(settings, database, tmp_path):
    path = ndjson(tmp_path / "in.ndjson", {"text": said(1)})
    begin = lambda: importing.begin(settings, database, [path], [path]).id  # noqa: E731
    first = begin()
    assert begin() == first
    ndjson(path, {"text": said(1)}, {"text": said(2)})
    assert begin() != first


def test_a_file_that_went_away_is_told_although_its_lines_are_known(settings, database, tmp_path):
    path = ndjson(tmp_path / "in.ndjson", {"text": said(1)}, {"text": said(2)})
    job = importing.begin(settings, database, [path], [path])
    for _ in range(2):
        feed = feeder.Feeder(database, job.id, 1000)
        feed.run([path])
        path.unlink(missing_ok=True)
    with database.read() as session:
        items = jobs.items(session, job.id, JobItemsQuery()).rows
    assert sorted((item.line, item.error is None) for item in items) == [(0, False), (1, True), (2, True)]


def test_an_import_that_is_stopped_while_many_wait_stays_open(settings, database, tmp_path, monkeypatch):
    path = ndjson(tmp_path / "in.ndjson", {"text": said(1)})
    job = importing.begin(settings, database, [path], [path])
    feed = feeder.Feeder(database, job.id, 1000)
    monkeypatch.setattr(feed, "_waiting", lambda: feed.stop() or feeder.AHEAD)
    feed.run([path])
    with database.read() as session:
        assert jobs.get(session, job.id).finished_at is None


@pytest.mark.parametrize(("losses", "code"), [(2, 0), (3, 2)])
def test_a_worker_lost_while_it_loads_is_replaced_twice(run, database, tmp_path, monkeypatch, losses, code):
    lost = iter([WorkerCrashedError("It died.")] * losses)
    extract = InlineExtraction.extract

    async def dying(self, text, *args, **options):
        if text == "Is anybody there?" and (error := next(lost, None)):
            raise error
        return await extract(self, text, *args, **options)

    monkeypatch.setattr(InlineExtraction, "extract", dying)
    result = run(ndjson(tmp_path / "in.ndjson", {"text": said(1)}))
    assert (result.exit_code, "It died." in result.stderr) == (code, code == 2)
    assert code or [one["state"] for one in stored(database)] == ["done"]


def test_nothing_to_begin_with_is_bad_input(run, tmp_path):
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    for path, told in ((tmp_path / "none", "none"), (tmp_path / "notes.pdf", "no known format"), (tmp_path, "nothing")):
        result = run(path)
        assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.mark.parametrize("url", ["sqlite:////nowhere/archive.db", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_is_not_there_takes_no_import(run, tmp_path, monkeypatch, url):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", url)
    result = run(ndjson(tmp_path / "in.ndjson", {"text": said(1)}))
    assert (result.exit_code, "the database cannot take an import now" in result.stderr) == (2, True)


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_goes_on_where_it_was_stopped(settings, database, tmp_path, kill):
    light = Light(settings, tmp_path)
    texts = [said(number, " wait" if number in (50, 51) else "") for number in range(100)]
    path = ndjson(tmp_path / "in.ndjson", b"{", *({"text": one} for one in texts))
    with light.start("import", path) as process:
        light.until_waiting(2)
        process.send_signal(kill)
        if kill != signal.SIGKILL:
            light.wait.unlink()
        _, told = process.communicate(timeout=60)
    before = stored(database)
    assert 0 < sum(one["state"] == "done" for one in before) < 100
    if kill == signal.SIGKILL:
        light.wait.unlink()
        expire(database)
    else:
        assert process.returncode == 1 and "goes on from here" in told
        assert "running" not in {one["state"] for one in before}
    with light.start("import", path) as process:
        _, told = process.communicate(timeout=120)
    assert (process.returncode, f"{path}:1: not JSON" in told, "1 of 101" in told) == (1, True, True)
    after = stored(database)
    assert [one["text"] for one in after] == texts
    assert {(one["state"], one["quotes"]) for one in after} == {("done", 1)}
    done = {one["text"] for one in before if one["state"] == "done"}
    read = Counter(light.texts())
    assert {read[one] for one in done} == {1}


def expire(database: Database) -> None:
    """Let all leases end, as they would in half a minute."""
    ended = update(Article).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC)).where(Article.lease.is_not(None))
    database.write(lambda session: session.execute(ended))

"""The commands on the archive: reading it again, and getting corrections out."""

from __future__ import annotations

import json

import pytest

from app.cli import gold as gold_file
from tests.said import SaidExtractor


@pytest.fixture
def extractor() -> SaidExtractor:
    """The extractor of `client`, in place of the one of other commands' tests."""
    return SaidExtractor()


@pytest.fixture
def archive(client, run, monkeypatch):
    """The client, its database the one of the commands, with three articles, read by said-1."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", client.app.state.database.url)
    for number, outlet in enumerate(["Kurier", "Kurier", "Post"]):
        page = f"“One {number},” said Anna Berg. “Two,” said Bea Holm. “Three,” read the statement."
        client.post("/articles", json={"text": page, "outlet": outlet})
    return client


@pytest.fixture
def newer(monkeypatch) -> SaidExtractor:
    """The extractor of the commands: it tells another version, and finds the same but for the scare quotes."""
    extractor = SaidExtractor()
    extractor.version = "said-2"
    plain = extractor.extract

    def extract(text, language=None):
        found = plain(text, language)
        kept = tuple(quote for quote in found.quotes if quote.confidence > 0.5)
        return type(found)(found.language, kept, extractor.version)

    extractor.extract = extract
    monkeypatch.setattr("app.cli.commands.open_extractor", lambda: extractor)
    return extractor


def correct(client, text: str, **correction) -> None:
    """Correct the quotes with this text."""
    for quote in client.get("/quotes").json()["items"]:
        if quote["text"] == text:
            client.patch(f"/quotes/{quote['id']}", json=correction, headers={"If-Match": "*"})


def versions(client) -> list[str]:
    """Who read each article, the first stored first."""
    return [article["extractor"] for article in client.get("/articles").json()["items"]][::-1]


def test_reads_every_article_again_once_and_tells_what_changed(archive, run, newer):
    result = run("reextract")
    assert result.exit_code == 0, result.stderr
    counted = "articles 3, found again 6, added 0, gone 3, other speaker 0, kept 0, removed 0, failed 0"
    assert result.stdout.strip() == counted
    assert versions(archive) == ["said-2"] * 3
    assert len(newer.texts) == 3
    assert run("reextract").stdout.startswith("articles 0,")
    assert run("reextract", "--again").stdout.startswith("articles 3,")


def test_reads_only_what_is_asked_for(archive, run, newer):
    ids = [article["id"] for article in archive.get("/articles").json()["items"]][::-1]
    assert run("reextract", "--outlet", "KURIER", "--after", ids[0]).exit_code == 0
    assert versions(archive) == ["said-1", "said-2", "said-1"]
    run("reextract", "--article", ids[2], "--language", "fi")
    assert versions(archive)[2] == "said-1"
    run("reextract", "--article", ids[2], "--language", "en")
    assert versions(archive) == ["said-1", "said-2", "said-2"]


def test_names_the_articles_that_are_not_there_and_reads_none(archive, run, newer):
    (known, *_) = [article["id"] for article in archive.get("/articles").json()["items"]]
    result = run("reextract", "--article", known, "--article", 99998, "--article", 99999)
    assert (result.exit_code, newer.texts) == (2, [])
    assert "there is no article 99998, 99999" in result.stderr


def test_a_run_that_is_stopped_or_fails_on_a_text_goes_on_when_it_is_started_again(archive, run, newer):
    texts = [archive.get(f"/articles/{one['id']}").json()["text"] for one in archive.get("/articles").json()["items"]]
    working = newer.extract
    newer.extract = lambda text, language=None: 1 / 0 if text == texts[1] else working(text, language)
    result = run("reextract")
    assert (result.exit_code, versions(archive)) == (1, ["said-2", "said-1", "said-2"])
    assert "failed 1" in result.stdout
    newer.extract = working
    assert run("reextract").stdout.startswith("articles 1,")
    assert versions(archive) == ["said-2"] * 3


def test_corrections_stand_when_the_archive_is_read_again(archive, run, newer):
    correct(archive, "Three,", status="confirmed")
    assert "kept 3" in run("reextract").stdout
    assert len(archive.get("/quotes?status=confirmed").json()["items"]) == 3


def test_exports_articles_of_which_every_quote_is_settled_as_gold(archive, run, tmp_path):
    bea = archive.get("/speakers?name=bea").json()["items"][0]["id"]
    correct(archive, "One 0,", speaker_id=bea)
    correct(archive, "One 1,", status="confirmed")
    for text, status in (("Two,", "confirmed"), ("Three,", "rejected")):
        correct(archive, text, status=status)
    assert run("corrections", "export", "--output", tmp_path / "gold.ndjson").exit_code == 0
    records = [record for _, record in gold_file.read(tmp_path / "gold.ndjson")]
    assert [len(record["quotes"]) for record in records] == [2, 2]
    first = records[0]["quotes"][0]
    assert first == {"segments": [[1, 7]], "speaker": ["Bea Holm", "Holm"], "kind": "direct"}
    confirmed = records[1]["quotes"][0]
    (start, end), text = confirmed["source"][0], records[1]["text"]
    assert (text[start:end], confirmed["speaker"]) == ("Anna Berg", ["Anna Berg", "Berg"])
    partly = run("corrections", "export", "--partly").stdout.splitlines()
    assert [len(json.loads(line)["quotes"]) for line in partly] == [2, 2, 2]

"""A search in every format, parsed back; which format it is; and hostile text in all of them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from tests.archive import counted_queries

BATCH = 5
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = [
    {
        "text": "Menu. “Trade is peace,” said Сергей Шойгу. “An empty café,” read the statement. The end.",
        "title": "Talks & more",
        "url": "https://news.example/talks?a=1&b=<2>",
        "outlet": "Kurier",
        "published_at": "2023-04-27T10:00:00+02:00",
        "language": "ru",
    },
    {
        "text": "“We agree,” said Wang Yi. “No comment,” said officials. “So do we,” said the Ministry.",
        "language": "en",
    },
    {"text": "“Words without a speaker.”", "published_at": "2020-01-01", "language": "en"},
]
HOSTILE = [
    "=HYPERLINK(1)",
    "+1 555",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    " \r\n=1+1",
    "＝1+1",
    "sum; =1+1",
    "one\n=cmd|x",
    'a lone " mark',
    '"=1"',
    "two\r\nlines, and a comma",
    "</script><script>alert(1)</script>",
    "]]> & <b> &amp;",
    "bell \x07, escape \x1b, \ufffe, \uffff and \x0b",
    "next\x85line\u2028and\u2029paragraph",
    "'quoted'",
    "אב \u202e RTL",
    "😀" * 3,
    "<!--<script>",
]


def post(client, *pages) -> None:
    """Store articles."""
    for page in pages:
        answer = client.post("/articles", json=page)
        assert answer.status_code == 201, answer.text


def get(client, kind: str, **parameters):
    """The search in this format."""
    answer = client.get("/quotes", params={"format": kind, **parameters})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Vary"] == "Accept"
    return answer


def lines(answer) -> list[dict]:
    """The objects of an NDJSON body."""
    assert answer.text == "" or answer.text.endswith("\n")
    return [json.loads(line) for line in answer.text.splitlines()]


def records(answer, separator: str = ",") -> list[dict]:
    """The records of a CSV body, as a spreadsheet reads them."""
    assert answer.content.startswith(b"\xef\xbb\xbf")
    body = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(body, delimiter=separator, strict=True))


@pytest.fixture
def small_batches(monkeypatch):
    """Streams in more than one chunk, of few quotes."""
    monkeypatch.setattr("app.quotes.repository.BATCH", BATCH)


@pytest.fixture
def archive(client):
    """The client, its archive filled with PAGES."""
    post(client, *PAGES)
    return client


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/jsonl", "application/jsonl"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ("application/json;q=0, */*;q=0.1, application/atom+xml;q=0.5", "application/atom+xml"),
        ("application/atom+xml, application/rss+xml, */*;q=0.1", "application/atom+xml"),
        ('application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', "application/ld+json"),
        ("text/csv;q=0.3, text/*;q=0.9, application/json;q=0.5", "application/json"),
    ],
)
def test_accept_chooses_the_format(client, accept, kind):
    answer = client.get("/quotes", headers={"Accept": accept} if accept is not None else {"Accept": "*/*"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_a_search_is_the_same_in_every_format_with_its_hits_marked(client, small_batches, sort):
    post(client, {"text": " ".join(f"“Trades {number}, and {'trade ' * number}<b>.”" for number in range(12))})
    search = {"q": "trading -7", "sort": sort}
    found = get(client, "json", **search).json()["items"]
    assert len(found) == 11 and all(one["highlights"] for one in found)
    assert lines(get(client, "ndjson", **search)) == found
    places = [[(hit["start"], hit["end"]) for hit in one["highlights"]] for one in found]
    table = records(get(client, "csv", **search))
    assert [one["highlights"] for one in table] == [" ".join(f"{start}:{end}" for start, end in one) for one in places]
    items = get(client, "jsonld", **search).json()["items"]
    assert [[(one["start"], one["end"]) for one in item["onrecord:highlights"]] for item in items] == places
    entries = ElementTree.fromstring(get(client, "atom", **search).content).findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}content").text.count("<mark>") for entry in entries] == [len(one) for one in places]
    assert entries[-1].find(f"{ATOM}content").text == "<mark>Trades</mark> 0, and &lt;b&gt;."


def test_an_export_goes_on_from_a_cursor_by_relevance_too(client, small_batches):
    post(client, {"text": " ".join(f"“{'peace ' * (number + 1)}{number}”" for number in range(9))})
    search = {"q": "peace", "sort": "relevance"}
    first = get(client, "json", limit=2, **search).json()
    cursor = parse_qs(urlsplit(first["next"]).query)["cursor"][0]
    whole = lines(get(client, "ndjson", **search))
    assert first["items"] + lines(get(client, "ndjson", cursor=cursor, **search)) == whole and len(whole) == 9


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0", "nonsense", "*/*;q=0", "a/b/c"])
def test_refuses_what_accept_asks_for_and_it_has_not(client, accept):
    answer = client.get("/quotes", headers={"Accept": accept})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (406, "urn:onrecord:problem:not-acceptable")
    assert "text/csv" in problem["detail"] and "format=" in problem["detail"]
    assert answer.headers["Vary"] == "Accept"


def test_the_format_parameter_outdoes_accept(client):
    for kind in ("csv", "CSV"):
        answer = client.get("/quotes", params={"format": kind}, headers={"Accept": "text/html"})
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("kind", ["xml", "", "application/json"])
def test_refuses_a_format_it_does_not_know(client, kind):
    answer = client.get("/quotes", params={"format": kind})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:onrecord:problem:format-unknown")
    assert problem["errors"][0]["field"] == "format" and "ndjson" in problem["detail"]


@pytest.mark.parametrize("kind", ["json", "ndjson", "csv", "jsonld", "atom"])
@pytest.mark.parametrize("wrong", [{"cursor": "x"}, {"q": ""}, {"speaker": "…"}, {"limit": "0"}])
def test_a_wrong_query_is_a_problem_in_every_format(client, kind, wrong):
    answer = client.get("/quotes", params={"format": kind, **wrong})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("kind", ["json", "ndjson", "csv", "jsonld", "atom"])
def test_head_has_the_headers_of_get_and_no_body(archive, kind):
    head, full = (archive.request(method, "/quotes", params={"format": kind}) for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    for answer in (head, full):
        del answer.headers["X-Request-ID"]  # each has one of its own
    assert dict(head.headers) == dict(full.headers)


@pytest.mark.usefixtures("small_batches")
def test_head_does_not_read_the_whole_result(client):
    post(client, {"text": " ".join(f"“Number {n},” said Ada Brandt." for n in range(8 * BATCH))})
    with counted_queries(client.app.state.database.read_engine) as statements:
        assert client.head("/quotes?format=ndjson").status_code == 200
    assert len([one for one in statements if "segments" in one]) <= 2


def test_ndjson_holds_what_json_does(archive):
    answer = get(archive, "ndjson")
    assert lines(answer) == archive.get("/quotes").json()["items"]
    assert "Content-Length" not in answer.headers


@pytest.mark.parametrize("sort", ["newest", "oldest", "confidence", "stored"])
def test_rows_follow_filters_and_order(archive, sort):
    filters = {"min_confidence": 0.5, "language": "en", "sort": sort}
    texts = [quote["text"] for quote in archive.get("/quotes", params=filters).json()["items"]]
    assert [quote["text"] for quote in lines(get(archive, "ndjson", **filters))] == texts
    assert [row["text"] for row in records(get(archive, "csv", **filters))] == texts
    assert len(texts) == 4


def test_stored_is_the_order_of_arrival_whenever_it_was_said(archive):
    texts = [quote["text"] for quote in archive.get("/quotes?sort=stored").json()["items"]]
    assert texts[0] == "Words without a speaker." and texts[-1] == "Trade is peace,"


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", ["ndjson", "csv"])
def test_rows_are_the_whole_result_and_with_a_limit_a_page(client, kind):
    count = 2 * BATCH + 7
    post(client, {"text": " ".join(f"“Number {n},” said Ada Brandt." for n in range(count))})
    read = lines if kind == "ndjson" else records
    everything = [row["text"] for row in read(get(client, kind, sort="oldest"))]
    assert everything == [f"Number {n}," for n in range(count)]
    page = get(client, kind, sort="oldest", limit=8)
    assert [row["text"] for row in read(page)] == everything[:8]
    following = page.links["next"]["url"]
    assert [row["text"] for row in read(client.get(following))] == everything[8:16]
    rest = {"cursor": parse_qs(urlsplit(following).query)["cursor"][0], "sort": "oldest"}
    assert [row["text"] for row in read(get(client, kind, **rest))] == everything[8:]


def test_an_empty_result_is_a_document_all_the_same(client):
    assert lines(get(client, "ndjson")) == []
    assert get(client, "csv").text.count("\r\n") == 1
    assert get(client, "jsonld").json()["items"] == []
    feed = ElementTree.fromstring(get(client, "atom").content)
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_csv_has_a_header_crlf_and_a_byte_order_mark(archive):
    answer = get(archive, "csv", sort="oldest", speaker="Shoigu")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quotes.csv"'
    assert answer.content.startswith("\ufeffid,said_at,speaker,".encode()) and answer.content.endswith(b"\r\n")
    (record,) = records(answer)
    (quote,) = archive.get("/quotes?speaker=Shoigu").json()["items"]
    assert record["segments"] == "7:22" and record["id"] == str(quote["id"])
    assert (record["speaker"], record["said_at"]) == ("Сергей Шойгу", "2023-04-27T08:00:00Z")
    assert float(record["confidence"]) == quote["confidence"]


def test_hostile_text_survives_every_format(client):
    post(client, {"text": "\n\n".join(f"“{words}” said Ada Brandt." for words in HOSTILE), "language": "en"})
    assert [quote["text"] for quote in lines(get(client, "ndjson", sort="oldest"))] == HOSTILE
    document = get(client, "jsonld", sort="oldest")
    assert [one["body"]["schema:text"] for one in document.json()["items"]] == HOSTILE
    assert "<" not in document.text, "somebody will put it into a page"
    feed = ElementTree.fromstring(get(client, "atom", sort="oldest").content)
    contents = [entry.findtext(f"{ATOM}content") for entry in feed.findall(f"{ATOM}entry")]
    expected = [words.replace("\r\n", "\n") for words in HOSTILE]
    expected[14] = "bell \ufffd, escape \ufffd, \ufffd, \ufffd and \ufffd"
    assert contents == expected
    found = [row["text"] for row in records(get(client, "csv", sort="oldest"))]
    assert [text.replace("'", "") for text in found] == [words.replace("'", "") for words in HOSTILE]


@pytest.mark.parametrize(("separator", "other"), [("comma", ";"), ("semicolon", ",")])
def test_no_cell_begins_a_formula_whatever_the_separator(client, separator, other):
    page = {"outlet": "=1+1", "title": "@x", "language": "en", "text": f"“-1{other}+2” said =Ada +Brandt."}
    post(client, page, {"text": "\n\n".join(f"“{words}” said Ada Brandt." for words in HOSTILE), "language": "en"})
    found = records(get(client, "csv", separator=separator), ";" if other == "," else ",")
    for record in found:
        for cell in record.values():
            pieces = io.StringIO(cell.replace(other, "\n").replace("\t", "\n").replace("\r", "\n"))
            assert not any(piece.strip().startswith(("=", "+", "-", "@", "＝")) for piece in pieces)
    assert {"'=1+1", "'@x"} <= {cell for record in found for cell in record.values()}


def test_csv_is_parted_by_semicolons_for_countries_where_the_comma_is_the_decimal_point(archive):
    comma, semicolon = get(archive, "csv"), get(archive, "csv", separator="semicolon")
    assert semicolon.content.startswith("\ufeffid;said_at;speaker;".encode())
    assert records(semicolon, ";") == records(comma)
    page = get(archive, "csv", separator="semicolon", limit=1)
    assert "separator=semicolon" in page.headers["Link"], "the next page is parted alike"
    refused = archive.get("/quotes", params={"format": "csv", "separator": "tab"})
    assert refused.json()["errors"][0]["field"] == "separator"


def test_a_cell_is_no_longer_than_a_spreadsheet_takes(client):
    post(client, {"text": f"“Far {'😀 ' * 30_000}”", "language": "en"})
    (record,) = records(get(client, "csv"))
    assert len(record["text"].encode("utf-16-le")) // 2 <= 32_767 and record["text"].endswith("… (cut)")


def test_jsonld_says_where_the_words_stand(archive):
    page = get(archive, "jsonld", sort="oldest", language="ru").json()
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (page["type"], page["startIndex"], page["partOf"]["type"]) == ("AnnotationPage", 0, "AnnotationCollection")
    assert page["id"] != page["partOf"]["id"] and "next" not in page
    article = archive.get("/articles").json()["items"][-1]
    text = archive.get(f"/articles/{article['id']}").json()["text"]
    for annotation in page["items"]:
        assert (annotation["type"], annotation["motivation"]) == ("Annotation", "identifying")
        target = annotation["target"]
        assert target["source"]["id"] == f"http://testserver/articles/{article['id']}#text"
        words, place = target["selector"]
        assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[place["start"] : place["end"]] == words["exact"]
        assert text[: place["start"]].endswith(words["prefix"]) and text[place["end"] :].startswith(words["suffix"])
        assert words["prefix"] and words["suffix"]
        assert archive.get(annotation["id"]).json()["text"] == words["exact"]


def test_jsonld_says_whose_the_words_are(archive):
    bodies = {one["body"]["schema:text"]: one["body"] for one in get(archive, "jsonld").json()["items"]}
    assert {body["type"] for body in bodies.values()} == {"schema:Quotation"}
    person = bodies["Trade is peace,"]
    assert (person["schema:author"]["type"], person["schema:author"]["schema:name"]) == (
        "schema:Person",
        "Сергей Шойгу",
    )
    article = person["schema:isBasedOn"]
    assert article["schema:url"] == {"id": "https://news.example/talks?a=1&b=%3C2%3E"}
    assert article["schema:datePublished"] == "2023-04-27T08:00:00Z"
    assert bodies["So do we,"]["schema:author"]["type"] == "schema:Organization"
    assert bodies["No comment,"]["schema:creditText"] == "officials"
    assert [one["type"] for one in bodies["An empty café,"]["schema:isBasedOn"]] == [
        "schema:CreativeWork",
        "schema:Article",
    ]
    assert not {"schema:author", "schema:creditText"} & bodies["Words without a speaker."].keys()


def test_jsonld_of_two_segments_has_two_targets(client, extractor):
    text = "“One,” said Ada Brandt, “two.”"
    found = extractor.extract(text)
    first, second = found.quotes
    joined = replace(first, segments=first.segments + second.segments)
    extractor.answers[text] = replace(found, quotes=(joined,))
    post(client, {"text": text})
    (annotation,) = get(client, "jsonld").json()["items"]
    assert [target["selector"][0]["exact"] for target in annotation["target"]] == ["One,", "two."]
    assert annotation["target"][0]["selector"][0]["prefix"] == "“"


@pytest.mark.parametrize("kind", ["jsonld", "atom"])
def test_pages_of_documents_hold_every_quote_once(archive, kind):
    seen, url = [], f"/quotes?format={kind}&limit=2"
    while url:
        answer = archive.get(url)
        if kind == "jsonld":
            page = answer.json()
            seen += [one["body"]["schema:text"] for one in page["items"]]
            following = page.get("next")
        else:
            feed = ElementTree.fromstring(answer.content)
            seen += [entry.findtext(f"{ATOM}content") for entry in feed.findall(f"{ATOM}entry")]
            following = next((one.get("href") for one in feed.findall(f"{ATOM}link[@rel='next']")), None)
            assert feed.findtext(f"{ATOM}id") == "http://testserver/quotes?format=atom"
        url = answer.links.get("next", {}).get("url")
        assert url == following
    assert len(seen) == len(set(seen)) == 6


def test_atom_has_what_rfc_4287_asks_for(archive):
    answer = archive.get("/quotes?q=trade&format=atom")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{required}")) == 1
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/quotes?q=trade&format=atom"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "On Record"
    assert feed.findtext(f"{ATOM}title") == "Quotes: q trade"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert Counter(child.tag.removeprefix(ATOM) for child in entry) == {
        **dict.fromkeys(("id", "title", "updated", "published", "author", "content", "summary"), 1),
        "link": 2,
    }
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Сергей Шойгу"
    assert entry.findtext(f"{ATOM}published") == "2023-04-27T08:00:00Z"
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated")
    links = [(link.get("rel"), link.get("type")) for link in entry.findall(f"{ATOM}link")]
    assert links == [("alternate", "text/html"), ("alternate", "application/json")]


def test_atom_lists_what_came_last_first_however_old_it_is(archive):
    feed = ElementTree.fromstring(get(archive, "atom").content)
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == "Words without a speaker."


def test_atom_ids_outlive_the_row_and_the_name_of_the_host(archive):
    def ids(**parameters):
        feed = ElementTree.fromstring(archive.get("/quotes?format=atom", **parameters).content)
        return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]

    before = ids()
    assert len(set(before)) == 6 and all(one.startswith("urn:uuid:") for one in before)
    assert ids(headers={"Host": "127.0.0.1:8001"}) == before
    last = archive.get("/articles").json()["items"][0]["id"]
    archive.delete(f"/articles/{last}")
    post(archive, PAGES[-1])
    assert ids() == before


def streamed(client, path: str, on_body) -> list[bytes]:
    """The chunks of a GET, `on_body` called at each as it is sent; what it raises ends the connection."""
    chunks: list[bytes] = []

    async def receive() -> dict:
        await asyncio.sleep(3600)
        raise AssertionError("unreachable")

    async def send(message: dict) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200
        elif message.get("body"):
            chunks.append(message["body"])
            await asyncio.to_thread(on_body, len(chunks))

    address = urlsplit(path)
    scope = {"type": "http", "method": "GET", "path": address.path, "query_string": address.query.encode()}
    scope |= {"headers": [(b"host", b"testserver")], "root_path": "", "asgi": {"spec_version": "2.4"}}
    asyncio.run(client.app(scope, receive, send))
    return chunks


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", ["ndjson", "csv"])
def test_an_export_is_of_one_moment_and_lets_others_write(client, kind):
    pages = [{"text": " ".join(f"“Number {n} {m},” said Ada Brandt." for n in range(BATCH))} for m in range(4)]
    post(client, *pages)
    statuses = []

    def write(chunk: int) -> None:
        if chunk == 2:
            statuses.append(client.post("/articles", json={"text": "“Brand new,” said Wang Yi."}).status_code)
            oldest = client.get("/articles").json()["items"][-1]["id"]
            statuses.append(client.delete(f"/articles/{oldest}").status_code)

    chunks = streamed(client, f"/quotes?format={kind}&sort=oldest", write)
    assert statuses == [201, 204]
    body = b"".join(chunks).decode()
    assert len(chunks) >= 4 and "Brand new" not in body
    assert body.count("\n") == 4 * BATCH + (kind == "csv")
    assert client.app.state.database.read_engine.pool.checkedout() == 0


@pytest.mark.usefixtures("small_batches")
def test_a_client_that_goes_away_leaves_nothing_open(client):
    post(client, {"text": " ".join(f"“Number {n},” said Ada Brandt." for n in range(4 * BATCH))})

    def go(_chunk: int) -> None:
        raise OSError("gone")

    with pytest.raises(Exception, match=r"gone|^$"):
        streamed(client, "/quotes?format=ndjson", go)
    assert client.app.state.database.read_engine.pool.checkedout() == 0


def test_a_cursor_of_the_feed_is_good_in_other_formats(client):
    post(client, *({"text": f"Page {number}. “Yes, {number},” said Olof Berg."} for number in range(3)))
    feed = ElementTree.fromstring(get(client, "atom", limit=1).content)
    (following,) = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "next"]
    read = client.get(following.replace("format=atom", "format=ndjson"))
    assert read.status_code == 200
    assert [json.loads(line)["text"] for line in read.text.splitlines()] == ["Yes, 1,"]


def test_a_title_in_a_script_without_spaces_begins_with_the_words(client):
    post(client, {"text": f"“{'和平' * 60},” said Olof Berg.", "language": "zh"})
    feed = ElementTree.fromstring(get(client, "atom").content)
    assert f"“{'和平' * 49}" in feed.findtext(f"{ATOM}entry/{ATOM}title")

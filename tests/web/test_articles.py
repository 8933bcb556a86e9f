"""Articles: stored once, with every quote in its place; removed without a trace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.articles import repository
from app.articles import service as articles
from app.extraction.document import Extraction, Quote, QuoteKind, Span
from app.quotes import service as quotes
from tests.archive import row_counts

TEXT = "A page.\r\n\r\n“We will sail,” said Marta Lindqvist.\r\n“Not before May,” said Olof Berg.\r\n"
PLAIN = {"Content-Type": "text/plain; charset=UTF-8"}


def test_answers_the_article_with_its_quotes_and_where_it_is(client):
    answer = client.post(
        "/articles", json={"text": TEXT, "title": "Ferry", "published_at": "2024-03-05T09:00:00+01:00"}
    )
    article = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/articles/{article['id']}"
    assert client.get(answer.headers["Location"]).json() == article
    assert (article["text"], article["title"], article["published_at"]) == (TEXT, "Ferry", "2024-03-05T08:00:00Z")
    assert [quote["text"] for quote in article["quotes"]] == ["We will sail,", "Not before May,"]
    assert [quote["speaker"]["name"] for quote in article["quotes"]] == ["Marta Lindqvist", "Olof Berg"]
    assert (article["quote_count"], article["warnings"], article["extractor"]) == (2, ["Read by a test."], "said-1")


def test_a_quote_says_all_that_is_known_of_it(client):
    article = client.post("/articles", json={"text": TEXT, "outlet": "Courier", "published_at": "2024-03-05"}).json()
    quote = article["quotes"][0]
    assert client.get(f"/quotes/{quote['id']}").json() == quote
    for place in (*quote["segments"], quote["mention"], quote["cue"], quote["snippet"]):
        assert TEXT[place["start"] : place["end"]] == place["text"]
    assert (quote["kind"], quote["confidence"], quote["reason"]) == ("direct", 0.9, "a test says so")
    assert quote["said_at"] == quote["article"]["published_at"] == "2024-03-05T00:00:00Z"
    assert quote["article"]["outlet"] == "Courier"
    assert quote["language"] == "en"


def test_never_invents_a_date(client):
    assert client.post("/articles", json={"text": TEXT}).json()["quotes"][0]["said_at"] is None


def test_takes_plain_text_as_it_is_with_metadata_in_the_query(client):
    metadata = {"title": "Ferry", "url": "https://news.example/a", "published_at": "2024-03-05", "language": "SV"}
    article = client.post("/articles", params=metadata, content=TEXT.encode(), headers=PLAIN).json()
    assert article["text"] == TEXT
    assert (article["title"], article["url"], article["language"]) == ("Ferry", "https://news.example/a", "sv")


def test_takes_what_curl_sends_when_it_is_told_no_type(client):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/articles", content=TEXT.encode(), headers=form).json()["text"] == TEXT
    assert client.post("/articles", data={"text": "a form"}).status_code == 415


def test_a_text_without_quotes_is_a_success(client):
    answer = client.post("/articles", json={"text": "Nobody said a word."})
    assert (answer.status_code, answer.json()["quotes"]) == (201, [])


def test_segments_of_one_quote_stay_together_and_read_as_one(client, extractor):
    text = "“One,” he said, “two.”"
    whole = Quote((Span(1, 5), Span(17, 21)), QuoteKind.DIRECT, None, Span(7, 9), None, 0.5, "split")
    extractor.answers[text] = Extraction("en", (whole,), "said-1")
    (quote,) = client.post("/articles", json={"text": text}).json()["quotes"]
    assert quote["text"] == "One, two."
    assert quote["segments"] == [{"start": 1, "end": 5, "text": "One,"}, {"start": 17, "end": 21, "text": "two."}]
    assert quote["speaker"] is None


def test_the_same_text_again_is_the_same_article_and_is_not_read_again(client, extractor):
    first = client.post("/articles", json={"text": TEXT, "title": "First"})
    again = client.post("/articles", json={"text": TEXT, "title": "Second"})
    (warning,) = again.json().pop("warnings")[1:]
    assert (again.status_code, again.json()) == (200, {**first.json(), "warnings": ["Read by a test.", warning]})
    assert again.headers["Location"] == first.headers["Location"]
    assert extractor.texts == [TEXT]
    assert client.post("/articles", json={"text": TEXT + " "}).status_code == 201


def test_a_reprint_fills_in_what_was_not_known_and_is_told_what_stays_otherwise(client):
    client.post("/articles", json={"text": TEXT, "outlet": "Agency"})
    sent = {"outlet": "Kurier", "title": "Ships", "url": "https://kurier.example/1", "published_at": "2024-01-02"}
    again = client.post("/articles", json={"text": TEXT, **sent})
    assert again.status_code == 200
    (warning,) = set(again.json()["warnings"]) - {"Read by a test."}
    assert "outlet stays 'Agency'; 'Kurier' was sent" in warning
    now = client.get(f"/articles/{again.json()['id']}").json()
    assert (now["outlet"], now["title"], now["url"]) == ("Agency", sent["title"], sent["url"])
    assert now["warnings"] == ["Read by a test."]
    assert {quote["said_at"] for quote in now["quotes"]} == {now["published_at"]} == {"2024-01-02T00:00:00Z"}
    assert (
        now["quotes"] == client.get("/quotes?said_after=2024-01-02&said_before=2024-01-03&sort=oldest").json()["items"]
    )


def test_what_is_known_of_an_article_is_corrected_and_given_back(client):
    stored = client.post("/articles", json={"text": TEXT, "outlet": "Kurier", "title": "Ships"}).json()
    path, kim = f"/articles/{stored['id']}", {"X-Forwarded-User": "kim"}
    tag = client.get(path).headers["ETag"]
    assert client.patch(path, json={"outlet": "Courier"}).status_code == 428
    sent = {"outlet": "The Courier", "published_at": "2024-01-02", "title": "Ships"}
    answer = client.patch(path, json=sent, headers={"If-Match": tag, **kim})
    assert answer.json() == client.get(path).json()
    assert answer.json()["quotes"][0]["said_at"] == "2024-01-02T00:00:00Z"
    assert len(client.get("/quotes?outlet=the courier").json()["items"]) == len(stored["quotes"])
    assert client.patch(path, json=sent, headers={"If-Match": tag}).status_code == 412
    utterance = client.get(f"/utterances/{answer.json()['quotes'][0]['utterance_id']}").json()
    assert "2024-01-02T00:00:00Z" in str(utterance)
    (change,) = client.get("/changes", params={"article": stored["id"]}).json()["items"]
    assert (change["action"], change["who"]) == ("edit-article", "kim")
    assert change["before"] == {"outlet": "Kurier", "published_at": None}
    assert client.post(f"/changes/{change['id']}/undo").status_code == 200
    assert client.get(path).json() == stored
    assert client.patch(path, json={}, headers={"If-Match": "*"}).status_code == 422


def test_the_same_text_sent_by_many_at_once_is_stored_once(client):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.post("/articles", json={"text": TEXT}), range(16)))
    assert sorted(answer.status_code for answer in answers) == [200] * 15 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert row_counts(client)["quotes"] == 2


def test_articles_stored_at_once_share_their_speakers(client):
    texts = [f"Page {number}. “Yes,” said Olof Berg. “No,” said Marta Lindqvist." for number in range(16)]
    backwards = [text.replace("Olof", "O").replace("Marta", "Olof").replace("O Berg", "Marta Berg") for text in texts]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda text: client.post("/articles", json={"text": text}), texts + backwards))
    assert {answer.status_code for answer in answers} == {201}
    counts = row_counts(client)
    assert (counts["speakers"], counts["articles"], counts["quotes"]) == (4, 32, 64)


def test_articles_removed_while_others_are_stored_leave_every_quote_its_speaker(client):
    def store_and_remove(number: int) -> set[int]:
        stored = client.post("/articles", json={"text": f"Page {number}. “Yes,” said Olof Berg."})
        kept = client.post("/articles", json={"text": f"Page {number} again. “Yes,” said Olof Berg."})
        return {stored.status_code, kept.status_code, client.delete(stored.headers["Location"]).status_code}

    with ThreadPoolExecutor(8) as threads:
        statuses = set.union(*threads.map(store_and_remove, range(12)))
    assert statuses == {201, 204}
    found = client.get("/quotes", params={"speaker": "Berg", "limit": 100}).json()["items"]
    assert len(found) == 12


def test_lists_articles_the_last_first_without_their_texts(client):
    for number in range(5):
        client.post("/articles", json={"text": f"“Page {number}.”"})
    page = client.get("/articles", params={"limit": 3}).json()
    rest = client.get(page["next"]).json()
    ids = [article["id"] for article in page["items"] + rest["items"]]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), rest["next"]) == (5, None)
    assert page["items"][0]["quote_count"] == 1
    assert "text" not in page["items"][0]


FILED = [
    {"outlet": "Kurier", "language": "en", "published_at": "2024-03-05", "url": "https://kurier.example/1"},
    {"outlet": "KURIER", "language": "it", "published_at": "2024-03-05T23:59:59Z"},
    {"outlet": "Läget", "language": "en", "published_at": "2024-03-06", "url": "https://laget.example/é"},
    {"language": "en"},
]


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        ({"outlet": "kurier"}, [1, 0]),
        ({"outlet": " LAGET"}, [2]),
        ({"language": "IT"}, [1]),
        ({"url": "https://laget.example/é"}, [2]),
        ({"url": "https://kurier.example/"}, []),
        ({"published_after": "2024-03-05"}, [2, 1, 0]),
        ({"published_before": "2024-03-06"}, [1, 0]),
        ({"published_after": "2024-03-05T00:00:01Z", "published_before": "2024-03-06T00:00:00Z"}, [1]),
        ({"outlet": "Kurier", "language": "en", "state": "done"}, [0]),
        ({"state": "failed"}, []),
    ],
)
def test_filters_narrow_the_list_of_articles(client, filters, places):
    ids = [client.post("/articles", json={"text": f"Page {n}.", **one}).json()["id"] for n, one in enumerate(FILED)]
    assert [one["id"] for one in client.get("/articles", params=filters).json()["items"]] == [ids[n] for n in places]


def test_a_cursor_of_articles_is_bound_to_the_filters(client):
    for n, one in enumerate(FILED):
        client.post("/articles", json={"text": f"Page {n}.", **one})
    first = client.get("/articles", params={"published_after": "2024-03-05", "limit": 2}).json()
    assert [one["outlet"] for one in client.get(first["next"]).json()["items"]] == ["Kurier"]
    cursor = first["next"].partition("cursor=")[2]
    for other in ("", "published_after=2024-03-04", "published_after=2024-03-05&language=en"):
        assert client.get(f"/articles?{other}&cursor={cursor}").json()["type"].endswith("cursor-mismatch")


@pytest.mark.parametrize(
    ("filters", "name", "field"),
    [
        ("published_after=May", "date-invalid", "published_after"),
        ("published_before=2024-02-30", "date-invalid", "published_before"),
        ("language=english", "language-unknown", "language"),
        ("outlet=", "request-invalid", "outlet"),
        ("outlet=%00", "text-has-nul", "outlet"),
        ("said_after=2024-01-01", "request-invalid", "said_after"),
    ],
)
def test_a_filter_of_articles_that_cannot_be_meant_is_refused_by_its_name(client, filters, name, field):
    problem = client.get(f"/articles?{filters}").json()
    assert (problem["type"].rpartition(":")[2], problem["errors"][0]["field"]) == (name, field)


def test_removing_an_article_removes_all_that_came_with_it_and_nothing_else(client):
    kept = client.post("/articles", json={"text": "“Still here,” said Olof Berg."}).json()
    before = row_counts(client)
    stored = client.post("/articles", json={"text": TEXT}).json()
    assert client.delete(f"/articles/{stored['id']}").status_code == 204
    assert row_counts(client) == {**before, "changes": 1}
    assert client.get(f"/articles/{stored['id']}").status_code == 404
    assert client.delete(f"/articles/{stored['id']}").status_code == 404
    assert client.get("/quotes", params={"q": "sail"}).json()["items"] == []
    assert client.get(f"/articles/{kept['id']}").json() == kept


def test_an_id_is_never_given_twice(client):
    first = client.post("/articles", json={"text": TEXT}).json()["id"]
    client.delete(f"/articles/{first}")
    assert client.post("/articles", json={"text": TEXT}).json()["id"] != first


@pytest.mark.parametrize("place", [(quotes, "rows"), (articles.quotes_repository, "of_article"), (repository, "add")])
def test_a_failure_while_storing_stores_nothing(client, monkeypatch, place):
    with monkeypatch.context() as patch:
        patch.setattr(*place, lambda *_args, **_kwargs: 1 / 0)
        assert client.post("/articles", json={"text": TEXT}).status_code == 500
    assert set(row_counts(client).values()) == {0}
    assert client.post("/articles", json={"text": TEXT}).status_code == 201


def test_an_extractor_that_points_outside_the_text_stores_nothing(client, extractor):
    beyond = Quote((Span(0, len(TEXT) + 1),), QuoteKind.DIRECT, None, None, None, 0.5, "wrong")
    extractor.answers[TEXT] = Extraction("en", (beyond,), "said-1")
    assert client.post("/articles", json={"text": TEXT}).status_code == 500
    assert set(row_counts(client).values()) == {0}


def test_extract_answers_the_same_quotes_and_stores_nothing(client):
    found = client.post("/extract", content=TEXT.encode(), headers=PLAIN).json()
    assert set(row_counts(client).values()) == {0}
    stored = client.post("/articles", json={"text": TEXT}).json()
    for quote in stored["quotes"]:
        del quote["status"], quote["speaker_corrected"], quote["extractor"], quote["utterance"]
        quote |= {"id": None, "article": None, "utterance_id": None, "speaker": {**quote["speaker"], "id": None}}
    assert found["quotes"] == stored["quotes"]
    assert (found["language"], found["warnings"]) == ("en", ["Read by a test."])


def test_space_around_what_is_said_of_an_article_is_left_out(client):
    sent = {"outlet": " The Courier\n", "title": "\u00a0Ferry ", "url": " https://courier.example/1 "}
    article = client.post("/articles", json={"text": f"{TEXT}\n", **sent}).json()
    assert [article[name] for name in sent] == ["The Courier", "Ferry", "https://courier.example/1"]
    assert article["text"] == f"{TEXT}\n"

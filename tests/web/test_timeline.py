"""When a speaker was quoted: counts by day, week and month in UTC."""

from __future__ import annotations

import pytest

SAID = [
    ("2023-12-31T23:30:00-01:00", "en", "Kurier"),  # 2024-01-01 in UTC
    ("2024-01-01T00:00:00Z", "en", "Kurier"),
    ("2024-01-07T23:59:59Z", "en", None),  # a Sunday
    ("2024-01-08", "fi", None),
    ("2024-02-29T12:00:00Z", "en", None),
    ("0001-01-01", "en", None),
    ("9999-12-31", "en", None),
    (None, "en", None),
]


@pytest.fixture
def archive(client):
    """The client, with a quote by Ada Brandt for each of SAID, and one by another."""
    for number, (moment, language, outlet) in enumerate(SAID):
        metadata = {"published_at": moment, "outlet": outlet, "language": language}
        text = f"“Peace number {number},” said Ada Brandt. “Who else,” said Wang Yi."
        sent = {name: value for name, value in metadata.items() if value}
        assert client.post("/articles", json={"text": text, **sent}).status_code == 201
    return client


def timeline(client, **parameters) -> dict:
    """The timeline of Ada Brandt."""
    (speaker,) = client.get("/speakers?name=Brandt").json()["items"]
    answer = client.get(f"/speakers/{speaker['id']}/timeline", params=parameters)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["speaker"]["id"], shown["time_zone"]) == (speaker["id"], "UTC")
    return shown


def counts(client, **parameters) -> dict[str, int]:
    """How many quotes each period has, by its first day, those of the far past and future left out."""
    bounds = {"said_after": "2000-01-01", "said_before": "2100-01-01"}
    return {item["start"]: item["count"] for item in timeline(client, **{**bounds, **parameters})["items"]}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", {"2024-01-01": 2, "2024-01-07": 1, "2024-01-08": 1, "2024-02-29": 1}),
        ("week", {"2024-01-01": 3, "2024-01-08": 1, "2024-02-26": 1}),
        ("month", {"2024-01-01": 4, "2024-02-01": 1}),
    ],
)
def test_counts_by_period_in_utc(archive, by, expected):
    assert counts(archive, by=by) == expected


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_takes_the_first_and_the_last_date_there_is_and_counts_the_undated_apart(archive, by):
    shown = timeline(archive, by=by)
    starts = [item["start"] for item in shown["items"]]
    assert starts == sorted(starts) and starts[0] == "0001-01-01" and starts[-1].startswith("9999-12")
    assert sum(item["count"] for item in shown["items"]) + shown["undated"] == len(SAID)
    assert (shown["by"], shown["undated"]) == (by, 1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"language": "fi"}, {"2024-01-01": 1}),
        ({"outlet": "kurier"}, {"2024-01-01": 2}),
        ({"q": "peace 4"}, {"2024-02-01": 1}),
        ({"q": '"number 4" OR "number 3"'}, {"2024-01-01": 1, "2024-02-01": 1}),
        ({"q": "numb* -4"}, {"2024-01-01": 4}),
        ({"said_after": "2024-02-01"}, {"2024-02-01": 1}),
        ({"kind": "mixed"}, {}),
        ({"min_confidence": 0.95}, {}),
    ],
)
def test_filters(archive, filters, expected):
    assert counts(archive, **filters) == expected


@pytest.mark.parametrize(
    ("wrong", "name", "field"),
    [
        ({"by": "year"}, "request-invalid", "by"),
        ({"speaker": "x"}, "request-invalid", "speaker"),
        ({"limit": "1"}, "request-invalid", "limit"),
        ({"q": "“”"}, "search-invalid", "q"),
        ({"said_after": "soon"}, "date-invalid", "said_after"),
    ],
)
def test_refuses_what_it_does_not_know(archive, wrong, name, field):
    (speaker,) = archive.get("/speakers?name=Brandt").json()["items"]
    answer = archive.get(f"/speakers/{speaker['id']}/timeline", params=wrong)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:onrecord:problem:{name}")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_speaker_nobody_knows_has_no_timeline(client):
    assert client.get("/speakers/1000000/timeline").json()["type"] == "urn:onrecord:problem:speaker-not-found"

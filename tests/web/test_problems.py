"""Every error status is a problem document of one shape."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

TEXT = "“We will sail,” said Marta Lindqvist."


def failing(error: Exception):
    """A function that raises."""

    def fail(*_args, **_kwargs):
        raise error

    return fail


def broken_extractor(client, extractor, _patch):
    extractor.answers[TEXT] = RuntimeError("secret")
    return client.post("/articles", json={"text": TEXT})


def broken_service(client, _extractor, patch):
    patch.setattr("app.articles.service.page", failing(RuntimeError("secret")))
    return client.get("/articles")


def broken_database(client, _extractor, patch):
    patch.setattr("app.articles.service.page", failing(OperationalError("SELECT secret", {}, Exception("secret"))))
    return client.get("/articles")


CASES = {
    "400 body-malformed": lambda client, *_: client.post(
        "/articles", content=b"{", headers={"Content-Type": "application/json"}
    ),
    "404 not-found": lambda client, *_: client.get("/nowhere"),
    "404 article-not-found": lambda client, *_: client.get("/articles/1000000"),
    "404 quote-not-found": lambda client, *_: client.get(f"/quotes/{2**63 - 1}"),
    "404 speaker-not-found": lambda client, *_: client.get("/speakers/1000000"),
    "405 method-not-allowed": lambda client, *_: client.put("/articles"),
    "413 text-too-large": lambda client, *_: client.post("/articles", json={"text": "a" * 2_000_000}),
    "415 media-type-unsupported": lambda client, *_: client.post(
        "/articles", content=b"<a/>", headers={"Content-Type": "text/xml"}
    ),
    "422 text-empty": lambda client, *_: client.post("/articles", json={"text": ""}),
    "422 request-invalid": lambda client, *_: client.get("/quotes/none"),
    "422 request-invalid (id)": lambda client, *_: client.get(f"/quotes/{2**63}"),
    "500 internal": broken_service,
    "500 extraction-failed": broken_extractor,
    "503 database-unavailable": broken_database,
}


@pytest.mark.parametrize("case", CASES)
def test_an_error_is_a_problem_document(case, client, extractor, monkeypatch):
    status, name = case.split()[:2]
    answer = CASES[case](client, extractor, monkeypatch)
    problem = answer.json()
    assert answer.status_code == problem["status"] == int(status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"urn:onrecord:problem:{name}"
    assert {"type", "title", "status", "detail"} <= problem.keys() <= {"type", "title", "status", "detail", "errors"}
    assert problem["title"] and problem["detail"]
    for error in problem.get("errors", []):
        assert error.keys() == {"field", "message"}
    assert "secret" not in answer.text


def test_a_wrong_method_says_which_are_right(client):
    assert client.put("/articles").headers["Allow"] == "GET, POST"
    assert client.put("/articles/1").headers["Allow"] == "DELETE, GET, PATCH"
    assert client.put("/docs-assets/swagger-ui.css").headers["Allow"] == "GET, HEAD"


def test_a_path_is_an_id_or_a_name_never_both(client):
    wrong_method, wrong_id = 405, 422
    assert client.patch("/quotes/facets").status_code == wrong_method
    assert client.delete("/articles/batch").status_code == client.get("/articles/batch").status_code == wrong_method
    assert client.patch("/quotes/null,null", headers={"If-Match": "*"}, json={}).status_code == wrong_id
    assert client.delete("/articles/batches").status_code == client.get("/articles/a").status_code == wrong_id


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/articles/1", {}, "body: says nothing; send title, url, outlet or published_at"),
        ("/articles/1", [], "body: must be a JSON object"),
        ("/articles/1", {"url": "example"}, "url: is not a web address; write https://HOST/PATH"),
        ("/articles/1", {"published_at": "May"}, "published_at: 'May' is not a date; write 2023-04-27"),
        ("/quotes/1", {}, "body: says nothing; send speaker_id, status or both"),
        ("/quotes/1", {"status": "found"}, "status: Input should be 'confirmed' or 'rejected'"),
        ("/quotes/1", {"speaker_id": 999}, "speaker_id: is 999, whom nobody knows; GET /speakers lists them"),
    ],
)
def test_a_correction_that_is_refused_names_the_field_and_the_remedy(client, path, body, detail):
    client.post("/articles", json={"text": TEXT})
    first = client.get(path.rpartition("/")[0]).json()["items"][0]["id"]
    problem = client.patch(path.replace("1", str(first)), json=body, headers={"If-Match": "*"}).json()
    (error,) = problem["errors"]
    assert problem["detail"].startswith(detail) and problem["detail"] == f"{error['field']}: {error['message']}"

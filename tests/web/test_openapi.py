"""The description says everything, and its pages need no other host."""

from __future__ import annotations

import re

import pytest

from app.examples import QUOTES, SUBMISSION, TEXT
from app.main import create_app
from app.settings import Settings
from app.workers.inline import InlineExtraction
from tests.said import SaidExtractor

OPENAPI = create_app(Settings(), InlineExtraction(SaidExtractor())).openapi()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in OPENAPI["paths"].items()
    for method, operation in methods.items()
}


@pytest.mark.parametrize("name", OPENAPI["components"]["schemas"])
def test_every_schema_has_an_example(name):
    schema = OPENAPI["components"]["schemas"][name]
    assert "enum" in schema or schema.get("examples")


@pytest.mark.parametrize("name", OPENAPI["components"]["schemas"])
def test_every_field_of_an_example_is_one_of_its_schema(name):
    schema = OPENAPI["components"]["schemas"][name]
    for example in schema.get("examples", []):
        assert example.keys() <= schema["properties"].keys()
        assert set(schema.get("required", [])) <= example.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_parameter_says_what_it_is(name):
    assert all(parameter.get("description") for parameter in OPERATIONS[name].get("parameters", []))


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_declares_its_errors(name):
    operation = OPERATIONS[name]
    assert operation["summary"] and operation["tags"]
    declared = {status: response for status, response in operation["responses"].items() if status >= "400"}
    assert {"500", "503"} <= declared.keys()
    assert ("422" in declared) == ("parameters" in operation)
    assert ("404" in declared) == ("{" in name)
    by_line = name == "POST /articles/batch"  # what is wrong with a line is an error of the line
    expected = {"415"} if by_line else {"400", "413", "415"}
    assert expected <= declared.keys() or "requestBody" not in operation
    for response in declared.values():
        (kind, media), *rest = response["content"].items()
        assert (kind, rest) == ("application/problem+json", [])
        assert media["schema"] == {"$ref": "#/components/schemas/Problem"} and media["examples"]


def test_every_reference_leads_somewhere():
    references = set(re.findall(r"#/components/schemas/([\w-]+)", str(OPENAPI)))
    assert references <= OPENAPI["components"]["schemas"].keys()
    assert "HTTPValidationError" not in references


def test_the_prefilled_example_is_an_article_with_quotes(client):
    body = OPERATIONS["POST /articles"]["requestBody"]["content"]["application/json"]
    assert body["example"] == SUBMISSION
    assert client.post("/articles", json=body["example"]).status_code == 201
    for quote in QUOTES:
        for place in (*quote["segments"], quote["mention"], quote["snippet"]):
            assert TEXT[place["start"] : place["end"]] == place["text"]


def test_the_page_loads_nothing_from_another_host(client):
    page = client.get("/docs")
    assert page.status_code == 200
    loaded = re.findall(r"""(?:src|href)="([^"]+)"|url: '([^']+)'""", page.text)
    addresses = [first or second for first, second in loaded]
    assert len(addresses) == 4
    for address in addresses:
        assert "//" not in address
        assert client.get(f"/{address}").status_code == 200
    assert client.get("/redoc").status_code == 404

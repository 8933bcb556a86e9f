"""The OpenAPI description, and Swagger UI served without any other host."""

import base64
import hashlib
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from pydantic.json_schema import models_json_schema

from app.articles.schemas import ArticleCorrection, ArticleIn, ArticleList, ArticleOut, ExtractionOut
from app.changes.schemas import ChangeList
from app.errors import Problem
from app.jobs.schemas import JobItemList, JobList
from app.keys.schemas import KeyList
from app.quotes.schemas import AppearanceList, QuoteCorrection, QuoteList
from app.speakers.schemas import SpeakerList, SpeakerMerge, SpeakerRename, SpeakerSplit

DESCRIPTION = """Who said what, when, in which article.

Send an article, get its quotes with their speakers; search them by speaker, words, date, outlet and language.
Every quote is a slice of the stored text: `text[start:end]`, counted in Unicode code points.
Errors are RFC 9457 problem documents, `application/problem+json`."""
TAGS = [
    {"name": "articles", "description": "Texts as they were sent, with the quotes found in them."},
    {"name": "quotes", "description": "Who said what."},
    {"name": "speakers", "description": "Who is quoted, under which names."},
    {"name": "changes", "description": "Who changed what, when, and what it was before."},
    {"name": "jobs", "description": "Articles that are taken in now and read later."},
    {"name": "keys", "description": "Who may use the service."},
    {"name": "health", "description": "For those who run the service."},
]
TAKEN = (ArticleCorrection, ArticleIn, QuoteCorrection, SpeakerMerge, SpeakerRename, SpeakerSplit)
SHOWN = (
    AppearanceList,
    ArticleList,
    ArticleOut,
    ChangeList,
    ExtractionOut,
    JobItemList,
    JobList,
    KeyList,
    Problem,
    QuoteList,
    SpeakerList,
)
SCHEMAS: list[Any] = [*((model, "validation") for model in TAKEN), *((model, "serialization") for model in SHOWN)]
ASSETS = "docs-assets"


def install(app: FastAPI) -> None:
    """Serve the description at /openapi.json and Swagger UI at /docs."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        """FastAPI's own description, with the schemas it leaves out, and the nulls it drops from examples."""
        if app.openapi_schema is None:
            _, schemas = models_json_schema(SCHEMAS, ref_template="#/components/schemas/{model}")
            describe()["components"]["schemas"] |= schemas["$defs"]
            _drop_nulls(describe())
        return describe()

    app.openapi = described  # type: ignore[method-assign]
    app.mount(f"/{ASSETS}", StaticFiles(packages=[("fastapi_swagger", "resources")]), name="docs-assets")
    app.get("/docs", include_in_schema=False)(_swagger_ui)


def _drop_nulls(description: dict[str, Any]) -> None:
    """A parameter of a URL may be left out, but it cannot be null."""
    operations = (operation for path in description["paths"].values() for operation in path.values())
    for parameter in (one for operation in operations for one in operation.get("parameters", [])):
        schema = parameter["schema"]
        choices = [choice for choice in schema.pop("anyOf", []) if choice != {"type": "null"}]
        schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}


async def _swagger_ui() -> HTMLResponse:
    # Relative addresses keep working behind a proxy that adds a path of its own.
    page = get_swagger_ui_html(
        openapi_url="openapi.json",
        title="On Record: API",
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{ASSETS}/favicon-32x32.png",
        swagger_ui_parameters={"validatorUrl": None, "displayRequestDuration": True},
    )
    page.headers["Content-Security-Policy"] = _policy(bytes(page.body))
    return page


def _policy(page: bytes) -> str:
    """What the page may load: the service's own, the scripts that stand in it, and the styles Swagger UI makes."""
    scripts = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts]
    return (
        f"default-src 'none'; script-src 'self' {' '.join(hashes)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )

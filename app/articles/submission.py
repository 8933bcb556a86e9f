"""Reading the body of a request: JSON or plain text, within its limit, in UTF-8."""

import json
from typing import Any, NoReturn

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import QueryParams

from app.articles.schemas import ArticleIn
from app.errors import BodyMalformedError, OnRecordError
from app.examples import SUBMISSION, TEXT
from app.ingestion.records import longest_line
from app.patience import BodyTooSlowError, chunks_of
from app.text import READABLE

# curl calls every body a form unless told otherwise; a form has no white space, a page of text has.
JSON, PLAIN, FORM = MEDIA_TYPES = ("application/json", "text/plain", "application/x-www-form-urlencoded")


class TextTooLargeError(OnRecordError):
    """A text longer than the service takes."""

    status, name, title = 413, "text-too-large", "The text is too large"


class MediaTypeError(OnRecordError):
    """A body that is neither JSON nor plain text in UTF-8."""

    status, name, title = 415, "media-type-unsupported", "The body is of another type"


ERRORS = (BodyMalformedError, BodyTooSlowError, TextTooLargeError, MediaTypeError)
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ArticleIn"}, "example": SUBMISSION},
            "text/plain": {"schema": {"type": "string", "pattern": READABLE, "examples": [TEXT]}, "example": TEXT},
        },
    }
}


async def read_submission(request: Request, max_text_bytes: int) -> ArticleIn:
    """The article in a request. Raises the errors of `ERRORS`, those of `app.text`, and RequestValidationError."""
    media_type = _media_type(request)
    most = longest_line(max_text_bytes) if media_type == JSON else max_text_bytes
    body = _decoded(await _body(request, most))
    if media_type == FORM and not any(map(str.isspace, body.strip())):
        _refuse_type(media_type)
    fields = _fields(body, request.query_params, is_json=media_type == JSON)
    try:
        article = ArticleIn.model_validate(fields)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
    if len(article.text.encode()) > max_text_bytes:
        _refuse_size(max_text_bytes)
    return article


def _media_type(request: Request) -> str:
    given = request.headers.get("content-type", "none")
    media_type, *parameters = (part.strip() for part in given.lower().split(";"))
    charset = dict(part.partition("=")[::2] for part in parameters).get("charset", "utf-8")
    if media_type not in MEDIA_TYPES or charset.strip('"') not in ("utf-8", "utf8", "us-ascii"):
        _refuse_type(given)
    return media_type


def _refuse_type(found: str) -> NoReturn:
    detail = f"The Content-Type is {found[:100]!r}; send application/json, or text/plain, in UTF-8."
    raise MediaTypeError(detail, headers={"Accept": "application/json, text/plain"})


def _refuse_size(most: int) -> NoReturn:
    raise TextTooLargeError(
        f"A text may have {most} bytes of UTF-8; send a shorter one.", headers={"Connection": "close"}
    )


async def _body(request: Request, most: int) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        _refuse_size(most)
    body = bytearray()
    async for chunk in chunks_of(request):
        body += chunk
        if len(body) > most:
            _refuse_size(most)
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        detail = f"The byte at {error.start} is not UTF-8; convert the text to UTF-8 and send again."
        raise BodyMalformedError(detail) from None


def _fields(body: str, query: QueryParams, *, is_json: bool) -> Any:
    if not is_json:
        return {**query, "text": body}
    if query:
        _refuse_query(query)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise BodyMalformedError(f"The body is not JSON{place}.") from None


def _refuse_query(query: QueryParams) -> NoReturn:
    message = "with a JSON body this belongs into the body"
    raise RequestValidationError([{"type": "value_error", "loc": ("query", name), "msg": message} for name in query])

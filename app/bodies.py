"""Small JSON bodies of requests that change something: read within a limit, refused by problems that name the field."""

import json
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from app.articles.submission import MediaTypeError
from app.errors import BodyMalformedError, OnRecordError
from app.patience import chunks_of

MOST_BYTES = 65_536
T = TypeVar("T", bound=BaseModel)


class BodyTooLargeError(OnRecordError):
    """A body longer than such a request can need."""

    status, name, title = 413, "body-too-large", "The body is too large"


ERRORS = (BodyMalformedError, BodyTooLargeError, MediaTypeError)


def described(model: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of a request whose body is a `model`."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


async def read_json(request: Request, model: type[T]) -> T:
    """The body as a `model`. Raises the errors of `ERRORS`, and RequestValidationError."""
    given = request.headers.get("content-type", "none")
    if given.lower().partition(";")[0].strip() != "application/json":
        raise MediaTypeError(f"The Content-Type is {given[:100]!r}; send application/json.")
    body = bytearray()
    async for chunk in chunks_of(request):
        body += chunk
        if len(body) > MOST_BYTES:
            raise BodyTooLargeError(f"The body may have {MOST_BYTES} bytes.", headers={"Connection": "close"})
    try:
        return model.model_validate(_parsed(bytes(body)))
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode())
    except UnicodeDecodeError as error:
        raise BodyMalformedError(f"The byte at {error.start} is not UTF-8; send UTF-8.") from None
    except (ValueError, RecursionError):
        raise BodyMalformedError("The body is not JSON; send an object.") from None

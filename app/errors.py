"""One root for every error the service answers, and how errors become RFC 9457 problem documents."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:onrecord:problem:"
REMEDIES = {
    "extra_forbidden": "is not known here; leave it out, or see /docs for the names that are",
    "missing": "is missing; send it",
    "model_type": "must be a JSON object",
    "url_parsing": "is not a web address; write https://HOST/PATH",
    "url_scheme": "is not a web address; write https://HOST/PATH",
}


class FieldError(BaseModel):
    """One thing that is wrong with the request, and what to do about it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"field": "limit", "message": "Input should be a number"}]}
    )

    field: str = Field(description="The field or parameter; a dotted path where it is nested.")
    message: str = Field(description="What is wrong with it, and the remedy.")


class Problem(BaseModel):
    """An error, as RFC 9457 has it. Programs tell errors apart by `type`, which never changes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:onrecord:problem:quote-not-found",
                    "title": "No such quote",
                    "status": 404,
                    "detail": "There is no quote 4711.",
                }
            ]
        }
    )

    type: str = Field(description="A stable name of the kind of problem.")
    title: str = Field(description="The kind of problem, in words.")
    status: int = Field(description="The HTTP status, repeated.")
    detail: str = Field(description="What happened this time, and what to do.")
    errors: list[FieldError] | None = Field(default=None, description="The fields that are wrong, where there are any.")


class OnRecordError(Exception):
    """The root. A subclass says status, name and title; an instance says what happened and what to do."""

    status: ClassVar[int] = 500
    name: ClassVar[str] = "internal"
    title: ClassVar[str] = "The service failed"

    def __init__(self, detail: str, *, field: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = f"{field}: {detail}" if field else detail
        self.errors: Sequence[FieldError] = [FieldError(field=field, message=detail)] if field else []
        self.headers = headers
        self.members: Mapping[str, Any] = {}
        """Extension members of the problem document, RFC 9457 section 3.2."""


class BodyMalformedError(OnRecordError):
    """A body that is not UTF-8, not JSON where it says so, or not whole."""

    status, name, title = 400, "body-malformed", "The body cannot be read"


class InvalidRequestError(OnRecordError):
    """Fields or parameters that are missing, unknown or of the wrong form."""

    status, name, title = 422, "request-invalid", "The request is not valid"


class ProblemResponse(JSONResponse):
    """A problem document on its way out, which leaves its name for `app.measuring`."""

    media_type = MEDIA_TYPE

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None, members: Mapping[str, Any]) -> None:
        super().__init__({**problem.model_dump(exclude_none=True), **members}, problem.status, headers)
        self.name = problem.type.removeprefix(TYPE_PREFIX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["problem"] = self.name
        await super().__call__(scope, receive, send)


def _response(status: int, name: str, title: str, detail: str, **more: Any) -> JSONResponse:
    headers, members = more.pop("headers", None), more.pop("members", {})
    problem = Problem(type=TYPE_PREFIX + name, title=title, status=status, detail=detail, **more)
    return ProblemResponse(problem, headers, members)


def rendered(error: OnRecordError) -> JSONResponse:
    """The problem document of an error."""
    more = {"errors": error.errors or None, "headers": error.headers, "members": error.members}
    return _response(error.status, error.name, error.title, error.detail, **more)


def remedy(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong, and what to do about it."""
    own = error.get("ctx", {}).get("error")
    # Before what a check of ours says pydantic would put the kind of the exception.
    return str(own) if isinstance(own, ValueError) else REMEDIES.get(error["type"], error["msg"])


def _field_error(error: Mapping[str, Any]) -> FieldError:
    place = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    return FieldError(field=place, message=remedy(error))


async def _on_known(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OnRecordError)
    return rendered(error)


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [_field_error(one) for one in error.errors()]
    problem = InvalidRequestError("; ".join(f"{one.field}: {one.message}" for one in fields))
    problem.errors = fields
    return rendered(problem)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    """What the framework refuses by itself: unknown routes, wrong methods."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    detail = f"{request.method} {request.url.path}: {error.detail}. See /docs for what there is."
    name = phrase.lower().replace(" ", "-")
    headers = {"Allow": _allowed(request)} if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else error.headers
    return _response(error.status_code, name, phrase, detail, headers=headers)


def _allowed(request: Request) -> str:
    """The methods of a path, of which the framework knows but those of one route."""
    route = request.scope.get("route")
    if route is None:
        return "GET, HEAD"  # a file
    documented = {method.upper() for method in request.app.openapi()["paths"].get(route.path_format, {})}
    return ", ".join(sorted(documented | route.methods))


async def _on_unknown(_request: Request, _error: Exception) -> JSONResponse:
    return rendered(OnRecordError("This is a fault of the service, not of the request; its log has the cause."))


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(OnRecordError, _on_known)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unknown)


def declared(*errors: type[OnRecordError]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI responses of an endpoint that may raise `errors`."""
    responses: dict[int | str, dict[str, Any]] = {}
    for error in sorted(errors, key=lambda one: (one.status, one.name)):
        example = {"type": TYPE_PREFIX + error.name, "title": error.title, "status": error.status, "detail": "…"}
        response = responses.setdefault(error.status, {"description": "", "content": {MEDIA_TYPE: {}}})
        response["description"] += f"{error.title}. "
        media = response["content"][MEDIA_TYPE]
        media["schema"] = {"$ref": "#/components/schemas/Problem"}
        media.setdefault("examples", {})[error.name] = {"value": example}
    return responses

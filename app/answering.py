"""JSON made where its rows were read."""

from typing import Any

from fastapi import Response
from pydantic import BaseModel

from app.database import ReadSession


def answer(session: ReadSession, response: Response, model: type[BaseModel], content: Any) -> Response:
    """The content as `model` writes it, with the headers of `response`; the session ends.

    An endpoint that answers so does all it does in one thread: FastAPI would go to one to check the content, and to
    another to end the session, and among busy threads each trip waits for Python's lock on either way.
    """
    body = model.model_validate(content).model_dump_json()
    session.close()
    made = Response(body, media_type="application/json")
    made.headers.raw.extend(response.headers.raw)
    return made

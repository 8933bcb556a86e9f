"""The answers of GET /quotes in formats other than JSON: a page, or the whole result as a stream."""

from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from typing import Any

from anyio import CancelScope
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from app.database import ReadSession
from app.quotes import service
from app.quotes.annotations import annotation_page
from app.quotes.feed import atom_feed
from app.quotes.formats import Batches, ndjson, primed, table
from app.quotes.media import MEDIA_TYPES, SIGNS, Format
from app.quotes.schemas import QuotesQuery, Sort
from app.quotes.shown import ShownQuote

Answer = Callable[[Request, ReadSession, QuotesQuery, str], Response]
DECLARED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The quotes, in the format that `format` or else `Accept` names.",
        "content": {
            media_type: {"schema": {"type": "object" if kind is Format.JSONLD else "string"}}
            for media_type, kind in list(MEDIA_TYPES.items())[1:]
        },
    }
}


class Export(StreamingResponse):
    """A stream that closes the rows it is made of when it ends, or when its reader is gone."""

    def __init__(self, content: Iterator[bytes], rows: Generator[Any, None, None], **more: Any) -> None:
        super().__init__(content, **more)
        self._rows = rows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self._rows.close)


def _rows(
    write: Callable[[Batches], Iterator[bytes]],
    kind: Format,
    request: Request,
    session: ReadSession,
    query: QuotesQuery,
    media_type: str,
) -> Response:
    """The whole result from the cursor on, streamed out of one snapshot; or a page where a limit is given.

    The session stays open, and with it the snapshot, until the last byte is sent or the client is gone.
    """
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="quotes.{kind}"'}
    if "limit" in query.model_fields_set:
        page = service.page(session, query)
        headers |= _link(_following(request, kind, query, page.cursor))
        return Response(b"".join(write([page.rows])), media_type=media_type, headers=headers)
    rows = service.export(session, query)
    chunks = primed(write(rows))
    content = iter(()) if request.method == "HEAD" else chunks
    return Export(content, rows, media_type=media_type, headers=headers)


def _csv(request: Request, session: ReadSession, query: QuotesQuery, media_type: str) -> Response:
    write = partial(table, sign=SIGNS[query.separator])
    return _rows(write, Format.CSV, request, session, query, media_type)


def _document(
    write: Callable[[Request, Sequence[ShownQuote], str | None], bytes],
    kind: Format,
    request: Request,
    session: ReadSession,
    query: QuotesQuery,
    media_type: str,
) -> Response:
    """A page as one document."""
    page = service.page(session, query)
    following = _following(request, kind, query, page.cursor)
    body = write(request, page.rows, following)
    return Response(body, media_type=media_type, headers={"Vary": "Accept", **_link(following)})


def _atom(request: Request, session: ReadSession, query: QuotesQuery, media_type: str) -> Response:
    """A feed: unless it is told otherwise the last stored first, so that none passes its reader by."""
    if "sort" not in query.model_fields_set:
        query = query.model_copy(update={"sort": Sort.STORED})
    return _document(atom_feed, Format.ATOM, request, session, query, media_type)


def _following(request: Request, kind: Format, query: QuotesQuery, cursor: str | None) -> str | None:
    # A feed's own order is named: the cursor is good in the formats that have another one.
    order = {} if query.sort is Sort.NEWEST else {"sort": query.sort}
    return str(request.url.include_query_params(format=kind, cursor=cursor, **order)) if cursor else None


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}


ANSWERS: dict[Format, Answer] = {
    Format.NDJSON: partial(_rows, ndjson, Format.NDJSON),
    Format.CSV: _csv,
    Format.JSONLD: partial(_document, annotation_page, Format.JSONLD),
    Format.ATOM: _atom,
}

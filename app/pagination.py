"""Keyset pages: an opaque cursor bound to its query, `next` in the body and in the Link header."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import OnRecordError

T = TypeVar("T")
MAX_ID = 2**63 - 1


class CursorInvalidError(OnRecordError):
    """A cursor that this service did not give."""

    status, name, title = 422, "cursor-invalid", "That is not a cursor"


class CursorMismatchError(OnRecordError):
    """A cursor that belongs to a query with other filters or another order."""

    status, name, title = 422, "cursor-mismatch", "The cursor belongs to another query"


class PageQuery(BaseModel):
    """The parameters every list takes. Unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=25, ge=1, le=200, description="How many items a page has at most.")
    cursor: str | None = Field(
        default=None,
        max_length=2000,
        description="Where to go on: take it from `next`; leave it out for the first page.",
    )

    def fingerprint(self) -> str:
        """What a cursor is bound to: the list, its filters and its order."""
        filters = self.model_dump_json(exclude={"limit", "cursor"})
        return hashlib.sha256(f"{type(self).__name__}{filters}".encode()).hexdigest()[:12]


class Listing(BaseModel, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="The URL of the next page; null on the last.")


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows of a page, and the cursor to the next one where there is one."""

    rows: Sequence[T]
    cursor: str | None


Load = Callable[[Session, Select[Any]], Sequence[T]]


def entities(session: Session, statement: Select[Any]) -> Sequence[Any]:
    """What a statement selects one of."""
    return session.scalars(statement).all()


@dataclass(frozen=True)
class Keyset:
    """An order by columns of which the last is unique; all of them ascend, or all descend."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False

    def page(
        self,
        session: Session,
        statement: Select[Any],
        query: PageQuery,
        *,
        whole: Select[Any] | None = None,
        load: Load[T] = entities,
    ) -> Page[T]:
        """One page of `statement` in this order. Raises CursorInvalidError, CursorMismatchError.

        With `whole`, `statement` selects the last column, and `whole` the rows: what is sorted is narrow. `load` reads
        the rows.
        """
        chosen = self.ordered(statement, query).limit(query.limit + 1)
        if whole is not None:
            chosen = whole.where(self.columns[-1].in_(chosen)).order_by(*self._order())
        return self.first(load(session, chosen), query)

    def first(self, rows: Sequence[T], query: PageQuery) -> Page[T]:
        """The first of rows in this order as a page; more of them than it has tell that there is another."""
        if len(rows) <= query.limit:
            return Page(rows, None)
        last = rows[query.limit - 1]
        values = [getattr(last, column.key) for column in self.columns]
        return Page(rows[: query.limit], _encode(values, query.fingerprint()))

    def ordered(self, statement: Select[tuple[T]], query: PageQuery) -> Select[tuple[T]]:
        """`statement` in this order, from the cursor on. Raises CursorInvalidError, CursorMismatchError."""
        beyond = self.beyond(query)
        return (statement if beyond is None else statement.where(beyond)).order_by(*self._order())

    def beyond(self, query: PageQuery) -> ColumnElement[bool] | None:
        """The condition that a row comes after the cursor. Raises CursorInvalidError, CursorMismatchError."""
        return None if query.cursor is None else self._beyond(_decode(query.cursor, query.fingerprint()))

    def _order(self) -> list[ColumnElement[Any]]:
        return [one.desc() if self.descending else one.asc() for one in self.columns]

    def _beyond(self, values: list[Any]) -> ColumnElement[bool]:
        if len(values) != len(self.columns):
            raise CursorInvalidError(DETAIL, field="cursor")
        pairs = zip(values, self.columns, strict=True)
        bounds = [literal(_typed(value, one.type.python_type), one.type) for value, one in pairs]
        here, bound = tuple_(*self.columns), tuple_(*bounds)
        return here < bound if self.descending else here > bound


def ranked_page(ranked: Iterable[tuple[tuple[Any, ...], T]], query: PageQuery) -> Page[T]:
    """One page of what is ranked here and not by the database: each with its unique key, the least first.

    Raises CursorInvalidError, CursorMismatchError.
    """
    ordered = sorted(ranked, key=itemgetter(0))
    if query.cursor is not None:
        ordered = _after(ordered, tuple(_decode(query.cursor, query.fingerprint())))
    kept = ordered[: query.limit]
    more = len(ordered) > query.limit
    return Page([row for _, row in kept], _encode(list(kept[-1][0]), query.fingerprint()) if more else None)


def _after(ordered: list[tuple[tuple[Any, ...], T]], bound: tuple[Any, ...]) -> list[tuple[tuple[Any, ...], T]]:
    try:
        if any(len(key) != len(bound) for key, _ in ordered[:1]):
            raise CursorInvalidError(DETAIL, field="cursor")
        return [one for one in ordered if one[0] > bound]
    except TypeError:
        raise CursorInvalidError(DETAIL, field="cursor") from None


DETAIL = "Take the cursor from `next` of a page of this list, or leave it out to start anew."


def _encode(values: list[Any], fingerprint: str) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([fingerprint, *plain]).encode()).decode().rstrip("=")


def _decode(cursor: str, fingerprint: str) -> list[Any]:
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True))
    except (ValueError, RecursionError):
        raise CursorInvalidError(DETAIL, field="cursor") from None
    if not isinstance(found, list) or len(found) < 2:
        raise CursorInvalidError(DETAIL, field="cursor")
    if found[0] != fingerprint:
        raise CursorMismatchError("Use a cursor with the filters and the order it was given for.", field="cursor")
    return found[1:]


def _typed(value: Any, wanted: type) -> Any:
    """A value of a cursor as its column has it; someone may have made the cursor by hand."""
    try:
        if wanted is datetime and (moment := datetime.fromisoformat(value)).tzinfo:
            return moment.astimezone(UTC)
        if type(value) is wanted and _is_storable(value):
            return value
    except (TypeError, ValueError, OverflowError):
        pass
    raise CursorInvalidError(DETAIL, field="cursor")


def _is_storable(value: Any) -> bool:
    """Whether a database takes the value. Raises UnicodeEncodeError, a ValueError, where it is no text."""
    if isinstance(value, str):
        return b"\0" not in value.encode()
    return not isinstance(value, int) or abs(value) <= MAX_ID


def listing(request: Request, response: Response, page: Page[Any]) -> dict[str, Any]:
    """The body of a page, for a `Listing` to be made of; sets the Link header."""
    following = str(request.url.include_query_params(cursor=page.cursor)) if page.cursor else None
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return {"items": page.rows, "next": following}

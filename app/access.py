"""Who may do what. Reading asks for a key of scope `read`, every other method for `write`, keys themselves for `admin`.

On a loopback address nobody is asked for a key, unless the settings say so; see `Settings.asks_for_keys`. What keeps
the pages of a browser on that machine out, then, is that they are of other sites.
"""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.database import Database
from app.dependencies import DatabaseOf
from app.errors import OnRecordError, declared
from app.keys import repository, service
from app.keys.models import ApiKey
from app.keys.schemas import Scope
from app.rate_limits import TooManyRequestsError
from app.settings import Settings, is_loopback

READING = frozenset({"GET", "HEAD"})
CHALLENGE = 'Bearer realm="On Record"'
BEARER = HTTPBearer(
    scheme_name="ApiKey",
    bearerFormat="ork_…",
    description="An API key, as `onrecord keys create` makes it. GET asks for the scope `read`, other methods for "
    "`write`, `/keys` for `admin`; each scope includes the one before.",
    auto_error=False,
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]


class KeyMissingError(OnRecordError):
    """A request without a key where one is asked for."""

    status, name, title = 401, "key-missing", "An API key is asked for"


class KeyInvalidError(OnRecordError):
    """A key that was never made, or is revoked."""

    status, name, title = 401, "key-invalid", "The API key is not valid"


class CrossSiteError(OnRecordError):
    """A page of another site that would write with its reader's browser, where no key keeps it from that."""

    status, name, title = 403, "cross-site", "A page of another site may not write"


class HostUnknownError(OnRecordError):
    """A name that is not this machine's own. A page of another site may have made its name lead here (DNS rebinding):
    to a browser it is then of the same site as the service, and may read and write."""

    status, name, title = 421, "host-unknown", "The service is not known by this name"


class ScopeInsufficientError(OnRecordError):
    """A key that may not do this."""

    status, name, title = 403, "scope-insufficient", "The API key may not do this"


def guarded(settings: Settings, scope: Scope | None = None) -> dict[str, Any]:
    """What `include_router` is given for routes that ask for a key of this scope, or of the one the method asks for."""
    limited = [TooManyRequestsError] if settings.rate_limit else []
    if settings.asks_for_keys:
        refusals = declared(KeyMissingError, KeyInvalidError, ScopeInsufficientError, *limited)
        return {"dependencies": [Depends(_admission(scope))], "responses": refusals}
    return {"dependencies": [Depends(_admit_anyone)], "responses": declared(CrossSiteError, HostUnknownError, *limited)}


async def _admit_anyone(request: Request) -> None:
    """Raises HostUnknownError, CrossSiteError, TooManyRequestsError."""
    _count_address(request)
    if request.app.state.settings.is_local and not _is_known(request):
        raise HostUnknownError("Ask localhost or 127.0.0.1, or name the origin it stands for in ONRECORD_CORS_ORIGINS.")
    if request.method not in READING and _is_foreign(request):
        raise CrossSiteError("Name the page's origin in ONRECORD_CORS_ORIGINS, or send this from elsewhere.")


def _is_known(request: Request) -> bool:
    """Does the client ask for an address, for a name of this machine or its network, or for an origin that is allowed?

    Only the owner of a name in the public DNS can make it lead elsewhere, and such a name has a dot.
    """
    host = request.headers.get("host", "")
    if host in {urlsplit(origin).netloc for origin in request.app.state.settings.cors_origins}:
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return is_loopback(name) or "." not in name


def _is_foreign(request: Request) -> bool:
    """Does a browser send this for a page of another site that is not allowed? It says so in Fetch Metadata (W3C),
    but to an address without TLS other than its own machine's in `Origin` alone."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin in request.app.state.settings.cors_origins:
        return False
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def advice(settings: Settings) -> str | None:
    """What whoever starts the service should know."""
    if not settings.asks_for_keys:
        open_to_all = f"ONRECORD_AUTH is off: whoever reaches {settings.host} may read, add and remove articles"
        return None if settings.is_local else open_to_all
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            count = repository.count_valid(session)
    finally:
        database.dispose()
    return None if count else "no API key is valid yet: make one with onrecord keys create --scope admin --name NAME"


def _admission(scope: Scope | None) -> Callable[..., None]:
    def admit(request: Request, credentials: Credentials, database: DatabaseOf) -> None:
        """Raises KeyMissingError, KeyInvalidError, ScopeInsufficientError, TooManyRequestsError."""
        needed = scope or (Scope.READ if request.method in READING else Scope.WRITE)
        try:
            key = _recognized(credentials, database)
        except OnRecordError:
            _count_address(request)
            raise
        _count(request, f"key {key.id}")
        if not Scope(key.scope).includes(needed):
            raise _insufficient(key, needed)
        request.app.state.last_use.note(key.id)
        request.state.key_id, request.state.key_name = key.id, key.name

    return admit


def _recognized(credentials: HTTPAuthorizationCredentials | None, database: Database) -> ApiKey:
    if credentials is None:
        raise KeyMissingError("Send the header Authorization: Bearer KEY.", headers={"WWW-Authenticate": CHALLENGE})
    with database.read() as session:
        key = service.recognized(session, credentials.credentials)
    if key is None:
        challenge = {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'}
        raise KeyInvalidError("There is no such key, or it is revoked; ask for another.", headers=challenge)
    return key


def _insufficient(key: ApiKey, needed: Scope) -> ScopeInsufficientError:
    challenge = {"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_scope", scope="{needed}"'}
    detail = f"This asks for a key of scope {needed}; yours has {key.scope}."
    return ScopeInsufficientError(detail, headers=challenge)


def _count_address(request: Request) -> None:
    """Raises TooManyRequestsError."""
    _count(request, f"address {request.client.host if request.client else 'none'}")


def _count(request: Request, client: str) -> None:
    if limiter := request.app.state.rate_limiter:
        limiter.count(request, client)

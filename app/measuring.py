"""Where the figures come from: every request, and every text that is read."""

from dataclasses import dataclass
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import OnRecordError
from app.extraction.document import Extraction
from app.metrics import Metrics
from app.workers.protocol import ExtractionBackend, PoolStatus

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


class MeasuredRequests:
    """Times every request, and counts it by method, route and status."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            self._count(scope, status, perf_counter() - began)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = scope["route"].path if "route" in scope else OTHER
        self.metrics.requests.labels(method, route, status).observe(seconds)
        if problem := scope.get("state", {}).get("problem"):
            self.metrics.problems.labels(problem).inc()


@dataclass(frozen=True)
class MeasuredExtraction:
    """Extraction whose figures are kept."""

    backend: ExtractionBackend
    metrics: Metrics

    @property
    def loaded(self) -> bool:
        return self.backend.loaded

    async def start(self) -> None:
        await self.backend.start()

    async def stop(self) -> None:
        await self.backend.stop()

    def status(self) -> PoolStatus:
        return self.backend.status()

    async def extract(self, text: str, language: str | None = None, *, background: bool = False) -> Extraction:
        began = perf_counter()
        try:
            found = await self.backend.extract(text, language, background=background)
        except OnRecordError as error:
            self.metrics.failures.labels(error.name).inc()
            raise
        self.metrics.found(found, perf_counter() - began)
        return found

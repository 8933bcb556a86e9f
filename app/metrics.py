"""What the service counts of itself, for Prometheus. Labels are few and fixed: no path, name or text is one."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.extraction.document import Extraction
from app.workers.protocol import ExtractionBackend

router = APIRouter(tags=["health"])
disable_created_metrics()  # a series more for each one, which nothing reads
REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 100)
STAGE_BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 100)
CONFIDENCE_BUCKETS = tuple(tenth / 10 for tenth in range(1, 11))


class PoolCollector(Collector):
    """The state of the extraction workers at the moment it is asked for."""

    def __init__(self, extraction: ExtractionBackend) -> None:
        self._extraction = extraction

    def collect(self) -> Iterator[Metric]:
        status = self._extraction.status()
        yield GaugeMetricFamily("onrecord_queue_depth", "Texts that wait for a worker.", status.queued)
        yield GaugeMetricFamily("onrecord_workers", "Extraction workers that are loaded.", status.workers)
        yield GaugeMetricFamily("onrecord_workers_busy", "Extraction workers that read a text.", status.busy)
        yield CounterMetricFamily("onrecord_worker_restarts", "Workers that replaced another.", status.restarts)


class Metrics:
    """The figures of one service."""

    def __init__(self, extraction: ExtractionBackend) -> None:
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        registry.register(PoolCollector(extraction))
        self.requests = Histogram(
            "onrecord_request_seconds",
            "Requests, from their headers to the last byte of the answer.",
            ("method", "route", "status"),
            buckets=REQUEST_BUCKETS,
            registry=registry,
        )
        self.problems = Counter("onrecord_problems", "Answers that were problems.", ("type",), registry=registry)
        self.stages = Histogram(
            "onrecord_extraction_seconds",
            "Extraction by stage; `waiting` is for a worker, `model` for the model that reads beside the rules.",
            ("stage",),
            buckets=STAGE_BUCKETS,
            registry=registry,
        )
        self.confidence = Histogram(
            "onrecord_quote_confidence", "Quotes found.", buckets=CONFIDENCE_BUCKETS, registry=registry
        )
        self.failures = Counter(
            "onrecord_extraction_failures", "Texts that were not read.", ("kind",), registry=registry
        )

    def found(self, extraction: Extraction, seconds: float) -> None:
        """Count what was found in a text, and the seconds it took from asking to the answer."""
        for stage, spent in extraction.seconds.items():
            self.stages.labels(stage).observe(spent)
        self.stages.labels("waiting").observe(max(0.0, seconds - sum(extraction.seconds.values())))
        for quote in extraction.quotes:
            self.confidence.observe(quote.confidence)


@router.get(
    "/metrics",
    summary="Figures of the service for Prometheus",
    response_class=Response,
    responses={200: {"description": "The text format of Prometheus.", "content": {"text/plain": {}}}},
)
def metrics(request: Request) -> Response:
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)

"""What is counted of the service, for Prometheus. No label takes a value that a client chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from csto_graph.backend.interface import Backend
from csto_graph.errors import BrokenRelease
from csto_graph.serve.cache import Cache
from csto_graph.serve.journal import Entry, entry

_EXTENSION: Final = "csto-graph metrics"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_NOWHERE: Final = "none"  # the route of what matches none

blueprint = Blueprint("metrics", __name__)


class Metrics:
    """The counters of one application."""

    def __init__(self, backend: Backend) -> None:
        self.registry = CollectorRegistry()
        own, labels = self.registry, ["route", "status"]
        self._requests = Counter("csto_graph_requests", "Requests by route and status.", labels, registry=own)
        self._seconds = Histogram(
            "csto_graph_request_seconds", "From head to last byte.", ["route"], buckets=_SECONDS, registry=own
        )
        self._queries = Counter(
            "csto_graph_queries", "Queries by what came of them, or by the limit they passed.", ["outcome"], registry=own
        )
        self.registry.register(_Looked(backend))
        ProcessCollector(registry=self.registry)

    def observe(self, made: Entry, outcome: str, seconds: float) -> None:
        """Counts a request that has ended."""
        route = made.route or _NOWHERE
        self._requests.labels(route, str(made.status)).inc()
        self._seconds.labels(route).observe(seconds)
        if made.form is not None:
            self._queries.labels(outcome).inc()

    def watch(self, look: Callable[[], Iterator[Metric]]) -> None:
        """Has more metrics told, which are looked up when somebody asks."""
        self.registry.register(_Looking(look))


class _Looking(Collector):
    def __init__(self, look: Callable[[], Iterator[Metric]]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        return self._look()

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that nothing is looked up when this is registered."""
        return iter(())


class _Looked(_Looking):
    """What the back-end tells."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(lambda: _told(backend))


def _told(backend: Backend) -> Iterator[Metric]:
    load = backend.load()
    readers = GaugeMetricFamily("csto_graph_readers", "Processes that query.", labels=["state"])
    for state in ("busy", "idle"):
        readers.add_metric([state], getattr(load, state))
    yield readers
    yield CounterMetricFamily("csto_graph_readers_started", "Processes started to query, the first ones included.", load.started)
    try:
        release = backend.current()
        triples = sum(backend.sizes(release).values())
    except BrokenRelease:
        return  # the absence of both is what an alert looks for
    yield GaugeMetricFamily("csto_graph_release", "The number of the current release.", release.number)
    yield GaugeMetricFamily("csto_graph_release_triples", "Triples in all its graphs.", triples)


def cache_metrics(cache: Cache) -> Iterator[Metric]:
    """What the cache did and holds."""
    counts = cache.counts()
    looked = CounterMetricFamily("csto_graph_cache_answers", "Answers by where they came from.", labels=["outcome"])
    for outcome in ("hits", "shared", "misses"):
        looked.add_metric([outcome], getattr(counts, outcome))
    yield looked
    yield GaugeMetricFamily("csto_graph_cache_entries", "Answers in the cache.", counts.entries)
    yield GaugeMetricFamily("csto_graph_cache_bytes", "Bytes of the cache in use.", counts.bytes)
    yield GaugeMetricFamily("csto_graph_cache_most_bytes", "Bytes that the cache may use.", counts.most_bytes)


def count_requests(app: Flask, metrics: Metrics) -> None:
    """Has the route of each request noted, and the counters told at /metrics."""
    app.extensions[_EXTENSION] = metrics
    app.before_request(_note_route)


def _note_route() -> None:
    entry().route = request.url_rule.rule if request.url_rule else None


@blueprint.get("/metrics")
def tell_metrics() -> Response:
    """OpenMetrics 1.0 for those who accept it, else the text format of Prometheus."""
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    metrics: Metrics = current_app.extensions[_EXTENSION]
    return Response(encode(metrics.registry), content_type=content_type)

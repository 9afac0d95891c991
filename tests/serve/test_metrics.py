"""What is counted, and whether the service is well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings


@pytest.fixture
def client(backend: Embedded, queries: Path) -> FlaskClient:
    """With counters of its own."""
    return create_app(backend, queries, Settings(query=5_000)).test_client()


def get(client: FlaskClient, path: str, method: str = "GET", **parameters: str) -> None:
    """A request, read to its end."""
    client.open(path, method=method, query_string=parameters).close()


def told(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """The samples by name and values of labels."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value for family in families for sample in family.samples}


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    """With the seconds they took."""
    for query in ("ASK {}", "ASK {}", "ASK {"):
        get(client, "/sparql", query=query)
    counts = told(client)
    assert counts["csto_graph_requests_total", "/sparql", "200"] == 2
    assert counts["csto_graph_requests_total", "/sparql", "400"] == 1
    assert counts["csto_graph_request_seconds_count", "/sparql"] == 3
    assert counts["csto_graph_request_seconds_bucket", "+Inf", "/sparql"] == 3


def test_queries_are_counted_by_outcome(client: FlaskClient) -> None:
    """A limit that was passed is named; what is no query is none."""
    runaway = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(20)) + " }"
    get(client, "/sparql", query="ASK {}")
    get(client, "/sparql", query="ASK {")
    get(client, "/sparql", query=runaway, timeout="0.5")
    get(client, "/health")
    outcomes = {key[1]: value for key, value in told(client).items() if key[0] == "csto_graph_queries_total"}
    assert outcomes == {"answered": 1, "refused": 1, "seconds": 1}


def test_no_client_makes_labels(client: FlaskClient) -> None:
    """Whatever is asked for, the series are as many as the routes and statuses."""
    get(client, "/nowhere/0")
    before = len(told(client))
    for number in range(50):
        get(client, f"/nowhere/{number}", **{str(number): "x"})
        get(client, f"/sparql/{number}", "DELETE")
    counts = told(client)
    assert counts["csto_graph_requests_total", "none", "404"] == 101
    assert len(counts) - before <= 40


def test_readers_and_release_are_told(client: FlaskClient) -> None:
    """Those at work, those that wait, those ever started; the number and the size of the release."""
    get(client, "/sparql", query="ASK {}")
    counts = told(client)
    assert counts["csto_graph_readers", "busy"] == 0 and counts["csto_graph_readers", "idle"] >= 1
    assert counts["csto_graph_readers_started_total",] >= 3
    assert (counts["csto_graph_release",], counts["csto_graph_release_triples",]) == (3, 19)


def test_two_applications_count_apart(backend: Embedded, queries: Path) -> None:
    """No registry of the process is used."""
    one, other = (create_app(backend, queries).test_client() for _ in range(2))
    get(one, "/health/live")
    assert ("csto_graph_requests_total", "/health/live", "200") in told(one)
    assert ("csto_graph_requests_total", "/health/live", "200") not in told(other)


def test_openmetrics_for_those_who_accept_it(client: FlaskClient) -> None:
    """With its media type, and its end mark."""
    response = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert response.content_type.startswith("application/openmetrics-text") and response.text.endswith("# EOF\n")


@pytest.fixture
def broken(home: Path, queries: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """A service whose release cannot be read."""
    lost = Path(copytree(home, tmp_path / "home"))
    (lost / "releases" / "3" / "store").rename(tmp_path / "lost")
    embedded = Embedded(lost, readers=1)
    yield create_app(embedded, queries).test_client()
    embedded.close()


def test_a_release_that_does_not_answer_is_not_ready(broken: FlaskClient) -> None:
    """503 as a problem that names no path; the process lives all the same."""
    response = broken.get("/health")
    assert response.status_code == 503 and response.mimetype == "application/problem+json"
    assert "cannot be read" in response.text and "store" not in response.text
    assert broken.get("/health/live").status_code == 200

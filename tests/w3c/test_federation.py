"""Every federated query of the W3C suites, over endpoints of this machine that stand for those of the suites."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.w3c.checking import check
from tests.w3c.failures import marked
from tests.w3c.services import Engine, Service, filled
from tests.w3c.suite import BASE, Entry, Graph, entries

FEDERATED = entries("fed")
# The endpoints that the suites name, and where each stands for itself; of the last there is none.
PATHS = {
    f"{BASE}syntax-fed/": "/relative/",
    "http://example.org/sparql": "/0",
    "http://example1.org/sparql": "/1",
    "http://example2.org/sparql": "/2",
    "http://invalid.endpoint.org/sparql": "/none",
}


class Others(ThreadingHTTPServer):
    """The other endpoints: what each has, by its path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.stores: dict[str, Store] = {}

    def stand_for(self, entry: Entry) -> None:
        """Each endpoint has what the entry says."""
        self.stores = {PATHS[graph.name or ""]: filled([Graph(graph.file, None)]) for graph in entry.endpoints}
        self.stores["/relative/g"] = Store()


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the engine does."""

    def do_POST(self) -> None:
        assert isinstance(self.server, Others)
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        store = self.server.stores.get(self.path)
        if store is None:
            self.send_error(404)
            return
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        answer = found.serialize(format=QueryResultsFormat.JSON) or b""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def others() -> Iterator[Others]:
    server = Others()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def elsewhere(others: Others) -> dict[str, str]:
    return {iri: f"{others.address}{path}" for iri, path in PATHS.items()}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, questions: Path, elsewhere: dict[str, str]) -> Iterator[Service]:
    """A service with the endpoints on its list."""
    folder = tmp_path_factory.mktemp("w3c-federation")
    backend = Embedded(folder / "home", readers=1)
    allowed = (*elsewhere.values(), f"{elsewhere[f'{BASE}syntax-fed/']}g")
    settings = Settings(services=allowed, networks=("127.0.0.0/8",))
    yield Service(folder, create_app(backend, questions, settings).test_client(), elsewhere)
    backend.close()


@pytest.mark.skipif(not FEDERATED, reason="the W3C suites do not lie beside this clone")
def test_the_suites_are_there() -> None:
    """The number of entries in the manifest."""
    assert len(FEDERATED) == 10


@pytest.mark.parametrize("entry", marked([entry for entry in FEDERATED if entry.name != "service/service5"], "engine"))
def test_the_engine(others: Others, elsewhere: dict[str, str], entry: Entry) -> None:
    """What the engine does not pass by itself nobody can expect of the service. Not asked where the data name the endpoint."""
    others.stand_for(entry)
    check(Engine(elsewhere), entry)


@pytest.mark.parametrize("entry", marked(FEDERATED, "engine", "service"))
def test_the_service(others: Others, service: Service, entry: Entry) -> None:
    """The answer is the one that the suite expects."""
    others.stand_for(entry)
    check(service, entry)

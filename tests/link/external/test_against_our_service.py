"""The clients against a service that others wrote from the same specifications: our own, over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from csto_graph import resources
from csto_graph.backend.embedded import Embedded
from csto_graph.link.external.asking import Limits
from csto_graph.link.external.reconciliation import candidates, read_manifest
from csto_graph.link.external.sparql_endpoint import Endpoint, bearing
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.reconcile.release import ID, lay

LIMITS = Limits()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over a small release, at a port of this machine."""
    home = tmp_path_factory.mktemp("home")
    lay(home, tmp_path_factory.mktemp("stores") / "1")
    backend = Embedded(home, readers=1)
    app = create_app(backend, resources.root() / "queries", Settings())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    backend.close()


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/1.0-draft"])
def test_reconciliation(address: str, path: str) -> None:
    """The IRI, the name and the words for the types come back, in both versions."""
    service = read_manifest(f"{address}{path}", LIMITS)
    assert service.draft is path.endswith("draft")
    found = candidates(service, ["Armenia", "Nowhere at all"], LIMITS, limit=3)
    assert [(each.iri, each.label) for each in found[0][:1]] == [(f"{ID}state/armenia", "Armenia")]
    assert "state" in found[0][0].types
    assert found[1] == ()


def test_sparql(address: str) -> None:
    """By label and by another name."""
    found = bearing(Endpoint(f"{address}/sparql"), ["Armenia", "Republic of Armenia", "Nowhere at all"], LIMITS)
    assert found["Nowhere at all"] == ()
    assert [each.iri for each in found["Republic of Armenia"]] == [f"{ID}state/armenia"]

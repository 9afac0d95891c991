"""Every query of the W3C suites: what the engine passes in this process passes through the service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.w3c.checking import check
from tests.w3c.failures import marked
from tests.w3c.services import Engine, Service
from tests.w3c.suite import Entry, entries

QUERIES = [*entries("query"), *entries("results")]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, questions: Path) -> Iterator[Service]:
    """A service that is only read."""
    folder = tmp_path_factory.mktemp("w3c")
    backend = Embedded(folder / "home", readers=1)
    yield Service(folder, create_app(backend, questions).test_client())
    backend.close()


@pytest.mark.skipif(not QUERIES, reason="the W3C suites do not lie beside this clone")
def test_the_suites_are_there() -> None:
    """The number of entries in the manifests, so that none is lost."""
    assert len(QUERIES) == 338


@pytest.mark.parametrize("entry", marked(QUERIES, "engine", "engine alone"))
def test_the_engine(engine: Engine, entry: Entry) -> None:
    """What the engine does not pass by itself nobody can expect of the service."""
    check(engine, entry)


@pytest.mark.parametrize("entry", marked(QUERIES, "engine", "service"))
def test_the_service(service: Service, entry: Entry) -> None:
    """The answer is the one that the suite expects."""
    check(service, entry)

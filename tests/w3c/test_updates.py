"""Every update of the W3C suites: what the engine passes in this process passes through the service, over a blank store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph.backend.carrying import FREELY
from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.conftest import TOKEN, writer
from tests.w3c.comparing import same_graphs
from tests.w3c.failures import marked
from tests.w3c.services import Engine, Refused, Service
from tests.w3c.suite import Entry, content, entries, quads

UPDATES = entries("update")
LOADS = [entry for entry in UPDATES if entry.kind.startswith("Positive") and b"LOAD <" in content(entry.text)]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, questions: Path) -> Iterator[Service]:
    """A service that may be written freely."""
    folder = tmp_path_factory.mktemp("w3c-updates")
    backend = Embedded(folder / "home", readers=1, writing=FREELY)
    client = writer(create_app(backend, questions, Settings(token=TOKEN)))
    yield Service(folder, client)
    backend.close()


@pytest.mark.skipif(not UPDATES, reason="the W3C suites do not lie beside this clone")
def test_the_suites_are_there() -> None:
    """The number of entries in the manifest, and of those that would have the engine send requests."""
    assert (len(UPDATES), len(LOADS)) == (157, 5)


@pytest.mark.parametrize("entry", marked([entry for entry in UPDATES if entry not in LOADS], "engine"))
def test_the_engine(entry: Entry) -> None:
    """What the engine does not pass by itself nobody can expect of the service. Of it nothing is asked that fetches."""
    check(Engine(), entry)


@pytest.mark.slow
@pytest.mark.parametrize("entry", marked(UPDATES, "engine", "service"))
def test_the_service(service: Service, entry: Entry) -> None:
    """The update leaves the dataset that the suite expects; one that is none is refused."""
    check(service, entry)


def check(asked: Engine | Service, entry: Entry) -> None:
    """Fails where what comes of the update is not what is expected."""
    if entry.kind.startswith("Negative"):
        with pytest.raises(Refused) as refused:
            asked.update(entry)
        assert refused.value.syntax, refused.value
    elif entry.kind.startswith("Positive"):
        check_read(asked, entry)
    else:
        assert same_graphs(asked.update(entry), [quad for graph in entry.after for quad in quads(graph)])


def check_read(asked: Engine | Service, entry: Entry) -> None:
    """An update may fail and yet be read: it drops a graph that is not there."""
    try:
        asked.update(entry)
    except Refused as refused:
        if refused.syntax:
            raise

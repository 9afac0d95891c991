"""Every query of the W3C suites: what the engine passes in this process passes through the service."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.w3c.comparing import quads, result_set, same_graphs, same_solutions, same_table, solutions
from tests.w3c.failures import marked
from tests.w3c.services import Engine, Refused, Service
from tests.w3c.suite import Entry, content, entries

QUERIES = [*entries("query"), *entries("results")]
FEDERATED = entries("fed")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("w3c")
    (folder / "questions" / "competency").mkdir(parents=True)
    backend = Embedded(folder / "home", readers=1)
    yield Service(folder / "home", folder / "scratch", create_app(backend, folder / "questions").test_client())
    backend.close()


@pytest.mark.skipif(not QUERIES, reason="the W3C suites do not lie beside this clone")
def test_the_suites_are_there() -> None:
    """The number of entries in the manifests, so that none is lost."""
    assert (len(QUERIES), len(FEDERATED)) == (338, 10)


@pytest.mark.parametrize("entry", marked(QUERIES, "engine"))
def test_the_engine(engine: Engine, entry: Entry) -> None:
    """What the engine does not pass by itself nobody can expect of the service."""
    check(engine, entry)


@pytest.mark.parametrize("entry", marked([*QUERIES, *FEDERATED], "engine", "service"))
def test_the_service(service: Service, entry: Entry) -> None:
    """The answer is the one that the suite expects."""
    check(service, entry)


def check(asked: Engine | Service, entry: Entry) -> None:
    """Fails where the answer is not the expected one."""
    text = content(entry.text).decode()
    if entry.result is not None:
        check_answer(asked, entry, ordered=re.search(r"(?i)order\s+by[^}]*$", text) is not None)
    elif "Negative" in entry.kind:
        with pytest.raises(Refused) as refused:
            asked.ask(entry, _suffix(text))
        assert refused.value.syntax, refused.value
    else:
        asked.ask(entry, _suffix(text))


def check_answer(asked: Engine | Service, entry: Entry, *, ordered: bool) -> None:
    """The answer is asked for in the format of the file it is held against."""
    assert entry.result is not None
    expected, suffix = content(entry.result), entry.result.rpartition(".")[2]
    if suffix == "csv":
        assert same_table(asked.ask(entry, suffix), expected, ordered=ordered)
    elif suffix != "ttl":
        assert same_solutions(solutions(asked.ask(entry, suffix), suffix), solutions(expected, suffix), ordered=ordered)
    elif table := result_set(quads(expected, suffix, entry.result)):
        assert same_solutions(solutions(asked.ask(entry, "srj"), "srj"), table, ordered=ordered)
    else:
        assert same_graphs(quads(asked.ask(entry, suffix), "nt", entry.text), quads(expected, suffix, entry.result))


def _suffix(text: str) -> str:
    return "ttl" if re.search("(?i)construct|describe", text) else "srj"

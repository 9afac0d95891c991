"""Changes carried out in the quick way, which looks at what they can have touched, and in the slow one, which looks at everything."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from csto_graph.backend import carrying
from csto_graph.backend.carrying import Writing, carry_out
from csto_graph.backend.interface import Change, Document, Forbidden, GraphWrite, Rejected, UnknownGraph, Update
from csto_graph.changes import check_change
from csto_graph.model import Report
from csto_graph.namespaces import PREFIXES
from csto_graph.release import skolem
from csto_graph.release.difference import Difference
from csto_graph.release.home import current, manifest_of, open_store, publish
from csto_graph.release.manifest import render_files
from csto_graph.sparql.refusal import Refusal
from tests.test_changes import base, everything_wrong, said

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + "PREFIX ex: <x:>\nBASE <https://w3id.org/csto-graph/id/>\n"
FOREIGN = ("graph:evidence\\/one", "graph:ontology", "graph:links\\/x")
MINE = ("graph:notes\\/anna", "graph:a", "<x:b>", "<../graph/notes/anna>")

mine = st.sampled_from([*MINE, *MINE, *MINE, *FOREIGN])
data = said.map(" . ".join)
updates = st.one_of(
    st.builds("{} DATA {{ GRAPH {} {{ {} }} }}".format, st.sampled_from(["INSERT", "INSERT", "DELETE"]), mine, data),
    st.builds("INSERT DATA {{ {} GRAPH {} {{ <state/x> rdfs:seeAlso [] }} }}".format, st.sampled_from(["", "", "<s> <p> 1 ."]), mine),
    st.builds("DELETE WHERE {{ GRAPH {} {{ {} ?p ?o }} }}".format, mine, st.sampled_from(["?s", "<state/x>", "<state/belarus>"])),
    st.builds("WITH {} DELETE {{ ?s rdfs:label ?o }} INSERT {{ ?s rdfs:label 'New'@en }} WHERE {{ ?s rdfs:label ?o }}".format, mine),
    st.builds("INSERT {{ GRAPH {} {{ ?s a ?c }} }} WHERE {{ GRAPH {} {{ ?s a ?c }} }}".format, mine, mine),
    st.builds("{} SILENT GRAPH {}".format, st.sampled_from(["CREATE", "CLEAR", "DROP"]), mine),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(["ADD", "COPY", "MOVE"]), mine, mine),
    st.sampled_from(["DELETE { GRAPH ?g { ?s rdfs:comment ?o } } WHERE { GRAPH ?g { ?s rdfs:comment ?o } }", "DROP SILENT DEFAULT"]),
)
documents = data.map(lambda turtle: (Document((HEAD + turtle + " .").encode(), "text/turtle", "x:"),))
graphs = st.sampled_from([None, f"{PREFIXES['graph']}a", f"{PREFIXES['graph']}notes/anna", "x:b", f"{PREFIXES['graph']}inferred"])
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(Update, st.lists(updates, min_size=1, max_size=2).map(lambda parts: HEAD + " ; ".join(parts))),
    st.builds(GraphWrite, graphs, st.sampled_from(["merge", "replace"]), documents),
    st.builds(GraphWrite, graphs, st.just("drop")),
    st.builds(GraphWrite, graphs, st.just("patch"), patch=st.just("DELETE WHERE { ?s a ?c }")),
)


def check_everything(store: Store, difference: Difference) -> Report:
    return Report(tuple(everything_wrong(store)), 1)


def outcome(home: Path, change: Change, gate: Callable[[Store, Difference], Report]) -> object:
    """What a change says it did, without the place where."""
    try:
        changed = carry_out(home, change, Writing(gate), lambda: None)
    except Rejected as rejected:
        return set(rejected.report.findings)
    except Forbidden as forbidden:
        return forbidden.graphs
    except (Refusal, UnknownGraph) as refused:
        return str(refused)
    return changed.release.number, changed.added, changed.removed, changed.skolemised, changed.created


def files(home: Path) -> dict[str, bytes]:
    """The bytes of every file of the current release as they are exported, which its manifest has to describe."""
    release = current(home)
    assert release is not None
    manifest, rendered = render_files(open_store(release), {})
    stated = manifest_of(release)
    for each in (manifest, stated):
        each["files"].pop("void.ttl", None)  # after a change a home's manifest names none: see `revised`
    assert manifest == stated
    return rendered


@settings(
    max_examples=int(os.environ.get("CSTO_GRAPH_EXAMPLES", "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(changes, min_size=2, max_size=5))
def test_the_quick_way_makes_the_releases_of_the_slow_one(monkeypatch: pytest.MonkeyPatch, steps: list[Change]) -> None:
    """Change after change: the same answers, refusals and findings, and the same bytes in the end."""
    with TemporaryDirectory() as quick, TemporaryDirectory() as slow:
        for home in (quick, slow):
            store = base()
            publish(Path(home), store, render_files(store, {})[0])
        for number, change in enumerate(steps):
            with monkeypatch.context() as patched:
                _number_skolems(patched, number)
                found = outcome(Path(quick), change, check_change)
            with monkeypatch.context() as patched:
                _number_skolems(patched, number)
                patched.setattr(carrying, "written_graphs", lambda *_: None)
                assert found == outcome(Path(slow), change, check_everything)
            event(type(found).__name__)
        assert files(Path(quick)) == files(Path(slow))


def _number_skolems(patched: pytest.MonkeyPatch, number: int) -> None:
    """Random names would differ between the two."""
    numbers = count(1000 * number)
    patched.setattr(skolem, "uuid4", lambda: SimpleNamespace(hex=f"{next(numbers):x}"))

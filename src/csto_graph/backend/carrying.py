"""A change carried out on a draft of the current release, in the writer's process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from csto_graph.backend.interface import Change, Changed, Document, Forbidden, GraphWrite, Rejected, UnknownGraph, Update
from csto_graph.backend.preconditions import require_met
from csto_graph.errors import CstoGraphError
from csto_graph.model import Release, Report
from csto_graph.namespaces import BASE, PREFIXES
from csto_graph.release.difference import Difference
from csto_graph.release.drafts import Draft, drafted
from csto_graph.release.graphs import made_by_builds
from csto_graph.release.home import manifest_of
from csto_graph.release.manifest import Manifest, revised
from csto_graph.release.retention import KEEP, drop_old
from csto_graph.release.skolem import skolemise
from csto_graph.release.turtle import GraphName, graph_iri
from csto_graph.sparql.diagnosis import diagnosis, place
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.updates import admitted_update
from csto_graph.sparql.writes import written_graphs

Gate = Callable[[Store, Difference], Report]

_KEPT_OF_BLANK: Final = 4  # releases of a blank store


@dataclass(frozen=True, slots=True)
class Writing:
    """How a home may be written: through a gate, or freely, as a blank store that is nobody's release."""

    gate: Gate | None  # must be importable by its name: the writer is another process
    keep: int = KEEP  # releases, beside those that somebody reads

    @property
    def free(self) -> bool:
        """Whether every graph may be written, blank nodes stay and nothing is checked."""
        return self.gate is None


FREELY: Final = Writing(gate=None, keep=_KEPT_OF_BLANK)


def carry_out(home: Path, change: Change, writing: Writing, may_publish: Callable[[], None]) -> Changed:
    """Makes the change the current release; see `interface.Backend.change`.

    `may_publish` is called before anything is published and may raise: then nothing is.
    """
    changed = _published(home, change, writing, may_publish)
    with suppress(CstoGraphError):  # the change is made: what cannot be dropped now is dropped after the next one
        drop_old(home, writing.keep)
    return changed


def _published(home: Path, change: Change, writing: Writing, may_publish: Callable[[], None]) -> Changed:
    with drafted(home) as draft:
        require_met(change, draft, _name(change.graph) if isinstance(change, GraphWrite) else None)
        written = _apply(change, draft.store)
        difference = draft.difference(written)
        skolemised = 0 if writing.free else _skolemised(draft.store, change, difference)
        if skolemised:
            difference = draft.difference(written)
        if not difference:
            return Changed(draft.release, 0, 0, 0)
        if writing.gate is not None:
            _require_conforming(writing.gate(draft.store, difference))
        manifest = _manifest(draft, difference, writing)
        may_publish()
        return _changed(draft.publish(manifest), difference, skolemised)


def _changed(release: Release, difference: Difference, skolemised: int) -> Changed:
    changes = difference.values()
    created = tuple(_iri(graph) for graph, change in difference.items() if change.created)
    return Changed(release, sum(len(c.added) for c in changes), sum(len(c.removed) for c in changes), skolemised, created)


def _skolemised(store: Store, change: Change, difference: Difference) -> int:
    """Refuses what no user may write, and gives the blank nodes of the rest their IRIs; how many there were."""
    touched = {*difference, *([_name(change.graph)] if isinstance(change, GraphWrite) else [])}
    forbidden = sorted(_iri(graph) for graph in touched if made_by_builds(graph))
    if forbidden:
        raise Forbidden(tuple(forbidden))
    for graph_change in difference.values():
        if any(isinstance(triple.object, Triple) for triple in graph_change.added):
            raise Refusal("A triple stands inside another one, which the shapes cannot read. Reify it with rdf:Statement.")
    return skolemise(store, difference)


def _require_conforming(report: Report) -> None:
    if not report.conforms:
        raise Rejected(report)


def _manifest(draft: Draft, difference: Difference, writing: Writing) -> Manifest:
    """Of a blank store the graphs are not hashed: blank nodes may be in them."""
    manifest = manifest_of(draft.release)
    if not writing.free:
        return revised(manifest, draft.store, difference)
    sizes = dict(manifest["triples"])
    for graph, change in difference.items():
        iri = graph_iri(graph)
        sizes[iri] = sizes.get(iri, 0) + len(change.added) - len(change.removed)
    return {**manifest, "content": uuid4().hex, "triples": {graph: size for graph, size in sizes.items() if size}, "files": {}}


def _apply(change: Change, store: Store) -> frozenset[GraphName] | None:
    """Makes the change; the graphs outside which it changed nothing, or None where it may have changed any."""
    if isinstance(change, Update):
        return _update(store, change)
    if change.way == "patch":
        _patch(store, change)
    else:
        _write_graph(store, change)
    return frozenset({_name(change.graph)})


def _update(store: Store, update: Update) -> frozenset[GraphName] | None:
    graphs = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    text = admitted_update(update.text, graphs, update.using_graphs, update.using_named_graphs)
    try:
        store.update(text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        found = diagnosis(update.text, str(error), update=True)
        raise Refusal(found.detail, **place(update.text, found.token)) from error
    except RuntimeError as error:  # a graph that is not there, or is there already; an unknown function
        raise Refusal(f"{str(error).rstrip('.')}. Nothing was changed.") from error
    return written_graphs(text, BASE, PREFIXES)


def _write_graph(store: Store, change: GraphWrite) -> None:
    """PUT, POST or DELETE. Raises `UnknownGraph` where there is nothing to delete."""
    graph = _name(change.graph)
    if change.way == "drop" and not store.contains_named_graph(graph):
        raise UnknownGraph(change.graph)
    triples = [quad.triple for document in change.documents for quad in _quads(document)]
    if change.way != "merge":
        store.clear_graph(graph)
    if change.way == "drop":
        store.remove_graph(graph)
        return
    if isinstance(graph, NamedNode):
        store.add_graph(graph)
    store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def _patch(store: Store, change: GraphWrite) -> None:
    """PATCH with an update, which finds this graph as its default graph and cannot reach another (section 5.7)."""
    graph = _name(change.graph)
    if not store.contains_named_graph(graph):
        raise UnknownGraph(change.graph)
    alone = Store()
    alone.extend(Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))
    _update(alone, Update(change.patch))
    if any(alone.named_graphs()):
        raise Refusal("A patch changes the graph it is sent to and no other: leave out GRAPH and WITH, or use /update.")
    store.clear_graph(graph)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in alone)


def _quads(document: Document) -> Iterator[Quad]:
    format_ = RdfFormat.from_media_type(document.media_type)
    assert format_ is not None, document.media_type  # the service takes no other
    try:
        for quad in parse(document.content, format=format_, base_iri=document.base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, DefaultGraph):
                raise Refusal("The document holds named graphs. Send each to its own address, or all by INSERT DATA.")
            yield quad
    except SyntaxError as error:
        raise Refusal(f"The document is not {format_.name}: {error.msg}.", line=error.lineno, column=error.offset) from error
    except ValueError as error:
        raise Refusal(f"The document is not {format_.name}: {error}.") from error


def _name(graph: str | None) -> GraphName:
    try:
        return DefaultGraph() if graph is None else NamedNode(graph)
    except ValueError as error:
        raise Refusal(f"<{graph}> is no absolute IRI, which the name of a graph is.") from error


def _iri(graph: GraphName | BlankNode) -> str:
    return "default" if isinstance(graph, DefaultGraph) else graph.value

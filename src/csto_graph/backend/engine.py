"""A query put to a pyoxigraph store."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from csto_graph.backend.federation import Router
from csto_graph.backend.interface import Limits, Query
from csto_graph.namespaces import BASE, CST, GRAPH, PREFIXES
from csto_graph.release.use import Hold, hold
from csto_graph.sparql.admission import admit, require_graphs
from csto_graph.sparql.diagnosis import diagnosis, place
from csto_graph.sparql.federation import routed
from csto_graph.sparql.graphs import conforming, named_in, notes_on_exists
from csto_graph.sparql.names import notes_on_terms
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import Token, one_reading, tokens

Answer = QuerySolutions | QueryBoolean | QueryTriples

_MOST_REMEMBERED: Final = 256  # queries


@dataclass(slots=True)
class Engine:
    """A store opened for reading, and what it has been asked before."""

    store: Store
    graphs: frozenset[str]
    terms: frozenset[str] = frozenset()  # the local names of the ontology's terms
    held: Hold | None = None  # keeps the release from being dropped
    router: Router = field(default_factory=Router)
    _admitted: dict[tuple[Query, frozenset[str]], tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def ask(self, query: Query, limits: Limits = Limits()) -> Answer:  # noqa: B008  # frozen
        """The answer, not yet read; of the limits the endpoints that SERVICE may name. Raises `Refusal` for a wrong query.

        A dataset named by the request replaces that of the query, the part not named being empty (section 2.1.4).
        """
        self.router.begin(limits)
        text, _ = self._admit(query)
        require_graphs((*query.default_graphs, *query.named_graphs), self.graphs)
        try:
            return self.store.query(text, base_iri=BASE, prefixes=PREFIXES, **_dataset(query))
        except SyntaxError as error:
            found = diagnosis(query.text, str(error))
            raise Refusal(found.detail, **place(query.text, found.token)) from error

    def notes(self, query: Query) -> tuple[str, ...]:
        """What whoever asks should know of a query that was answered, such as a term that the ontology does not have."""
        return self._admit(query)[1]

    def _admit(self, query: Query) -> tuple[str, tuple[str, ...]]:
        """What the engine is given of a query, and the notes on it.

        Judging costs more than most look-ups, and many are asked again.
        """
        text, allowed = query.text, self.router.allowed
        admitted = self._admitted.get((query, allowed))
        if admitted is None:
            terminals = list(tokens(text))
            admit(text, terminals, self.graphs, allowed)
            asked, notes = conforming(text, terminals, self._named_graphs(query, terminals))
            asked = routed(asked, list(tokens(asked)), self.router.address) if allowed else asked
            admitted = one_reading(asked), (*notes_on_terms(terminals, str(CST), self.terms), *notes, *notes_on_exists(terminals))
            if len(self._admitted) >= _MOST_REMEMBERED:
                self._admitted.clear()
            self._admitted[query, allowed] = admitted
        return admitted

    def _named_graphs(self, query: Query, terminals: list[Token]) -> tuple[str, ...]:
        """Those of the dataset: a dataset named by the request replaces that of the query."""
        if query.default_graphs or query.named_graphs:
            return tuple(sorted(set(query.named_graphs)))
        return named_in(terminals, self.graphs)


def open_engine(folder: str) -> Engine:
    """The engine over a snapshot, which is held while it is open. Raises `OSError` where it does not open."""
    held = hold(Path(folder).parent)
    store = Store.read_only(folder)
    graphs = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return Engine(store, graphs, ontology_terms(store), held)


def ontology_terms(store: Store) -> frozenset[str]:
    """The local names of the terms of our namespace that the ontology in the store describes."""
    described = store.quads_for_pattern(None, None, None, NamedNode(f"{GRAPH}ontology"))
    iris = {quad.subject.value for quad in described if isinstance(quad.subject, NamedNode)}
    return frozenset(iri.removeprefix(CST) for iri in iris if iri.startswith(CST))


def _dataset(query: Query) -> dict[str, Any]:
    if not query.default_graphs and not query.named_graphs:
        return {}
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in query.default_graphs]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in query.named_graphs]
    return {"default_graph": default, "named_graphs": named}

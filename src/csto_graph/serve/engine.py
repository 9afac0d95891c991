"""A reader's query put to the store. Whatever stands between the two later (reader processes, a remote endpoint) stands
here: besides, the service looks into the store only once at its start and for its health.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from csto_graph.namespaces import BASE, PREFIXES
from csto_graph.serve.admission import admit
from csto_graph.serve.catalogue import Catalogue
from csto_graph.serve.diagnosis import diagnosis, place
from csto_graph.serve.problems import Problem
from csto_graph.serve.tokens import one_reading, tokens

Answer = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Query:
    """A query operation (SPARQL 1.1 Protocol, section 2.1): the query and the dataset the request names, if it does."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@contextmanager
def answering(query: Query, catalogue: Catalogue) -> Iterator[Answer]:
    """The answer, while it is read: what the engine raises on the way becomes a problem that says what to change."""
    admit(query.text, list(tokens(query.text)), catalogue.graphs)
    try:
        yield _ask(query, catalogue.store)
    except SyntaxError as error:
        found = diagnosis(query.text, str(error))
        raise Problem(400, found.detail, **place(query.text, found.token)) from error
    except RuntimeError as error:
        if "custom function" not in str(error):
            raise
        raise Problem(400, f"{error}. Only the functions of SPARQL 1.1 are.") from error


def _ask(query: Query, store: Store) -> Answer:
    """A dataset named by the request replaces that of the query, the part not named being empty (section 2.1.4)."""
    text = one_reading(query.text)
    if not query.default_graphs and not query.named_graphs:
        return store.query(text, base_iri=BASE, prefixes=PREFIXES)
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in query.default_graphs]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in query.named_graphs]
    return store.query(text, base_iri=BASE, prefixes=PREFIXES, default_graph=default, named_graphs=named)

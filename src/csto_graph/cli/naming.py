"""What people write for a term of a triple: an IRI, a CURIE, a local name, a label, a literal → the term."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from csto_graph.errors import WrongCall
from csto_graph.namespaces import CST, GRAPH, ID, OWL, PREFIXES, RDF, RDFS, SKOS, curie
from csto_graph.sparql.spelling import nearest

_DEFAULT, _ONTOLOGY = ox.DefaultGraph(), ox.NamedNode(f"{GRAPH}ontology")
_NAMING = tuple(ox.NamedNode(str(term)) for term in (RDFS.label, SKOS.altLabel))
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> . " for prefix, namespace in PREFIXES.items())
_WAYS = "Write an IRI, a CURIE (id:state/armenia), a local name (state/armenia) or a label (Armenia)"


def thing(store: ox.Store, written: str) -> ox.NamedNode:
    """A thing of the default graph, or a term of the ontology.

    Raises `WrongCall` where nothing has this name, with the nearest name, and where several things have it, with their names.
    """
    if (named := _spelled_out(written)) is not None:
        return named
    for iri in (f"{ID}{written}", f"{CST}{written}"):
        if _is_known(store, iri):
            return ox.NamedNode(iri)
    return _labelled(store, written, _DEFAULT, "a thing")


def property_(store: ox.Store, written: str) -> ox.NamedNode:
    """A property: `a`, an IRI, a CURIE, a local name of the ontology, a label. Raises `WrongCall` like `thing`."""
    if written == "a":
        return ox.NamedNode(str(RDF.type))
    if (named := _spelled_out(written)) is not None:
        return named
    if _is_known(store, f"{CST}{written}"):
        return ox.NamedNode(f"{CST}{written}")
    return _labelled(store, written, _ONTOLOGY, "a property")


def value_or_thing(store: ox.Store, written: str, of: tuple[ox.NamedNode, ox.NamedNode]) -> ox.NamedNode | ox.Literal:
    """A literal as Turtle writes it, or the bare value of one that the subject has there; else a thing.

    What looks like a value is one even where the subject has none such. Raises `WrongCall` like `thing`.
    """
    if written.startswith('"'):
        return _literal(written)
    for quad in store.quads_for_pattern(*of, None, _DEFAULT):
        if isinstance(quad.object, ox.Literal) and quad.object.value == written:
            return quad.object
    is_value = written[:1].isdigit() or ox.Quad(of[1], _node(RDF.type), _node(OWL.DatatypeProperty), _ONTOLOGY) in store
    return ox.Literal(written) if is_value else thing(store, written)


def _spelled_out(written: str) -> ox.NamedNode | None:
    """What is an IRI by its form."""
    bare = written.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if "://" not in bare and not (colon and prefix in PREFIXES):
        return None
    try:
        return ox.NamedNode(bare if "://" in bare else PREFIXES[prefix] + local)
    except ValueError:
        raise WrongCall(written, "is not an IRI", _WAYS) from None


def _labelled(store: ox.Store, written: str, name: ox.NamedNode | ox.DefaultGraph, what: str) -> ox.NamedNode:
    named = [*_names(store, name)]
    found = sorted({iri for label, iri in named if label.casefold() == written.casefold()})
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        raise WrongCall(written, "names more than one", f"Say which: {', '.join(map(curie, found))}")
    known = dict(named) | {_local(iri): iri for _, iri in named}
    meant = nearest(written, known)
    hint = f"The nearest name is {meant} ({curie(known[meant])})" if meant else _WAYS
    raise WrongCall(written, f"does not name {what}", hint)


def _names(store: ox.Store, name: ox.NamedNode | ox.DefaultGraph) -> Iterator[tuple[str, str]]:
    for predicate in _NAMING:
        for quad in store.quads_for_pattern(None, predicate, None, name):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.object.value, quad.subject.value


def _local(iri: str) -> str:
    return iri.removeprefix(str(ID)).removeprefix(str(CST))


def _is_known(store: ox.Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None, None, _DEFAULT), (None, None, node, _DEFAULT), (node, None, None, _ONTOLOGY))
    return any(next(store.quads_for_pattern(*pattern), None) for pattern in patterns)


def _literal(written: str) -> ox.Literal:
    try:
        (quad,) = ox.parse(f"{_HEAD}<x:s> <x:p> {written} .", format=ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        raise WrongCall(written, "is not a literal", 'Write it as Turtle does: "1992-05-15"^^xsd:date, "text"@en') from None
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def _node(iri: object) -> ox.NamedNode:
    return ox.NamedNode(str(iri))

"""The VoID description of a release: every figure counted a second way, from the files that lie beside it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from csto_graph import resources
from csto_graph.namespaces import BASE, CST, DCAT, DCTERMS, FOAF, GRAPH, ID, OWL, RDF, SKOS, VOID
from csto_graph.release.void import void_description
from csto_graph.void.counting import DATASET
from tests.release.stores import MEMBERS, iri, quads, small_store

RELEASE = resources.root() / "data" / "release"
TYPE = NamedNode(str(RDF.type))


class Description:
    """A VoID description read back."""

    def __init__(self, turtle: bytes) -> None:
        self.triples = [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
        self._objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in self.triples:
            assert isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal), triple
            self._objects[triple.subject.value, triple.predicate.value].append(triple.object.value)

    def all(self, subject: str, predicate: object) -> list[str]:
        return self._objects[subject, str(predicate)]

    def one(self, subject: str, predicate: object) -> str:
        (value,) = self.all(subject, predicate)
        return value

    def parts(self, dataset: str, kind: str) -> dict[str, int]:
        """What stands for the partitions of a dataset: the class or property and its count."""
        count = VOID.entities if kind == "class" else VOID.triples
        parts = self.all(dataset, VOID[f"{kind}Partition"])
        return {self.one(part, VOID[kind]): int(self.one(part, count)) for part in parts}


def _figures(graphs: Iterable[list[Triple]]) -> dict[str, object]:
    """The same figures, counted over triples in Python."""
    triples = [triple for graph in graphs for triple in graph]
    subjects = {triple.subject for triple in triples}
    typed = {(t.subject, t.object) for t in triples if t.predicate == TYPE}
    return {
        "triples": len(triples),
        "entities": sum(1 for each in subjects if isinstance(each, NamedNode) and each.value.startswith(str(ID))),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({triple.object for triple in triples}),
        "class": dict(Counter(class_.value for _, class_ in typed if isinstance(class_, NamedNode))),
        "property": dict(Counter(triple.predicate.value for triple in triples)),
    }


def _described(void: Description, dataset: str) -> dict[str, object]:
    counts = {name: int(void.one(dataset, VOID[name])) for name in ("triples", "entities", "distinctSubjects", "distinctObjects")}
    parts = {kind: void.parts(dataset, kind) for kind in ("class", "property")}
    assert int(void.one(dataset, VOID.classes)) == len(parts["class"])
    assert int(void.one(dataset, VOID.properties)) == len(parts["property"])
    return {**counts, **parts}


@pytest.fixture(scope="module")
def void() -> Description:
    return Description((RELEASE / "void.ttl").read_bytes())


@pytest.fixture(scope="module")
def graphs() -> dict[str, list[Triple]]:
    """The triples of each committed file of a graph, by the graph's IRI."""
    files = json.loads((RELEASE / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {entry["graph"]: _read(RELEASE / name) for name, entry in files.items() if "graph" in entry}


def _read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def test_the_figures_of_each_graph_are_those_of_its_file(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """Triples, entities, distinct nodes, classes and properties of every graph agree with a recount; no graph is left out."""
    assert sorted(set(void.all(DATASET, VOID.subset))) == sorted(graphs)
    assert {graph: _described(void, graph) for graph in graphs} == {graph: _figures([each]) for graph, each in graphs.items()}


def test_the_figures_of_the_whole_are_those_of_all_files(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """A triple in two graphs is two, a thing in two graphs is one."""
    assert _described(void, DATASET) == _figures(graphs.values())


def test_each_graph_says_what_it_holds(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """No two graphs have one title, and a text is named by its own."""
    titles = [void.one(graph, DCTERMS.title) for graph in graphs]
    assert len(set(titles)) == len(titles) and all(void.one(graph, DCTERMS.description) for graph in graphs)
    title = "Asserted by The Collective Security Treaty Organisation (CSTO)"
    assert void.one(f"{GRAPH}source/csto-2022-01-10", DCTERMS.title) == title
    assert void.all(DATASET, DCTERMS.source) == [f"{ID}document/csto-2022-01-10"]


def test_examples_are_things_of_the_dataset(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """Each is described in the default graph, and fits the pattern that the dataset gives for its IRIs."""
    described = {str(triple.subject) for triple in graphs[f"{GRAPH}default"]}
    examples = void.all(DATASET, VOID.exampleResource)
    assert len(examples) == 10 and {f"<{each}>" for each in examples} <= described
    store = Store()
    store.extend(Quad(*triple) for triple in void.triples)
    fitting = f"SELECT ?x {{ ?d <{VOID.uriRegexPattern}> ?pattern ; <{VOID.exampleResource}> ?x FILTER REGEX(STR(?x), ?pattern) }}"
    solutions = store.query(fitting)
    assert isinstance(solutions, QuerySolutions) and len(list(solutions)) == len(examples)


def test_the_coverage_is_that_of_the_default_graph(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """From the earliest start to the latest bound of what is dated, in the places where events took place."""
    bounds: defaultdict[str, set[str]] = defaultdict(set)
    for triple in graphs[f"{GRAPH}default"]:
        if isinstance(triple.object, Literal | NamedNode):
            bounds[triple.predicate.value].add(triple.object.value)
    period = void.one(DATASET, DCTERMS.temporal)
    assert void.one(period, DCAT.startDate) == min(bounds[str(CST.fromEarliest)])
    assert void.one(period, DCAT.endDate) == max(bounds[str(CST.fromLatest)] | bounds[str(CST.toLatest)])
    assert sorted(void.all(DATASET, DCTERMS.spatial)) == sorted(bounds[str(CST.tookPlaceIn)])


def test_every_link_is_in_a_linkset_of_one_predicate(void: Description, graphs: dict[str, list[Triple]]) -> None:
    """For each graph of links the linksets count what leads from a thing of ours to another's, by predicate."""
    linked: Counter[tuple[str, str]] = Counter()
    for graph in (each for each in graphs if each.startswith(f"{GRAPH}links/")):
        linked.update((graph, t.predicate.value) for t in graphs[graph] if _is_link(t))
    sets = [t.subject.value for t in void.triples if isinstance(t.subject, NamedNode) and t.object == NamedNode(str(VOID.Linkset))]
    found = {(_graph_of(void, each), void.one(each, VOID.linkPredicate)): int(void.one(each, VOID.triples)) for each in sets}
    assert found == dict(linked) and found
    assert {void.one(each, VOID.subjectsTarget) for each in sets} == {DATASET}
    assert all(void.one(void.one(each, VOID.objectsTarget), FOAF.homepage) for each in sets)
    assert all(void.one(each, VOID.exampleResource).startswith(str(ID)) for each in sets)


def _is_link(triple: Triple) -> bool:
    ours = isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(str(ID))
    theirs = isinstance(triple.object, NamedNode) and not triple.object.value.startswith(BASE)
    return ours and theirs and triple.predicate != TYPE


def _graph_of(void: Description, linkset: str) -> str:
    predicate, part = NamedNode(str(VOID.subset)), NamedNode(linkset)
    (graph,) = {str(t.subject).strip("<>") for t in void.triples if t.predicate == predicate and t.object == part}
    return graph


def test_two_predicates_are_two_linksets() -> None:
    """A linkset has no second predicate; types, literals and things of ours are no links."""
    store, graph, csto = small_store(), iri(GRAPH, "links/wikidata"), iri(ID, "organisation/csto")
    for predicate in (SKOS.exactMatch, OWL.sameAs):
        store.add(Quad(csto, NamedNode(str(predicate)), NamedNode("http://www.wikidata.org/entity/Q318693"), graph))
    store.add(Quad(csto, TYPE, NamedNode("http://www.wikidata.org/entity/Q484652"), graph))
    store.add(Quad(csto, NamedNode(str(SKOS.closeMatch)), iri(ID, "treaty/one"), graph))
    store.add(Quad(csto, NamedNode(str(SKOS.notation)), Literal("CSTO"), graph))
    void = Description(void_description(store))
    assert {void.one(each, VOID.linkPredicate) for each in void.all(graph.value, VOID.subset)} == {str(SKOS.exactMatch), str(OWL.sameAs)}


def test_the_release_is_a_dataset_of_dcat_too() -> None:
    """What is committed conforms to the shapes that the served description is held against."""
    shapes = rdflib.Graph().parse(Path(__file__).parents[1] / "serve" / "about" / "dcat.shapes.ttl")
    graph = rdflib.Graph().parse(RELEASE / "void.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms and (rdflib.URIRef(DATASET), RDF.type, DCAT.Dataset) in graph, report


def test_the_order_of_insertion_does_not_matter() -> None:
    """The same graphs give the same bytes."""
    assert void_description(small_store()) == void_description(small_store(tuple(reversed(MEMBERS))))


def test_an_empty_store_is_described() -> None:
    """A release of nothing counts nothing."""
    void = Description(void_description(Store()))
    assert int(void.one(DATASET, VOID.triples)) == int(void.one(DATASET, VOID.entities)) == 0
    assert void.all(DATASET, VOID.subset) == []


def test_graphs_of_any_name_are_described() -> None:
    """Names with a fragment, an escape or a space in them give partitions that are IRIs; blank nodes are counted and not named."""
    store = Store()
    names = ["http://example.org/a#b", f"{GRAPH}x#y", f"{GRAPH}x%20y", f"{GRAPH}class/State", "urn:uuid:1"]
    for name in names:
        store.extend(Quad(q.subject, q.predicate, q.object, NamedNode(name)) for q in quads() if q.graph_name == DefaultGraph())
        store.add(Quad(BlankNode("b"), TYPE, BlankNode("c"), NamedNode(name)))
    store.add(Quad(iri(ID, "state/armenia"), TYPE, iri(CST, "State"), BlankNode("g")))
    void = Description(void_description(store))
    assert sorted(void.all(DATASET, VOID.subset)) == sorted(names)
    assert {int(void.one(name, VOID.triples)) for name in names} == {3 * len(MEMBERS) + 1}
    assert {tuple(void.parts(name, "class").items()) for name in names} == {((str(CST.State), 3),)}

"""The tests of FOOPS! and the five stars: the ontology as it is served passes each, and one that does not deserve it fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.term import Node

from csto_graph import resources
from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import BASE, ONTOLOGY_IRI
from csto_graph.serve.app import create_app
from tests.ontology.foops import CHECKS, LIVE, NOT_CLAIMED, Got, Site
from tests.serve.ontology.home import lay

# The ids in the catalogue of FOOPS!, whose Constants.java lists them.
CATALOGUE = {
    "CN1", "DOC1", "FIND1", "FIND2", "FIND3", "FIND_3_BIS", "HTTP1", "OM1", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1", "OM5.2", "PURL1",
    "RDF1", "URI1", "URI2", "VER1", "VER2", "VOC1", "VOC2", "VOC3", "VOC4",
}  # fmt: skip
STARS = {"1 star", "2 stars", "3 stars", "4 stars", "5 stars"}
HEADER = f"<{ONTOLOGY_IRI}>"
MOVED = f"DELETE {{ {HEADER} ?p ?o }} INSERT {{ <ELSEWHERE> ?p ?o }} WHERE {{ {HEADER} ?p ?o }}"
# An ontology that fails the test, as a SPARQL update.
WORSE = [
    ("PURL1", MOVED.replace("ELSEWHERE", "https://example.org/ontology")),
    ("VER1", f"DELETE WHERE {{ {HEADER} owl:versionIRI ?v }}"),
    ("VER1", f"DELETE {{ {HEADER} owl:versionIRI ?v }} INSERT {{ {HEADER} owl:versionIRI {HEADER} }} WHERE {{ {HEADER} owl:versionIRI ?v }}"),
    ("VER2", f"INSERT DATA {{ {HEADER} owl:versionIRI <{ONTOLOGY_IRI}/9.9.9> }}"),
    *(("OM1", f"DELETE WHERE {{ {HEADER} {p} ?o }}") for p in (
        "dcterms:title", "dcterms:description", "dcterms:license", "owl:versionIRI", "dcterms:creator", "vann:preferredNamespaceUri")),
    *(("OM2", f"DELETE WHERE {{ {HEADER} {p} ?o }}") for p in (
        "vann:preferredNamespacePrefix", "owl:versionInfo", "dcterms:created", "dcterms:bibliographicCitation")),
    ("OM2", f'INSERT DATA {{ {HEADER} owl:versionInfo "2.0.0" }}'),
    *(("OM3", f"DELETE WHERE {{ {HEADER} {p} ?o }}") for p in ("dcterms:publisher", "bibo:status", "dcterms:issued", "dcterms:modified")),
    ("OM4.1", f"DELETE WHERE {{ {HEADER} dcterms:license ?o }}"),
    ("OM4.1", f'INSERT DATA {{ {HEADER} dcterms:license "free" }}'),
    *(("OM5.1", f"DELETE WHERE {{ {HEADER} {p} ?o }}") for p in ("dcterms:creator", "dcterms:created")),
    *(("OM5.2", f"DELETE WHERE {{ {HEADER} {p} ?o }}") for p in ("dcterms:issued", "dcterms:publisher")),
    ("OM5.2", f'INSERT DATA {{ {HEADER} dcterms:issued "1999-01-01"^^xsd:date }}'),
    ("HTTP1", MOVED.replace("ELSEWHERE", "urn:example:ontology")),
    ("DOC1", "INSERT DATA { cst:Undocumented a owl:Class }"),
    ("FIND1", f"DELETE WHERE {{ {HEADER} vann:preferredNamespacePrefix ?o }}"),
    ("VOC1", f'INSERT DATA {{ {HEADER} cst:title "ours" }}'),
    ("VOC2", "DELETE { ?s ?p ?o } WHERE { VALUES ?p { rdfs:subClassOf rdfs:subPropertyOf } ?s ?p ?o FILTER (!STRSTARTS(STR(?o), STR(cst:))) }"),
    ("VOC3", "DELETE WHERE { cst:memberOf rdfs:label ?o }"),
    ("VOC4", "DELETE WHERE { cst:Asserted skos:definition ?o }"),
    ("1 star", f"DELETE WHERE {{ {HEADER} dcterms:license ?o }}"),
    ("1 star", f"DELETE {{ {HEADER} dcterms:license ?o }} INSERT {{ {HEADER} dcterms:license <https://example.org/mine> }} WHERE {{ {HEADER} dcterms:license ?o }}"),
    ("4 stars", "INSERT DATA { cst:Unheard a owl:Class }"),
    ("5 stars", "DELETE DATA { cst:Place rdfs:subClassOf schema:Place }"),
]  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.root() / "ontology" / "csto.ttl")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service in the place of w3id.org: what follows the base of our IRIs is a path of it."""
    backend = Embedded(lay(tmp_path_factory.mktemp("site")), readers=1)
    client = create_app(backend, resources.root() / "queries").test_client()
    yield lambda iri, accept: _fetch(client, iri, accept)
    backend.close()


def _fetch(client: FlaskClient, iri: str, accept: str) -> Got:
    assert iri.startswith(BASE)
    response = client.get(f"/{iri.removeprefix(BASE)}", headers={"Accept": accept})
    return Got(response.status_code, response.mimetype, response.data)


@pytest.mark.parametrize("test", sorted(CHECKS))
def test_the_ontology_passes(ontology: Graph, site: Site, test: str) -> None:
    """Nothing is missing."""
    assert list(CHECKS[test](ontology, site)) == []


@pytest.mark.parametrize(("test", "change"), WORSE)
def test_an_ontology_that_lacks_it_fails(ontology: Graph, site: Site, test: str, change: str) -> None:
    """The check sees what a change took away or put wrong."""
    worse = Graph()
    worse += ontology
    worse.update(change, initNs={str(prefix): str(namespace) for prefix, namespace in ontology.namespaces()})
    assert set(worse) != set(ontology)
    assert list(CHECKS[test](worse, site))


def _gone(iri: str, accept: str) -> Got:
    return Got(404, "text/html", b"")


def _page_for_all(iri: str, accept: str) -> Got:
    return Got(200, "text/html", b"<p>An ontology</p>")


def _broken(iri: str, accept: str) -> Got:
    return Got(200, accept.replace("*/*", "text/turtle"), b"<urn:a> <urn:b> ")


def _of_another(iri: str, accept: str) -> Got:
    return Got(200, "text/turtle", b"<urn:other> a <http://www.w3.org/2002/07/owl#Ontology> .")


@pytest.mark.parametrize("poor", [_gone, _page_for_all, _broken, _of_another])
@pytest.mark.parametrize("test", ["URI1", "URI2", "VER2", "RDF1", "CN1", "DOC1", "1 star", "2 stars", "3 stars", "4 stars"])
def test_a_site_that_lacks_it_fails(ontology: Graph, poor: Site, test: str) -> None:
    """The check sees a site that is gone, gives everyone a page, broken Turtle, or another ontology, where that matters to it."""
    content_matters = {"URI1": {_of_another}, "1 star": {_page_for_all, _broken, _of_another}, "2 stars": {_of_another}, "CN1": {_broken}}
    passes = poor in content_matters.get(test, set())
    assert (not list(CHECKS[test](ontology, poor))) == passes


def test_every_test_of_the_catalogue_is_there_or_said_to_need_the_web() -> None:
    """The ids of FOOPS! and the five stars are the checks and the table of those that are asked of the live Web, each with a reason."""
    assert CHECKS.keys() | LIVE.keys() == CATALOGUE | STARS
    assert not CHECKS.keys() & LIVE.keys()
    failing = {test for test, _ in WORSE} | {"URI1", "URI2", "VER2", "RDF1", "CN1", "DOC1", "2 stars", "3 stars"}
    assert failing == CHECKS.keys()


def test_nothing_is_made_up_to_please_a_test(ontology: Graph) -> None:
    """What OM3 asks for besides, and does not exist, is not claimed."""
    said: set[Node] = set(ontology.predicates(URIRef(ONTOLOGY_IRI)))
    names = {str(predicate).rpartition("/")[2] for predicate in said}
    assert not names & NOT_CLAIMED.keys()

"""Example queries as RDF: each runs as it stands, and gives what is committed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, URIRef

from csto_graph.namespaces import BASE, SCHEMA, SH
from csto_graph.serve.about.examples import EXAMPLES, SPEX, example_triples
from csto_graph.serve.questions import Question
from tests.queries.answers import EXPECTED, QUERIES

SELECT, TARGET = URIRef(f"{SH}select"), URIRef(f"{SCHEMA}target")


@pytest.fixture(scope="module")
def published(whole: FlaskClient) -> rdflib.Graph:
    """What `/examples` serves."""
    return rdflib.Graph().parse(data=whole.get("/examples").data, format="turtle")


def test_every_stored_query_is_published(published: rdflib.Graph) -> None:
    """None is left out, each has one text, one question in English and the endpoint that answers it."""
    found = set(published.subjects(RDF.type, URIRef(f"{SH}SPARQLExecutable")))
    assert found == {URIRef(f"{EXAMPLES}/{path.stem}") for path in QUERIES}
    for example in found:
        (comment,) = published.objects(example, RDFS.comment)
        assert isinstance(comment, rdflib.Literal) and comment.language == "en"
        assert len(list(published.objects(example, SELECT))) == len(list(published.objects(example, TARGET))) == 1
        assert (example, RDF.type, URIRef(f"{SH}SPARQLSelectExecutable")) in published


def test_examples_have_the_form_of_others(published: rdflib.Graph) -> None:
    """They conform to shapes written after those of sib-swiss; without their endpoint they would not."""
    shapes = rdflib.Graph().parse(Path(__file__).with_name("examples.shapes.ttl"))
    conforms, _, report = pyshacl.validate(published, shacl_graph=shapes)
    assert conforms, report
    without = rdflib.Graph() + published
    without.remove((None, TARGET, None))
    assert not pyshacl.validate(without, shacl_graph=shapes)[0]


@pytest.mark.parametrize("name", [path.stem for path in QUERIES])
def test_an_example_gives_what_is_committed(whole: FlaskClient, published: rdflib.Graph, name: str) -> None:
    """Taken from the served RDF and sent to the endpoint that it names, it gives the expected answer."""
    example = URIRef(f"{EXAMPLES}/{name}")
    (text,), (target,) = (list(published.objects(example, each)) for each in (SELECT, TARGET))
    path = str(target).removeprefix("http://localhost")
    answer = whole.post(path, data={"query": str(text)}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    assert answer.text.replace("\r\n", "\n") == (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")


def test_one_example_has_an_address(whole: FlaskClient) -> None:
    """Its IRI leads to its description, and to a page with its text; another name is a 404."""
    name = QUERIES[0].stem
    alone = rdflib.Graph().parse(data=whole.get(f"/examples/{name}").data, format="turtle")
    assert list(alone.subjects(RDF.type, URIRef(f"{SH}SPARQLExecutable"))) == [URIRef(f"{BASE}examples/{name}")]
    page = whole.get(f"/examples/{name}", headers={"Accept": "text/html"})
    assert page.mimetype == "text/html" and "SELECT" in page.text
    assert whole.get("/examples/none").status_code == 404


def test_the_prefixes_are_declared(published: rdflib.Graph) -> None:
    """`sh:prefixes` leads to declarations: a prefix and a namespace as xsd:anyURI each (SHACL, section 5.2.1)."""
    (node,) = set(published.objects(None, SH.prefixes))
    declared = {
        str(published.value(each, SH.prefix)): published.value(each, SH.namespace) for each in published.objects(node, SH.declare)
    }
    assert declared["cst"] == rdflib.Literal(f"{BASE}ontology#", datatype=rdflib.XSD.anyURI)


@pytest.mark.parametrize(
    ("query", "property_", "class_"),
    [
        ("ASK { ?s ?p ?o }", f"{SH}ask", f"{SH}SPARQLAskExecutable"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", f"{SH}construct", f"{SH}SPARQLConstructExecutable"),
        ("DESCRIBE <urn:x>", f"{SPEX}describe", f"{SPEX}SPARQLDescribeExecutable"),
    ],
)
def test_each_form_of_a_query_has_its_property(query: str, property_: str, class_: str) -> None:
    """The header is told in properties and left out of the text, which keeps what follows to the letter."""
    text = f"{query} # “quoted” \\ and\n"
    question = Question("one", "What?", f"#+ summary: What?\n#+ parameters:\n\n{text}")
    triples = {(t.predicate.value, str(t.object)) for t in example_triples((question,), "http://localhost/sparql")}
    assert (property_, str(ox.Literal(text))) in triples and (str(RDF.type), f"<{class_}>") in triples

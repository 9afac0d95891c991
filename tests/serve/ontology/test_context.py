"""The JSON-LD context: documents written with it are the triples they should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from csto_graph import resources
from csto_graph.namespaces import CST, PREFIXES
from csto_graph.serve.ontology.compacting import NotCompactable, compacted

DOCUMENT: dict[str, Any] = {
    "@graph": [
        {
            "@id": "id:organisation/csto",
            "@type": ["MilitaryAlliance", "org:FormalOrganization"],
            "label": {"en": ["Collective Security Treaty Organization"], "ru": ["Организация Договора о коллективной безопасности"]},
            "memberCount": [6],
            "hasMember": ["id:state/armenia"],
            "transformedOn": [{"@type": "xsd:gYear", "@value": "2002"}],
            "reviewed": [True],
        },
        {
            "@id": "id:statement/1",
            "@type": ["Statement"],
            "predicate": "memberOf",
            "subject": "id:state/armenia",
            "object": {"@id": "id:organisation/csto"},
            "status": ["Asserted"],
            "sureness": ["SurenessA"],
            "confidence": ["0.91"],
            "rule": ["lexicon:member_n"],
            "fromEarliest": ["1994-01-01"],
            "role": ["observer"],
            "misspelt": "dropped",
        },
    ]
}
TRIPLES = """
id:organisation/csto a cst:MilitaryAlliance, org:FormalOrganization ; cst:memberCount 6 ; cst:hasMember id:state/armenia ;
  rdfs:label "Collective Security Treaty Organization"@en, "Организация Договора о коллективной безопасности"@ru ;
  cst:transformedOn "2002"^^xsd:gYear ; cst:reviewed true .
id:statement/1 a cst:Statement ; rdf:predicate cst:memberOf ; rdf:subject id:state/armenia ; rdf:object id:organisation/csto ;
  cst:status cst:Asserted ; cst:sureness cst:SurenessA ; cst:confidence 0.91 ; cst:rule lexicon:member_n ;
  cst:fromEarliest "1994-01-01"^^xsd:date ; cst:role "observer" .
"""


@pytest.fixture(scope="module")
def context(vocabulary: FlaskClient) -> dict[str, Any]:
    response = vocabulary.get("/context.jsonld")
    assert (response.status_code, response.mimetype) == (200, "application/ld+json")
    found: dict[str, Any] = json.loads(response.data)["@context"]
    return found


@pytest.fixture(scope="module")
def expected() -> set[ox.Triple]:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
    # A slash stands in no prefixed name of Turtle, so these are IRIs.
    whole = TRIPLES
    for name in ("organisation/csto", "state/armenia", "statement/1"):
        whole = whole.replace(f"id:{name}", f"<{PREFIXES['id']}{name}>")
    return {quad.triple for quad in ox.parse(input=prefixes + whole, format=ox.RdfFormat.TURTLE)}


def _by_engine(document: dict[str, Any]) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(input=json.dumps(document), format=ox.RdfFormat.JSON_LD)}


def _by_rdflib(document: dict[str, Any]) -> set[ox.Triple]:
    written = Graph().parse(data=json.dumps(document), format="json-ld").serialize(format="nt")
    return {quad.triple for quad in ox.parse(input=written, format=ox.RdfFormat.N_TRIPLES)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's reader of JSON-LD uses it
@pytest.mark.parametrize("read", [_by_engine, _by_rdflib])
def test_a_document_in_short_names_is_the_triples(context: dict[str, Any], expected: set[ox.Triple], read: Any) -> None:
    """Two readers expand it to the same triples, offline, with the context in its place; a misspelt key is no triple."""
    assert read({"@context": context, **DOCUMENT}) == expected
    assert read({"@context": {**context, "status": "cst:status"}, **DOCUMENT}) != expected  # without the coercion it is text


def test_every_term_is_there_under_its_name(context: dict[str, Any], vocabulary: FlaskClient) -> None:
    """Each term of the ontology has its local name, and none hides a prefix or a borrowed name."""
    graph = Graph().parse(resources.root() / "ontology" / "csto.ttl")
    for term in {str(term) for term in graph.subjects() if str(term).startswith(CST)}:
        name = term.removeprefix(CST)
        defined = context[name]
        assert (defined if isinstance(defined, str) else defined["@id"]) == f"cst:{name}"
    assert {prefix: context[prefix] for prefix in PREFIXES} == PREFIXES
    borrowed = {"label", "altLabel", "hiddenLabel", "subject", "predicate", "object", "identifier", "title", "isPartOf", "source", "exactMatch"}
    assert [name for name in borrowed if context[name]["@id"].startswith("cst:")] == []


def test_types_hold_for_all_that_the_release_says(context: dict[str, Any]) -> None:
    """A literal or a thing of the release is what the context would make of its short form: nothing is coerced wrongly."""
    wrong = set()
    for path in sorted((resources.root() / "data" / "release").rglob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            name = quad.predicate.value.removeprefix(str(CST))
            stated = context.get(name, {}).get("@type") if quad.predicate.value.startswith(str(CST)) else None
            if stated and not _fits(stated, quad.object):
                wrong.add((name, str(quad.object)))
    assert wrong == set()
    assert not _fits("xsd:integer", ox.Literal("6")) and not _fits("@id", ox.Literal("6"))


def _fits(stated: str, object_: Any) -> bool:
    if stated in ("@id", "@vocab"):
        return isinstance(object_, ox.NamedNode)
    return isinstance(object_, ox.Literal) and object_.datatype.value == f"{PREFIXES['xsd']}{stated.removeprefix('xsd:')}"


def test_what_a_value_is_comes_from_the_range(context: dict[str, Any]) -> None:
    """A property that leads to an individual takes its name, one that leads to a thing an IRI, and each value is an array."""
    assert context["status"] == {"@id": "cst:status", "@type": "@vocab", "@container": "@set"}
    assert context["memberOf"] == {"@id": "cst:memberOf", "@type": "@id", "@container": "@set"}
    assert context["time"] == {"@id": "cst:time", "@container": "@set"}  # as precise as its source, so it says its datatype
    assert context["toLatest"]["@type"] == "xsd:date"  # which the ontology cannot say in OWL 2, and the shapes do
    assert context["State"] == "cst:State"


def _files() -> list[Path]:
    return sorted((resources.root() / "data" / "release").rglob("*.ttl"))


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_what_is_compacted_expands_to_what_it_was(context: dict[str, Any], path: Path) -> None:
    """Each graph of the release goes into short names and back without a triple lost, added or changed."""
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    document = json.loads(compacted(triples, context, "https://example.org/context.jsonld"))
    assert document["@context"] == "https://example.org/context.jsonld"
    assert _by_engine({**document, "@context": context}) == set(triples)


ODD = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:x> cst:memberCount "six", "06"^^xsd:integer, 123456789012345678901234567890, 6 ; cst:memberOf "nobody" ; cst:status "asserted", <urn:y> ;
  rdfs:label "no language", <urn:y>, "5"^^xsd:integer, "en"@en, "en-GB"@en-GB ; cst:role "chair"@en ; cst:reviewed "1"^^xsd:boolean, true ;
  cst:confidence 0.5, "high" ; a "text", cst:State, cst:Unknown ; <http://example.org/p> 1.5e0, "x" ; cst:rule cst:State .
"""


def test_values_that_the_context_does_not_expect_come_back_too(context: dict[str, Any]) -> None:
    """A value of another kind than the range says is written in full; nothing is bent into the expected one."""
    triples = [quad.triple for quad in ox.parse(input=ODD, format=ox.RdfFormat.TURTLE)]
    document = json.loads(compacted(triples, context, "…"))
    assert _by_engine({**document, "@context": context}) == set(triples)
    (node,) = document["@graph"]
    assert node["label"] == {"@none": ["no language"], "en": ["en"], "en-gb": ["en-GB"]}
    assert 6 in node["memberCount"] and True in node["reviewed"] and "0.5" in node["confidence"]


def test_what_the_short_form_would_change_is_not_compacted(context: dict[str, Any]) -> None:
    """An IRI whose scheme is one of our prefixes would be read as another one, and a blank node has no name."""
    for subject in (ox.NamedNode("graph:x"), ox.BlankNode("b")):
        with pytest.raises(NotCompactable):
            compacted([ox.Triple(subject, ox.NamedNode(str(CST.role)), ox.Literal("x"))], context, "…")

"""A small release to be matched against, and what holds an answer against the specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no annotations
from pyoxigraph import RdfFormat, Store

from tests.serve.conftest import lay_release

HERE = Path(__file__).parent
ID = "https://w3id.org/csto-graph/id/"
CST = "https://w3id.org/csto-graph/ontology#"
WIKIDATA = "https://w3id.org/csto-graph/graph/links/wikidata"
GRAPHS = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/csto-graph/graph/> .
@prefix links: <https://w3id.org/csto-graph/graph/links/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/csto-graph/id/> .

<state/armenia> a cst:State, cst:Actor ; rdfs:label "Armenia"@en ; skos:altLabel "Republic of Armenia"@en ;
  dcterms:identifier "AM"^^cst:iso3166Alpha2 ; cst:memberOf <organisation/csto> .
<state/armorica> a cst:State, cst:Actor ; rdfs:label "Armorica <b>bold</b>"@en ; dcterms:identifier "AU"^^cst:iso3166Alpha2 .
<state/east-lania> a cst:State, cst:Actor ; rdfs:label "East Lania"@en ; skos:altLabel "Democratic Republic of Lania"@en ; skos:hiddenLabel "Lania"@en .
<state/west-lania> a cst:State, cst:Actor ; rdfs:label "West Lania"@en ; skos:altLabel "Republic of Lania"@en ; cst:memberOf <organisation/csto> .
<organisation/csto> a cst:Organisation, cst:Actor ; rdfs:label "Collective Security Treaty Organization"@en ; skos:altLabel "CSTO"@en, "Accord"@en ;
  cst:memberCount 6 ; cst:foundedOn "2002-10-07"^^xsd:date ; cst:hasPurpose "to stand by one another" .
<organisation/union> a cst:Organisation, cst:Actor ; rdfs:label "African Union"@en ; skos:hiddenLabel "AU"@en ; cst:foundedOn "2002"^^xsd:gYear .
<treaty/accord> a cst:Treaty ; rdfs:label "Accord"@en .
<membership/1> a cst:Situation, cst:Membership ; rdfs:label "Armenia in the Accord"@en .
<state/gone> a cst:State ; rdfs:label "Armenia"@en ; owl:deprecated true .
links:geonames { <state/armenia> skos:exactMatch <https://sws.geonames.org/174982/> ; skos:closeMatch <https://sws.geonames.org/1/> }
links:wikidata { <state/armenia> skos:exactMatch wd:Q399 }
graph:somebody { <state/armorica> skos:exactMatch wd:Q1 }
graph:ontology {
  cst:Actor a owl:Class ; rdfs:label "actor"@en .
  cst:State a owl:Class ; rdfs:label "state"@en, "государство"@ru ; rdfs:subClassOf cst:Actor .
  cst:Organisation a owl:Class ; rdfs:label "organisation"@en ; rdfs:subClassOf cst:Actor .
  cst:Treaty a owl:Class ; rdfs:label "treaty"@en .
  cst:memberOf rdfs:label "member of"@en ; rdfs:range cst:Organisation .
  cst:memberCount rdfs:label "member count"@en .
  cst:foundedOn rdfs:label "founded on"@en .
  cst:hasPurpose rdfs:label "has purpose"@en .
  cst:partyTo rdfs:label "party to"@en .
  cst:iso3166Alpha2 rdfs:label "ISO 3166-1 alpha-2 code"@en .
}
"""
_SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "schemas").glob("*.json"))}


def lay(home: Path, store: Path, graphs: str = GRAPHS, number: int = 1) -> None:
    """The release as a build leaves it, current."""
    opened = Store(str(store))
    opened.load(graphs.encode(), format=RdfFormat.TRIG)
    opened.flush()
    lay_release(home, number, opened, {"default": 1}, content=f"{number:02}" * 32)


def require_valid(document: Any, version: str, what: str) -> None:
    """Raises jsonschema's ValidationError where an answer of that version does not fit its schema."""
    Draft202012Validator({"$ref": f"#/$defs/{what}", **_SCHEMAS[version]}).validate(document)

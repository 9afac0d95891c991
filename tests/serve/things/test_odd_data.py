"""Things that somebody wrote without the checks of a build: each has a page and data, whatever it says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.serve.test_pages import Page

PREFIXES = """@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@base <https://w3id.org/csto-graph/id/> .
"""
ODD = {
    "offsets that are no numbers": '<odd/1> a cst:Document . <odd/p> a cst:Passage ; dcterms:isPartOf <odd/1> ; cst:start "x" ; cst:end -4 ; cst:text "t" .',
    "a passage of negative length": '<odd/1> a cst:Document . <odd/p> a cst:Passage ; dcterms:isPartOf <odd/1> ; cst:start 9 ; cst:end 2 ; cst:text "abc" .',
    "evidence outside its text": """<odd/1> a cst:Statement ; cst:statedIn <odd/p> ; cst:evidence <odd/e> . <odd/p> cst:start 4 ; cst:text "abc" .
      <odd/e> oa:hasSelector <odd/s> . <odd/s> oa:start 99999999999999999999 ; oa:end 1 ; oa:exact "z" .""",
    "a statement of nothing": "<odd/1> a cst:Statement .",
    "a statement about itself": "<odd/1> a cst:Statement ; rdf:subject <odd/1> ; rdf:object <odd/1> ; cst:evidence <odd/1> ; oa:hasSelector <odd/1> .",
    "an unknown status": "<odd/1> a cst:State . <odd/s> a cst:Statement ; rdf:subject <odd/1> ; cst:status <odd/status> .",
    "labels that are things": "<odd/1> rdfs:label <odd/2>, 5, 'a', 'b'@en, 'в'@ru ; a 'State' .",
    "an address that is none": "<odd/1> a cst:Document ; schema:url 'javascript:alert(1)', '\\\"><script>' .",
    "markup everywhere": "<odd/1> a cst:State ; rdfs:label '</title><script>x</script>' ; cst:role '<b>' . <odd/2> cst:member <odd/1> .",
    "a circle": "<odd/1> a cst:Situation ; cst:member <odd/2> . <odd/2> a cst:Event ; cst:hasPart <odd/1> .",
    "odd names": "<odd/1> a cst:State ; <http://www.w3.org/2000/01/rdf-schema#%20> <x:y> ; rdfs:seeAlso <urn:a>, <odd/%22%3E> .",
}


@pytest.mark.parametrize("what", ODD)
def test_odd_data_have_a_page(blank: FlaskClient, what: str) -> None:
    """Well nested, without a script, and the same said as data."""
    graph = "https://w3id.org/csto-graph/graph/odd"
    written = blank.put("/graphs", query_string={"graph": graph}, data=(PREFIXES + ODD[what]).encode(), content_type="text/turtle")
    assert written.status_code in (200, 201, 204), written.text
    response = blank.get("/page/odd/1")
    page = Page(response.text)
    assert response.status_code == 200 and page.misplaced == [] and "script" not in page.tags and "b" not in page.tags
    assert not any(href.startswith("javascript:") for href in page.links.values())
    assert blank.get("/data/odd/1.nt").status_code == 200 and blank.get("/id/odd/1").status_code == 303

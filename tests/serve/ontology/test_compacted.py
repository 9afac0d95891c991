"""JSON-LD in short names for who asks for that form."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from csto_graph.serve.ontology import answering

PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
CSTO = "/data/organisation/csto.jsonld"


def _triples(content: bytes, syntax: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(input=content, format=syntax)}


def test_a_thing_in_short_names_is_the_same_thing(vocabulary: FlaskClient) -> None:
    """Expanded with the context that it names, the document holds what the others hold."""
    response = vocabulary.get(CSTO, headers={"Accept": PROFILE})
    assert response.headers["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"'
    document = json.loads(response.data)
    assert document["@context"] == "http://localhost/context.jsonld"
    context = json.loads(vocabulary.get("/context.jsonld").data)["@context"]
    found = _triples(json.dumps({**document, "@context": context}).encode(), ox.RdfFormat.JSON_LD)
    assert found == _triples(vocabulary.get("/data/organisation/csto.nt").data, ox.RdfFormat.N_TRIPLES)
    assert {"@id": "id:organisation/csto", "@type": ["MilitaryAlliance"]} in document["@graph"]


def test_who_does_not_ask_gets_what_needs_no_second_look_up(vocabulary: FlaskClient) -> None:
    """The expanded form stays what it was, under a tag of its own; 304 and HEAD go for both."""
    plain, short = (vocabulary.get(CSTO, headers={"Accept": accept}) for accept in ("application/ld+json", PROFILE))
    assert plain.headers["ETag"] != short.headers["ETag"] and b"context.jsonld" not in plain.data
    assert vocabulary.get(CSTO, headers={"Accept": PROFILE, "If-None-Match": short.headers["ETag"]}).status_code == 304
    assert vocabulary.head(CSTO, headers={"Accept": PROFILE}).headers["ETag"] == short.headers["ETag"]
    links = ", ".join(short.headers.getlist("Link"))
    assert 'rel="alternate"' in links and 'rel="original timegate"' in links


@pytest.mark.parametrize("accept", [PROFILE, 'application/ld+json; profile="urn:example:unknown"', f"{PROFILE};q=0.9, text/html;q=0.1"])
@pytest.mark.parametrize("address", ["/ontology", "/sparql?query=DESCRIBE%20cst:State", "/shapes"])
def test_a_profile_that_is_not_offered_is_ignored(vocabulary: FlaskClient, accept: str, address: str) -> None:
    """Who asks for a profile is not refused JSON-LD for it (registration of application/ld+json)."""
    response = vocabulary.get(address, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, "application/ld+json")


def test_what_has_no_short_form_is_given_in_full(vocabulary: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A description that is too long to be held is expanded JSON-LD, and labelled as that."""
    monkeypatch.setattr(answering, "_LONGEST", 10)
    response = vocabulary.get(CSTO, headers={"Accept": PROFILE})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/ld+json")
    assert json.loads(response.data)


def test_a_release_without_an_ontology_has_no_short_names(client: FlaskClient) -> None:
    """Its things are given in full."""
    response = client.get(CSTO, headers={"Accept": PROFILE})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/ld+json")

"""IRI kind × Accept × suffix → status, Location, media type."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ROOT = "http://localhost"

# A path of each kind, and where its pages and data are.
KINDS = {
    "/id/state/armenia": "state/armenia",
    "/id/organisation/csto": "organisation/csto",
    "/id/membership/1": "membership/1",
    "/id/statement/1": "statement/1",
    "/id/evidence/1": "evidence/1",
    "/id/selector/1": "selector/1",
    "/id/passage/demo.0-24": "passage/demo.0-24",
    "/id/document/demo": "document/demo",
    "/id/claim/1": "claim/1",
    "/id/person/he": "person/he",
    "/id/disagreement/1": "disagreement/1",
    "/id/treaty/report": "treaty/report",
    "/id/place/c%25C3%25B4te": "place/c%25C3%25B4te",
    "/id/place/%D0%95%D1%80%D0%B5%D0%B2%D0%B0%D0%BD": "place/%D0%95%D1%80%D0%B5%D0%B2%D0%B0%D0%BD",
    "/.well-known/genid/0a": ".well-known/genid/0a",
}
# Accept → the suffix of what it leads to, the page being none; None: it cannot be had.
ACCEPTS: dict[str | None, str | None] = {
    None: ".ttl",
    "*/*": ".ttl",
    "text/turtle": ".ttl",
    "application/x-turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "text/html": "",
    "application/xhtml+xml": "",
    BROWSER: "",
    "text/turtle;q=0.5, application/rdf+xml": ".rdf",
    "text/html;q=0.5, text/turtle": ".ttl",
    "text/*": ".ttl",
    "text/turtle; charset=utf-8": ".ttl",
    "TEXT/TURTLE": ".ttl",
    "image/png": None,
    "text/turtle;q=0": None,
    "nonsense": None,
}
# Suffix → the same, whatever Accept says.
SUFFIXES = {".ttl": ".ttl", ".jsonld": ".jsonld", ".json": ".jsonld", ".nt": ".nt", ".rdf": ".rdf", ".html": ""}
TYPES = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples", ".rdf": "application/rdf+xml", "": "text/html"}


def headers(accept: str | None) -> dict[str, str]:
    return {} if accept is None else {"Accept": accept}


def place(name: str, suffix: str) -> str:
    return f"{ROOT}/{'data' if suffix else 'page'}/{name}{suffix}"


@pytest.mark.parametrize("path", KINDS)
def test_a_thing_leads_to_what_is_accepted(things: FlaskClient, path: str) -> None:
    """303 to the page or the data in that syntax, which then answer with it; 406 with the offer where nothing suits."""
    for accept, suffix in ACCEPTS.items():
        response = things.get(path, headers=headers(accept))
        if suffix is None:
            assert (response.status_code, accept) == (406, accept)
            assert "text/turtle" in response.get_json(force=True)["offered"]
            continue
        assert (response.status_code, response.headers["Location"]) == (303, place(KINDS[path], suffix)), accept
        assert "Accept" in response.headers["Vary"]
        followed = things.get(response.headers["Location"], headers=headers(accept))
        assert (followed.status_code, followed.mimetype) == (200, TYPES[suffix])
        assert all(value.isascii() for _, value in followed.headers), "a server cannot send others"


@pytest.mark.parametrize("path", sorted(KINDS.keys() - {"/id/treaty/report"}))  # with .ttl it is another thing, see below
def test_a_suffix_is_stronger_than_accept(things: FlaskClient, path: str) -> None:
    """Also where Accept is for nothing that is here."""
    for suffix, stands_for in SUFFIXES.items():
        for accept in (None, "text/html", "application/rdf+xml", "image/png"):
            response = things.get(f"{path}{suffix}", headers=headers(accept))
            assert (response.status_code, response.headers.get("Location")) == (303, place(KINDS[path], stands_for)), (suffix, accept)


def test_a_name_that_ends_like_a_suffix_is_a_name(things: FlaskClient) -> None:
    """With a suffix after it too, though another thing has the name without."""
    assert things.get("/id/treaty/report.ttl", headers=headers("text/html")).headers["Location"] == f"{ROOT}/page/treaty/report.ttl"
    assert things.get("/id/treaty/report.ttl").headers["Location"] == f"{ROOT}/data/treaty/report.ttl.ttl"
    assert things.get("/id/treaty/report.ttl.nt").headers["Location"] == f"{ROOT}/data/treaty/report.ttl.nt"
    assert "ends like a file" in things.get("/data/treaty/report.ttl.nt").text
    assert "begins another" in things.get("/data/treaty/report.ttl").text


@pytest.mark.parametrize(("accept", "syntax"), [("text/turtle", "turtle"), ("application/ld+json", "jsonld"), ("application/n-triples", "ntriples")])
def test_a_graph_leads_to_its_triples(things: FlaskClient, accept: str, syntax: str) -> None:
    """As the Graph Store Protocol gives them; a browser gets the page on it."""
    response = things.get("/graph/evidence/demo", headers=headers(accept))
    iri = quote("https://w3id.org/csto-graph/graph/evidence/demo", safe="")
    assert (response.status_code, response.headers["Location"]) == (303, f"{ROOT}/graphs?graph={iri}&format={syntax}")
    assert things.get(response.headers["Location"]).mimetype == accept
    page = things.get("/graph/evidence/demo", headers=headers("text/html"))
    assert page.headers["Location"] == f"{ROOT}/page/graph/evidence/demo"
    for path in ("/data/graph/evidence/demo.nt", "/graph/evidence/demo.nt"):
        assert things.get(path).headers["Location"] == f"{ROOT}/graphs?graph={iri}&format=ntriples"
    assert things.get("/graph/evidence/demo.html").headers["Location"] == f"{ROOT}/page/graph/evidence/demo"


def test_data_are_negotiated_too(things: FlaskClient) -> None:
    """Without a suffix by Accept or `format=`; what is not RDF cannot be had there, but at the page."""
    for accept, mimetype in ((None, "text/turtle"), ("application/rdf+xml", "application/rdf+xml"), ("application/ld+json", "application/ld+json")):
        assert things.get("/data/state/armenia", headers=headers(accept)).mimetype == mimetype
    named = things.get("/data/state/armenia?format=ntriples")
    assert named.mimetype == "application/n-triples" and named.headers["Content-Location"] == f"{ROOT}/data/state/armenia.nt"
    assert things.get("/data/state/armenia", headers=headers("text/html")).status_code == 406
    assert things.get("/data/state/armenia?format=csv").status_code == 406
    assert things.get("/data/state/armenia.html").headers["Location"] == f"{ROOT}/page/state/armenia"


def test_every_way_is_linked(things: FlaskClient) -> None:
    """From the thing, its data and its page: the same in each syntax, what is described, and where it is described."""
    thing = things.get("/id/state/armenia").headers["Link"]
    assert f'<{ROOT}/data/state/armenia.ttl>; rel="describedby"; type="text/turtle"' in thing
    for path in ("/id/state/armenia", "/data/state/armenia.nt", "/page/state/armenia"):
        linked = ", ".join(things.get(path).headers.getlist("Link"))
        for suffix, mimetype in TYPES.items():
            assert f'<{place("state/armenia", suffix)}>; rel="alternate"; type="{mimetype}"' in linked
        if path[1] != "i":
            assert '<https://w3id.org/csto-graph/id/state/armenia>; rel="describes"' in linked
            assert '<https://w3id.org/csto-graph/dataset>; rel="http://rdfs.org/ns/void#inDataset"' in linked


def test_a_release_goes_along(things: FlaskClient) -> None:
    """Who asks for a thing as it was is led to what was told of it then."""
    response = things.get("/id/state/gone?release=1")
    assert response.headers["Location"] == f"{ROOT}/data/state/gone.ttl?release=1"
    told = things.get(response.headers["Location"])
    assert told.status_code == 200 and told.headers["Memento-Datetime"]
    assert "release=1" in response.headers["Link"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written_there(things: FlaskClient, method: str) -> None:
    """405 names what is offered; HEAD and OPTIONS are."""
    assert things.open("/id/state/armenia", method=method).status_code == 405
    assert things.head("/data/state/armenia.ttl").status_code == 200
    assert things.options("/id/state/armenia").headers["Access-Control-Allow-Methods"] == "GET, HEAD"

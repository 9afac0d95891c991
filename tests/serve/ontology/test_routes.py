"""The ontology, its versions, the lexicon and the shapes at their addresses."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from csto_graph import resources
from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import CST, LEXICON, ONTOLOGY_IRI, OWL
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.ontology.home import EARLIER, lay

SYNTAXES = [
    ("text/turtle", "ttl", "turtle"),
    ("application/ld+json", "jsonld", "json-ld"),
    ("application/n-triples", "nt", "nt"),
    ("application/rdf+xml", "rdf", "xml"),
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
ROOM = resources.root() / "ontology"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOM / "csto.ttl")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's reader of JSON-LD uses it
@pytest.mark.parametrize(("media_type", "ending", "parser"), SYNTAXES)
def test_every_syntax_holds_the_same_triples(vocabulary: FlaskClient, ontology: Graph, media_type: str, ending: str, parser: str) -> None:
    """By Accept and by ending the ontology is that of the file, the blank nodes of its property chains included."""
    for response in (vocabulary.get("/ontology", headers={"Accept": media_type}), vocabulary.get(f"/ontology.{ending}")):
        assert response.status_code == 200
        assert response.mimetype == media_type
        assert isomorphic(Graph().parse(data=response.data, format=parser), ontology)


def test_the_document_is_answered_where_its_terms_are_named(vocabulary: FlaskClient) -> None:
    """200 and no redirect, with what an answer depends on and where the other syntaxes are."""
    response = vocabulary.get("/ontology", headers={"Accept": BROWSER})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert {"Accept", "Accept-Encoding", "Accept-Datetime"} <= set(response.headers["Vary"].split(", "))
    links = ", ".join(response.headers.getlist("Link"))
    for media_type, ending, _ in [*SYNTAXES, ("text/html", "html", "")]:
        assert f'<http://localhost/ontology.{ending}>; rel="alternate"; type="{media_type}"' in links
    assert 'rel="original timegate"' in links


@pytest.mark.parametrize("address", ["/ontology", "/ontology.nt", "/lexicon", "/shapes.html", "/context.jsonld", "/ontology/0.1.0"])
def test_who_has_it_need_not_take_it_again(vocabulary: FlaskClient, address: str) -> None:
    """ETag and 304; HEAD says what GET says; gzip has a tag of its own and the same content."""
    first = vocabulary.get(address)
    assert vocabulary.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert vocabulary.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = vocabulary.head(address)
    assert (head.data, head.headers["ETag"], head.content_length) == (b"", first.headers["ETag"], len(first.data))
    packed = vocabulary.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["ETag"] != first.headers["ETag"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_each_version_is_found_under_its_iri(vocabulary: FlaskClient) -> None:
    """The path of a version IRI answers with the ontology that states it, in every syntax, and says where the latest is."""
    for version in ("0.1.0", EARLIER):
        for address in (f"/ontology/{version}", f"/ontology/{version}.ttl"):
            response = vocabulary.get(address)
            graph = Graph().parse(data=response.data, format="turtle")
            assert [str(iri) for iri in graph.objects(None, OWL.versionIRI)] == [f"{ONTOLOGY_IRI}/{version}"]
            assert '<http://localhost/ontology>; rel="latest-version"' in response.headers["Link"]
    assert f"\n<{CST.Sureness}>" not in vocabulary.get(f"/ontology/{EARLIER}.nt").text
    page = vocabulary.get(f"/ontology/{EARLIER}.html").text
    assert f"/ontology/{EARLIER}" in page and 'id="Sureness"' not in page and 'id="State"' in page


@pytest.mark.parametrize("version", ["9.9.9", "9.9.9.ttl", "..", "0.1.0.pdf"])
def test_an_unknown_version_is_told_from_those_there_are(vocabulary: FlaskClient, version: str) -> None:
    """404 that names the versions of the kept releases."""
    response = vocabulary.get(f"/ontology/{version}")
    assert response.status_code == 404
    assert response.json is not None and response.json["versions"] == [EARLIER, "0.1.0"]


def test_an_earlier_release_has_its_own_ontology(vocabulary: FlaskClient) -> None:
    """`release=` gives the ontology as it was, as a memento."""
    response = vocabulary.get("/ontology.ttl?release=1")
    assert f"/ontology/{EARLIER}>" in response.text
    assert response.headers["Content-Location"] == "http://localhost/ontology.ttl?release=1"
    assert "Memento-Datetime" in response.headers
    assert vocabulary.get("/ontology/0.1.0?release=1").status_code == 404
    assert vocabulary.get("/ontology?release=7").status_code == 404


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("/ontology", "image/png", 406), ("/ontology.pdf", "", 404), ("/ontology?format=pdf", "", 406), ("/ontology/", "", 404),
        ("/lexicon", "image/png", 406), ("/shapes.exe", "", 404), ("/ontology.ttl", "image/png", 200),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused(vocabulary: FlaskClient, address: str, accept: str, status: int) -> None:
    """A problem that lists what there is; an ending comes before Accept."""
    response = vocabulary.get(address, headers={"Accept": accept} if accept else {})
    assert response.status_code == status
    if status != 200 and address != "/ontology/":
        assert response.json is not None and {"text/turtle", "turtle", ".ttl"} & set(response.json["offered"])


def test_a_release_without_an_ontology_says_so(vocabulary: FlaskClient, client: FlaskClient) -> None:
    """404 for the ontology and its context, and no version is known; what another service of this process has read does not count."""
    assert vocabulary.get("/ontology").status_code == 200  # of a release with the same content hash
    for address in ("/ontology", "/context.jsonld"):
        assert client.get(address).status_code == 404
    response = client.get("/ontology/0.1.0")
    assert response.status_code == 404 and response.json is not None and response.json["versions"] == []


@pytest.mark.parametrize(("name", "files"), [("lexicon", ["lexicon.ttl"]), ("shapes", ["shapes"])])
def test_files_of_the_installation_are_served_as_they_are(vocabulary: FlaskClient, name: str, files: list[str]) -> None:
    """As Turtle with their comments, and with the same triples in the other syntaxes, the same bytes each time."""
    paths = sorted(path for file in files for path in ((ROOM / file).glob("*.ttl") if (ROOM / file).is_dir() else [ROOM / file]))
    turtle = vocabulary.get(f"/{name}").text
    assert all(path.read_text(encoding="utf-8") in turtle for path in paths)
    (ours,) = ({quad.triple for quad in ox.parse(input=turtle, format=ox.RdfFormat.TURTLE)},)
    other = vocabulary.get(f"/{name}.nt")
    assert len(set(ox.parse(input=other.data, format=ox.RdfFormat.N_TRIPLES))) == len(ours)
    assert other.headers["Link"].count('rel="alternate"') == 5


def test_every_rule_of_a_statement_has_a_place(vocabulary: FlaskClient) -> None:
    """Each subject of the lexicon that has an IRI and is an entry, a family or an argument is an anchor of its page."""
    page = vocabulary.get("/lexicon", headers={"Accept": BROWSER}).text
    entries = vocabulary.get("/lexicon.nt").text
    rules = {line.split("#", 1)[1].split(">")[0] for line in entries.splitlines() if line.startswith(f"<{LEXICON}") and "partOfSpeech" in line}
    assert len(rules) > 1_000
    assert [rule for rule in rules if f'id="{rule}"' not in page] == []


def test_links_lead_to_where_the_service_stands(tmp_path: Path, queries: Path) -> None:
    """Under a public address (--base) the page, its links and the alternates lead there, and the IRIs stay as they are."""
    embedded = Embedded(lay(tmp_path), readers=1)
    client = create_app(embedded, queries, Settings(base="https://example.org/graph")).test_client()
    response = client.get("/ontology.html")
    embedded.close()
    assert "<https://example.org/graph/ontology.ttl>" in response.headers["Link"]
    assert 'href="/graph/lexicon#' in response.text and 'href="/graph/page/organisation/csto"' in response.text
    assert 'href="/lexicon' not in response.text and "https://w3id.org/csto-graph/ontology#State" in response.text


@pytest.mark.parametrize("accept", ["", "*/*;q=0", "text/turtle;q=high", ",,;;", "text/html;level=1, */*;q=0.1", "a/b/c", "\u2603".encode().decode("latin-1")])
def test_odd_accept_headers_are_answered_or_refused(vocabulary: FlaskClient, accept: str) -> None:
    """None of them is an error of the service."""
    assert vocabulary.get("/ontology", headers={"Accept": accept}).status_code in (200, 406)


@pytest.mark.parametrize("address", ["/ontology", "/ontology/0.1.0", "/lexicon", "/shapes", "/context.jsonld"])
def test_nothing_is_written_here(vocabulary: FlaskClient, address: str) -> None:
    """405 that says what is allowed, and OPTIONS that lets scripts of other sites read."""
    refused = vocabulary.put(address, data="x")
    assert refused.status_code == 405 and set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert vocabulary.options(address).headers["Access-Control-Allow-Methods"] == "GET, HEAD"


@pytest.mark.parametrize("name", ["%E2%98%83", "a" * 5_000, "%00", "<script>alert(1)</script>", "0.1.0%2F.ttl"])
def test_odd_versions_are_not_there(vocabulary: FlaskClient, name: str) -> None:
    """404, and what was asked for is text."""
    response = vocabulary.get(f"/ontology/{name}", headers={"Accept": BROWSER})
    assert response.status_code == 404
    assert "<script>" not in response.text

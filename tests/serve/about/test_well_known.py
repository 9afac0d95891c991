"""`/.well-known/void`: what the dataset is, at the address where clients look for it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, RDF, RDFS, VOID, URIRef

from csto_graph.backend.dumping import make
from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import BASE, GRAPH, ID
from csto_graph.release.blank import publish_blank
from csto_graph.release.home import open_store
from csto_graph.release.void import void_description
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.release.stores import MEMBERS, publish_members
from tests.serve.test_pages import BROWSER, Page

VOID_AT = "/.well-known/void"
DATASET = URIRef(f"{BASE}dataset")
SHAPES = Path(__file__).with_name("dcat.shapes.ttl")
ADDRESSES = (
    DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage, VOID.dataDump,
    VOID.sparqlEndpoint, RDFS.seeAlso,
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases: two members, then three."""
    folder = tmp_path_factory.mktemp("two")
    publish_members(folder, MEMBERS[:2])
    publish_members(folder)
    return folder


@pytest.fixture(scope="module")
def backend(kept: Path) -> Iterator[Embedded]:
    embedded = Embedded(kept, readers=1)
    yield embedded
    embedded.close()


@pytest.fixture(scope="module")
def client(backend: Embedded, queries: Path) -> FlaskClient:
    return create_app(backend, queries, Settings(client_seconds=1e6)).test_client()


def described(client: FlaskClient, path: str = VOID_AT) -> rdflib.Graph:
    """The description as triples."""
    response = client.get(path, headers={"Accept": "application/n-triples"}, follow_redirects=True)
    assert response.status_code == 200, response.text
    return rdflib.Graph().parse(data=response.data, format="nt")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        (BROWSER["Accept"], "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("text/csv, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_it_comes_in_the_syntax_that_is_asked_for(client: FlaskClient, accept: str | None, media_type: str) -> None:
    """Turtle for those who do not mind; a cache is told what the answer depends on."""
    response = client.get(VOID_AT, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert {"Accept", "Accept-Datetime"} <= set(response.headers["Vary"].split(", "))
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_every_syntax_says_the_same(client: FlaskClient) -> None:
    """Turtle, RDF/XML, JSON-LD and N-Triples hold the same triples, and no blank node."""
    read = {name: _read(client, name) for name in ("turtle", "rdfxml", "jsonld", "ntriples")}
    assert len(set(read.values())) == 1
    assert not any(isinstance(term, ox.BlankNode) for triple in read["turtle"] for term in triple)


def _read(client: FlaskClient, name: str) -> frozenset[ox.Triple]:
    response = client.get(f"{VOID_AT}?format={name}")
    syntax = ox.RdfFormat.from_media_type(response.mimetype)
    assert syntax is not None
    return frozenset(quad.triple for quad in ox.parse(response.data, format=syntax))


def test_what_is_not_offered_is_refused(client: FlaskClient) -> None:
    """406 that lists the offer; a format of no known name too."""
    refused = client.get(VOID_AT, headers={"Accept": "text/csv"})
    assert refused.status_code == 406 and "text/turtle" in refused.get_json()["offered"]
    assert client.get(f"{VOID_AT}?format=pdf").status_code == 406


def test_it_says_what_the_release_says(client: FlaskClient, backend: Embedded) -> None:
    """The service counts what the release's own description counts, for the current release and for one by its number."""
    for number in (1, 2):
        own = rdflib.Graph().parse(data=void_description(open_store(backend.find(number))), format="turtle")
        served = described(client, f"{VOID_AT}?release={number}")
        assert set(own) <= set(served) and own.value(DATASET, VOID.triples) == rdflib.Literal(2 * 3 * (number + 1))
    assert set(own) <= set(described(client))


def test_its_addresses_are_those_of_the_service(backend: Embedded, queries: Path) -> None:
    """With a public address of its own, whatever the request says, every address is below it; IRIs of ours stay as they are."""
    base = "https://example.org/graph"
    client = create_app(backend, queries, Settings(base=base)).test_client()
    graph = described(client)
    named = {str(each) for predicate in ADDRESSES for each in graph.objects(None, predicate)}
    assert named and all(each.startswith(f"{base}/") for each in named)
    assert (URIRef(f"{base}{VOID_AT}"), RDF.type, DCAT.Catalog) in graph and (DATASET, RDF.type, DCAT.Dataset) in graph
    assert client.get("/dataset").headers["Location"] == f"{base}{VOID_AT}"


def test_it_conforms_to_the_shapes_of_dcat(client: FlaskClient) -> None:
    """What DCAT-AP makes mandatory is there, with the ranges of the Recommendation; without its titles it would not conform."""
    shapes = rdflib.Graph().parse(SHAPES)
    graph = described(client)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, report
    for class_ in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService):
        assert list(graph.subjects(RDF.type, class_)), f"nothing of {class_} was looked at"
    graph.remove((None, DCTERMS.title, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


def test_the_description_of_everything_conforms(whole: FlaskClient) -> None:
    """With the creators, the period and the places of what a build makes, too."""
    graph = described(whole)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert conforms, report
    for predicate in (DCTERMS.creator, DCTERMS.temporal, DCTERMS.spatial, DCTERMS.source, DCTERMS.issued, DCAT.keyword):
        assert list(graph.objects(DATASET, predicate)), predicate


def test_each_release_is_a_version(client: FlaskClient) -> None:
    """Both are versions of the dataset, the second follows the first and is the current one."""
    graph, dcat = described(client), str(DCAT)
    one, two = (URIRef(f"{BASE}release/{number}") for number in (1, 2))
    assert set(graph.objects(DATASET, URIRef(f"{dcat}hasVersion"))) == {one, two}
    assert list(graph.objects(DATASET, URIRef(f"{dcat}hasCurrentVersion"))) == [two]
    assert graph.value(two, URIRef(f"{dcat}previousVersion")) == one and not graph.value(one, URIRef(f"{dcat}previousVersion"))
    assert [str(graph.value(each, URIRef(f"{dcat}version"))) for each in (one, two)] == ["1", "2"]


def test_a_description_by_number_stays_as_it_is(client: FlaskClient) -> None:
    """It names no current version and no later one, as it may be kept for a day."""
    response = client.get(f"{VOID_AT}?release=1")
    graph = rdflib.Graph().parse(data=response.data, format="turtle")
    assert list(graph.objects(DATASET, URIRef(f"{DCAT}hasVersion"))) == [URIRef(f"{BASE}release/1")]
    assert not list(graph.objects(DATASET, URIRef(f"{DCAT}hasCurrentVersion")))
    assert response.headers["Cache-Control"] == "max-age=86400" and "Memento-Datetime" in response.headers


def test_every_address_it_names_answers(client: FlaskClient) -> None:
    """Endpoints, dumps, pages and the IRIs of datasets lead to 200, where redirects end."""
    graph = described(client)
    named = {str(each) for predicate in ADDRESSES for each in graph.objects(None, predicate)}
    assert all(each.startswith("http://localhost/") for each in named) and len(named) > 5
    ours = {str(each) for each in graph.all_nodes() if str(each).startswith((f"{BASE}dataset", f"{BASE}release/"))}
    paths = {each.removeprefix("http://localhost") for each in named} | {f"/{each.removeprefix(BASE)}" for each in ours}
    paths = {path for path in paths if not path.startswith("/dumps/release-")}  # each takes a process: tests/serve/dumps asks for them
    assert {path: client.get(path, follow_redirects=True).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_dump_of_a_graph_has_as_many_triples_as_it_says(client: FlaskClient) -> None:
    """What the graph store and the file give of each graph is void:triples of it."""
    graph = described(client)
    for subset in graph.objects(DATASET, VOID.subset):
        (dump,) = (each for each in graph.objects(subset, VOID.dataDump) if "/graphs?" in each)
        response = client.get(str(dump).removeprefix("http://localhost"), headers={"Accept": "application/n-triples"})
        assert len(response.text.splitlines()) == graph.value(subset, VOID.triples).toPython()  # type: ignore[union-attr]
    assert (URIRef(f"{GRAPH}source/one"), VOID.dataDump, None) in graph


def test_the_files_are_what_it_says(client: FlaskClient, kept: Path) -> None:
    """Each download has the bytes and the checksum that are told once it was made, and the triples that are counted."""
    for number, name in ((1, "release-1.nq.gz"), (2, "release-2.nq.gz"), (2, "release-2/source/one.ttl.gz"), (2, "release-2/default.ttl.gz")):
        assert make(kept, number, name) is None
    graph, spdx = described(client), "http://spdx.org/rdf/terms#"
    sized = {each for each in graph.subjects(DCAT.byteSize) if isinstance(each, URIRef)}
    assert {str(each).rpartition("/")[2] for each in sized} == {"release-1.nq.gz", "release-2.nq.gz"}
    for file in sized:
        content = _file(client, str(file))
        (checksum,) = graph.objects(file, URIRef(f"{spdx}checksum"))
        assert graph.value(file, DCAT.byteSize).toPython() == len(content)  # type: ignore[union-attr]
        assert str(graph.value(checksum, URIRef(f"{spdx}checksumValue"))) == hashlib.sha256(content).hexdigest()
    dumps = {subset: each for subset, each in graph.subject_objects(VOID.dataDump) if "/dumps/release-2/" in each or ".nq.gz" in each}
    assert len(dumps) == 3
    for subset, dump in dumps.items():
        quads = list(ox.parse(gzip.decompress(_file(client, str(dump))), format=_SYNTAXES[str(dump)[-6:-3]]))
        assert len(quads) == graph.value(subset, VOID.triples).toPython()  # type: ignore[union-attr]


_SYNTAXES = {"ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS}


def _file(client: FlaskClient, address: str) -> bytes:
    with client.get(address.removeprefix("http://localhost"), buffered=True) as response:
        assert response.status_code == 200, response.text
        return response.data


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/dataset", 303, VOID_AT),
        ("/dataset?release=1&x=1", 303, f"{VOID_AT}?release=1"),
        ("/dataset?format=html", 303, f"{VOID_AT}?format=html"),
        ("/dataset/wikidata", 303, VOID_AT),
        ("/dataset/nowhere", 404, None),
        ("/release/1", 303, f"{VOID_AT}?release=1"),
        ("/release/2?format=jsonld", 303, f"{VOID_AT}?format=jsonld&release=2"),
        ("/release/3", 404, None),
        ("/release/one", 404, None),
        ("/release/-1", 404, None),
    ],
)
def test_what_is_no_document_leads_to_one(client: FlaskClient, path: str, status: int, location: str | None) -> None:
    """The dataset, its versions and the datasets it links to are described, not sent."""
    response = client.get(path)
    assert (response.status_code, response.headers.get("Location")) == (status, location and f"http://localhost{location}")


def test_a_client_that_has_it_is_told_so(client: FlaskClient) -> None:
    """304 for the ETag of an answer, of its compressed form too; HEAD has the header fields of GET."""
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        got = client.get(VOID_AT, headers=headers)
        again = client.get(VOID_AT, headers={**headers, "If-None-Match": got.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        head = client.head(VOID_AT, headers=headers)
        assert head.data == b"" and all(head.headers[name] == got.headers[name] for name in ("ETag", "Content-Length", "Link"))
    assert client.get(VOID_AT).headers["ETag"] != client.get(f"{VOID_AT}?format=html").headers["ETag"]


def test_the_page_says_it_to_people(client: FlaskClient) -> None:
    """Licence, counts, graphs, versions and the way to the other syntaxes, without a script."""
    page = Page(client.get(VOID_AT, headers=BROWSER).text)
    for words in ("creativecommons.org/licenses/by/4.0", "What is asserted, and what follows from it", "Release 1", "cst:State"):
        assert words in page.text
    assert page.misplaced == [] and "script" not in page.tags and "turtle" in page.links


def test_a_blank_store_is_described(queries: Path, tmp_path: Path) -> None:
    """A release of nothing has a description too."""
    backend = Embedded(tmp_path, first=publish_blank(tmp_path), readers=1)
    try:
        client = create_app(backend, queries).test_client()
        assert described(client).value(DATASET, VOID.triples) == rdflib.Literal(0)
        assert client.get(VOID_AT, headers=BROWSER).status_code == 200
    finally:
        backend.close()


def test_the_endpoint_leads_to_it(client: FlaskClient) -> None:
    """The service description names the description of the dataset and the examples."""
    service = described(client, "/sparql")
    leads = {str(each) for each in service.objects(URIRef("http://localhost/sparql"), RDFS.seeAlso)}
    assert leads == {f"http://localhost{VOID_AT}", "http://localhost/examples"}


def test_examples_of_the_graph_fit_its_pattern(client: FlaskClient) -> None:
    """Example resources are things of ours."""
    examples = list(described(client).objects(DATASET, VOID.exampleResource))
    assert examples and all(str(each).startswith(str(ID)) for each in examples)
    assert ox.Store().query(f'ASK {{ FILTER REGEX("{examples[0]}", "^{ID}") }}')

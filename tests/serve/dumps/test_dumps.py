"""Releases as files over HTTP."""

from __future__ import annotations

import gzip
import hashlib
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store, parse
from werkzeug.test import TestResponse

from csto_graph.backend.dumping import make
from csto_graph.backend.embedded import Embedded
from csto_graph.backend.interface import Dump, DumpFile, Limits, NoDumps
from csto_graph.model import Release
from csto_graph.serve.app import create_app
from csto_graph.serve.catalogue import served
from csto_graph.serve.settings import Settings
from tests.serve.conftest import COUNTS, GRAPHS, lay_release

SHAPES = Path(__file__).parents[1] / "about" / "dcat.shapes.ttl"
WHOLE = "/dumps/release-3.trig.gz"


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release 3 is the current one; release 2 was dropped."""
    folder = tmp_path_factory.mktemp("dumps")
    store = Store(str(folder / "store"))
    store.load(GRAPHS.encode(), format=RdfFormat.TRIG)
    store.flush()
    lay_release(folder / "home", 3, store, COUNTS)
    for name in ("release-3.trig.gz", "release-3/evidence/demo.ttl.gz"):
        assert make(folder / "home", 3, name) is None
    return folder / "home"


class Whole(FlaskClient):
    """Reads an answer to its end and lets go of its file, as servers do."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        """As the client of Flask does."""
        return super().open(*arguments, buffered=True, **named)


@pytest.fixture(scope="module")
def client(dumped: Path, queries: Path) -> Iterator[FlaskClient]:
    """Of a service over that home."""
    embedded = Embedded(dumped, readers=1, start=False)  # nothing here asks a query
    app = create_app(embedded, queries)
    app.test_client_class = Whole
    yield app.test_client()
    embedded.close()


def patiently(client: FlaskClient, path: str) -> TestResponse:
    """What is being made is asked for again."""
    deadline = time.monotonic() + 120
    while (response := client.get(path)).status_code == 503 and time.monotonic() < deadline:
        assert response.headers["Retry-After"]
    return response


def test_a_dump_with_its_checksums(client: FlaskClient) -> None:
    """ETag, Repr-Digest and the file beside it are of the bytes that are sent, which hold the release."""
    response, line = client.get(WHOLE), client.get(f"{WHOLE}.sha256")
    checksum = hashlib.sha256(response.data).hexdigest()
    assert response.headers["ETag"] == f'"{checksum}"'
    assert b64decode(response.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")).hex() == checksum
    assert (line.text, line.mimetype) == (f"{checksum}  release-3.trig.gz\n", "text/plain")
    assert set(parse(gzip.decompress(response.data), format=RdfFormat.TRIG)) == set(parse(GRAPHS, format=RdfFormat.TRIG))
    assert response.mimetype == "application/gzip" and "Content-Encoding" not in response.headers
    assert int(response.headers["Content-Length"]) == len(response.data)
    assert "immutable" not in response.headers["Cache-Control"], "a home that is made anew gives its numbers again"


def test_what_was_not_made_yet_is_made(client: FlaskClient) -> None:
    """By a process of its own, while the request waits or until it asks again."""
    response = patiently(client, "/dumps/release-3/default.ttl.gz")
    assert response.status_code == 200
    assert len(list(parse(gzip.decompress(response.data), format=RdfFormat.TURTLE))) == 9


def test_ranges_and_conditions(client: FlaskClient) -> None:
    """A download goes on where it broke off, and one that the client has is not sent again."""
    whole = client.get(WHOLE)
    rest = client.get(WHOLE, headers={"Range": "bytes=100-", "If-Range": whole.headers["ETag"]})
    assert rest.status_code == 206 and rest.data == whole.data[100:]
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.data) - 1}/{len(whole.data)}"
    assert client.get(WHOLE, headers={"Range": f"bytes={len(whole.data)}-"}).status_code == 416
    for other in ("bytes=0-0,2-2", "lines=0-1", "nonsense"):
        assert client.get(WHOLE, headers={"Range": other}).data == whole.data
    assert client.head(WHOLE, headers={"Range": "bytes=1-"}).status_code == 200
    for name in (WHOLE, f"{WHOLE}.sha256"):
        again = client.get(name, headers={"If-None-Match": client.get(name).headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    head = client.head(WHOLE)
    assert (head.data, head.headers["Content-Length"], head.headers["ETag"]) == (b"", str(len(whole.data)), whole.headers["ETag"])


@pytest.mark.parametrize("rest", [".trig.gz", "/evidence/demo.ttl.gz", ".trig.gz.sha256"])
def test_latest_leads_to_the_current_release(client: FlaskClient, rest: str) -> None:
    """By its number, so that what was downloaded can be named."""
    response = client.get(f"/dumps/latest{rest}")
    assert (response.status_code, response.headers["Location"]) == (302, f"http://localhost/dumps/release-3{rest}")
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("release-3.ttl.gz", 404),
        ("release-3/nowhere.ttl.gz", 404),
        ("release-3/../../current", 404),
        ("release-3/..%2f..%2fcurrent", 404),
        ("release-2.trig.gz", 410),
        ("release-4.trig.gz", 404),
        ("release-0.trig.gz", 404),
        ("release-99999999999.trig.gz", 404),
        ("release-3.sha256", 404),
        ("latest.ttl", 302),
        ("anything", 404),
    ],
)
def test_names_that_name_nothing(client: FlaskClient, path: str, status: int) -> None:
    """A problem that leads to the list; nothing outside of the dumps can be had."""
    response = client.get(f"/dumps/{path}")
    assert response.status_code == status
    if status == 404:
        assert response.mimetype == "application/problem+json" and "dumps" in response.get_json()["detail"]


def test_the_index_is_dcat(client: FlaskClient) -> None:
    """Every file is a distribution of its release, with its size and checksum once it was made; valid by the shapes of DCAT 3."""
    graph = rdflib.Graph().parse(data=client.get("/dumps/", headers={"Accept": "text/turtle"}).text, format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert conforms, report
    release = rdflib.URIRef("https://w3id.org/csto-graph/release/3")
    files = {str(each) for each in graph.objects(release, rdflib.DCAT.distribution)}
    graphs = {f"/{name}.ttl.gz" for name in ("default", "reference", "evidence/demo")}
    titles = ("interventions", "members", "statements", "treaties")
    tables = {f"/tables/{name}.{ending}" for name in titles for ending in ("csv.gz", "parquet")}
    assert files == {f"http://localhost/dumps/release-3{end}" for end in {".trig.gz", ".nq.gz"} | graphs | tables}
    checksums = {str(each) for each in graph.objects(None, rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue"))}
    assert client.get(WHOLE).headers["ETag"].strip('"') in checksums


@pytest.mark.parametrize(("accept", "given"), [("application/json", "application/ld+json"), ("text/html", "text/html"), ("*/*", "text/turtle")])
def test_the_index_is_negotiated(client: FlaskClient, accept: str, given: str) -> None:
    """JSON-LD for who wants JSON, a page for a browser."""
    response = client.get("/dumps/", headers={"Accept": accept})
    assert response.mimetype == given and "release-3.trig.gz" in response.text
    assert "Accept" in response.headers["Vary"]


def test_the_description_of_the_dataset_leads_to_the_dumps(app: Flask) -> None:
    """The distributions of a release in `/.well-known/void` are those of all graphs; a graph names its own as void:dataDump."""
    text = app.test_client().get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    assert "dcat#downloadURL> <http://localhost/dumps/release-3.trig.gz>" in text
    assert "dcat#distribution> <http://localhost/dumps/release-3/default.ttl.gz>" not in text
    assert "void#dataDump> <http://localhost/dumps/release-3/default.ttl.gz>" in text


class Without(Embedded):
    """A back-end that makes no dumps, as one over a remote endpoint."""

    def dumps(self, release: Release) -> tuple[Dump, ...]:
        """None."""
        return ()

    def dump(self, release: Release, name: str, limits: Limits) -> DumpFile:
        """None."""
        raise NoDumps


def test_who_waits_for_dumps_has_its_turns(dumped: Path, queries: Path) -> None:
    """429 beyond those that one client has, as for queries: each keeps a thread."""
    embedded = Embedded(dumped, readers=1, start=False)
    app = create_app(embedded, queries, Settings(client_at_once=1))
    with app.app_context(), served().turns.taken("127.0.0.1"):
        assert app.test_client().get("/dumps/release-3.nq.gz").status_code == 429
    embedded.close()


def test_a_back_end_without_dumps(dumped: Path, queries: Path) -> None:
    """501 with what can be done instead, and an index that lists no file."""
    embedded = Without(dumped, readers=1, start=False)
    client = create_app(embedded, queries).test_client()
    response = client.get(WHOLE)
    assert response.status_code == 501 and "/graphs" in response.get_json()["detail"]
    assert "No dumps are made here" in client.get("/dumps/", headers={"Accept": "text/html"}).text
    embedded.close()


def test_a_home_that_cannot_be_written(dumped: Path, queries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, and the reason stays with whoever runs the service."""
    embedded = Embedded(dumped, readers=1, start=False)
    monkeypatch.setattr(embedded._dumps, "_make", lambda *_: f"{dumped}: cannot be written")
    response = create_app(embedded, queries).test_client().get("/dumps/release-3.nq.gz")
    assert response.status_code == 503 and str(dumped) not in response.text
    embedded.close()

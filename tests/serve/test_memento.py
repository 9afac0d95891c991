"""Releases over HTTP: which one answers, and what is said of that."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from werkzeug.test import TestResponse

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.serve.conftest import lay_release

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
DAYS = {1: "2026-01-01T10:00:00+00:00", 2: "2026-01-02T10:00:00+00:00", 3: "2026-01-03T10:00:00+00:00"}
FIRST, SECOND, THIRD = (f"{day}, 0{number} Jan 2026 10:00:00 GMT" for number, day in ((1, "Thu"), (2, "Fri"), (3, "Sat")))
WHEN_BACK = "2026-01-04T10:00:00+00:00"
BACK = "Sun, 04 Jan 2026 10:00:00 GMT"


def lay_three(folder: Path) -> Path:
    """A home with releases of one, two and three triples; afterwards the second was made current again."""
    home = folder / "home"
    for number, instant in DAYS.items():
        store = Store(str(folder / f"store-{number}"))
        store.load("".join(f"<x:{i}> <x:p> {i} .\n" for i in range(number)).encode(), format=RdfFormat.TURTLE)
        store.flush()
        lay_release(home, number, store, {"default": number})
        (home / "releases" / str(number) / "published.json").write_text(json.dumps({"published": instant}))
    (home / "history").write_text("".join(f"{instant} {number}\n" for number, instant in DAYS.items()) + f"{WHEN_BACK} 2\n")
    (home / "current").write_text("2\n")
    return home


@contextmanager
def asking(home: Path, queries: Path) -> Iterator[FlaskClient]:
    """A client of a service over that home."""
    embedded = Embedded(home, readers=1)
    yield create_app(embedded, queries).test_client()
    embedded.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """For those who only read."""
    with asking(lay_three(tmp_path_factory.mktemp("memento")), queries) as client:
        yield client


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One of its own, to take releases from."""
    return lay_three(tmp_path)


@pytest.fixture
def losing(home: Path, queries: Path) -> Iterator[FlaskClient]:
    """A client of that one."""
    with asking(home, queries) as client:
        yield client


def asked(client: FlaskClient, headers: dict[str, str] | None = None, **parameters: str) -> TestResponse:
    return client.get("/sparql", query_string=COUNT | parameters, headers=headers or {})


def count(response: TestResponse) -> int:
    assert response.status_code == 200, response.text
    return int(response.text.split()[1])


def links(text: str) -> dict[str, tuple[str, str]]:
    """Of a Link field or a TimeMap: relation → address and datetime."""
    found = re.findall(r'<([^>]*)>; ?rel="([^"]*)"(?:; ?type="[^"]*")?(?:;datetime="([^"]*)")?', text)
    return {relation: (address, instant) for address, relations, instant in found for relation in relations.split()}


def test_the_current_release_answers(client: FlaskClient) -> None:
    """It is the state of now and no memento; it names the way to older ones and is asked for anew each time."""
    response = asked(client)
    assert count(response) == 2
    assert response.headers["Last-Modified"] == BACK and response.headers["ETag"].startswith('"2-')
    assert response.headers["Vary"] == "Accept, Accept-Encoding, Accept-Datetime"
    assert response.headers["Cache-Control"] == "no-cache"
    assert not {"Memento-Datetime", "Content-Location"} & set(response.headers.keys())
    found = links(response.headers["Link"])
    assert found["original"] == found["timegate"] and found["original"][0].startswith("http://localhost/sparql?query=SELECT")
    assert "format=csv" in found["original"][0] and found["timemap"][0].startswith("http://localhost/releases?of=%2Fsparql")


@pytest.mark.parametrize(("number", "instant"), [(1, FIRST), (2, SECOND), (3, THIRD)])
def test_a_release_by_its_number(client: FlaskClient, number: int, instant: str) -> None:
    """It is a memento: it never changes, and its instant is that of its publication."""
    response = asked(client, release=str(number))
    assert count(response) == number
    assert response.headers["Memento-Datetime"] == response.headers["Last-Modified"] == instant
    assert response.headers["Vary"] == "Accept, Accept-Encoding" and "max-age" in response.headers["Cache-Control"]
    assert "release=" not in links(response.headers["Link"])["original"][0]


@pytest.mark.parametrize(
    ("instant", "number"),
    [
        (FIRST, 1),
        ("Fri, 02 Jan 2026 09:59:59 GMT", 1),
        (SECOND, 2),
        ("Sat, 03 Jan 2026 22:00:00 GMT", 3),
        (BACK, 2),  # made current again
        ("Fri, 01 Jan 2100 00:00:00 GMT", 2),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1),  # before the first: the closest there is
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_release_of_an_instant(client: FlaskClient, instant: str, number: int, method: str) -> None:
    """What was current then answers, and says which it is."""
    where = {"data": COUNT} if method == "POST" else {"query_string": COUNT}
    response = client.open("/sparql", method=method, headers={"Accept-Datetime": instant}, **where)  # type: ignore[arg-type]  # a table
    assert response.status_code == 200 and response.headers["Memento-Datetime"] == {1: FIRST, 2: SECOND, 3: THIRD}[number]
    assert "Accept-Datetime" in response.headers["Vary"]
    assert method == "HEAD" or count(response) == number
    assert ("Content-Location" in response.headers) == (method != "POST") == ("Link" in response.headers)
    if method != "POST":
        assert asked(client, release=str(number)).headers["ETag"] == response.headers["ETag"]
        assert response.headers["Content-Location"].endswith(f"&release={number}")


def test_a_memento_names_its_neighbours(client: FlaskClient) -> None:
    """Each with its instant, one link for each."""
    for number, relations in ((1, {"first": 1, "next": 2, "last": 3}), (2, {"first": 1, "prev": 1, "next": 3, "last": 3})):
        field = asked(client, release=str(number)).headers["Link"]
        found = links(field)
        for relation, other in relations.items():
            assert found[relation][0].endswith(f"release={other}")
            assert found[relation][1] == {1: FIRST, 2: SECOND, 3: THIRD}[other]
        assert count(client.get(found["next"][0])) == number + 1
        assert len(re.findall("rel=", field)) == 2 + 3


@pytest.mark.parametrize(
    "instant",
    ["yesterday", "", "2026-01-02T10:00:00Z", "Thu, 02 Jan 2026 10:00:00 GMT", "Fri, 02 Jan 2026 10:00:00 +0100",
     "Fri, 02 Jan 2026 10:00:00", "Friday, 02-Jan-26 10:00:00 GMT", "Fri, 32 Jan 2026 10:00:00 GMT", f"{SECOND}, {FIRST}"],
)  # fmt: skip
def test_an_instant_that_is_none(client: FlaskClient, instant: str) -> None:
    """400 with the form that is wanted."""
    response = asked(client, {"Accept-Datetime": instant})
    assert response.status_code == 400 and "Thu, 31 May 2007 20:35:00 GMT" in response.json["detail"]
    assert "Accept-Datetime" in response.headers["Vary"]


@pytest.mark.parametrize(("number", "status"), [("4", 404), ("0", 404), ("-1", 400), ("first", 400), ("", 400), ("1" * 10, 400)])
def test_a_release_that_never_was(client: FlaskClient, number: str, status: int) -> None:
    """A number that none has, and what is no number."""
    for path in ("/sparql", "/", "/health"):
        assert client.get(path, query_string=COUNT | {"release": number}).status_code == status


def test_a_release_that_was_dropped(losing: FlaskClient, home: Path) -> None:
    """410 by its number, even where its answer is remembered; by an instant it is the first memento that there is."""
    assert count(asked(losing, release="1")) == 1
    shutil.rmtree(home / "releases" / "1")
    response = asked(losing, release="1")
    assert response.status_code == 410 and "Release 1 was here" in response.json["detail"]
    for instant in (FIRST, "Thu, 01 Jan 1970 00:00:00 GMT"):
        response = asked(losing, {"Accept-Datetime": instant})
        assert count(response) == 2 and response.headers["Memento-Datetime"] == SECOND
    assert count(asked(losing)) == 2 and links(asked(losing, release="3").headers["Link"])["first"][0].endswith("release=2")


def test_an_instant_between_two_that_are_kept(losing: FlaskClient, home: Path) -> None:
    """410 where another was current, as neither neighbour was what is asked for."""
    shutil.rmtree(home / "releases" / "3")
    response = asked(losing, {"Accept-Datetime": THIRD})
    assert response.status_code == 410 and "Release 3 was here" in response.json["detail"]
    assert count(asked(losing, {"Accept-Datetime": BACK})) == count(asked(losing, {"Accept-Datetime": SECOND})) == 2


def test_a_release_that_is_dropped_while_it_is_asked(losing: FlaskClient, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found a moment ago, gone when the reader opens it: 410 too."""
    found = next(iter(Embedded(home, start=False).releases()))
    shutil.rmtree(found.folder)
    monkeypatch.setattr(Embedded, "find", lambda *_: found)
    assert asked(losing, release="1").status_code == 410


@pytest.mark.parametrize("path", ["/", "/health"])
def test_pages_of_a_release(client: FlaskClient, path: str) -> None:
    """The start page and the health are of the release that is asked for."""
    for headers, query in (({"Accept-Datetime": FIRST}, {}), ({}, {"release": "1"})):
        response = client.get(path, headers=headers, query_string=query)
        assert response.headers["Memento-Datetime"] == FIRST
        assert response.json["release"] == 1 if path == "/health" else DAYS[1] in response.text


def test_the_service_description_of_a_release(client: FlaskClient) -> None:
    """It too is of a release."""
    assert client.get("/sparql?release=1").headers["Memento-Datetime"] == FIRST


def test_the_timemap(client: FlaskClient) -> None:
    """Every memento of a resource with its instant, in the order of time; each address answers."""
    address = links(asked(client).headers["Link"])["timemap"][0]
    response = client.get(address)
    assert response.mimetype == "application/link-format"
    lines = response.text.strip().split(",\n")
    assert [re.findall('rel="([^"]*)"', line)[0] for line in lines] == [
        "original timegate", "self", "first memento", "memento", "last memento",
    ]  # fmt: skip
    assert [count(client.get(re.findall("<([^>]*)>", line)[0])) for line in lines[2:]] == [1, 2, 3]
    assert [re.findall('datetime="([^"]*)"', line)[0] for line in lines[2:]] == [FIRST, SECOND, THIRD]
    assert re.findall("<([^>]*)>", lines[1])[0] == address and f'until="{THIRD}"' in lines[1]


def test_the_list_of_releases(client: FlaskClient) -> None:
    """As JSON and as a page, with the history of what was current."""
    listed = client.get("/releases", headers={"Accept": "application/json"}).json
    assert listed["current"] == 2 and [each["release"] for each in listed["releases"]] == [1, 2, 3]
    assert [each["release"] for each in listed["history"]] == [1, 2, 3, 2]
    page = client.get("/releases", headers={"Accept": "text/html"}).text
    assert "2</a> (current)" in page and DAYS[3] in page
    assert client.get("/releases", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["http://example.org/", "//example.org/", "/\\example.org", "/a>;rel=x", "sparql", "", "/é", "/a b"])
def test_a_timemap_of_what_is_not_ours(client: FlaskClient, path: str) -> None:
    """Only a path of this service has one."""
    assert client.get("/releases", query_string={"of": path}).status_code == 400


def test_an_address_too_long_to_be_repeated(client: FlaskClient) -> None:
    """The header stays short, and still says where the TimeGate is."""
    for release in ({}, {"release": "1"}):
        response = asked(client, query=f"{COUNT['query']} #{'x' * 5_000}", **release)
        assert count(response) in (1, 2) and len(response.headers["Link"]) < 500
        assert 'rel="original timegate"' in response.headers["Link"]

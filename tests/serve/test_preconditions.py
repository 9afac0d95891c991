"""Changes that are made only if nobody else made one since: RFC 9110, section 13, on /update and /graphs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.carrying import Writing
from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.backend.gates import gate
from tests.release.stores import publish_members
from tests.serve.conftest import TOKEN, writer

UPDATE = "application/sparql-update"
TURTLE = "text/turtle"
GRAPH = "/graphs?graph=x:g"
NEW = "/graphs?graph=x:new"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """A client that may write."""
    home = tmp_path_factory.mktemp("conditional")
    embedded = Embedded(home, first=publish_members(home), readers=1, writing=Writing(gate))
    yield writer(create_app(embedded, queries, Settings(token=TOKEN)))
    embedded.close()


@pytest.fixture
def gated(written: FlaskClient) -> FlaskClient:
    """The same, where the graph x:g has one triple and x:new is not there."""
    assert written.put(GRAPH, data="<x:s> <x:p> 1 .", content_type=TURTLE).status_code in {201, 204}
    written.delete(NEW)
    return written


def number(client: FlaskClient) -> int:
    return int(client.get("/health").json["release"])  # type: ignore[index]  # it is JSON


def send(client: FlaskClient, way: str, path: str, headers: dict[str, str]) -> int:
    """The status of a change that would be made without a condition."""
    if way == "UPDATE":
        update = "INSERT { GRAPH <x:g> { <x:s> <x:p> ?n } } WHERE { SELECT (COUNT(*) + 1 AS ?n) { GRAPH <x:g> { ?s ?p ?o } } }"
        return int(client.post("/update", data=update, content_type=UPDATE, headers=headers).status_code)
    body = {"PATCH": ("INSERT DATA { <x:s> <x:p> 7 }", UPDATE), "DELETE": (None, None)}.get(way, ("<x:s> <x:p> 8 .", TURTLE))
    return int(client.open(path, method=way, data=body[0], content_type=body[1], headers=headers).status_code)


WAYS = ["UPDATE", "PUT", "POST", "PATCH", "DELETE"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("source", [GRAPH, f"{GRAPH}&format=jsonld", "/sparql?query=ASK%7B%7D&format=csv", "number"])
def test_who_read_the_current_release_may_change_it_once(gated: FlaskClient, way: str, source: str) -> None:
    """Any tag of that release does; with the same tag a second change is not made."""
    tag = f'"{number(gated)}"' if source == "number" else gated.get(source).headers["ETag"]
    assert send(gated, way, GRAPH, {"If-Match": tag}) < 300
    after = number(gated)
    assert send(gated, way, GRAPH, {"If-Match": tag}) in ({404} if way == "DELETE" else {412})
    assert number(gated) == after


@pytest.mark.parametrize("way", WAYS)
def test_a_change_of_somebody_else_is_not_written_over(gated: FlaskClient, way: str) -> None:
    """412, which names the release that is current; where any of several tags fits, the change is made."""
    tag = gated.get(GRAPH).headers["ETag"]
    assert gated.post(GRAPH, data="<x:s> <x:p> 2 .", content_type=TURTLE).status_code == 204
    before = number(gated)
    assert send(gated, way, GRAPH, {"If-Match": tag}) == 412
    response = gated.put(GRAPH, data="<x:s> <x:p> 3 .", content_type=TURTLE, headers={"If-Match": tag})
    assert response.mimetype == "application/problem+json" and response.json is not None
    assert response.json["release"] == before and "Nothing was changed" in response.json["detail"]
    assert number(gated) == before and "2" in gated.get(GRAPH).text
    assert send(gated, way, GRAPH, {"If-Match": f'{tag}, "{before}"'}) < 300


@pytest.mark.parametrize("tag", ['W/"{n}"', '"{n}x"', '"{n}-"', '"{n}-00000000-1"', '""', "", '"0"', '"{n}-gzip"', '"é"'])
def test_a_tag_that_is_none_of_the_current_release(gated: FlaskClient, tag: str) -> None:
    """A weak one, one made up, one of another home, none at all."""
    before = number(gated)
    assert send(gated, "PUT", GRAPH, {"If-Match": tag.format(n=before)}) == 412
    assert number(gated) == before


@pytest.mark.parametrize(
    ("way", "path", "headers", "status"),
    [
        ("PUT", GRAPH, {"If-None-Match": "*"}, 412),
        ("POST", GRAPH, {"If-None-Match": "*"}, 412),
        ("PUT", NEW, {"If-None-Match": "*"}, 201),
        ("PUT", NEW, {"If-Match": "*"}, 412),
        ("PUT", GRAPH, {"If-Match": "*"}, 204),
        ("UPDATE", "", {"If-Match": "*"}, 200),
        ("UPDATE", "", {"If-None-Match": "*"}, 412),
        ("DELETE", NEW, {"If-Match": "*"}, 404),  # as it would be without the condition
        ("PATCH", NEW, {"If-Match": '"0"'}, 404),
        ("PUT", GRAPH, {"If-None-Match": '"{n}"'}, 412),
        ("PUT", GRAPH, {"If-None-Match": 'W/"{n}"'}, 412),
        ("PUT", GRAPH, {"If-None-Match": '"0"'}, 204),
        ("PUT", GRAPH, {"If-Match": '"{n}"', "If-None-Match": '"{n}"'}, 412),
        ("PUT", GRAPH, {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 412),
        ("PUT", GRAPH, {"If-Unmodified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 204),
        ("PUT", GRAPH, {"If-Unmodified-Since": "long ago"}, 204),
        ("PUT", GRAPH, {"If-Match": '"{n}"', "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 204),
        ("PUT", GRAPH, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 204),
        ("PUT", "/graphs?default", {"If-Match": '"{n}"'}, 403),
    ],
)
def test_other_conditions(gated: FlaskClient, way: str, path: str, headers: dict[str, str], status: int) -> None:
    """Each by its paragraph."""
    told = {name: value.format(n=number(gated)) for name, value in headers.items()}
    assert send(gated, way, path, told) == status


def test_without_the_token_no_condition_is_looked_at(gated: FlaskClient) -> None:
    """401 first (section 13.2.1)."""
    stranger = FlaskClient(gated.application)
    assert stranger.put(GRAPH, data="", content_type=TURTLE, headers={"If-Match": '"0"'}).status_code == 401


def test_nobody_s_change_is_lost(gated: FlaskClient) -> None:
    """Four who each raise a number five times, at once: each reads, adds one, and writes back only if nobody was faster."""
    gated.put(GRAPH, data="<x:s> <x:p> 0 .", content_type=TURTLE)

    def raise_it(_: int) -> None:
        client, done = writer(gated.application), 0
        while done < 5:
            read = client.get(f"{GRAPH}&format=ntriples")
            value = int(read.text.split('"')[1]) + 1
            written = client.put(GRAPH, data=f"<x:s> <x:p> {value} .", content_type=TURTLE, headers={"If-Match": read.headers["ETag"]})
            assert written.status_code in {204, 412}, written.text
            done += written.status_code == 204

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(raise_it, range(4)))
    assert '"20"' in gated.get(f"{GRAPH}&format=ntriples").text

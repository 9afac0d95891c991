"""Changes by those who have the token and mean harm, or have none and try: nothing is fetched, nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.serve.raw import Target, request, serving
from tests.serve.test_hostile import BOMB, Canary, refused

pytestmark = pytest.mark.slow

TOKEN = "correct-horse-battery-staple"
WITH = f"Bearer {TOKEN}"
XML, TURTLE, UPDATE = "application/rdf+xml", "text/turtle", "application/sparql-update"
HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:"><rdf:Description rdf:about="x:s">'
TAIL = "</rdf:Description></rdf:RDF>"


@pytest.fixture(scope="module")
def canary() -> Canary:
    return Canary()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A blank store in which whoever has the token may write anything."""
    folder = tmp_path_factory.mktemp("hostile-writes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSTO_GRAPH_TOKEN", TOKEN)
        with serving(folder / "home", folder / "log", "--empty", "--max-wrong-tokens", "1000") as served:
            yield served


def put(body: bytes | str, kind: str, where: str = "/graphs?graph=x:g", **headers: str) -> bytes:
    """A graph sent with the token."""
    content = body.encode() if isinstance(body, str) else body
    return request("PUT", where, content, **{"Content_Type": kind, "Authorization": WITH, **headers})


def update(text: str, target: str = "/update", **headers: str) -> bytes:
    """An update sent with the token."""
    return request("POST", target, text.encode(), **{"Content_Type": UPDATE, "Authorization": WITH, **headers})


def xml(doctype: str, content: str) -> str:
    """RDF/XML with a document type and a property."""
    return f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [{doctype}]>{HEAD}<x:p>{content}</x:p>{TAIL}'


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(12))
CASES: list[tuple[str, bytes, set[int]]] = [
    ("an entity of a file", put(xml('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), XML), {400}),
    ("an entity of an address", put(xml('<!ENTITY e SYSTEM "http://127.0.0.1:PORT/">', "&e;"), XML), {400}),
    ("a parameter entity", put(xml('<!ENTITY % e SYSTEM "http://127.0.0.1:PORT/"> %e;', "x"), XML), {400}),
    ("a billion laughs", put(xml(LAUGHS, "&l11;"), XML), {400}),
    ("an entity that is long", put(xml(f'<!ENTITY e "{"x" * 1_000}">', "&e;" * 10_000), XML), {400}),
    *((f"laughs in {encoding}", put(xml(LAUGHS, "&l11;").encode(encoding), XML), {400})
      for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig", "cp037")),
    *((f"laughs declared to be {encoding}", put(xml(LAUGHS, "&l11;").replace("?>", f' encoding="{encoding}"?>'), XML), {400})
      for encoding in ("utf-16", "utf-7", "iso-8859-1", "ISO-2022-JP")),
    ("laughs said to be UTF-16", put(xml(LAUGHS, "&l11;").encode("utf-16"), f"{XML}; charset=utf-16"), {415}),
    ("laughs as a part of a form", put(f'--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\nContent-Type: {XML}\r\n\r\n'
     + xml(LAUGHS, "&l11;") + "\r\n--b--\r\n", "multipart/form-data; boundary=b"), {400}),
    ("an entity of itself", put(xml('<!ENTITY e "&e;">', "&e;"), XML), {400}),
    ("a document type elsewhere", put(f'<!DOCTYPE r SYSTEM "http://127.0.0.1:PORT/">{HEAD}{TAIL}', XML), {200, 201, 204, 400}),
    ("an inclusion", put(f'{HEAD}<x:p xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></x:p>{TAIL}', XML), {201, 204, 400}),
    ("XML that is deep", put("<a>" * 100_000, XML), {400}),
    ("XML that is none", put(b"\xff\xfe\x00<", XML), {400}),
    ("a context elsewhere", put('{"@context": "http://127.0.0.1:PORT/", "@id": "x:s", "p": 1}', "application/ld+json"), {400}),
    ("a context in a file", put('{"@context": "file:///etc/passwd", "@id": "x:s", "p": 1}', "application/ld+json"), {400}),
    ("JSON that is deep", put("[" * 200_000, "application/ld+json"), {400}),
    ("Turtle that is deep", put("<x:s> <x:p> " + "[ <x:p> " * 200_000, TURTLE), {400}),
    ("lists that are deep", put("<x:s> <x:p> " + "( " * 200_000, TURTLE), {400}),
    ("quoted triples that are deep", put("<< " * 200_000, TURTLE), {400}),
    ("Turtle that is no UTF-8", put(b"<x:s> <x:p> '\xff' .", TURTLE), {400}),
    ("an IRI that is none", put("<x:s> <x:p> <a b> .", TURTLE), {400}),
    ("a graph as a query", put("ASK {}", "application/sparql-query"), {415}),
    ("a bomb in gzip", put(BOMB, TURTLE, Content_Encoding="gzip"), {415}),
    ("a bomb as an update", update("x", Content_Encoding="br"), {415}),
    ("two graphs in one", put("<x:s> <x:p> 1 .", TURTLE, "/graphs?graph=x:g&graph=x:h"), {400}),
    ("no graph", put("<x:s> <x:p> 1 .", TURTLE, "/graphs"), {400}),
    ("a graph without a scheme", put("<x:s> <x:p> 1 .", TURTLE, "/graphs?graph=../x"), {400}),
    ("an older release", put("<x:s> <x:p> 1 .", TURTLE, "/graphs?graph=x:g&release=1"), {400}),
    ("LOAD of an address", update("LOAD <http://127.0.0.1:PORT/>"), {400}),
    ("LOAD of a file", update("LOAD <file:///etc/passwd> INTO GRAPH <x:g>"), {400}),
    ("LOAD after another", update("INSERT DATA { <x:s> <x:p> 1 } ; LOAD <http://127.0.0.1:PORT/>"), {400}),
    ("LOAD in other letters", update("l\\u006Fad <http://127.0.0.1:PORT/>"), {400}),
    ("LOAD SILENT", update("LOAD SILENT <http://127.0.0.1:PORT/> INTO GRAPH <x:g>"), {200, 204}),
    ("SERVICE in an update", update("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }"), {400}),
    ("SERVICE in a subselect", update("DELETE { ?s ?p ?o } WHERE { { SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } } } }"), {400}),
    ("SERVICE by a variable", update("INSERT { ?s ?p ?o } WHERE { VALUES ?x { <http://127.0.0.1:PORT/> } SERVICE ?x { ?s ?p ?o } }"), {400}),
    ("USING of a file", update("INSERT { <x:s> <x:p> ?o } USING <file:///etc/passwd> WHERE { ?s ?p ?o }"), {400}),
    ("using-graph-uri of a file", update("INSERT { <x:s> <x:p> ?o } WHERE { ?s ?p ?o }", "/update?using-graph-uri=file:///etc/passwd"), {400}),
    ("an update that is deep", update("INSERT { <x:s> <x:p> 1 } WHERE " + "{" * 100_000), {400}),
    ("a query as an update", update("SELECT * {}"), {400}),
    ("an update that is none", update("DELETE EVERYTHING"), {400}),
    ("an update in NUL", update("\x00"), {400}),
    ("an update as a form that is none", request("POST", "/update", b"\xff=\xff", Content_Type="application/x-www-form-urlencoded", Authorization=WITH), {400}),
    ("a form without a boundary", request("POST", "/graphs?graph=x:g", b"x", Content_Type="multipart/form-data", Authorization=WITH), {400}),
    ("a hundred thousand parts", request("POST", "/graphs?graph=x:g", b"--b\r\n\r\n" * 100_000, Content_Type="multipart/form-data; boundary=b", Authorization=WITH), {400, 413}),
    ("a patch that is none", request("PATCH", "/graphs?graph=x:g", b"<<<", Content_Type=UPDATE, Authorization=WITH), {400, 404}),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "statuses"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_change_is_refused(target: Target, canary: Canary, sent: bytes, statuses: set[int]) -> None:
    """As stated; nobody hears from the server, and the next query is answered."""
    head, _, body = sent.partition(b"\r\n\r\n")
    body = body.replace(b"PORT", str(canary.port).encode())
    lines = [b"Content-Length: %d" % len(body) if line.startswith(b"Content-Length") else line for line in head.split(b"\r\n")]
    raw = target.send(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    refused(raw, statuses)
    assert canary.visits == 0
    assert target.answers()


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN.upper()}", f"Bearer \xff{TOKEN}",
     f"Bearer x, Bearer {TOKEN}", f"Token {TOKEN}", "Bearer " + "x" * 10_000, "Negotiate \x01", "Digest username=x"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["/update", "/graphs?default", "/graphs/x"])
def test_without_the_token_nothing_is_changed(target: Target, authorization: str, where: str) -> None:
    """401, whatever else is sent, and nothing is told of the token."""
    kind = UPDATE if where == "/update" else TURTLE
    raw = target.send(request("POST", where, b"CLEAR ALL", Content_Type=kind, Authorization=authorization))
    refused(raw, {400, 401})
    assert TOKEN not in raw.content.decode("latin-1")
    assert target.answers()


def test_the_token_is_in_no_log(target: Target) -> None:
    """Nor is any fault of ours."""
    text = target.log.read_text()
    assert TOKEN not in text
    entries = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert len(entries) > 10 and [each for each in entries if "exception" in each or each.get("status") == 500] == []


def test_an_entity_for_a_namespace_is_read(target: Target) -> None:
    """As many ontologies have it."""
    assert target.send(put(xml('<!ENTITY ns "http://example.org/ns#">', "&ns;x"), XML, "/graphs?graph=x:named")).status == 201


def test_a_mark_and_a_declaration_of_utf_8_are_read(target: Target) -> None:
    """As editors write them."""
    document = xml('<!ENTITY ns "http://example.org/é#">', "&ns;x").replace("?>", ' encoding="UTF-8"?>').encode("utf-8-sig")
    assert target.send(put(document, f"{XML}; charset=UTF-8", "/graphs?graph=x:marked")).status == 201
    raw = target.send(request("GET", "/graphs?graph=x:marked", Accept=TURTLE))
    assert "http://example.org/é#x" in raw.content.decode()


def test_a_change_that_is_none_of_these_is_made(target: Target) -> None:
    """The server still takes what is well meant."""
    assert target.send(update("INSERT DATA { GRAPH <x:mine> { <x:s> <x:p> 1 } }")).status in {200, 204}
    raw = target.send(request("GET", "/sparql?query=ASK%7BGRAPH%3Cx:mine%3E%7B%3Cx:s%3E%20%3Fp%201%7D%7D&format=csv"))
    assert raw.content.endswith(b"true")

"""Requests of those who mean harm: each is refused as stated, and the server answers the next one as ever.

`CSTO_GRAPH_TEST_SERVE="--server waitress"` puts them to the other server.
"""

from __future__ import annotations

import gzip
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import quote

import pytest

from tests.release.stores import publish_members
from tests.serve.raw import Raw, Target, request, serving

pytestmark = pytest.mark.slow

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
NORMAL = request("GET", "/sparql?query=ASK%7B%7D&format=csv")


class Canary:
    """Something that listens where nothing may be sent, and counts who comes."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.visits = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            accepted, _ = self._listening.accept()
            self.visits += 1
            accepted.close()


@pytest.fixture(scope="module")
def canary() -> Canary:
    return Canary()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("hostile")
    publish_members(folder / "home")
    with serving(folder / "home", folder / "log", "--max-client-at-once", 64, *os.environ.get("CSTO_GRAPH_TEST_SERVE", "").split()) as served:
        yield served


def refused(raw: Raw, statuses: set[int], said: str = "") -> None:
    """With one of these statuses, these words, and nothing about what the service is made of."""
    assert raw.status in statuses, raw.content[:2_000]
    assert said in raw.content.decode("utf-8", "replace"), raw.content[:2_000]
    told = raw.content.decode("latin-1").casefold()
    assert raw.status == 200 or not any(word in told for word in ("traceback", "gunicorn", "waitress", "werkzeug", "oxigraph", "python", "/src/"))
    assert "root:" not in told


SERVICES = [
    "SELECT * { SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <@> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { SERVICE <@> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { service<@>{ ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <@> { ?s ?p ?o } LIMIT 1 } }",
    "SELECT * { { SELECT * { SERVICE <@> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <@> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <@> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <@> { ?s ?p ?o } } AS ?x) {}",
    "SELECT * {} ORDER BY (EXISTS { SERVICE <@> {} })",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <@> {} })",
    "SELECT * { BIND(EXISTS { SERVICE <@> {} } AS ?x) }",
    "SELECT * { {} UNION { SERVICE <@> {} } }",
    "SELECT * { GRAPH ?g { SERVICE <@> {} } }",
    "ASK { SERVICE <@> {} }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <@> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <@> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { BIND(IRI('@') AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "PREFIX x: <@> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "BASE <@> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { SERVICE # <http://other.example/>\n <@> {} }",
    "SELECT * { # a comment that ends here \r SERVICE <@> {} }",
    "SELECT * { ?s ?p trueSERVICE<@>{} }",
    "SELECT * { FILTER(?a<?b) SERVICE <@> {} FILTER(?a>?b) }",
    'SELECT * { ?s ?p """\\""" . """ SERVICE <@> {} }',
    "SELECT * { \\u0053ERVICE <@> {} }",
    "SELECT * { SERV\\U00000049CE <@> {} }",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:PORT/> {} }",
    "SELECT * { ſERVICE <@> {} }",
]
ADDRESSES = [
    "http://2130706433:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://127.1:PORT/",
    "http://0:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://localhost:PORT/",
    "http://user:secret@127.0.0.1:PORT/",
    "http://example.org@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT/sparql",
    "https://127.0.0.1:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_x",
    "ftp://127.0.0.1:PORT/",
    "data:application/sparql-results+json,%7B%7D",
    "//127.0.0.1:PORT/",
]
REQUESTS = [query.replace("@", "http://127.0.0.1:PORT/") for query in SERVICES]
REQUESTS += [f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}" for address in ADDRESSES]
REQUESTS += [
    "LOAD <http://127.0.0.1:PORT/>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:y>",
    "ASK {} ; LOAD <http://127.0.0.1:PORT/>",
    "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM <passwd> { ?s ?p ?o }",
    "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
    "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    "SELECT * FROM <../../../../etc/passwd> { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", REQUESTS)
def test_no_query_makes_the_server_send(target: Target, canary: Canary, query: str) -> None:
    """Whatever a query names and wherever, it is a 400, and nobody hears from the server."""
    text = query.replace("PORT", str(canary.port)).encode()
    refused(target.send(request("POST", "/sparql", text, Content_Type=DIRECT)), {400})
    refused(target.send(request("GET", f"/sparql?query={quote(text)}")), {400})
    assert canary.visits == 0
    assert target.answers()


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["file:///etc/passwd", "http://127.0.0.1:PORT/", "../etc/passwd", "", "x y", "<x:y>", "\x00", "x:\ud800"])
def test_no_parameter_makes_the_server_send(target: Target, canary: Canary, name: str, iri: str) -> None:
    """A graph that the release does not have is refused, whatever it is called."""
    named = quote(iri.replace("PORT", str(canary.port)), errors="surrogatepass")
    refused(target.send(request("GET", f"/sparql?query=ASK%7B%7D&{name}={named}")), {400})
    assert canary.visits == 0
    assert target.answers()


def post(body: bytes, kind: str = DIRECT, **headers: str) -> bytes:
    """A query by POST."""
    return request("POST", "/sparql", body, Content_Type=kind, **headers)


def chunked(*chunks: bytes, extra: str = "") -> bytes:
    """A query by POST in chunks, which are sent as they are."""
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT}\r\nTransfer-Encoding: chunked\r\n{extra}Connection: close\r\n\r\n"
    return head.encode() + b"".join(chunks)


BOMB = gzip.compress(b" " * 50_000_000)
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><a:b xmlns:a="x:">&b;</a:b></rdf:Description></rdf:RDF>"""

TOO_LARGE: list[tuple[str, bytes, set[int], str]] = [
    ("a query of 10 MB", post(b"ASK {} #" + b"x" * 10_000_000), {413}, "bytes"),
    ("a query of 2 MB", post(b"ASK {} #" + b"x" * 2_000_000), {413}, "1,000,000"),
    ("a form of 10 MB", post(b"query=ASK+%7B%7D&x=" + b"x" * 10_000_000, FORM), {413}, "bytes"),
    ("an address of 10 MB", request("GET", "/sparql?query=" + "x" * 10_000_000), {0, 400, 414, 431}, ""),
    ("10 MB in chunks", chunked(*[b"186A0\r\n" + b"x" * 100_000 + b"\r\n"] * 100, b"0\r\n\r\n"), {413}, "bytes"),
    ("a bomb in gzip", post(BOMB, Content_Encoding="gzip"), {415}, "Content-Encoding"),
    ("a bomb in deflate", post(BOMB, Content_Encoding="deflate"), {415}, "Content-Encoding"),
    ("a bomb twice packed", post(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), {415}, "Content-Encoding"),
    ("a bomb as a form", post(BOMB, FORM, Content_Encoding="x-gzip"), {415}, "Content-Encoding"),
    ("a bomb in a transfer coding", chunked(BOMB).replace(b": chunked", b": gzip, chunked"), {400, 415, 501}, ""),
    ("a thousand parameters and more", request("GET", "/sparql?" + "a=1&" * 5_000 + "query=ASK%7B%7D"), {400}, "1000 parameters"),
    ("a hundred thousand parameters", post(b"a=1&" * 100_000 + b"query=ASK%7B%7D", FORM), {400}, "1000 parameters"),
    ("a hundred thousand parts", post(b"--b\r\n\r\n" * 100_000, "multipart/form-data; boundary=b"), {415}, ""),
    ("a header of 1 MB", request("GET", "/", X="x" * 1_000_000), {0, 400, 431}, ""),
    ("ten thousand headers", request("GET", "/", **{f"X{i}": "x" * 100 for i in range(10_000)}), {0, 400, 431}, ""),
    ("a method of 1 MB", request("X" * 1_000_000, "/"), {0, 400, 405, 414, 431, 501}, ""),
]
DEEP: list[tuple[str, bytes, set[int], str]] = [
    ("brackets", post(b"ASK {" + b"{" * 300_000), {400}, "nests"),
    ("groups", post(b"ASK " + b"{" * 50_000 + b"}" * 50_000), {400}, "nests"),
    ("options", post(b"ASK {" + b"OPTIONAL{" * 20_000 + b"}" * 20_001), {400}, "nests"),
    ("functions", post(b"ASK { FILTER(" + b"STR(" * 50_000 + b"1" + b")" * 50_001 + b"}"), {400}, "nests"),
    ("paths", post(b"ASK { ?s " + b"^" * 100_000 + b"<x:y> ?o }"), {400}, ""),
    ("a path's repetition", post(b"ASK { ?s <x:y>" + b"*" * 100_000 + b" ?o }"), {400}, "operators"),
    ("negations", post(b"ASK { FILTER(" + b"!" * 100_000 + b"true) }"), {400}, "operators"),
    ("sums", post(b"ASK { FILTER(1" + b"+1" * 100_000 + b") }"), {400}, "operators"),
    ("alternatives", post(b"ASK {{}" + b"UNION{}" * 50_000 + b"}"), {400}, "brackets"),
    ("patterns", post(b"ASK {" + b"?s ?p ?o ." * 50_000 + b"}"), {400}, "patterns"),
    ("lists", post(b"ASK { ?s ?p " + b"(" * 100_000 + b"}"), {400}, "nests"),
    ("blank nodes", post(b"ASK { ?s ?p " + b"[ ?p " * 100_000 + b"}"), {400}, "nests"),
    ("triple terms", post(b"ASK { " + b"<<" * 100_000 + b"}"), {400}, "nests"),
    ("sub-selects", post(b"SELECT * {" + b"{SELECT * {" * 10_000 + b"}}" * 10_000 + b"}"), {400}, "nests"),
    ("quotation marks", post(b'ASK { ?s ?p "' + b'\\"' * 300_000), {400}, ""),
    ("angle brackets", post(b"ASK { " + b"<" * 900_000), {400}, ""),
    ("a prefix without end", post(b"PREFIX " + b"a." * 300_000 + b": <x:y> ASK {}"), {400, 503}, ""),
    ("prefixes", post(b"".join(b"PREFIX p%d: <x:y> " % i for i in range(30_000)) + b"ASK { x }"), {400}, ""),
]
TEXT: list[tuple[str, bytes, set[int], str]] = [
    ("bytes that are no UTF-8", post(b"ASK { # \xff\xfe\n}"), {400}, "UTF-8"),
    ("an overlong encoding", post(b"ASK { # \xc0\xaf\n}"), {400}, "UTF-8"),
    ("half a pair of surrogates", post(b"ASK { # \xed\xa0\x80\n}"), {400}, "UTF-8"),
    ("a character beyond the last", post(b"ASK { # \xf4\x90\x80\x80\n}"), {400}, "UTF-8"),
    ("a form that is no UTF-8", post(b"query=ASK%20%7B%7D%20%23%FF", FORM), {400}, "UTF-8"),
    ("an address that is no UTF-8", request("GET", "/sparql?query=ASK%7B%7D%23%FF"), {400}, "UTF-8"),
    ("a name that is no UTF-8", request("GET", "/sparql?%FF=x"), {400}, "UTF-8"),
    ("NUL", post(b"ASK { \x00 }"), {400}, ""),
    ("another character set", post("ASK {}".encode("utf-16"), f"{DIRECT}; charset=utf-16"), {415}, "UTF-8"),
    ("a character set of ten thousand letters", post(b"ASK {}", f"{DIRECT}; charset={'x' * 10_000}"), {415}, "UTF-8"),
    ("UTF-7", post(b"ASK +AHsAfQ-", f"{DIRECT}; charset=utf-7"), {415}, "UTF-8"),
    ("entities sent as a query", post(ENTITIES, "application/rdf+xml"), {415}, ""),
    ("entities sent as a graph", request("PUT", "/graphs?default", ENTITIES, Content_Type="application/rdf+xml"), {401, 403, 404, 405}, ""),
    ("entities posted as a graph", request("POST", "/graphs", ENTITIES, Content_Type="application/rdf+xml"), {401, 403, 404, 405}, ""),
    ("an update as a query", post(b"DELETE WHERE { ?s ?p ?o }"), {400}, "read-only"),
    ("an update without a token", request("POST", "/update", b"CLEAR ALL", Content_Type="application/sparql-update"), {401, 403, 404}, ""),
    ("an update in the wrong place", post(b"update=CLEAR+ALL", FORM), {403}, "takes no changes"),
    ("a script in an error", request("GET", "/sparql?query=%3Cscript%3Ealert(1)%3C/script%3E", Accept="text/html"), {400}, "&lt;script&gt;"),
    ("line ends in a parameter", request("GET", "/sparql?query=ASK%7B%7D&format=x%0d%0aX-Evil:%201"), {406}, ""),
    ("line ends in a path", request("GET", "/x%0d%0aX-Evil:%201"), {404}, ""),
    ("a syntax that is a path", request("GET", "/sparql?query=ASK%7B%7D&format=../../etc/passwd"), {406}, ""),
    ("a release that is a path", request("GET", "/sparql?query=ASK%7B%7D&release=../1"), {400}, ""),
    ("a release below all", request("GET", "/sparql?query=ASK%7B%7D&release=-1"), {400}, ""),
    ("a release beyond all", request("GET", f"/sparql?query=ASK%7B%7D&release={'9' * 5_000}"), {400}, ""),
    ("a release in other digits", request("GET", f"/sparql?query=ASK%7B%7D&release={quote('１')}"), {400}, ""),
    ("a deadline beyond all", request("GET", "/sparql?query=ASK%7B%7D&timeout=1e999"), {400}, "at most 60"),
    ("a deadline that is no number", request("GET", "/sparql?query=ASK%7B%7D&timeout=nan"), {400}, "at most 60"),
    ("a runaway", post(b"SELECT (COUNT(*) AS ?n) {" + b"".join(b"?a%d ?b%d ?c%d." % (i, i, i) for i in range(20)) + b"}", Accept="text/csv")
     .replace(b"POST /sparql ", b"POST /sparql?timeout=1 "), {503}, "1 seconds"),
]  # fmt: skip
HEADERS: list[tuple[str, bytes, set[int], str]] = [
    ("two lengths that differ", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nContent-Length: 60\r\n\r\nASK {}", {400}, ""),
    ("two lengths in one", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 6, 60\r\n\r\nASK {}", {400}, ""),
    ("a length below nothing", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -6\r\n\r\nASK {}", {400}, ""),
    ("a length with a sign", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: +6\r\n\r\nASK {}", {400}, ""),
    ("a length that is no number", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: six\r\n\r\nASK {}", {400}, ""),
    ("a length with an underscore", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1_0\r\n\r\nASK {}    ", {400}, ""),
    ("a length in another alphabet", "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: ６\r\n\r\nASK {}".encode(), {400}, ""),
    ("a length beyond all", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 30 + f"\r\nContent-Type: {DIRECT}\r\nConnection: close\r\n\r\n".encode(), {400, 413}, ""),
    ("a coding that nobody knows", chunked(b"0\r\n\r\n").replace(b": chunked", b": xchunked"), {400, 501}, ""),
    ("a coding hidden by a space", chunked(b"0\r\n\r\n").replace(b"Encoding:", b"Encoding :"), {400}, ""),
    ("a chunk with a length below nothing", chunked(b"-1\r\nASK {}\r\n0\r\n\r\n"), {400}, ""),
    ("a chunk with no length", chunked(b"x\r\nASK {}\r\n0\r\n\r\n"), {400}, ""),
    ("a chunk longer than it says", chunked(b"3\r\nASK {}\r\n0\r\n\r\n"), {400}, ""),
    ("a header without a colon", b"GET / HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n", {400}, ""),
    ("a header with NUL", b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\nConnection: close\r\n\r\n", {400}, ""),
    ("a header with a lone CR", b"GET / HTTP/1.1\r\nHost: x\r\nX: a\rEvil: b\r\nConnection: close\r\n\r\n", {400}, ""),
    ("a header that is folded", b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\nConnection: close\r\n\r\n", {200, 400}, ""),
    ("a header with a space in its name", b"GET / HTTP/1.1\r\nHost: x\r\nX Y: a\r\nConnection: close\r\n\r\n", {400}, ""),
    ("a version to come", b"GET / HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n", {0, 200, 400, 505}, ""),
    ("no version", b"GET /\r\n\r\n", {0, 200, 400}, ""),
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500 + b"\r\n\r\n", {0, 400}, ""),
    ("a request of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {0, 400, 404, 405, 505}, ""),
    ("an expectation that nobody knows", request("GET", "/", Expect="the spanish inquisition"), {200, 417}, ""),
    ("a proxy's request", request("CONNECT", "127.0.0.1:80"), {400, 404, 405, 501}, ""),
    ("a trace", request("TRACE", "/sparql", X="secret"), {405}, ""),
    ("a deletion", request("DELETE", "/sparql"), {405}, ""),
    ("a method of its own", request("EVIL", "/sparql"), {405}, ""),
    ("a method in another's name", request("POST", "/sparql", b"", X_HTTP_Method_Override="DELETE", Content_Type=DIRECT), {400}, ""),
    ("ten thousand media types", request("GET", "/sparql?query=ASK%7B%7D", Accept=",".join(f"a/b{i}" for i in range(1_000))), {406}, ""),
    ("quality that is no number", request("GET", "/sparql?query=ASK%7B%7D", Accept="text/turtle;q=nan"), {200, 406}, ""),
]  # fmt: skip
PATHS: list[tuple[str, bytes, set[int], str]] = [
    (path, request("GET", path), {301, 308, 400, 404}, "")
    for path in (
        "/../../../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/../app.py", "/static/..%2fapp.py",
        "/%00", "/sparql%00", "/sparql/%2e%2e/x", "/static/%5c..%5capp.py", "/x" * 5_000, "/templates/base.html", "/.git/config",
        "/console", "/%ff%fe", "/" + quote("\u202e/"), "//evil.example/", "/\\evil.example/",
    )
]  # fmt: skip
CASES = [*TOO_LARGE, *DEEP, *TEXT, *HEADERS, *PATHS]


@pytest.mark.parametrize(("sent", "statuses", "said"), [case[1:] for case in CASES], ids=[case[0][:60] for case in CASES])
def test_a_hostile_request_is_refused(target: Target, sent: bytes, statuses: set[int], said: str) -> None:
    """As stated, and the next query is answered."""
    raw = target.send(sent)
    refused(raw, statuses, said)
    assert b"\r\nX-Evil" not in raw.content and b"\nLocation: //" not in raw.content
    assert target.answers()


@pytest.mark.parametrize("host", ["evil.example", "x" * 5_000, "a b", "x:y:z", "127.0.0.1\tx", "\x7f", "evil.example/<script>", "[::1"])
def test_a_bad_host_leads_nowhere(target: Target, host: str) -> None:
    """It is refused or it is answered; no page makes it the address of something to run."""
    raw = target.send(request("GET", "/", Host=host, Accept="text/html"))
    assert raw.status in {200, 400, 404}
    assert b"<script" not in raw.content and b"Traceback" not in raw.content
    assert target.answers()


def test_the_absolute_form_is_the_path(target: Target, canary: Canary) -> None:
    """The server is no proxy: it answers for itself or not at all."""
    raw = target.send(request("GET", f"http://127.0.0.1:{canary.port}/sparql?query=ASK%7B%7D"))
    assert raw.status in {200, 400, 404} and canary.visits == 0
    assert target.answers()


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: {length}\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: {length}",
        "Content-Length: {length}\r\nTransfer-Encoding: identity, chunked",
        "Content-Length: {length}\r\nTransfer-Encoding:\tchunked",
        "Content-Length: {length}\r\nTransfer_Encoding: chunked",
    ],
)
def test_no_request_is_smuggled_in_a_body(target: Target, head: str) -> None:
    """What stands in a body is never answered as a request of its own behind a proxy's back."""
    hidden = b"GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    body = b"0\r\n\r\n" + hidden
    fields = head.format(length=len(body))
    sent = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT}\r\n{fields}\r\n\r\n".encode() + body
    content = target.send(sent + NORMAL).content
    assert b"/smuggled" not in content
    assert target.answers()


def test_requests_behind_one_another_are_answered_in_order(target: Target) -> None:
    """A refused one does not spoil the next."""
    first = NORMAL.replace(b"Connection: close\r\n", b"")
    bad = request("GET", "/sparql?query=ASK").replace(b"Connection: close\r\n", b"")
    content = target.send(first + bad + NORMAL).content
    assert content.count(b"HTTP/1.1 ") == 3
    assert content.index(b"HTTP/1.1 200") < content.index(b"HTTP/1.1 400") < content.rindex(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET /sparql?query=",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nASK",
    ],
)
def test_slow_clients_hold_up_nobody(target: Target, beginning: bytes) -> None:
    """Forty that never come to an end, and the others are answered meanwhile and afterwards."""
    with ExitStack() as held:
        for _ in range(40):
            held.enter_context(target.connect()).sendall(beginning)
        assert all(target.answers() for _ in range(5))
    assert target.answers()


def test_slow_readers_hold_up_nobody(target: Target) -> None:
    """Twenty who ask for megabytes, take one byte and no more."""
    query = "SELECT * { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(5)) + " } LIMIT 20000"
    sent = request("GET", f"/sparql?query={quote(query)}&format=csv")
    with ExitStack() as held:
        for _ in range(20):
            connection = held.enter_context(target.connect())
            connection.sendall(sent)
            assert connection.recv(1) == b"H"
        assert all(target.answers() for _ in range(5))
    assert target.answers()


def test_clients_who_leave_are_not_missed(target: Target) -> None:
    """A hundred who ask and go."""
    for _ in range(100):
        with target.connect() as connection:
            connection.sendall(NORMAL[: len(NORMAL) // 2] if _ % 2 else NORMAL)
    assert target.answers()


def test_the_log_is_whole(target: Target) -> None:
    """After all that, every line of the log is JSON and none tells of a fault of ours."""
    lines = [line for line in target.log.read_text().splitlines() if line.startswith("{")]
    entries = [json.loads(line) for line in lines]
    assert len(entries) > 100
    assert [entry for entry in entries if "exception" in entry or entry.get("status") == 500] == []
    assert "Traceback" not in target.log.read_text()


def test_the_set_is_large() -> None:
    """At least sixty cases, as promised."""
    assert len(REQUESTS) + len(CASES) > 120

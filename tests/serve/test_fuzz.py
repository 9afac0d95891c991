"""Requests made up by chance: whatever is sent, no answer is a fault of ours.

`CSTO_GRAPH_FUZZ=10000 pytest tests/serve/test_fuzz.py` sends as many, other ones each time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csto_graph.backend.carrying import FREELY
from csto_graph.backend.embedded import Embedded
from csto_graph.release.blank import publish_blank
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.conftest import AUTHORISED, TOKEN

EXAMPLES = int(os.environ.get("CSTO_GRAPH_FUZZ", "200"))
QUERIES = (
    "SELECT ?label { <id/state/armenia> rdfs:label ?label }",
    "PREFIX x: <http://e/> SELECT DISTINCT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s HAVING (?n > 1) ORDER BY DESC(?n) LIMIT 5",
    "ASK { GRAPH ?g { ?s a cst:Statement } }",
    "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t FILTER(ISIRI(?t) && ?t != cst:State) } LIMIT 3",
    "DESCRIBE <id/state/armenia>",
    "SELECT * FROM NAMED <graph/reference> { GRAPH ?g { ?s (rdfs:label|^rdfs:label)+ ?o } }",
    "SELECT ?x { VALUES (?x ?y) { (1 'a'@en) (UNDEF \"\"\"b\"\"\") } BIND(CONCAT(STR(?x), ?y) AS ?z) OPTIONAL { ?x ?p [] } }",
    "SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } MINUS { ?s a cst:State } FILTER NOT EXISTS { ?s cst:memberOf ?m } }",
    "SELECT (SUM(?n) AS ?sum) (GROUP_CONCAT(?s; separator=',') AS ?all) { ?s cst:memberCount ?n }",
    "ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "INSERT DATA { <x:a> <x:b> 'c' } ; LOAD <file:///etc/passwd>",
    "SELECT * { ?s ?p '\\u00e9'^^xsd:string, -1.5e3, true ; ?q ( 1 [ ?r <x:%20> ] ) } # the end",
)
WORDS = (
    "SELECT", "ASK", "{", "}", "(", ")", "[", "]", "<<", ">>", "<", ">", "'", '"', '"""', "\\", "?", "*", "+", "^", "|", "!", ".", ";", ",",
    "a", "FILTER", "BIND", "SERVICE", "GRAPH", "FROM", "NAMED", "BASE <x:>", "PREFIX : <x:>", ":", "_:b", "?v", "<x:y>", "1", "1e999999999",
    "99999999999999999999", "'2022-13-45'^^xsd:date", "REGEX('(a+)+$', '((')", "STRDT('x', <x:>)", "IRI('\\u0000')", "REPLACE('a','','b')",
    "SUBSTR('a', -9223372036854775808)", "1/0", "NOW()", "UUID()", "TZ(NOW())", "COUNT(*)", "UNDEF", "\x00", "\r", "\u202e", "\U0001f600", "%", "#",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(("", "html", "json", "csv", "turtle", "1", "3", "-1", "0.5", "60", "1e9", "nan", "9" * 40, "../..", "https://w3id.org/csto-graph/graph/reference")),
    st.text(max_size=30),
)  # fmt: skip
NAMES = st.sampled_from(("query", "query", "query", "update", "format", "release", "timeout", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "default", "x"))
KINDS = st.sampled_from(("application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "multipart/form-data; boundary=x", "text/turtle", "application/rdf+xml", "application/json", "nonsense", ""))
PATHS = st.one_of(
    st.sampled_from(("/sparql", "/sparql", "/sparql", "/sparql/", "/", "/health", "/update", "/graphs", "/metrics", "/static/x", "/id/state/armenia", "//", "/sparql/x")),
    st.text(max_size=20).map(lambda text: f"/{text}"),
)  # fmt: skip
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)
HEADERS = st.dictionaries(
    st.sampled_from(("Accept", "Accept-Encoding", "Accept-Charset", "Accept-Datetime", "Authorization", "Content-Encoding", "Cookie", "Host", "If-Modified-Since", "If-None-Match", "Origin", "Range", "X-Forwarded-For")),
    st.one_of(LATIN, st.sampled_from(("*/*", "text/html", "text/turtle;q=0.1, */*;q=0", "application/json", "gzip", "Sat, 01 Jan 2022 00:00:00 GMT", "*", 'W/"x"', "bytes=0-1", "Bearer x", "x" * 5_000, "a.b..c", "[::1]:99999"))),
    max_size=4,
)  # fmt: skip


@st.composite
def queries(draw: st.DrawFn, whole: tuple[str, ...] = QUERIES) -> str:
    """A valid query with up to five cuts, repetitions and foreign words in it."""
    text = draw(st.sampled_from(whole))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        put = draw(st.one_of(st.just(""), st.sampled_from(WORDS), st.just(text[start:end] * 2), st.text(max_size=3)))
        text = text[:start] + put + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Made:
    """A request."""

    method: str
    path: str
    parameters: list[tuple[str, str]]
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def _form(parameters: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}" for name, value in parameters)


@st.composite
def requests(draw: st.DrawFn) -> Made:
    """A request that asks something, or nearly."""
    pairs = st.tuples(NAMES, st.one_of(queries(), queries(), VALUES))
    body = st.one_of(queries().map(str.encode), st.lists(pairs, max_size=4).map(lambda form: _form(form).encode()), st.binary(max_size=60))
    method = st.sampled_from(("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"))
    made = Made(draw(method), draw(PATHS), draw(st.lists(pairs, max_size=4)), draw(KINDS), b"", draw(HEADERS))
    return made if made.method in {"GET", "HEAD"} else Made(made.method, made.path, made.parameters, made.kind, draw(body), made.headers)


@pytest.fixture(scope="module")
def fuzzed(backend: Embedded, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """With a short deadline, no end of turns, and an endpoint on the list that does not answer."""
    folder = tmp_path_factory.mktemp("none")
    (folder / "competency").mkdir()
    return create_app(backend, folder, Settings(seconds=3, client_seconds=1e9, services=("http://127.0.0.1:9/",))).test_client()


@st.composite
def changes(draw: st.DrawFn) -> Made:
    """A request that changes something, or nearly, with the token."""
    if draw(st.booleans()):
        return Made("POST", "/update", draw(st.lists(st.tuples(NAMES, VALUES), max_size=1)), UPDATE, draw(queries(UPDATES)).encode(), AUTHORISED)
    method = draw(st.sampled_from(("PUT", "POST", "POST", "PATCH", "DELETE", "GET")))
    kind, whole = draw(st.sampled_from(DOCUMENTS)) if method != "PATCH" else (UPDATE, UPDATES)
    body = b"" if method == "GET" else draw(queries(whole)).encode()
    path = draw(st.sampled_from(("/graphs", "/graphs", "/graphs/a", "/graphs/")))
    named = draw(st.lists(st.sampled_from((("graph", "x:g"), ("default", ""), ("graph", "../x"), ("graph", "x y"))), max_size=2))
    return Made(method, path, named, kind, body, AUTHORISED)


UPDATE = "application/sparql-update"
UPDATES = (
    "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> 1, 'a'@en, [] } }",
    "DELETE DATA { <x:s> <x:p> 1 } ; CLEAR SILENT GRAPH <x:g> ; CREATE GRAPH <x:h>",
    "PREFIX x: <x:> WITH <x:g> DELETE { ?s x:p ?o } INSERT { ?s x:q ?o ; a ?new } USING <x:g> WHERE { ?s x:p ?o BIND(UUID() AS ?new) }",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "COPY DEFAULT TO <x:g> ; MOVE <x:g> TO <x:h> ; ADD <x:h> TO DEFAULT ; DROP ALL",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:g> ; INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
)
DOCUMENTS = (
    ("text/turtle", ("@prefix x: <x:> . x:s x:p 1, 'a'@en, [ x:q ( 1 true ) ] ; a x:C .",)),
    ("application/n-triples", ("<x:s> <x:p> \"a\"^^<x:t> .\n_:b <x:p> _:b .\n",)),
    ("application/ld+json", ('{"@context": {"p": "x:p"}, "@id": "x:s", "p": [1, {"@value": "a", "@language": "en"}]}',)),
    ("application/rdf+xml", ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:"><x:C rdf:about="x:s"><x:p>1</x:p></x:C></rdf:RDF>',)),
    ("application/trig", ("<x:g> { <x:s> <x:p> 1 }",)),
    ("multipart/form-data; boundary=b", ('--b\r\nContent-Disposition: form-data; name="a"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n<x:s> <x:p> 1 .\r\n--b--\r\n',)),
    ("text/plain", ("x",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A blank store in which whoever has the token may write anything."""
    home, folder = tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("none")
    (folder / "competency").mkdir()
    backend = Embedded(home, first=publish_blank(home), readers=1, writing=FREELY)
    yield create_app(backend, folder, Settings(seconds=3, client_seconds=1e9, token=TOKEN)).test_client()
    backend.close()


BY_CHANCE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize="CSTO_GRAPH_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.slow
@BY_CHANCE
@given(made=requests())
def test_no_request_makes_the_service_fail(fuzzed: FlaskClient, made: Made) -> None:
    """An answer, a refusal that says why, or a limit that is named; never a 500."""
    is_answered(fuzzed, made)


@pytest.mark.slow
@BY_CHANCE
@given(made=changes())
def test_no_change_makes_the_service_fail(written: FlaskClient, made: Made) -> None:
    """The same for whoever may write."""
    is_answered(written, made)


def is_answered(client: FlaskClient, made: Made) -> None:
    """Sends it and looks at what comes."""
    response = client.open(
        method=made.method,
        environ_overrides={"PATH_INFO": made.path.encode().decode("latin-1")},
        query_string=_form(made.parameters),
        data=made.body,
        content_type=made.kind,
        headers=made.headers,
    )
    assert response.status_code != 500, response.text
    assert response.headers["X-Request-ID"]
    if response.status_code >= 400 and made.method != "HEAD":
        assert response.mimetype in {"application/problem+json", "text/html"}
        if response.mimetype == "application/problem+json":
            problem = json.loads(response.text)
            assert problem["status"] == response.status_code and problem["detail"]
            assert response.status_code != 503 or "limit" in problem or "Retry-After" in response.headers, problem

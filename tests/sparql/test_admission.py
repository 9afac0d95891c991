"""What never reaches the engine, and what must."""

from __future__ import annotations

import subprocess
import sys

import pytest

from csto_graph.sparql.admission import DEEPEST, admit, dataset_clauses
from csto_graph.sparql.diagnosis import syntax_error
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import tokens

KNOWN = frozenset({"http://g/1", "https://w3id.org/csto-graph/graph/reference"})
OUT = "<http://127.0.0.1:9/>"


def refusal(query: str) -> str | None:
    """What the service says of a query it refuses; None for one it lets through."""
    try:
        admit(query, list(tokens(query)), KNOWN)
    except Refusal as refused:
        return refused.detail
    return None


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {OUT} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent {OUT} {{ ?s ?p ?o }} }}",
        f"ASK {{ OPTIONAL{{SERVICE{OUT}{{ ?s ?p ?o }}}} }}",
        f"ASK {{ {{ SELECT * {{ SeRvIcE # to whom\n {OUT} {{ ?s ?p ?o }} }} }} }}",
        f"ASK {{ FILTER NOT EXISTS {{ SERVICE {OUT} {{ ?s ?p ?o }} }} }}",
        f"ASK {{ {{}} UNION {{ SERVICE {OUT} {{}} }} }}",
        f"ASK {{ ?s ?p ?o MINUS {{ SERVICE {OUT} {{}} }} }}",
        f"ASK {{ GRAPH ?g {{ SERVICE {OUT} {{}} }} }}",
        "SELECT * { VALUES ?where { <http://127.0.0.1:9/> } SERVICE ?where { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:9/> CONSTRUCT { ?s ?p ?o } WHERE { SERVICE ex:x { ?s ?p ?o } }",
        f"DESCRIBE ?s {{ SERVICE {OUT} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ # a comment ended by CR alone \r SERVICE {OUT} {{}} }}",
        f"SELECT * {{ ?s ?p trueSERVICE{OUT}{{}} }}",
        f'SELECT * {{ BIND("\\u0022 AS ?x) # " AS ?y) SERVICE {OUT} {{}}\n}}',
        f"SELECT * {{ BIND('SERVICE' AS ?s) SERVICE {OUT} {{}} }}",
        f"SELECT * {{ SERVICE {OUT} {{",
    ],
)
def test_federation_is_refused_wherever_it_stands(query: str) -> None:
    """SERVICE as a keyword is refused by name, before the engine could send anything."""
    assert "SERVICE is not offered" in str(refusal(query))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ \\u0053ERVICE {OUT} {{}} }}",
        f"SELECT * {{ SERV\\u0049CE {OUT} {{}} }}",
        "PREFIX SERVICEex: <x:> PREFIX ex: <http://127.0.0.1:9/> ASK { SERVICEex:x {} }",
        f"SELECT * {{ FILTER(?a<?b+'x>') SERVICE {OUT} {{?s ?p 'y'}} #'\n}}",
        f"SELECT * {{ FILTER(?a<?b#>)'''\n) SERVICE {OUT} {{}} #'''\n}}",
    ],
)
def test_what_only_looks_like_a_query_never_federates(query: str) -> None:
    """A text that another parser might read as SERVICE is refused by this one or is no query for the engine."""
    assert refusal(query) is not None or syntax_error(query.replace("SERVICE", "SERWICE")) is not None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x> {}' }",
        'SELECT * { ?s ?p """a\nSERVICE <http://x> {}""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x> {}",
        "SELECT ?service { ?service <http://e/service> ?SERVICE }",
        "PREFIX service: <http://e/service#> ASK { ?s service:SERVICE ?o }",
        "SELECT ('it\\'s a SERVICE' AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(<http://e/service>(?o)) }",
    ],
)
def test_the_word_alone_is_no_federation(query: str) -> None:
    """In a literal, a comment, a variable, a prefix or an IRI the word is allowed."""
    assert refusal(query) is None


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <a:a> <a:a> }", "LOAD <http://x>", "PREFIX a: <x:> delete where { ?s ?p ?o }", "DROP ALL"]
)
def test_updates_are_named_as_what_they_are(update: str) -> None:
    """An update sent as a query is told where updates go."""
    assert "/update" in str(refusal(update))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <file:///etc/passwd> {}", "file:///etc/passwd"),
        ("SELECT * FROM NAMED <http://g/2> {}", "http://g/2"),
        ("ASK FROM # which\n <http://g/2> {}", "http://g/2"),
        ("PREFIX g: <http://g/> ASK FROM g:2 {}", "http://g/2"),
        ("BASE <http://g/> ASK FROM <2> {}", "http://g/2"),
        (r"ASK FROM <http://g/\u0032> {}", "http://g/2"),
        ("ASK FROM <http://g/1> FROM <http://g/2> {}", "http://g/2"),
    ],
)
def test_a_graph_that_is_not_there_is_refused_by_name(query: str, named: str) -> None:
    """FROM cannot fetch anything and does not pretend that what it names is empty."""
    assert f"not in this release: <{named}>" in str(refusal(query))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://g/1> FROM NAMED <http://g/1> {}",
        "SELECT * FROM graph:reference {}",
        "SELECT * FROM <graph/reference> {}",
        "SELECT ?from { ?from <http://e/from> 'FROM <http://g/2>' } # FROM <http://g/2>",
    ],
)
def test_graphs_of_the_release_may_be_named(query: str) -> None:
    """FROM chooses among the graphs that are there; in a literal or comment it chooses nothing."""
    assert refusal(query) is None


def test_both_kinds_of_dataset_clause_are_found() -> None:
    """FROM and FROM NAMED each give their graph in the order of the query."""
    found = dataset_clauses(list(tokens("ASK FROM <http://g/1> FROM NAMED <http://g/2> {}")))
    assert [iri for _, iri in found] == ["http://g/1", "http://g/2"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "{" * DEEPEST + "}" * DEEPEST + "}",
        "ASK { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
        "ASK {" + "{} UNION " * 9_000 + "{} }",
        "ASK { FILTER(" + "!" * 20_000 + "1) }",
        "SELECT " + " ".join(f"({i} AS ?x{i})" for i in range(4_000)) + " {}",
        "DESCRIBE " + "<x:a> " * 4_000,
    ],
)
def test_what_would_overflow_the_engine_is_refused(query: str) -> None:
    """Queries that end the engine's process (measured) are refused with the limit they break."""
    message = str(refusal(query))
    assert "at most" in message and ("100" in message or "500" in message)


def test_long_data_is_let_through() -> None:
    """VALUES and IN may list thousands: they are flat."""
    assert refusal("ASK { VALUES (?x) {" + "(1)" * 9_000 + "} FILTER(?x IN (" + "1," * 9_000 + "1)) }") is None


AT_THE_LIMIT = [
    "'SELECT * {' + '{' * (n - 1) + '}' * (n - 1) + '}'",
    "'ASK { FILTER(' + 'ABS(' * (n - 3) + '1' + ')' * (n - 3) + ') }'",
    "'ASK { FILTER(' + '!' * (m - 4) + '1) }'",
    "'ASK {' + '{} UNION ' * (m - 3) + '{} }'",
    "'ASK {' + 'OPTIONAL {}' * (m - 2) + '}'",
    "'SELECT ' + ' '.join(f'({i} AS ?x{i})' for i in range(m - 2)) + ' {}'",
    "'DESCRIBE ' + '<x:a> ' * m",
    "'ASK { FILTER(' + '?x || ' * (m - 3) + '1) }'",
]


@pytest.mark.parametrize("text", AT_THE_LIMIT)
def test_what_is_let_through_does_not_end_the_process(text: str) -> None:
    """Queries as deep and as long as the limits allow leave the engine alive, in a thread as the server has them."""
    assert asked_in_a_process(text) == (0, "no error")


def test_nesting_hidden_from_the_reader_stays_hidden_from_the_engine() -> None:
    """Where one parser sees a string and another a comparison and brackets, the engine sees what was judged."""
    assert asked_in_a_process("\"ASK { FILTER(?a<?b+'x>')\" + '{' * 9_000 + \"'\"") == (0, "a syntax error")


def asked_in_a_process(text: str) -> tuple[int, str]:
    """How a process ends, and what it prints, that admits and asks a query; `text` is Python that gives it."""
    code = (
        "import threading\nfrom csto_graph.sparql.admission import DEEPEST, MOST_LINKS, admit\n"
        "from csto_graph.sparql.diagnosis import syntax_error\nfrom csto_graph.sparql.tokens import tokens\n"
        f"n, m = DEEPEST, MOST_LINKS\nquery = {text}\nadmit(query, list(tokens(query)), frozenset())\n"
        "tell = lambda: print('a syntax error' if syntax_error(query) else 'no error')\n"
        "thread = threading.Thread(target=tell); thread.start(); thread.join()"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stdout.strip() + ended.stderr


def test_an_open_string_is_shown_where_it_begins() -> None:
    """A missing quotation mark is reported at its string, not at the end of the query."""
    with pytest.raises(Refusal, match="not closed by a quotation mark") as caught:
        admit("SELECT * {\n ?s ?p 'abc }", list(tokens("SELECT * {\n ?s ?p 'abc }")), KNOWN)
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_a_namespace_that_ends_with_a_number_sign_keeps_it() -> None:
    """The name is the whole of it, as the engine reads it."""
    query = "PREFIX g: <http://g#> BASE <http://b/> PREFIX r: <r#> SELECT * FROM g:x FROM r:y FROM <#> {}"
    assert [iri for _, iri in dataset_clauses(list(tokens(query)))] == ["http://g#x", "http://b/r#y", "http://b/#"]

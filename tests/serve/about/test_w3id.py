"""The rules for w3id.org: written from the routes, committed, and understood by Apache as they are meant."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.routing import Map, Rule

from csto_graph.cli.redirects import redirects
from csto_graph.serve.about.w3id import htaccess
from csto_graph.serve.app import routes
from tests.serve.about.apache import missing, serving
from tests.serve.about.rewriting import committed, led, rules

FILE = Path(__file__).resolve().parents[3] / "deploy" / "w3id" / ".htaccess"
BASE = "https://csto-graph.example.org"
PATHS = (
    "", "dataset", "dataset/", "dataset/wikidata", "release/12", "releases?of=/sparql", "graphs/?default", ".well-known/void",
    ".well-known/void/", "xwell-known/void", "openapi.json", "openapixjson", "sparql?query=ASK%20%7B%7D&x=%2B+%26", "health",
    "metrics", "update", "nothing", "sparql/x", "examples/a%20b", "examples/%D0%9E%D0%94%D0%9A%D0%91", "examples/a%23b",
    "examples/100%25", "examples/a%22b", "examples/%3Cscript%3E", "api/x?format=csv", "examples/a%2Bb;c,d=e",
    "ontology", "ontology.ttl", "ontology.ttl/x", "ontology/0.1.0", "ontologyx", "lexicon.", "id/state/armenia.jsonld",
)  # fmt: skip


def test_the_committed_file_is_what_the_routes_give() -> None:
    """Whoever adds a route writes the file anew: csto-graph redirects --base https://csto-graph.example.org."""
    assert FILE.read_text(encoding="utf-8") == htaccess(routes(), BASE)


def test_every_address_for_readers_is_led_to() -> None:
    """A path of each route that answers GET leads to the same path of the service; those for operators lead nowhere."""
    for rule in routes().iter_rules():
        if rule.methods and "GET" in rule.methods:
            path = rule.rule.lstrip("/").replace("<int:number>", "7").replace("<path:name>", "a/b").replace("<name>", "a")
            path = re.sub("<[^>]+>", "a", path)
            internal = path.startswith(("health", "metrics"))
            location = None if internal else f"{BASE}/{path}".rstrip("/") if path.rstrip("/") == "sparql" else f"{BASE}/{path}"
            assert led(committed(), path)[1] == location, path


def test_methods_and_names_decide_the_status() -> None:
    """A POST is sent on as a POST, what names a thing is a 303, what is written to only is led nowhere."""
    rules_of = [Rule("/id/<path:x>"), Rule("/list"), Rule("/ask", methods=["GET", "POST"]), Rule("/change", methods=["POST"])]
    for rule in rules_of[:2]:
        rule.methods = {"GET", "HEAD", "OPTIONS"}
    found = rules(htaccess(Map(rules_of), "https://x.example/graph"))
    answers = {path: led(found, path) for path in ("id/a/b", "list", "ask", "change", "id", "list/x", "")}
    assert answers == {
        "id/a/b": (303, "https://x.example/graph/id/a/b"),
        "list": (302, "https://x.example/graph/list"),
        "ask": (307, "https://x.example/graph/ask"),
        "change": (404, None),
        "id": (404, None),
        "list/x": (404, None),
        "": (302, "https://x.example/graph/"),
    }


def test_the_command_takes_the_address() -> None:
    """With and without a path and a slash at its end."""
    for given in ("https://example.org/graph", "https://example.org/graph/"):
        result = CliRunner().invoke(redirects, ["--base", given])
        assert result.exit_code == 0 and "RewriteRule ^$ https://example.org/graph/ [R=302,L]" in result.output


@pytest.mark.parametrize("given", ["/graph", "ftp://example.org", "https://example.org/a b", "https://example.org/$1", "https://x/%{Y}"])
def test_an_address_that_is_none_is_refused(given: str) -> None:
    """What a rule would read as something else never gets into the file."""
    assert CliRunner().invoke(redirects, ["--base", given]).exit_code != 0


@pytest.fixture(scope="module")
def apache() -> Iterator[http.client.HTTPConnection]:
    """A connection to an Apache with the committed rules."""
    if why := missing():
        pytest.skip(why)
    with serving(FILE, "csto-graph") as port, closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        yield connection


def test_apache_understands_the_rules_as_they_are_meant(apache: http.client.HTTPConnection) -> None:
    """For each path the same status and the same Location as from the interpreter that the matrix is followed with."""
    assert {path: _asked(apache, path) for path in PATHS} == {path: led(committed(), path) for path in PATHS}


def test_apache_leads_scripts_of_other_sites(apache: http.client.HTTPConnection) -> None:
    """The redirect itself may be read from anywhere, without which a browser follows none (Fetch, CORS)."""
    apache.request("GET", "/csto-graph/dataset")
    response = apache.getresponse()
    response.read()
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_an_encoded_question_mark_opens_no_query(apache: http.client.HTTPConnection) -> None:
    """Apache refuses it, or passes it on encoded; the interpreter keeps it encoded."""
    status, location = _asked(apache, "examples/a%3Fquery=x")
    assert status == 403 or location == f"{BASE}/examples/a%3fquery=x"
    assert led(committed(), "examples/a%3Fquery=x")[1] == f"{BASE}/examples/a%3fquery=x"


def _asked(apache: http.client.HTTPConnection, path: str) -> tuple[int, str | None]:
    apache.request("GET", f"/csto-graph/{path}")
    response = apache.getresponse()
    response.read()
    return response.status, response.headers.get("Location")

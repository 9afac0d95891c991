"""IRI kind × Accept, from w3id.org to the answer: the committed rules, then the app where they lead."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from csto_graph import pipeline
from csto_graph.namespaces import BASE, GRAPH
from csto_graph.release.home import manifest_of
from tests.serve.about.rewriting import committed, led
from tests.serve.test_pages import BROWSER

SERVER = "https://csto-graph.example.org"
ACCEPTS = {"nothing": None, "browser": BROWSER["Accept"], "*/*": "*/*"}  # of the columns that are no media type
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("matrix.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
COLUMNS = ROWS[0][2:]


def follow(client: FlaskClient, path: str, accept: str | None) -> TestResponse:
    """What whoever asks w3id.org for an IRI gets in the end; each redirect leads to the server or nowhere."""
    _, location = led(committed(), path)
    assert location and location.startswith(f"{SERVER}/")
    headers = {} if accept is None else {"Accept": accept}
    return client.get(location, base_url=SERVER, headers=headers, follow_redirects=True)


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row[0])
def test_an_iri_leads_to_what_is_accepted(whole: FlaskClient, row: list[str]) -> None:
    """The status of w3id.org, then for each Accept the media type of a 200, or the status of a refusal as a problem."""
    iri, status, *cells = row
    path = "" if iri == "." else iri
    assert led(committed(), path)[0] == int(status)
    found = {}
    for column in COLUMNS:
        response = follow(whole, path, ACCEPTS.get(column, column))
        found[column] = response.mimetype if response.status_code == 200 else str(response.status_code)
        if response.status_code != 200:
            assert response.mimetype == ("text/html" if column == "browser" else "application/problem+json")
    assert found == dict(zip(COLUMNS, cells, strict=True))


def test_each_graph_of_the_release_comes_back_whole(whole: FlaskClient, built: pipeline.BuildResult) -> None:
    """The IRI of every graph leads to as many triples as the release has in it."""
    sizes = manifest_of(built.release)["triples"]
    for graph, count in sizes.items():
        answer = follow(whole, graph.removeprefix(BASE), "application/n-triples")
        assert (answer.status_code, len(answer.data.splitlines())) == (200, count), graph
    assert f"{GRAPH}default" in sizes and len(sizes) > 5


def test_the_dataset_leads_to_what_the_release_says_of_it(whole: FlaskClient, built: pipeline.BuildResult) -> None:
    """Every triple of the built `void.ttl` is in what the IRI of the dataset leads to."""
    answer = follow(whole, "dataset", "application/n-triples")
    served = {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.N_TRIPLES)}
    path = built.release.folder.parents[2] / "release" / "void.ttl"
    own = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert len(own) > 1_000 and own <= served


def test_no_kind_of_iri_is_left_out() -> None:
    """Each rule for w3id.org has a row, so that a new route comes with what it answers."""
    tried = ["" if row[0] == "." else row[0] for row in ROWS[1:]]
    assert [rule.pattern.pattern for rule in committed() if not any(map(rule.pattern.search, tried))] == []

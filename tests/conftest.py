"""What every test may ask for: the shared material, and a release built once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import pipeline, resources

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ARTICLE = "csto-2022-01-10"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that of several workers none is left with a long one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold texts, corpus and test suites that lies beside a clone."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ does not lie beside this clone")
    return SHARED


@pytest.fixture(scope="session")
def article() -> Path:
    """The source article as it is committed."""
    return resources.root() / "data" / "sources" / ARTICLE / "text.txt"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> pipeline.BuildResult:
    """A build of everything, in a home of its own."""
    folder = tmp_path_factory.mktemp("built")
    return pipeline.build(folder / "home", files=folder / "release")


@pytest.fixture(scope="session")
def store(built: pipeline.BuildResult) -> ox.Store:
    """The built graph, read-only."""
    return ox.Store.read_only(str(built.release.store))

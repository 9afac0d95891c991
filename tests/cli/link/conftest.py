"""A home to link from: states of the default graph that is committed, and a data set that the home alone knows."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.namespaces import ID
from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files
from csto_graph.targets import TARGET_HEADER

OTHER = ("other", "Other", "other", "https://other.test/", "[0-9]+", "https://other.test/about", "https://other.test/terms")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose release has some states of the default graph that is committed."""
    store, folder = ox.Store(), tmp_path_factory.mktemp("home")
    quads = ox.parse(path=resources.root() / "data" / "release" / "default.ttl", format=ox.RdfFormat.TURTLE)
    store.extend(quad for quad in quads if str(quad.subject).startswith((f"<{ID}state/a", f"<{ID}state/b")))
    publish(folder, store, render_files(store, {})[0])
    return folder


@pytest.fixture
def home(released: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as an installed package has it, without links yet."""
    monkeypatch.setattr(resources, "in_clone", lambda: False)
    folder = released / "mappings"
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    (folder / "targets.tsv").write_text("\t".join(TARGET_HEADER) + "\n" + "\t".join(OTHER) + "\n", encoding="utf-8")
    return released

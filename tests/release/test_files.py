"""Writing a release as a folder: all of it or nothing of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, Store

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import CST, ID
from csto_graph.release.files import replace_file, replacing_files
from csto_graph.release.manifest import Manifest, render_files
from tests.release.stores import contents, iri, shared_folder, small_disk, small_store, unprivileged


def _write(store: Store, folder: Path) -> Manifest:
    manifest, files = render_files(store, {})
    with replacing_files(folder, files):
        pass
    return manifest


def test_one_file_per_graph(tmp_path: Path) -> None:
    """The folder holds a Turtle file per graph, the VoID description and the manifest that was returned."""
    manifest = _write(small_store(), tmp_path / "release")
    assert set(contents(tmp_path / "release")) == {"default.ttl", "source/one.ttl", "void.ttl", "manifest.json"}
    assert json.loads((tmp_path / "release" / "manifest.json").read_bytes()) == manifest


def test_the_old_folder_goes_as_a_whole(tmp_path: Path) -> None:
    """A file of the old release that the new one lacks is gone, and no scratch folder stays."""
    folder = tmp_path / "release"
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "removed.ttl").write_text("")
    _write(small_store(), folder)
    assert not (folder / "source" / "removed.ttl").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_a_refused_store_touches_nothing(tmp_path: Path) -> None:
    """A blank node refuses before anything is written."""
    _write(small_store(), tmp_path / "release")
    before, store = contents(tmp_path), small_store()
    store.add(Quad(BlankNode(), iri(CST, "memberOf"), iri(ID, "organisation/csto")))
    with pytest.raises(RefusedData, match="blank node"):
        _write(store, tmp_path / "release")
    assert contents(tmp_path) == before


def test_what_fails_meanwhile_touches_nothing(tmp_path: Path) -> None:
    """The new files take the folder's place only when the block they were laid out for ends well."""
    _write(small_store(), tmp_path / "release")
    before = contents(tmp_path)
    with pytest.raises(WrongCall, match="no"), replacing_files(tmp_path / "release", {"new.ttl": b""}):
        assert "release/new.ttl" not in contents(tmp_path)
        raise WrongCall("home", "no", "Another")
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_the_old_files() -> None:
    """No space for the new files: one line says so, and the old ones are as they were."""
    with small_disk(64) as disk:
        _write(small_store(), disk / "release")
        before = contents(disk)
        with pytest.raises(WrongCall, match=r"No space left on device\). Free some space"):
            _write(small_store(tuple(f"state-{n}" for n in range(500))), disk / "release")
        assert contents(disk) == before


def test_a_read_only_folder_is_named() -> None:
    """Where the folder may not be written, the message names it and says what to do."""
    _, files = render_files(small_store(), {})
    with (
        shared_folder(0o555) as parent, unprivileged(), pytest.raises(WrongCall, match=f"{parent}.*Make it writable"),
        replacing_files(parent / "release", files),
    ):  # fmt: skip
        pass


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    """The new content stands under the old name, and nothing else is left."""
    path = tmp_path / "current"
    path.write_text("1\n")
    replace_file(path, b"2\n")
    assert contents(tmp_path) == {"current": b"2\n"}



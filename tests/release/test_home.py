"""A home: numbered snapshots, and what happens when one is damaged or cannot be written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from csto_graph.errors import BrokenRelease, WrongCall
from csto_graph.model import Release
from csto_graph.release.home import current, is_whole, last_good, open_store, prepare, publish, releases, verify
from csto_graph.release.manifest import render_files
from tests.release.stores import (
    MEMBERS,
    contents,
    flip_byte,
    publish_members,
    quads,
    shared_folder,
    small_disk,
    small_store,
    unprivileged,
)

FEWER = MEMBERS[:2]


def damage_manifest(release: Release) -> None:
    (release.folder / "manifest.json").write_text("{")


def lose_manifest(release: Release) -> None:
    (release.folder / "manifest.json").unlink()


def empty_manifest(release: Release) -> None:
    (release.folder / "manifest.json").write_text("{}")


def list_for_manifest(release: Release) -> None:
    (release.folder / "manifest.json").write_text("[]")


def other_manifest(release: Release) -> None:
    path = release.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"content": "0" * 64}))


def lose_publication(release: Release) -> None:
    (release.folder / "published.json").unlink()


def lose_store(release: Release) -> None:
    shutil.rmtree(release.store)


def lose_tables(release: Release) -> None:
    for path in release.store.glob("*.sst"):
        path.unlink()


def damage_tables(release: Release) -> None:
    for path in release.store.glob("*.sst"):
        flip_byte(path)


def lose_store_index(release: Release) -> None:
    (release.store / "CURRENT").unlink()


def change_store(release: Release) -> None:
    store = Store(str(release.store))
    store.remove(next(iter(quads())))
    store.flush()


DAMAGES: tuple[Callable[[Release], None], ...] = (
    damage_manifest, lose_manifest, empty_manifest, list_for_manifest, other_manifest, lose_publication,
    lose_store, lose_tables, damage_tables, lose_store_index, change_store,
)  # fmt: skip


def test_an_empty_home_has_no_release(tmp_path: Path) -> None:
    """Nothing published is not an error: there is no current release."""
    assert current(tmp_path / "home") is None
    assert last_good(tmp_path / "home") is None
    assert not list(releases(tmp_path / "home"))


def test_what_was_published_is_current_and_whole(tmp_path: Path) -> None:
    """The first release is number 1, is the current one, verifies and holds the quads."""
    release = publish_members(tmp_path)
    assert release.number == 1
    assert current(tmp_path) == release
    assert set(open_store(release)) == set(quads())
    verify(release)


def test_other_content_gets_the_next_number(tmp_path: Path) -> None:
    """The old release stays beside the new one."""
    publish_members(tmp_path, FEWER)
    assert publish_members(tmp_path).number == 2
    assert [release.number for release in releases(tmp_path)] == [1, 2]


def test_the_same_content_gets_no_new_number(tmp_path: Path) -> None:
    """Publishing again changes no file, not even the time of publication."""
    first = publish_members(tmp_path)
    before, store = contents(tmp_path), small_store()
    assert publish(tmp_path, store, render_files(store, {})[0]) == (first, False)
    assert contents(tmp_path) == before


def test_older_content_becomes_current_again(tmp_path: Path) -> None:
    """Content that an older release has is that release."""
    first = publish_members(tmp_path, FEWER)
    publish_members(tmp_path)
    assert publish_members(tmp_path, FEWER) == first
    assert current(tmp_path) == first


def test_the_number_of_a_broken_release_is_not_used_again(tmp_path: Path) -> None:
    """The same content in a damaged release is published anew, under the next number."""
    damage_tables(publish_members(tmp_path))
    again = publish_members(tmp_path)
    assert again.number == 2
    assert is_whole(again)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_release_is_found(tmp_path: Path, damage: Callable[[Release], None]) -> None:
    """Whatever was lost or changed, the refusal names a file of the release and the remedy, in one line."""
    release = publish_members(tmp_path)
    damage(release)
    with pytest.raises(BrokenRelease, match="Run csto-graph build") as refusal:
        verify(current(tmp_path) or release)
    assert refusal.value.place.startswith(str(release.folder))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_the_last_good_release_is_offered(tmp_path: Path, damage: Callable[[Release], None]) -> None:
    """With the newest release damaged, the one before it is the last good one."""
    good = publish_members(tmp_path, FEWER)
    damage(publish_members(tmp_path))
    assert last_good(tmp_path) == good


@pytest.mark.parametrize("name", ["", "seven\n", "9\n", "../1\n", "é"])
def test_a_damaged_pointer_is_found(tmp_path: Path, name: str) -> None:
    """`current` must hold the number of a release that is there."""
    release = publish_members(tmp_path)
    (tmp_path / "current").write_text(name, encoding="utf-8")
    with pytest.raises(BrokenRelease):
        current(tmp_path)
    assert last_good(tmp_path) == release


def test_a_file_in_the_place_of_the_home_is_named(tmp_path: Path) -> None:
    """A file where the home should be: the message says so, and the file is untouched."""
    home = tmp_path / "home"
    home.write_text("mine")
    with pytest.raises(WrongCall, match="A file lies where the folder should be"):
        publish_members(home)
    assert home.read_text() == "mine"
    assert current(home) is None


def test_a_read_only_home_refuses_before_any_work() -> None:
    """A home that may not be written is refused by `prepare`, with the remedy."""
    message = "Make it writable or use another folder"
    with shared_folder(0o555) as home, unprivileged(), pytest.raises(WrongCall, match=message):
        prepare(home)


def test_a_release_is_read_where_nothing_may_be_written() -> None:
    """Verifying and querying need no permission to write."""
    with shared_folder(0o755) as home:
        release = publish_members(home)
        with unprivileged():
            verify(release)
            assert set(open_store(release)) == set(quads())


@pytest.mark.parametrize("kilobytes", [340, 400, 500])
def test_a_full_home_keeps_the_old_release(kilobytes: int) -> None:
    """No space for the new release: one line says so; the old one is current, whole and byte for byte the same."""
    with small_disk(kilobytes) as disk:
        old = publish_members(disk)
        before = contents(disk)
        with pytest.raises(WrongCall, match=r"No space left on device\). Free some space"):
            publish_members(disk, tuple(f"state-{n}" for n in range(3000)))
        assert contents(disk) == before
        assert current(disk) == old
        verify(old)


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    """A scratch folder of a build that was killed is no release, and the next build removes it."""
    left = (tmp_path / ".new-killed", tmp_path / "releases" / ".new-killed")
    for folder in left:
        folder.mkdir(parents=True)
    publish_members(tmp_path)
    assert not any(folder.exists() for folder in left)

"""One writer at a time in a home."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from csto_graph.errors import WrongCall
from csto_graph.release.home import current, releases, verify
from csto_graph.release.lock import locked
from tests.release.stores import publish_members


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    """Who waits too long learns that another is publishing, in one line."""
    with locked(tmp_path), pytest.raises(WrongCall, match="another build or change is publishing"), locked(tmp_path, patience=0):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    """Leaving the block, by whatever way, gives the home back."""
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path, patience=0):
        pass


def test_builds_at_the_same_time_do_not_race(tmp_path: Path) -> None:
    """Four builds, two contents: two whole releases, numbered 1 and 2."""
    contents = [("armenia",), ("belarus",), ("armenia",), ("belarus",)]
    threads = [threading.Thread(target=publish_members, args=(tmp_path, members)) for members in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    published = list(releases(tmp_path))
    assert [release.number for release in published] == [1, 2]
    for release in published:
        verify(release)
    assert current(tmp_path) in published

"""Which release was current since when."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csto_graph.model import Release
from csto_graph.release import history as module
from csto_graph.release.history import history, make_current
from csto_graph.release.home import releases
from tests.release.stores import MEMBERS, publish_members


def published(home: Path, release: Release, instant: str) -> Release:
    """The release as if it had been published then."""
    (release.folder / "published.json").write_text(json.dumps({"published": instant}))
    return next(each for each in releases(home) if each.number == release.number)


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of known instants in a home of before there was a history."""
    folder = tmp_path_factory.mktemp("home")
    published(folder, publish_members(folder, MEMBERS[:1]), "2026-01-01T10:00:00+00:00")
    published(folder, publish_members(folder, MEMBERS[:2]), "2026-01-02T12:00:00+02:00")
    (folder / "history").unlink()
    return folder


@pytest.fixture
def home(two: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(two, tmp_path / "home"))


def told(home: Path) -> list[tuple[int, datetime]]:
    return [(standing.number, standing.since) for standing in history(home)]


BOTH = [(1, at("2026-01-01T10:00:00")), (2, at("2026-01-02T10:00:00"))]


def test_an_empty_home_has_none(tmp_path: Path) -> None:
    """Nothing published, nothing current, ever."""
    assert told(tmp_path / "nowhere") == []


def test_what_is_published_is_current_since_then(tmp_path: Path) -> None:
    """The instants of the history are those of publication."""
    for members in (MEMBERS[:1], MEMBERS):
        release = publish_members(tmp_path, members)
        assert told(tmp_path)[-1] == (release.number, datetime.fromisoformat(release.published))
    assert (tmp_path / "history").read_text().count("\n") == 2


def test_a_home_of_before_has_the_instants_of_publication(home: Path) -> None:
    """In UTC, by number."""
    assert told(home) == BOTH


def test_going_back_is_a_new_line(home: Path) -> None:
    """An older release is current again since now, and what was told before stays."""
    before = datetime.now(UTC).replace(microsecond=0)
    make_current(home, next(iter(releases(home))))
    assert told(home)[:2] == BOTH
    assert told(home)[2][0] == 1 and before <= told(home)[2][1] <= datetime.now(UTC)


def test_naming_the_current_one_again_changes_nothing(home: Path) -> None:
    """No line, no file."""
    make_current(home, list(releases(home))[1])
    assert not (home / "history").exists() and told(home) == BOTH


@pytest.mark.parametrize("number", [1, 3])
def test_a_kill_between_the_name_and_its_line(home: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the last line does not say yet is seen from the name, and the next line is preceded by it."""
    made = publish_members(home, MEMBERS) if number == 3 else None
    if made:
        published(home, made, "2026-01-03T10:00:00+00:00")
        (home / "history").write_text("2026-01-01T10:00:00+00:00 1\n2026-01-02T10:00:00+00:00 2\n")
    else:
        with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
            killed.setattr(module, "_write", interrupt)
            make_current(home, next(iter(releases(home))))
        os.utime(home / "current", (at("2026-01-03T10:00:00").timestamp(),) * 2)
    assert told(home) == [*BOTH, (number, at("2026-01-03T10:00:00"))]
    make_current(home, list(releases(home))[1])
    assert told(home)[:3] == [*BOTH, (number, at("2026-01-03T10:00:00"))] and told(home)[3][0] == 2


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_line_that_was_cut_short(home: Path) -> None:
    """It counts for nothing, and the next one is whole."""
    (home / "history").write_text("2026-01-01T10:00:00+00:00 1\n2026-01-02T10:00:00+00:00 2\n2026-01-0")
    assert told(home) == BOTH
    make_current(home, next(iter(releases(home))))
    assert [number for number, _ in told(home)] == [1, 2, 1]


def test_a_clock_that_goes_back(home: Path) -> None:
    """No release is current before the one it follows."""
    published(home, list(releases(home))[1], "2025-12-31T00:00:00+00:00")
    assert told(home) == [BOTH[0], (2, BOTH[0][1])]

"""Dropping old releases and going back to one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from csto_graph.backend.engine import open_engine
from csto_graph.backend.interface import Query
from csto_graph.errors import BrokenRelease, WrongCall
from csto_graph.release.history import history
from csto_graph.release.home import current, numbers, releases, verify
from csto_graph.release.retention import Dropped, drop_old, roll_back
from tests.release.stores import contents, flip_byte, publish_members

HOLD = """
import sys, time
from pathlib import Path
from csto_graph.release.use import hold
file = hold(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with four releases, the last one current."""
    folder = tmp_path_factory.mktemp("home")
    for count in range(1, 5):
        publish_members(folder, tuple(f"state-{number}" for number in range(count)))
    return folder


@pytest.fixture
def home(four: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(four, tmp_path / "home"))


def release(home: Path, number: int) -> Path:
    return home / "releases" / str(number)


def test_the_newest_are_kept(home: Path) -> None:
    """As many as were asked for, whole; a second time there is nothing to drop."""
    assert drop_old(home, 2) == Dropped((1, 2), ())
    assert numbers(home) == [3, 4]
    for kept in releases(home):
        verify(kept)
    assert drop_old(home, 2) == Dropped((), ())
    assert not list(home.glob("releases/.new-*"))


def test_no_less_than_one_is_kept(home: Path) -> None:
    """Nothing is a wrong number."""
    with pytest.raises(WrongCall, match="at least one"):
        drop_old(home, 0)


def test_the_current_one_is_kept_however_old(home: Path) -> None:
    """And so is the newest number, so that the next one is new."""
    roll_back(home, 1)
    assert drop_old(home, 1) == Dropped((2, 3), ())
    assert publish_members(home, ("another",)).number == 5


def test_dropped_ones_stay_in_the_history(home: Path) -> None:
    """What was current then is known, though it can no longer be asked."""
    before = history(home)
    drop_old(home, 1)
    assert history(home) == before


def test_what_is_being_read_is_not_dropped(home: Path) -> None:
    """A reader finishes on its release, its tables opened late or not; once it is gone the release can be dropped."""
    engine = open_engine(str(release(home, 1) / "store"))
    assert drop_old(home, 1) == Dropped((2, 3), (1,))
    assert len(list(engine.ask(Query("SELECT * { ?s ?p ?o }")))) == 3
    del engine
    assert drop_old(home, 1) == Dropped((1,), ())


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_a_killed_reader_holds_nothing(home: Path) -> None:
    """The system drops the lock with the process."""
    with subprocess.Popen([sys.executable, "-c", HOLD, release(home, 1)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        assert drop_old(home, 3) == Dropped((), (1,))
        process.kill()
    assert drop_old(home, 3) == Dropped((1,), ())


def test_a_broken_release_is_dropped_too(home: Path) -> None:
    """One without its manifest is held by nobody."""
    (release(home, 1) / "manifest.json").unlink()
    assert drop_old(home, 3) == Dropped((1,), ())


def test_going_back(home: Path) -> None:
    """The older release is current, the newer ones are kept, and forward is the same way."""
    made, before = roll_back(home, 2)
    assert (made.number, before) == (2, 4)
    assert current(home) == made and numbers(home) == [1, 2, 3, 4]
    assert roll_back(home, 4)[1] == 2


def test_going_back_to_the_current_one(home: Path) -> None:
    """Nothing is changed."""
    before = contents(home)
    assert roll_back(home, 4)[1] == 4
    assert contents(home) == before


def test_a_broken_release_is_not_gone_back_to(home: Path) -> None:
    """The refusal names the file, and what was current stays."""
    for path in (release(home, 2) / "store").glob("*.sst"):
        flip_byte(path)
    before = contents(home)
    with pytest.raises(BrokenRelease):
        roll_back(home, 2)
    assert contents(home) == before


def test_a_way_out_of_a_broken_current_one(home: Path) -> None:
    """A home that names a release that cannot be read is mended by going back."""
    (release(home, 4) / "manifest.json").unlink()
    assert roll_back(home, 3)[1] == 4
    assert current(home).number == 3  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(("number", "said"), [(1, "was dropped"), (9, "is not there"), (0, "is not there")])
def test_a_release_that_is_not_kept(home: Path, number: int, said: str) -> None:
    """It is said whether it ever was, and which ones are."""
    drop_old(home, 3)
    with pytest.raises(WrongCall, match=rf"{said}\. Name one of: 2, 3, 4\."):
        roll_back(home, number)

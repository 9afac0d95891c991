"""Which releases a home keeps, and which one is current: dropping old ones, going back to one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import WrongCall
from csto_graph.model import Release
from csto_graph.release.files import scratch_folder
from csto_graph.release.history import make_current, named, numbers
from csto_graph.release.home import find, held, verify
from csto_graph.release.use import unused

KEEP: Final = 20  # releases


@dataclass(frozen=True, slots=True)
class Dropped:
    """The numbers of the releases that were dropped, and of those that are old enough but are being read."""

    dropped: tuple[int, ...]
    in_use: tuple[int, ...]


def drop_old(home: Path, keep: int = KEEP) -> Dropped:
    """Keep the newest releases, that many, and the current one; drop the others, save those that somebody reads now.

    What is being read is dropped after a later publication. A kill leaves each release whole or gone.
    The newest number always stays, so no number is given twice. Raises `WrongCall` where the home cannot be written.
    """
    if keep < 1:
        raise WrongCall(f"keep {keep}", "at least one release is kept", "Keep 1 or more")
    with held(home):
        old = [number for number in numbers(home)[:-keep] if number != named(home)]
        dropped = tuple(number for number in old if _drop(home / "releases" / str(number)))
    return Dropped(dropped, tuple(number for number in old if number not in dropped))


def roll_back(home: Path, number: int) -> tuple[Release, int | None]:
    """Make a whole release current again; return it and the number of the one that was current before.

    Raises `WrongCall` where it is not kept, `BrokenRelease` where it does not verify: nothing is changed then.
    """
    release = find(home, number)
    with held(home):
        verify(release)
        before = named(home)
        make_current(home, release)
    return release, before


def _drop(folder: Path) -> bool:
    """First out of sight in one step, then away; whether it is gone."""
    with unused(folder) as free, scratch_folder(folder.parent) as scratch:
        if not free:
            return False
        try:
            folder.rename(scratch / "dropped")
        except PermissionError:  # Windows: a file of it is open
            return False
        shutil.rmtree(scratch / "dropped", ignore_errors=True)
    return True

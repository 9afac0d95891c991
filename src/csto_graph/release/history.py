"""Which release was the current one of a home since when: what a question about a past instant is answered from.

`<home>/history` has a line `<instant> <number>` for each time a release became current, the oldest first; lines are only added.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from csto_graph.model import Release, Standing
from csto_graph.release.files import replace_file, settle_entry


def history(home: Path) -> tuple[Standing, ...]:
    """The oldest first; the last one is that of the current release. Empty where nothing was published yet.

    Releases that were dropped since then stay in it. A home without the file has the instants of publication.
    """
    number = named(home)
    if number is None:
        return ()
    told = list(_told(home)) or [standing for standing in _published(home) if standing.since <= _naming(home)]
    if not told or told[-1].number != number:
        told.append(_unwritten(home, number, told))
    return _in_order(told)


def make_current(home: Path, release: Release) -> None:
    """Name the current release, at once, and note since when; the caller holds the home's lock.

    A kill between the two loses nothing: `history` sees from the file `current` what its last line does not say.
    """
    past = history(home)
    if named(home) == release.number:
        return
    replace_file(home / "current", f"{release.number}\n".encode())
    known = {standing.number for standing in past}
    since = datetime.now(UTC).replace(microsecond=0) if release.number in known else _instant(release.published)
    _write(home, _in_order([*past, Standing(release.number, since)]))


def numbers(home: Path) -> list[int]:
    """The numbers of the releases that are kept, readable or not, in order."""
    folder = home / "releases"
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdecimal()) if folder.is_dir() else []


def named(home: Path) -> int | None:
    """The number that the home names as current, be that release readable or not; None where it names none."""
    try:
        return int((home / "current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _told(home: Path) -> Iterator[Standing]:
    """The lines of the file; one that a kill cut short is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for line in (home / "history").read_text(encoding="ascii", errors="replace").splitlines():
            with suppress(ValueError):
                since, number = line.split(" ")
                yield Standing(int(number), _instant(since))


def _published(home: Path) -> Iterator[Standing]:
    for number in numbers(home):
        with suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads((home / "releases" / str(number) / "published.json").read_bytes())
            yield Standing(number, _instant(record["published"]))


def _unwritten(home: Path, number: int, told: Sequence[Standing]) -> Standing:
    """The current release where the last line names another: new since its publication, an older one since it was named."""
    published = {standing.number: standing.since for standing in _published(home)}
    if number in published and number not in {standing.number for standing in told}:
        return Standing(number, published[number])
    return Standing(number, _naming(home))


def _naming(home: Path) -> datetime:
    """When the current release was named, which comes after its publication."""
    return datetime.fromtimestamp(int((home / "current").stat().st_mtime), UTC)


def _in_order(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """No release begins before the one it follows, whatever the clock said."""
    latest = datetime.min.replace(tzinfo=UTC)
    ordered = []
    for standing in standings:
        latest = max(latest, standing.since)
        ordered.append(Standing(standing.number, latest))
    return tuple(ordered)


def _write(home: Path, past: Sequence[Standing]) -> None:
    """Adds the lines that the file does not have, beginning a new one where a kill cut the last short."""
    path, lines = home / "history", len(list(_told(home)))
    whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    added = "".join(f"{standing.since.isoformat()} {standing.number}\n" for standing in past[lines:])
    with path.open("ab") as file:
        file.write((added if whole else f"\n{added}").encode())
    settle_entry(path)
    settle_entry(home)


def _instant(text: str) -> datetime:
    """In UTC. Raises `ValueError`."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)

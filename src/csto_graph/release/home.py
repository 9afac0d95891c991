"""A home: numbered snapshots, and the name of the current one.

    <home>/releases/<N>/store/          RocksDB, opened read-only
    <home>/releases/<N>/manifest.json   what the release holds
    <home>/releases/<N>/published.json  when it was published here: the only clock, never part of the content
    <home>/current                      N
    <home>/history                      which release was current since when: see `history`
    <home>/sources/<id>/                texts that were ingested where no clone is: what a build reads beside the package's own
    <home>/mappings/, <home>/enrichment/<id>/  links that were decided on and what was brought in by them: the same
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from csto_graph.errors import BrokenRelease, CstoGraphError, WrongCall
from csto_graph.model import Release
from csto_graph.release.files import clear_scratch, refusals, scratch_folder, settle_entry, write_all
from csto_graph.release.history import make_current, numbers
from csto_graph.release.lock import locked
from csto_graph.release.manifest import Manifest, content_of, json_bytes

_REMEDY = "Run csto-graph build to publish a whole one"


def prepare(home: Path) -> None:
    """Make the folders of a home, so that one that cannot be written refuses before any work is done.

    Raises `WrongCall` naming the home and the remedy.
    """
    with refusals(home):
        (home / "releases").mkdir(parents=True, exist_ok=True)
        with locked(home), scratch_folder(home / "releases"):
            pass  # made and gone: the disk takes files


def publish(home: Path, store: Store, manifest: Manifest) -> tuple[Release, bool]:
    """Make this content the current release; return it, and whether it got a new number.

    The same content gets no new number while a whole release has it. On any failure the home is as it was.
    Raises `WrongCall` where the home cannot be written or another writer holds it too long.
    """
    with held(home):
        return publish_held(home, store, manifest)


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Be the only writer of a home. Raises `WrongCall` where it cannot be written or another writer holds it too long."""
    prepare(home)
    with refusals(home), locked(home):
        _clear_scratch(home)
        yield


def publish_held(home: Path, store: Store, manifest: Manifest) -> tuple[Release, bool]:
    """The same as `publish`, for who holds the home already."""
    same = _whole_release(home, manifest["content"])
    if same:
        make_current(home, same)
        return same, False
    with scratch_folder(home / "releases") as scratch:
        _copy_store(store, scratch / "store")
        return publish_folder(home, scratch, manifest), True


def publish_folder(home: Path, folder: Path, manifest: Manifest) -> Release:
    """Make a scratch folder under `releases`, whose `store` is closed, the current release. The home is held."""
    number = max(numbers(home), default=0) + 1
    instant = datetime.now(UTC).isoformat(timespec="seconds")
    write_all(folder, {"manifest.json": json_bytes(manifest), "published.json": json_bytes({"published": instant})})
    folder.chmod(0o755)  # mkdtemp keeps others out
    place = home / "releases" / str(number)
    folder.rename(place)
    settle_entry(place.parent)
    release = Release(number, place, manifest["content"], instant)
    make_current(home, release)
    return release


def current(home: Path) -> Release | None:
    """The release that the home names as current, not verified; None where nothing was published yet.

    Raises `BrokenRelease` where the name or the release it names cannot be read.
    """
    try:
        name = (home / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError):
        raise BrokenRelease(home / "current", "cannot be read", _REMEDY) from None
    if not name.isdecimal():
        raise BrokenRelease(home / "current", "does not hold the number of a release", _REMEDY)
    return _read_release(home / "releases" / name)


def opening(home: Path) -> Release | None:
    """The current release, once its store was seen to open; None where there is none. Raises `BrokenRelease` like `current`."""
    release = current(home)
    if release:
        open_store(release)
    return release


def last_good(home: Path) -> Release | None:
    """The newest release that verifies, or None. Which ones were passed over is the caller's to say."""
    return next((release for release in reversed(list(releases(home))) if is_whole(release)), None)


def releases(home: Path) -> Iterator[Release]:
    """Every release whose manifest can be read, by number."""
    for number in numbers(home):
        try:
            yield _read_release(home / "releases" / str(number))
        except BrokenRelease:
            continue


def find(home: Path, number: int) -> Release:
    """A release by its number, not verified.

    Raises `WrongCall` where it is not kept and `BrokenRelease` where it is not readable.
    """
    kept = numbers(home)
    if number in kept:
        return _read_release(home / "releases" / str(number))
    reason = "was dropped" if kept and 0 < number < kept[-1] else "is not there"
    remedy = f"Name one of: {', '.join(map(str, kept))}" if kept else "Run csto-graph build first"
    raise WrongCall(f"release {number}", reason, remedy)


def verify(release: Release) -> None:
    """Raises `BrokenRelease`, naming the file, unless the store holds exactly what the manifest describes."""
    store = open_store(release)
    try:
        content = content_of(store)
    except (OSError, RuntimeError, ValueError, CstoGraphError) as error:
        raise BrokenRelease(release.store, f"cannot be read ({_first_line(error)})", _REMEDY) from None
    if content != release.content:
        raise BrokenRelease(release.store, "does not hold what manifest.json beside it describes", _REMEDY)


def is_whole(release: Release) -> bool:
    """Whether the release verifies."""
    try:
        verify(release)
    except BrokenRelease:
        return False
    return True


def open_store(release: Release) -> Store:
    """The store of a release, read-only. Raises `BrokenRelease` where it does not open."""
    try:
        return Store.read_only(str(release.store))
    except (OSError, RuntimeError, ValueError) as error:
        raise BrokenRelease(release.store, f"does not open ({_first_line(error)})", _REMEDY) from None


def manifest_of(release: Release) -> Manifest:
    """What the release says of itself. Raises `BrokenRelease` where it cannot be read."""
    return _read_json(release.folder / "manifest.json")


def sizes(release: Release) -> dict[str, int]:
    """The triples of each graph, as the manifest counts them. Raises `BrokenRelease` where it does not."""
    manifest = release.folder / "manifest.json"
    try:
        counts = _read_json(manifest)["triples"]
        return {str(graph): int(counts[graph]) for graph in sorted(counts)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BrokenRelease(manifest, "does not describe a release", _REMEDY) from None


def _read_release(folder: Path) -> Release:
    manifest, published = _read_json(folder / "manifest.json"), _read_json(folder / "published.json")
    content, instant = manifest.get("content"), published.get("published")
    if not isinstance(content, str) or not isinstance(instant, str):
        raise BrokenRelease(folder / "manifest.json", "does not describe a release", _REMEDY)
    return Release(int(folder.name), folder, content, instant)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise BrokenRelease(path, f"cannot be read ({error.strerror})", _REMEDY) from None
    except ValueError:
        raise BrokenRelease(path, "is not JSON", _REMEDY) from None
    if not isinstance(record, dict):
        raise BrokenRelease(path, "is not a JSON object", _REMEDY)
    return record


def _copy_store(store: Store, folder: Path) -> None:
    snapshot = Store(str(folder))
    snapshot.bulk_extend(store)
    for graph in store.named_graphs():
        snapshot.add_graph(graph)  # an empty one has no quad that would bring it along
    snapshot.flush()


def _whole_release(home: Path, content: str) -> Release | None:
    return next((release for release in releases(home) if release.content == content and is_whole(release)), None)


def _clear_scratch(home: Path) -> None:
    """What a killed build left: nobody else is writing, as the lock is ours."""
    clear_scratch(home)
    clear_scratch(home / "releases")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]

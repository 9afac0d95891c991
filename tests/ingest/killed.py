"""Publishes a source, or takes one away, and is killed before each step in the file system; tells what each kill left.

Run on its own (`python -m tests.ingest.killed FOLDER add|remove`): it forks, which a process with the threads of a store cannot.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from csto_graph import pipeline, resources
from csto_graph.pipeline.records import Clock
from csto_graph.release.files import adding_folder, removing_folder, write_all
from csto_graph.release.home import current, verify
from csto_graph.release.manifest import content_of
from csto_graph.sources import declared_sources, sources_held
from tests.release.stores import MEMBERS, small_store

FILES = {"text.txt": b"Georgia left the CSTO in 1999.\n", "source.toml": b'title = "Two"\n'}
WITHOUT, WITH = MEMBERS[:1], MEMBERS
_STEPS = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(folder: Path, what: str) -> None:
    """A line of JSON for each kill, and one for the run that was let end."""
    steps, ended = 0, False
    while not ended:
        steps += 1
        work = folder / f"{what}-{steps}"
        resources.root = lambda at=work: at  # type: ignore[assignment]  # a clone of its own
        _in_child(lambda at=work: _prepare(at, what))  # type: ignore[misc]
        ended = _in_child(lambda at=work, n=steps: _change(at, what, n)) == 0  # type: ignore[misc]
        if _in_child(lambda at=work: _tell(at)):  # type: ignore[misc]
            raise SystemExit(f"{work}: the next build failed")
        shutil.rmtree(work)


def _in_child(act: Callable[[], None]) -> int:
    child = os.fork()
    if not child:
        status = 1
        try:
            act()
            status = 0
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitpid(child, 0)[1]


def _prepare(work: Path, what: str) -> None:
    write_all(work / "data" / "sources" / "one", {"text.txt": b"Armenia joined.\n", "source.toml": b'title = "One"\n'})
    if what == "remove":
        write_all(work / "data" / "sources" / "two", FILES)
    _build(work)


def _build(work: Path) -> None:
    """What `build` does, but for reading and reasoning."""
    with sources_held(work / "home"):
        two = "two" in {source.id for source in declared_sources(work / "home")}
        _publish(work, WITH if two else WITHOUT, None)


def _publish(work: Path, members: tuple[str, ...], moving: object) -> None:
    made = pipeline.Assembled(small_store(members), (), {}, (), Clock(lambda stage, seconds: None))
    pipeline.publish(made, work / "home", moving=moving)  # type: ignore[arg-type]


def _change(work: Path, what: str, step: int) -> None:
    place, left = work / "data" / "sources" / "two", [step]

    def kill(event: str, arguments: tuple[object, ...]) -> None:
        writes = event in _STEPS or (event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING))
        if writes and str(arguments[0]).startswith(str(work)):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)
    with sources_held(work / "home"):
        if what == "add":
            _publish(work, WITH, adding_folder(place, FILES))
        else:
            _publish(work, WITHOUT, removing_folder(place))


def _tell(work: Path) -> None:
    left = _state(work)
    _build(work)
    rest = sorted(str(path.relative_to(work)) for path in work.rglob(".new-*"))
    sys.stdout.write(json.dumps({"left": left, "mended": _state(work), "rest": rest}) + "\n")


def _state(work: Path) -> dict[str, object]:
    """The sources that can be read; which release is whole and current; which one the files hold (None: they are away)."""
    release, manifest = current(work / "home"), work / "data" / "release" / "manifest.json"
    assert release
    verify(release)
    return {
        "sources": [source.id for source in declared_sources(work / "home")],
        "release": release.content == content_of(small_store(WITH)),
        "files": json.loads(manifest.read_bytes())["content"] == content_of(small_store(WITH)) if manifest.exists() else None,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

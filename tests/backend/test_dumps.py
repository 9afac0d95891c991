"""Dumps are made once, whole or not at all, and take no more room than they may."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse

from csto_graph.backend import dumping
from csto_graph.backend.dumping import make, offered, place, sum_file
from csto_graph.backend.dumps import Dumps
from csto_graph.backend.interface import DroppedRelease, Limits, Unavailable
from csto_graph.model import Release
from csto_graph.release.home import open_store
from csto_graph.release.retention import drop_old
from csto_graph.release.syntaxes import write_graph
from tests.release.stores import contents, publish_members, quads, small_disk

WHOLE, GRAPH = "release-1.trig.gz", "release-1/source/one.ttl.gz"
SIZES = {"https://w3id.org/csto-graph/graph/source/one": 9, "https://w3id.org/csto-graph/graph/default": 9}


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """The only one of its home."""
    return publish_members(tmp_path)


def test_what_is_offered_is_what_can_be_made(tmp_path: Path, release: Release) -> None:
    """The whole release in two syntaxes, then the default graph, the others and the tables; each has its checksum beside it."""
    names = [dump.name for dump in offered(1, SIZES)]
    titles = ("interventions", "members", "statements", "treaties")
    tabled = [f"release-1/tables/{name}.{ending}" for name in titles for ending in ("csv.gz", "parquet")]
    assert names == [WHOLE, "release-1.nq.gz", "release-1/default.ttl.gz", GRAPH, *tabled]
    for name in names:
        assert make(tmp_path, 1, name) is None
        path = place(tmp_path, release, name)
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        assert gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes().startswith(b"PAR1")
        assert sum_file(path).read_text() == f"{checksum}  {path.name}\n"


def test_without_what_writes_parquet_none_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be made is not listed."""
    monkeypatch.setattr(dumping, "has_parquet", lambda: False)
    assert [dump.name for dump in offered(1, SIZES) if "parquet" in dump.name] == []


def test_a_dump_holds_the_release(tmp_path: Path, release: Release) -> None:
    """All of its quads, and of a graph the bytes of its Turtle file."""
    for name in (WHOLE, GRAPH):
        make(tmp_path, 1, name)
    whole, graph = (gzip.decompress(place(tmp_path, release, name).read_bytes()) for name in (WHOLE, GRAPH))
    assert set(parse(whole, format=RdfFormat.TRIG)) == set(quads())
    out = BytesIO()
    write_graph(open_store(release), DefaultGraph(), "turtle", out)
    assert graph == out.getvalue()  # the two graphs of this release hold the same


def test_two_homes_with_the_same_content_give_the_same_bytes(tmp_path: Path) -> None:
    """Neither the clock nor the folder is in them."""
    made = []
    for name in ("one", "two"):
        release = publish_members(tmp_path / name)
        make(tmp_path / name, 1, WHOLE)
        made.append(place(tmp_path / name, release, WHOLE).read_bytes())
    assert made[0] == made[1]


def test_what_is_there_is_not_made_again(tmp_path: Path, release: Release) -> None:
    """Another process may have made it meanwhile."""
    make(tmp_path, 1, GRAPH)
    path = place(tmp_path, release, GRAPH)
    before = path.stat().st_ino
    assert make(tmp_path, 1, GRAPH) is None
    assert path.stat().st_ino == before


def test_a_full_disk_leaves_nothing_half_made() -> None:
    """Why it was not made is said, and nothing of it lies there."""
    with small_disk(500) as disk:
        release = publish_members(disk)
        (disk / "dumps").mkdir()
        (disk / "filler").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))
        assert "No space left" in (make(disk, 1, WHOLE) or "")
        assert [name for name in contents(disk / "dumps") if "trig" in name] == []
        (disk / "filler").unlink()
        assert make(disk, 1, WHOLE) is None
        assert place(disk, release, WHOLE).exists()


def test_those_used_longest_ago_make_room(tmp_path: Path, release: Release) -> None:
    """The bound is kept, and the one just made stays, however large."""
    one, two, three = (f"release-1{rest}" for rest in (".nq.gz", "/default.ttl.gz", "/source/one.ttl.gz"))
    for number, name in enumerate((one, two)):
        make(tmp_path, 1, name)
        os.utime(place(tmp_path, release, name), (number, number))
    room = sum(place(tmp_path, release, name).stat().st_size for name in (two, one)) + 1
    make(tmp_path, 1, three, room)
    there = [name for name in (one, two, three) if sum_file(place(tmp_path, release, name)).exists()]
    assert there == [two, three]
    make(tmp_path, 1, one, 1)
    assert place(tmp_path, release, one).exists()
    assert not place(tmp_path, release, two).exists()


def test_dumps_go_with_their_release(tmp_path: Path, release: Release) -> None:
    """After the next dump is made."""
    make(tmp_path, 1, WHOLE)
    publish_members(tmp_path, ("armenia",))
    drop_old(tmp_path, 1)
    assert make(tmp_path, 2, "release-2.trig.gz") is None
    assert not place(tmp_path, release, WHOLE).parent.exists()


def test_a_release_that_is_not_kept_is_told(tmp_path: Path, release: Release) -> None:
    """As a sentence, not as a traceback of a process."""
    publish_members(tmp_path, ("armenia",))
    drop_old(tmp_path, 1)
    assert "was dropped" in (make(tmp_path, 1, WHOLE) or "")


def test_two_who_ask_at_once_wait_for_one(tmp_path: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made once, and both have it."""
    dumps, started, asked = Dumps(tmp_path), [], threading.Barrier(2)

    def make_slowly(path: Path, number: int, name: str) -> str | None:
        started.append(name)
        asked.wait(60)
        return make(tmp_path, number, name)

    def ask(wait: bool) -> Path:
        if wait:
            asked.wait(60)  # the first one has begun
        return dumps.file(release, WHOLE, Limits()).path

    monkeypatch.setattr(dumps, "_make", make_slowly)
    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(ask, (False, True)))
    assert started == [WHOLE] and paths[0] == paths[1] == place(tmp_path, release, WHOLE)
    dumps.close()


def test_its_own_process_makes_it_and_may_be_killed(tmp_path: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends early is told as unavailable, and the next one makes it."""
    monkeypatch.setattr("csto_graph.backend.dumps._WAIT", 60.0)
    dumps = Dumps(tmp_path)
    with monkeypatch.context() as patched, pytest.raises(Unavailable, match="cannot be made now"):
        patched.setattr("csto_graph.backend.dumps.Child.step_back", lambda child, _: child.process.kill())
        dumps.file(release, WHOLE, Limits(seconds=60))
    made = dumps.file(release, WHOLE, Limits(seconds=60))
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256 and made.length == made.path.stat().st_size
    dumps.close()


def test_what_takes_long_is_being_made(tmp_path: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not want to wait is told to ask again; a release that was dropped meanwhile is told as such."""
    dumps, go = Dumps(tmp_path), threading.Event()
    monkeypatch.setattr(dumps, "_make", lambda *_: go.wait(60) and None)
    with pytest.raises(Unavailable, match="being made"):
        dumps.file(release, WHOLE, Limits(seconds=0.01))
    shutil.rmtree(release.folder)
    go.set()
    with pytest.raises(DroppedRelease):
        dumps.file(release, WHOLE, Limits())
    dumps.close()


def test_the_name_of_a_graph_from_elsewhere_stays_in_the_folder(tmp_path: Path, release: Release) -> None:
    """Its dump is a file of the release, whatever its IRI is."""
    (dump,) = (each for each in offered(1, {"http://example.org/../../g": 1}) if each.graph)
    assert place(tmp_path, release, dump.name).resolve().is_relative_to(tmp_path / "dumps")
    assert dump.compressed == dumping.GZIP

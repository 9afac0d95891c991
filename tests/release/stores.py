"""Small stores for tests of releases."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH, ID, RDF, RDFS
from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files

NOBODY = 65534
MEMBERS = ("armenia", "belarus", "kazakhstan")


def iri(base: object, name: str) -> NamedNode:
    """A term or a thing: `iri(CST, "memberOf")`."""
    return NamedNode(f"{base}{name}")


def quads(members: tuple[str, ...] = MEMBERS) -> Iterator[Quad]:
    """Members of an organisation, in the default graph and in the graph of a source."""
    for graph in (DefaultGraph(), iri(GRAPH, "source/one")):
        for member in members:
            state = iri(ID, f"state/{member}")
            yield Quad(state, iri(CST, "memberOf"), iri(ID, "organisation/csto"), graph)
            yield Quad(state, NamedNode(str(RDF.type)), iri(CST, "State"), graph)
            yield Quad(state, NamedNode(str(RDFS.label)), Literal(member.title(), language="en"), graph)


def small_store(members: tuple[str, ...] = MEMBERS) -> Store:
    """A store in memory with those quads."""
    store = Store()
    store.extend(quads(members))
    return store


def publish_members(home: Path, members: tuple[str, ...] = MEMBERS) -> Release:
    """A release of a small store in a home."""
    store = small_store(members)
    return publish(home, store, render_files(store, {})[0])[0]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes; `.lock` holds nothing."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}


def flip_byte(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """A disk of that size, or a skipped test where this process may not mount one."""
    with TemporaryDirectory(dir="/tmp") as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True, check=False
        )
        if mounted.returncode:
            pytest.skip("mounting a small disk needs root")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def shared_folder(mode: int) -> Iterator[Path]:
    """A folder with that mode which other users reach; pytest's own are closed to them."""
    with TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(mode)
        yield Path(folder)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Act as a user whom permissions bind; root is not bound by any."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)

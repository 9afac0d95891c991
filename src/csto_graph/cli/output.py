"""Where a command writes what may be long: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import IO, cast

from csto_graph.errors import WrongCall
from csto_graph.release.files import refusals, replace_file, replacing_file
from csto_graph.release.sums import Sink, Summed, sum_line


@contextmanager
def output(out: Path | None, *, compressed: bool = False, checksums: bool = False) -> Iterator[Sink]:
    """Takes what the block writes; `checksums` adds a file beside `out` that `sha256sum --check` reads.

    A file is replaced when the block ends well; a device or a pipe is written to, and stays what it is.
    Raises `WrongCall` for what cannot be written.
    """
    if checksums and (out is None or _is_device(out)):
        raise WrongCall("--checksums", "stand beside a file", "Name the file with --out")
    if out is None:
        with _compressed(sys.stdout.buffer, compressed) as sink:
            yield sink
        return
    with refusals(out):
        with _file(out.resolve()) as file:
            summed = Summed(file)
            with _compressed(summed, compressed) as sink:
                yield sink
        if checksums:
            replace_file(Path(f"{out}.sha256"), sum_line(summed.sha256, out.name).encode())


def _is_device(out: Path) -> bool:
    return out.exists() and not out.is_file()


@contextmanager
def _file(out: Path) -> Iterator[IO[bytes]]:
    if _is_device(out):
        with out.open("wb") as device:
            yield device
    else:
        with replacing_file(out) as file:
            yield file


@contextmanager
def _compressed(sink: Sink, compressed: bool) -> Iterator[Sink]:
    """No name and no time, so that the same content is the same bytes (RFC 1952, section 2.3.1)."""
    if not compressed:
        yield sink
        return
    with GzipFile(filename="", mode="wb", fileobj=cast(IO[bytes], sink), mtime=0) as file:
        yield file

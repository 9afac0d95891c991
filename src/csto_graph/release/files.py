"""Writing a release as a folder: all of it or nothing of it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from csto_graph.errors import WrongCall

_REMEDIES = {
    errno.ENOSPC: "Free some space on its disk",
    errno.EDQUOT: "Free some space in your quota",
    errno.EROFS: "Its disk is read-only: use another folder",
    errno.EACCES: "Make it writable or use another folder",
    errno.EPERM: "Make it writable or use another folder",
    errno.EEXIST: "A file lies where the folder should be: move it or use another folder",
    errno.ENOTDIR: "A file lies where the folder should be: move it or use another folder",
}


@contextmanager
def replacing_files(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Lay files by relative name beside a folder; they replace all it held when the block ends well, else they are gone.

    Raises `WrongCall` where the folder cannot be written: before the block, so that nothing else has been done yet.
    """
    with ExitStack() as until_done:
        with refusals(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            scratch = until_done.enter_context(scratch_folder(folder.parent))
            write_all(scratch, files)
            scratch.chmod(0o755)  # mkdtemp keeps others out
        yield
        with refusals(folder):
            _swap(scratch, folder)


@contextmanager
def adding_folder(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put a new folder with these files in its place at once; if the block does not end well, it is gone again.

    It is laid out beside its parent, so that whoever lists the parent sees the whole folder or none.
    Raises `WrongCall` where it cannot be written or is there already.
    """
    with ExitStack() as until_done:
        with refusals(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            scratch = until_done.enter_context(scratch_folder(folder.parent.parent))
            write_all(scratch, files)
            scratch.chmod(0o755)  # mkdtemp keeps others out
            scratch.rename(folder)
            settle_entry(folder.parent)
        until_done.enter_context(_going_back(folder, scratch))
        yield


@contextmanager
def removing_folder(folder: Path) -> Iterator[None]:
    """Take a folder away at once; if the block does not end well, it is back. Raises `WrongCall` where that is not allowed."""
    with ExitStack() as until_done:
        with refusals(folder):
            aside = until_done.enter_context(scratch_folder(folder.parent.parent)) / folder.name
            folder.rename(aside)
            settle_entry(folder.parent)
        until_done.enter_context(_going_back(aside, folder))
        yield


def refuse_read_only(folder: Path) -> None:
    """Raises `WrongCall` where a new folder could not be put in its place: before work is done that would be lost."""
    parent = next(path for path in folder.parents if path.exists())
    with refusals(folder):
        if not os.access(parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))


@contextmanager
def _going_back(moved: Path, place: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:  # an interrupt too
        moved.rename(place)
        raise


def clear_scratch(parent: Path) -> None:
    """What a killed process left. Nobody else may be writing here."""
    for path in parent.glob(".new-*"):
        shutil.rmtree(path, ignore_errors=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by relative name and wait until the disk has them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    settle(folder)


def settle(folder: Path) -> None:
    """Return once the disk holds every file of a folder and their names."""
    for path in [folder, *folder.rglob("*")]:
        settle_entry(path)


def settle_entry(path: Path) -> None:
    """Return once the disk holds one file, or the names in one folder."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that its readers see the old one or the new one, never a part."""
    with replacing_file(path) as file:
        file.write(content)


@contextmanager
def replacing_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of what was there when the block ends well, else it is gone."""
    with scratch_folder(path.parent) as scratch:
        with (scratch / path.name).open("wb") as file:
            yield file
        settle(scratch)
        (scratch / path.name).replace(path)


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A new hidden folder beside the final one, on the same file system; gone afterwards unless it was renamed."""
    scratch = Path(mkdtemp(prefix=".new-", dir=parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about a folder we write to into one line with its remedy."""
    try:
        yield
    except OSError as error:
        code = error.errno or errno.ENOSPC * ("No space left" in str(error))  # RocksDB gives the words only
        reason = os.strerror(code) if code else str(error).splitlines()[0]
        raise WrongCall(folder, f"cannot be written ({reason})", _REMEDIES.get(code, "Use another folder")) from error


def _swap(new: Path, folder: Path) -> None:
    """Put a folder in the place of another; a folder cannot be renamed onto one that is not empty."""
    if not folder.exists():
        new.rename(folder)
        return
    with scratch_folder(folder.parent) as aside:
        old = aside / "old"
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise

"""Where the sources of a build lie, and that one process at a time reads or changes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from csto_graph import resources
from csto_graph.enrichment import enrichment_folders
from csto_graph.errors import RefusedData
from csto_graph.model import Source
from csto_graph.release.files import clear_scratch, refusals
from csto_graph.release.lock import locked
from csto_graph.text.sources import read_sources

LONGEST_BUILD: Final = 600.0  # seconds that one build waits for another


def declared_sources(home: Path) -> tuple[Source, ...]:
    """Every source that a build in this home reads.

    Raises `RefusedData` where one cannot be read, or where two, or one and a collection of cited facts, have one id.
    """
    sources = read_sources(*source_folders(home))
    for source in sources:
        other = other_than_a_source(home, source.id)
        if other is not None:
            problem = f"a collection of cited facts or an import has this id: {other}"
            raise RefusedData(source.path.parent, problem, "Rename this folder to the id that it shall have, or remove it")
    return sources


def taken_by(home: Path, id_: str) -> Path | None:
    """The folder of the source, the collection of cited facts or the import that has this id: their graphs would share a name."""
    sources = (folder / id_ for folder in source_folders(home))
    return next((folder for folder in sources if folder.is_dir()), None) or other_than_a_source(home, id_)


def other_than_a_source(home: Path, id_: str) -> Path | None:
    """The folder of the collection or the import that has this id."""
    folders = (collection_folder(id_), *(folder / id_ for folder in enrichment_folders(home)))
    return next((folder for folder in folders if folder.is_dir()), None)


def collection_folder(id_: str) -> Path:
    """Where a collection of cited facts of this id lies, if there is one: its statements would share a graph with a source's."""
    return resources.root() / "data" / "curated" / id_


def source_folders(home: Path) -> tuple[Path, ...]:
    """Where sources lie; what is ingested goes into the last. Beside those of an installed package, a home has its own."""
    packaged = resources.root() / "data" / "sources"
    return (packaged,) if resources.in_clone() else (packaged, home / "sources")


@contextmanager
def sources_held(home: Path) -> Iterator[None]:
    """Be the only one who builds from these sources or changes them, lest a release lack what was added meanwhile.

    Raises `WrongCall` where their folder cannot be written or another holds them too long.
    """
    folder = source_folders(home)[-1].parent
    with ExitStack() as until_done:
        with refusals(folder):
            until_done.enter_context(locked(folder, LONGEST_BUILD, ".sources.lock"))
            if folder != home:  # a home is cleared where it is held
                clear_scratch(folder)
        yield

"""A local extract of another data set, Turtle or CSV, as the things that it describes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link.external.described import Described
from csto_graph.link.external.tables import read_table
from csto_graph.link.external.triples import Properties, read_triples

EXTRACTS: Final = (".ttl", ".csv")


def read_extract(path: Path, properties: Properties | None = None) -> tuple[Described, ...]:
    """The things of an extract that have an IRI and a name, by IRI. `docs/linking.md` has the columns and the properties.

    Raises `RefusedData` naming the byte that is not UTF-8, or the line that cannot be meant, and where nothing has a name.
    """
    if not path.is_file():
        raise WrongCall(path, "there is no such file", "Check the path, or give the address of an endpoint")
    if path.suffix not in EXTRACTS:
        raise WrongCall(path, "is no extract", f"Name a file that ends in {' or '.join(EXTRACTS)}")
    text = utf8(path)
    found = read_table(path, text) if path.suffix == ".csv" else read_triples(path, text, properties or Properties())
    if not found:
        raise RefusedData(path, "describes nothing that has an IRI and a name", "Name its labels with --name-property")
    return tuple(sorted(found, key=lambda thing: thing.iri))


def utf8(path: Path) -> str:
    """The characters of a file, without a byte order mark. Raises `RefusedData` naming the first byte that is not UTF-8."""
    try:
        content = path.read_bytes()
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{error.object[error.start]:02X} at offset {error.start} is not UTF-8"
        raise RefusedData(f"{path}:{line}", problem, "Save the file as UTF-8") from None
    except OSError as error:
        raise WrongCall(path, f"cannot be read ({error.strerror})", "Check the path") from None

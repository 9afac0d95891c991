"""Dumps as distributions of a dataset (DCAT 3, sections 6.8 and 6.17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from csto_graph.backend.interface import Dump, DumpFile
from csto_graph.model import Release
from csto_graph.namespaces import BASE, DCAT, DCTERMS, GRAPH, RDF, XSD
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import served
from csto_graph.void.describing import LICENCE, triple

SPDX: Final = "http://spdx.org/rdf/terms#"
_DCAT: Final = str(DCAT)  # rdflib's DCAT is version 2
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


def address(name: str) -> str:
    """Where a dump is downloaded."""
    return f"{root()}/dumps/{quote(name)}"


def title(dump: Dump) -> str:
    """What a dump holds, in words."""
    if dump.table:
        return f"The table {dump.table}"
    if dump.graph is None:
        return "All graphs"
    name = dump.graph.removeprefix(str(GRAPH))
    return "The default graph" if name == "default" else f"The graph {name}"


def distributions(release: Release, dataset: str, *, whole: bool = False) -> Iterator[Triple]:
    """The dumps of a release as distributions of a dataset; `whole`: those of all graphs only."""
    backend = served().backend
    for dump in backend.dumps(release):
        if dump.whole or not whole:
            yield triple(dataset, DCAT.distribution, NamedNode(address(dump.name)))
            yield from _distribution(dump, backend.made(release, dump.name))


def _distribution(dump: Dump, made: DumpFile | None) -> Iterator[Triple]:
    here = address(dump.name)
    yield triple(here, RDF.type, NamedNode(str(DCAT.Distribution)))
    yield triple(here, DCTERMS.title, title(dump))
    yield triple(here, DCTERMS.license, NamedNode(LICENCE))
    yield triple(here, DCAT.downloadURL, NamedNode(here))
    yield triple(here, DCAT.accessURL, NamedNode(f"{root()}/dumps/"))
    yield triple(here, DCAT.mediaType, NamedNode(f"{_MEDIA_TYPES}{dump.media_type}"))
    if dump.compressed:
        yield triple(here, f"{_DCAT}compressFormat", NamedNode(f"{_MEDIA_TYPES}{dump.compressed}"))
    if dump.graph and dump.graph.startswith(BASE):
        yield triple(here, DCTERMS.subject, NamedNode(dump.graph))
    yield from _bytes(here, made) if made else ()


def _bytes(here: str, made: DumpFile) -> Iterator[Triple]:
    """What is known once it was made."""
    checksum = f"{here}#sha256"
    yield triple(here, DCAT.byteSize, Literal(str(made.length), datatype=NamedNode(str(XSD.nonNegativeInteger))))
    yield triple(here, f"{SPDX}checksum", NamedNode(checksum))
    yield triple(checksum, RDF.type, NamedNode(f"{SPDX}Checksum"))
    yield triple(checksum, f"{SPDX}algorithm", NamedNode(f"{SPDX}checksumAlgorithm_sha256"))
    yield triple(checksum, f"{SPDX}checksumValue", Literal(made.sha256, datatype=NamedNode(str(XSD.hexBinary))))

"""Extracts are read as they are documented, and refused by line or byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import CstoGraphError, RefusedData
from csto_graph.link.external.described import identifier
from csto_graph.link.external.extracts import read_extract
from csto_graph.link.external.triples import Properties

TURTLE = """@prefix x: <https://other.test/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
x:1 a x:Country ; skos:prefLabel "Arménie"@fr , "Armenia"@en ; skos:altLabel "Hayastan" ; x:title "Republic of Armenia" ;
  owl:sameAs <https://third.test/9> ; schema:foundingDate "1991-09-21" ; schema:containedInPlace x:2 ;
  skos:notation "AM"^^x:iso3166Alpha2 , "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
x:2 skos:prefLabel "Asia"@en . x:3 x:title "only by its title" . x:4 a x:Country . [] skos:prefLabel "nobody" ."""
CSV = """iri,label,names,types,identifiers,from,to,places
https://other.test/1,Armenia,Hayastan|Arménie,country,iso3166Alpha2=AM|https://third.test/9,1991-09,,Asia
https://other.test/2,"Korea, North",,,,,2001,
"""


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_turtle(tmp_path: Path) -> None:
    """English names come first; what is named by another property is there when that is given."""
    path = _file(tmp_path, "x.ttl", TURTLE)
    first, second = read_extract(path)
    assert (first.label, set(first.names), first.types) == ("Armenia", {"Arménie", "Hayastan"}, ("https://other.test/Country",))
    assert first.identifiers == {("https://third.test/", "https://third.test/9"), ("iso3166Alpha2", "AM")}
    assert (first.begins, first.places, second.label) == ({1991}, ("Asia",), "Asia")
    further = read_extract(path, Properties(names=("https://other.test/title",)))
    assert [each.label for each in further] == ["Armenia", "Asia", "only by its title"]
    assert "Republic of Armenia" in further[0].names


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv(tmp_path: Path, mark: bytes) -> None:
    """The documented columns, with and without a byte order mark."""
    first, second = read_extract(_file(tmp_path, "x.csv", mark + CSV.encode()))
    assert (first.names, first.types, first.begins, first.places) == (("Hayastan", "Arménie"), ("country",), {1991}, ("Asia",))
    assert first.identifiers == {("iso3166Alpha2", "AM"), ("https://third.test/", "https://third.test/9")}
    assert (second.label, second.ends, second.begins) == ("Korea, North", {2001}, frozenset())


@pytest.mark.parametrize(
    ("name", "content", "place", "said"),
    [
        ("x.csv", "iri,label\nhttps://o.test/1,Arm\xe9nie\n".encode("latin-1"), "x.csv:2", "byte 0xE9 at offset 30 is not UTF-8"),
        ("x.ttl", '<x:a> <x:b> "\xe9" .'.encode("latin-1"), "x.ttl:1", "byte 0xE9 at offset 13 is not UTF-8"),
        ("x.csv", "iri,label\n".encode("utf-16"), "x.csv:1", "byte 0xFF at offset 0 is not UTF-8"),
        ("x.csv", "iri,name\n", "x.csv:1", "column 'name' is unknown"),
        ("x.csv", "iri,label,label\n", "x.csv:1", "column 'label' is unknown or there twice"),
        ("x.csv", "iri\n", "x.csv:1", "column 'label' is missing"),
        ("x.csv", "iri,label\nhttps://o.test/1\n", "x.csv:2", "1 cells, not 2"),
        ("x.csv", "iri,label\nArmenia,x\n", "x.csv:2", "'Armenia' is no IRI"),
        ("x.csv", "iri,label\nhttps://o.test/1,\n", "x.csv:2", "has no label"),
        ("x.csv", "iri,label\n\nhttps://o.test/1,a\nhttps://o.test/1,b\n", "x.csv:4", "stands on line 3 already"),
        ("x.csv", "iri,label,from\nhttps://o.test/1,a,long ago\n", "x.csv:2", "from 'long ago' is no date"),
        ("x.csv", "iri,label,identifiers\nhttps://o.test/1,a,AM\n", "x.csv:2", "identifier 'AM' has no scheme"),
        ("x.csv", 'iri,label\nhttps://o.test/1,"a\n', "x.csv:2", "is not CSV"),
        ("x.ttl", "<x:a> <x:b>\n<x:c> <x:d> .", "x.ttl:2", "is not Turtle"),
        ("x.ttl", "<x:a> <x:b> <x:c> .", "x.ttl", "describes nothing"),
        ("x.csv", "iri,label\n", "x.csv", "describes nothing"),
        ("x.csv", "", "x.csv", "describes nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_its_line(tmp_path: Path, name: str, content: str | bytes, place: str, said: str) -> None:
    """The file, its line, and what is wrong."""
    with pytest.raises(RefusedData) as refusal:
        read_extract(_file(tmp_path, name, content))
    assert refusal.value.place == str(tmp_path / place)
    assert said in refusal.value.problem


@pytest.mark.parametrize("name", ["x.rdf", "missing.ttl"])
def test_what_is_no_extract_is_refused(tmp_path: Path, name: str) -> None:
    """By its ending, or because it is not there."""
    _file(tmp_path, "x.rdf", "")
    with pytest.raises(CstoGraphError, match=name):
        read_extract(tmp_path / name)


@pytest.mark.parametrize(
    ("written", "scheme"),
    [
        ("http://a.test/b/c", "http://a.test/b/"),
        ("https://sws.geonames.org/174982/", "https://sws.geonames.org/"),
        ("http://a.test/b#c", "http://a.test/b#"),
        ("COW state number=371", "COW state number"),
    ],
)
def test_the_scheme_of_an_identifier(written: str, scheme: str) -> None:
    """All but the last part of an IRI, or what stands before the sign."""
    assert identifier(written)[0] == scheme

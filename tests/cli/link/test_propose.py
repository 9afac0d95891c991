"""`link propose` prints a table for a reviewer, from an extract or from an endpoint, and refuses what it cannot use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph.link.external.review import COLUMNS
from tests.cli.calls import Call
from tests.link.external.lying import JSON, Endpoints, serving

CSV = "iri,label,types\nhttps://other.test/399,Armenia,country\nhttps://other.test/1,=Belarus,\n"
MANIFEST = {"versions": ["0.2"], "name": "x", "identifierSpace": "https://other.test/", "schemaSpace": "http://x/"}


@pytest.fixture(scope="module")
def endpoints() -> Iterator[Endpoints]:
    """A server whose paths answer as a test says."""
    with serving() as found:
        yield found


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table), delimiter="\t"))


def test_an_extract(call: Call, home: Path, tmp_path: Path) -> None:
    """A pair a line with its reasons; what a spreadsheet would carry out is shown instead; the sum is on stderr."""
    extract = tmp_path / "x.csv"
    extract.write_text(CSV, encoding="utf-8")
    found = call("link", "propose", "--target", extract, "--class", "State", "--least", "0.7", "--home", home)
    armenia, belarus = _rows(found.stdout)
    assert (found.code, tuple(armenia)) == (0, COLUMNS)
    assert (armenia["subject"], armenia["object"]) == ("https://w3id.org/csto-graph/id/state/armenia", "https://other.test/399")
    assert (armenia["score"], armenia["sure"], armenia["decision"], armenia["predicate"]) == ("0.95", "sure", "", "skos:exactMatch")
    assert "class +0.10 (both are of class State)" in armenia["reasons"]
    assert (belarus["object_label"], belarus["sure"]) == ("'=Belarus", "")
    assert "2 pairs for 2 of them, 1 sure" in found.stderr


def test_the_same_table_in_a_file(call: Call, home: Path, tmp_path: Path) -> None:
    """Twice the same bytes, and nothing on stdout."""
    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")
    arguments = ("link", "propose", "--target", tmp_path / "x.csv", "--thing", "Armenia", "--home", home)
    assert call(*arguments, "--out", tmp_path / "found.tsv").stdout == ""
    assert (tmp_path / "found.tsv").read_text(encoding="utf-8") == call(*arguments).stdout


def test_a_reconciliation_endpoint(call: Call, home: Path, endpoints: Endpoints) -> None:
    """Asked for the label of the one thing; its own score is shown, and ours is given."""
    candidate = {"id": "399", "name": "Armenia", "score": 100, "type": [{"id": "Q6256", "name": "country"}]}
    endpoints.give("POST /api", {"q0": {"result": [candidate]}})
    address = endpoints.give("/api", MANIFEST)
    found = call("link", "propose", "--target", "other", "--endpoint", address, "--thing", "state/armenia", "--home", home)
    (row,) = _rows(found.stdout)
    assert (row["object"], row["sure"]) == ("https://other.test/399", "sure")
    assert row["reasons"].endswith("; the endpoint scores it 100")


def test_an_endpoint_that_lies_leaves_nothing(call: Call, home: Path, endpoints: Endpoints, tmp_path: Path) -> None:
    """The table of an earlier run stays as it was; the line names the address."""
    out = tmp_path / "found.tsv"
    out.write_text("earlier", encoding="utf-8")
    endpoints.give("POST /lies", b"<html>", "text/html")
    address = endpoints.give("/lies", MANIFEST, JSON)
    found = call("link", "propose", "--target", address, "--thing", "Armenia", "--out", out, "--home", home)
    assert found.refuses(1, address, "answered as text/html")
    assert [path.name for path in tmp_path.iterdir()] == ["found.tsv"]
    assert out.read_text(encoding="utf-8") == "earlier"


def test_an_endpoint_of_another_data_set(call: Call, home: Path, endpoints: Endpoints) -> None:
    """Who asks one data set gets things of that one, or a refusal."""
    endpoints.give("POST /other", {"q0": {"result": [{"id": "x", "name": "Armenia", "score": 1}]}})
    address = endpoints.give("/other", MANIFEST)
    found = call("link", "propose", "--target", "other", "--endpoint", address, "--thing", "Armenia", "--home", home)
    assert found.refuses(1, address, "<https://other.test/x>, which is no IRI of Other")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--target", "wikidatta"), "Perhaps wikidata is meant"),
        (("--target", "geonames"), "has no public endpoint that we know"),
        (("--target", "nowhere.ttl"), "there is no such file"),
        (("--target", "x.csv", "--protocol", "sparql"), "a file is not asked"),
        (("--target", "http://127.0.0.1:1/", "--endpoint", "http://127.0.0.1:1/"), "an address already"),
        (("--target", "x.csv", "--class", "Sate"), "Perhaps State is meant"),
        (("--target", "x.csv", "--thing", "Armeniaa"), "nearest name is Armenia"),
        (("--target", "x.csv", "--type-is", "State"), "does not say which class"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_meant(call: Call, home: Path, arguments: tuple[str, ...], said: str) -> None:
    """One line and exit 2."""
    assert call("link", "propose", *arguments, "--home", home).refuses(2, said)

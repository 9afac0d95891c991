"""A small server in the place of Wikidata, with items that are there, dead, moved, merged, and with answers that are none."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph.link.checking.fetching import Unanswered
from csto_graph.link.checking.links import Finding, Link, read_links
from csto_graph.link.checking.online import Asked, dereferenced, visited
from csto_graph.link.external.asking import Limits
from csto_graph.resources import root
from csto_graph.targets import load_targets
from tests.link.checking.written_links import write_links
from tests.link.external.lying import Endpoints, serving

TARGETS = load_targets(root() / "data" / "mappings")
TURTLE = "text/turtle"
ABOUT = b"<http://www.wikidata.org/entity/%s> <http://www.w3.org/2000/01/rdf-schema#label> 'x' ."
SAME = b"<http://www.wikidata.org/entity/%s> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/%s> ."


@pytest.fixture(scope="module")
def wikidata() -> Iterator[Endpoints]:
    """As Wikidata answers, and as it might."""
    with serving() as found:
        entity, data = "/entity/", "/wiki/Special:EntityData/"
        found.redirect(f"{entity}Q1", 303, f"{data}Q1.ttl")
        found.give(f"{data}Q1.ttl", ABOUT % b"Q1", TURTLE)
        found.redirect(f"{entity}Q2", 301, f"{entity}Q2/")
        found.give(f"{entity}Q2/", b"<html>", "text/html")
        found.give(f"{entity}Q3", b"", "text/html", 410)
        found.redirect(f"{entity}Q4", 301, "/somewhere/else")
        found.redirect(f"{entity}Q5", 303, f"{data}Q50.ttl")
        found.redirect(f"{entity}Q6", 303, f"{data}Q6.ttl")
        found.give(f"{data}Q6.ttl", SAME % (b"Q6", b"Q60"), TURTLE)
        found.redirect(f"{entity}Q7", 308, f"{entity}Q70")
        found.redirect(f"{entity}Q8", 303, f"{entity}Q8")
        found.give(f"{entity}Q9", b"<html>nothing of the kind", TURTLE)
        found.give(f"{entity}Q10", ABOUT % b"Q11", TURTLE)
        found.give(f"{entity}Q12", b"", "text/html", 500)
        found.give(f"{entity}Q13/cut", b"<html>", "text/html")
        found.redirect(f"{entity}Q13", 302, f"{entity}Q13/cut")
        found.hang(f"{entity}Q14")
        found.redirect(f"{entity}Q15", 303, "ftp://example.org/Q15")
        found.redirect(f"{entity}Q16", 303, f"{data}Q16.ttl")  # what it leads to is gone
        found.give(f"{entity}Q17", SAME % (b"Q17", b"P17"), TURTLE)
        found.give(f"{entity}Q18", b"x" * 2_000, "text/html")
        found.give(f"{entity}Q19", gzip.compress(ABOUT % b"Q19"), TURTLE)
        found.give(f"{entity}Q20", gzip.compress(ABOUT % b"Q20")[:-9], TURTLE)
        found.give(f"{entity}Q21", b"no gzip", TURTLE)
        found.give(f"{entity}Q22", b"", TURTLE)
        found.give(f"{entity}Q23", gzip.compress(bytes(1_000_000)), TURTLE)
        found.encodings |= {f"{entity}Q{number}": "br" if number == 22 else "gzip" for number in range(19, 24)}
        yield found


def _links(path: Path, *items: str) -> list[Link]:
    return list(read_links([write_links(path / "x.sssom.tsv", *(f"id:state/s{item} skos:exactMatch wd:{item}" for item in items))], TARGETS))


def _visited(wikidata: Endpoints, path: Path, item: str) -> Finding | None:
    (link,) = _links(path, item)
    return visited(link, Asked(Limits(0.3 if item == "Q14" else 20, 1_000), 0, {"wikidata": f"{wikidata.address}/entity/"}))


@pytest.mark.parametrize("item", ["Q1", "Q2", "Q17", "Q19"])
def test_what_is_there_is_well(wikidata: Endpoints, tmp_path: Path, item: str) -> None:
    """By way of its data or of a page; a slash more is no other address, and what is no item is none it was merged into."""
    assert _visited(wikidata, tmp_path, item) is None


@pytest.mark.parametrize(
    ("item", "kind", "said"),
    [
        ("Q3", "deleted", "/entity/Q3 answered 410"),
        ("Q99", "deleted", "/entity/Q99 answered 404"),
        ("Q16", "deleted", "Q16.ttl answered 404"),
        ("Q4", "moved", "/somewhere/else"),
        ("Q5", "merged", "http://www.wikidata.org/entity/Q5 is now http://www.wikidata.org/entity/Q50"),
        ("Q6", "merged", "http://www.wikidata.org/entity/Q6 is now http://www.wikidata.org/entity/Q60"),
        ("Q7", "merged", "http://www.wikidata.org/entity/Q7 is now http://www.wikidata.org/entity/Q70"),
    ],
)
def test_what_is_wrong_is_named(wikidata: Endpoints, tmp_path: Path, item: str, kind: str, said: str) -> None:
    """With the address, or with the item that it is now: by a redirect or in the data."""
    found = _visited(wikidata, tmp_path, item)
    assert found is not None and (found.kind, found.broken) == (kind, True)
    assert said in found.problem and found.remedy


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("Q8", "redirects without an end"),
        ("Q9", "says that it answers with text/turtle, and does not"),
        ("Q10", "http://www.wikidata.org/entity/Q10 is not in the data"),
        ("Q12", "answered 500"),
        ("Q13", "ended its answer too early"),
        ("Q14", "did not answer within 0.3 s"),
        ("Q15", "ftp://example.org/Q15 is no address of the web"),
        ("Q18", "more than the 1,000 octets"),
        ("Q20", "ended its answer too early"),
        ("Q21", "answered with what cannot be unpacked"),
        ("Q22", "packed its answer as br, which was not asked for"),
        ("Q23", "more than the 1,000 octets"),
    ],
)
def test_what_hangs_or_lies_is_neither_broken_nor_well(wikidata: Endpoints, tmp_path: Path, item: str, said: str) -> None:
    """It is named by its address."""
    with pytest.raises(Unanswered) as raised:
        _visited(wikidata, tmp_path, item)
    assert said in str(raised.value) and f"/{item}" in str(raised.value)


def test_nobody_who_fails_again_and_again_is_asked_on(wikidata: Endpoints, tmp_path: Path) -> None:
    """After three failures in a row; each link is told, and those that were not asked say why."""
    links, before = _links(tmp_path, "Q12", "Q8", "Q9", "Q1", "Q3"), len(wikidata.asked)
    found = list(dereferenced(links, Asked(Limits(20), 0, {"wikidata": f"{wikidata.address}/entity/"})))
    assert [each.kind for each in found] == ["unanswered"] * 5
    assert "not asked" in found[3].problem and "Q9" in found[3].problem
    assert len(wikidata.asked) - before == 3


def test_what_two_rows_link_to_is_asked_once(wikidata: Endpoints, tmp_path: Path) -> None:
    """And told of both."""
    links, before = _links(tmp_path, "Q3") * 2, len(wikidata.asked)
    found = list(dereferenced(links, Asked(Limits(20), 0, {"wikidata": f"{wikidata.address}/entity/"})))
    assert [each.link for each in found] == links and len(wikidata.asked) - before == 1

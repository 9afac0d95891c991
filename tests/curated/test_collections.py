"""Tables of cited facts → statements, situations and refusals."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.cited import Collection
from csto_graph.curated import load_collections
from csto_graph.curated.facts import HEADER
from csto_graph.errors import RefusedData
from csto_graph.graph import collection_quads
from csto_graph.model import Thing
from csto_graph.namespaces import CST, DCTERMS, ID, RDF

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
REFERENCE = (
    Thing(f"{ID}state/ruritania", "Ruritania", "State"),
    Thing(f"{ID}organisation/league", "League", "IntergovernmentalOrganisation"),
    Thing(f"{ID}treaty/pact", "Pact", "Treaty"),
)
PLAIN = {
    "row": "1", "subject": "state/ruritania", "predicate": "memberOf", "object": "organisation/league", "from": "1993-09-24",
    "to": "1999-04", "sureness": "A", "citations": "atlas",
}  # fmt: skip


def _write(folder: Path, *rows: dict[str, str], things: str = "", about: str = 'title = "Notes"') -> Path:
    here = folder / "notes"
    here.mkdir()
    (here / "collection.toml").write_text(about, encoding="utf-8")
    (here / "citations.tsv").write_text(
        "key\ttitle\taddress\tnote\natlas\tAn atlas\thttps://example.org/atlas\t\nbook\tA book\t\tpage 5\n", encoding="utf-8"
    )
    (here / "things.tsv").write_text(f"thing\ttype\tlabel\n{things}", encoding="utf-8")
    lines = ["\t".join(row.get(column, "") for column in HEADER) for row in rows]
    (here / "statements-1.tsv").write_text("\n".join(["\t".join(HEADER), *lines, ""]), encoding="utf-8")
    return folder


def _load(folder: Path) -> Collection:
    (collection,) = load_collections(folder, REFERENCE, ONTOLOGY)
    return collection


def _store(folder: Path) -> ox.Store:
    store = ox.Store()
    store.extend(collection_quads(_load(folder)))
    return store


def _ask(store: ox.Store, pattern: str) -> bool:
    prefixes = {"cst": str(CST), "id": str(ID), "rdf": str(RDF), "dcterms": str(DCTERMS), "graph": "https://w3id.org/csto-graph/graph/"}
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=prefixes))


def test_an_asserted_fact_is_a_triple_a_situation_and_a_statement(tmp_path: Path) -> None:
    """The triple and the membership lie in the collection's graph, the statement with its sources among the evidence."""
    store = _store(_write(tmp_path, PLAIN))
    curated, evidence = "<https://w3id.org/csto-graph/graph/curated/notes>", "<https://w3id.org/csto-graph/graph/evidence/notes>"
    state, league = f"<{ID}state/ruritania>", f"<{ID}organisation/league>"
    assert _ask(store, f"GRAPH {curated} {{ {state} cst:memberOf {league} }}")
    assert _ask(
        store,
        f"""GRAPH {curated} {{ ?m a cst:Membership ; cst:member {state} ; cst:organisation {league} ; cst:from "1993-09-24"^^xsd:date ;
          cst:to "1999-04"^^xsd:gYearMonth ; cst:fromLatest "1993-09-24"^^xsd:date ; cst:toEarliest "1999-04-01"^^xsd:date }}""".replace(
            "xsd:date", "<http://www.w3.org/2001/XMLSchema#date>"
        ).replace("xsd:gYearMonth", "<http://www.w3.org/2001/XMLSchema#gYearMonth>"),
    )
    assert _ask(
        store,
        f"""GRAPH {evidence} {{ ?s a cst:Statement ; rdf:subject {state} ; rdf:predicate cst:memberOf ; rdf:object {league} ;
          cst:status cst:Asserted ; cst:sureness cst:SurenessA ; dcterms:identifier "1" ; dcterms:source <{ID}document/notes.atlas> }}""",
    )
    assert not _ask(store, f"GRAPH {curated} {{ ?s a cst:Statement }}")


@pytest.mark.parametrize("status", ["negated", "planned", "hypothetical"])
def test_what_is_not_asserted_is_no_triple(tmp_path: Path, status: str) -> None:
    """It stays a statement."""
    store = _store(_write(tmp_path, PLAIN | {"status": status}))
    assert not _ask(store, "GRAPH <https://w3id.org/csto-graph/graph/curated/notes> { ?s ?p ?o }")
    assert _ask(store, f"GRAPH ?g {{ ?s cst:status cst:{status.capitalize()} }}")


def test_a_claim_is_its_claimants(tmp_path: Path) -> None:
    """An attributed statement names who says it, and makes a claim of it."""
    said = {"status": "attributed", "claimant": "state/ruritania", "predicate": "claims", "object": "We have won."}
    store = _store(_write(tmp_path, PLAIN | said))
    assert _ask(store, f'GRAPH ?g {{ ?c a cst:Claim ; cst:text "We have won." ; cst:claimant <{ID}state/ruritania> }}')


def test_what_is_cited_may_be_the_claimant(tmp_path: Path) -> None:
    """A page that is known to be wrong is the claimant of what it says, and is described once, as what is cited."""
    collection = _load(_write(tmp_path, PLAIN | {"status": "attributed", "claimant": "document/notes.atlas"}))
    assert [thing.iri for thing in collection.things] == []
    assert _ask(_store(tmp_path), f"GRAPH ?g {{ ?s cst:claimant <{ID}document/notes.atlas> . <{ID}document/notes.atlas> a cst:Document }}")


def test_disputed_values_are_two_situations(tmp_path: Path) -> None:
    """Each stated start has its own node, and its own citation."""
    store = _store(_write(tmp_path, PLAIN, PLAIN | {"row": "1b", "from": "1993-12-09", "citations": "book; atlas"}))
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(f"{CST}Membership"), None))) == 2
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(str(DCTERMS.source)), None, None))) == 3


def test_suspended_is_not_withdrawn(tmp_path: Path) -> None:
    """A suspension is a node of its own and ends no membership."""
    store = _store(_write(tmp_path, PLAIN | {"to": ""}, PLAIN | {"row": "2", "predicate": "suspendedFrom", "from": "1998", "to": ""}))
    assert _ask(store, "GRAPH ?g { ?s a cst:Suspension ; cst:fromEarliest ?day FILTER NOT EXISTS { ?s cst:toLatest ?end } }")
    assert not _ask(store, "GRAPH ?g { ?m a cst:Membership ; cst:toLatest ?end }")


def test_only_what_is_used_is_in_the_graph(tmp_path: Path) -> None:
    """A thing or a citation that no fact speaks of is left out."""
    things = "person/rudolf\tPerson\tRudolf\nperson/flavia\tPerson\tFlavia\n"
    collection = _load(_write(tmp_path, PLAIN | {"predicate": "chairedBy", "subject": "organisation/league", "object": "person/rudolf"}, things=things))
    assert [thing.iri for thing in collection.things] == [f"{ID}person/rudolf"]
    assert [citation.key for citation in collection.citations] == ["atlas"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"subject": "state/grustark"}, "neither in the reference data nor in things.tsv"),
        ({"object": "treaty/pact"}, "takes a thing of class Organisation"),
        ({"predicate": "likes"}, "no property of the ontology"),
        ({"status": "perhaps"}, "asserted, attributed"),
        ({"status": "attributed"}, "has a claimant"),
        ({"claimant": "state/ruritania"}, "and no other has"),
        ({"sureness": ""}, "A, B, C"),
        ({"citations": ""}, "without a citation"),
        ({"citations": "atlas; map"}, "'map' is not in citations.tsv"),
        ({"from": "1993-13"}, "is no date"),
        ({"from": "24 September 1993"}, "is no date"),
        ({"to": "1999-04-31"}, "is no date"),
        ({"number": "about 5"}, "no whole number"),
        ({"predicate": "memberCount", "subject": "organisation/league", "object": "six"}, "no whole number"),
        ({"predicate": "signedOn", "subject": "treaty/pact", "object": "May"}, "is no date"),
        ({"object": ""}, "the object is missing"),
        ({"row": ""}, "is no name of a row"),
        ({"row": "2 b"}, "is no name of a row"),
        ({"predicate": "claims", "object": "We have won."}, "is no fact"),
        ({"predicate": "claims", "object": "We have won.", "status": "planned"}, "is no fact"),
        ({"predicate": "claims", "object": "", "status": "attributed", "claimant": "state/ruritania"}, "the object is missing"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_by_its_line(tmp_path: Path, change: dict[str, str], said: str) -> None:
    """The message names file and line, and what may stand there."""
    with pytest.raises(RefusedData) as refused:
        _load(_write(tmp_path, PLAIN, PLAIN | {"row": "2"} | change))
    assert "statements-1.tsv:3" in str(refused.value)
    assert said in str(refused.value)


def test_two_rows_of_one_name_are_refused(tmp_path: Path) -> None:
    """Each statement has a row of its own, as its IRI is made of it."""
    with pytest.raises(RefusedData, match="there is a row 1 already"):
        _load(_write(tmp_path, PLAIN, PLAIN))


def test_two_citations_of_one_key_are_refused(tmp_path: Path) -> None:
    """Else a fact would be cited from a page that does not say it."""
    folder = _write(tmp_path, PLAIN)
    with (folder / "notes" / "citations.tsv").open("a", encoding="utf-8") as table:
        table.write("atlas\tAnother atlas\thttps://example.org/other\t\n")
    with pytest.raises(RefusedData, match=r"citations\.tsv:4: there is a citation atlas already"):
        _load(folder)


@pytest.mark.parametrize(
    ("things", "said"),
    [
        ("person/rudolf\tPerson\tRudolf\nperson/rudolf\tPerson\tRudolf V\n", "things.tsv:3: person/rudolf is in this table already"),
        ("state/ruritania\tState\tRuritania\n", "things.tsv:2: state/ruritania is in the reference data already"),
        ("person/rudolf the fifth\tPerson\tRudolf\n", "things.tsv:2: 'person/rudolf the fifth' is no path"),
        ("rudolf\tPerson\tRudolf\n", "is no path"),
        ("../state/x\tState\tX\n", "is no path"),
        ("person/rudolf\tKing\tRudolf\n", "is no class"),
    ],
)
def test_a_thing_that_cannot_be_meant_is_refused_by_its_line(tmp_path: Path, things: str, said: str) -> None:
    """A thing has one row, in one table, with a path that can be a part of an IRI."""
    with pytest.raises(RefusedData) as refused:
        _load(_write(tmp_path, PLAIN, things=things))
    assert said in str(refused.value)


@pytest.mark.parametrize("about", ["", "title = 5", 'title = "T"\ncolour = "red"', "title", 'title = "T"\ndate = "soon"'])
def test_a_collection_says_what_it_is(tmp_path: Path, about: str) -> None:
    """It has a title and no field that nobody reads."""
    with pytest.raises(RefusedData, match=r"collection\.toml"):
        _load(_write(tmp_path, PLAIN, about=about))

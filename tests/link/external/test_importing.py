"""Only what was chosen, of what is one thing by an accepted link, comes in; and each value says whence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.curated import admitted
from csto_graph.enrichment import enrichment_files, load_enrichments
from csto_graph.errors import CstoGraphError, RefusedData, WrongCall
from csto_graph.graph import enrichment_quads
from csto_graph.link.external.importing import About, gather, whole_iri
from csto_graph.model import Thing
from csto_graph.resources import root

ABOUT = About("other-facts", 'Facts of "Other"', "2026-11-28", "CC0")
FOUNDED, PEOPLE = "https://other.test/founded", "https://schema.org/population"
EXTRACT = """@prefix o: <https://other.test/> . @prefix schema: <https://schema.org/> .
o:1 o:founded "1992-05-15"^^<http://www.w3.org/2001/XMLSchema#date> ; schema:population 7 , "a\\tb\\"c\\nd"@en ; o:secret "x" .
o:2 schema:population 8 . o:3 schema:population 9 . o:4 schema:population 10 . o:5 o:part [] .
"""
SSSOM = """#curie_map:
#  id: https://w3id.org/csto-graph/id/
#  o: https://other.test/
#mapping_set_id: https://other.test/set
#license: https://other.test/terms
subject_id	predicate_id	predicate_modifier	object_id	mapping_justification	author_label	mapping_date
id:organisation/csto	skos:exactMatch		o:1	semapv:ManualMappingCuration	A	2026-11-28
id:state/armenia	skos:exactMatch	Not	o:2	semapv:ManualMappingCuration	A	2026-11-28
id:state/belarus	skos:closeMatch		o:3	semapv:ManualMappingCuration	A	2026-11-28
id:state/georgia	skos:exactMatch		o:5	semapv:ManualMappingCuration	A	2026-11-28
"""
CSTO = "https://w3id.org/csto-graph/id/organisation/csto"
KNOWN = (Thing(CSTO, "CSTO", "MilitaryAlliance"),)
ONTOLOGY = root() / "ontology" / "csto.ttl"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """An extract and the links into it."""
    extract, sssom = tmp_path / "other.ttl", tmp_path / "other.sssom.tsv"
    extract.write_text(EXTRACT, encoding="utf-8")
    sssom.write_text(SSSOM, encoding="utf-8")
    return extract, sssom


def _lay(folder: Path, files: tuple[Path, Path], decision: str = "") -> Path:
    found = gather(*files, {FOUNDED, PEOPLE}, ABOUT)
    for name, content in enrichment_files(found).items():
        (folder / found.id).mkdir(parents=True, exist_ok=True)
        (folder / found.id / name).write_bytes(content + (f"{decision}\n".encode() if decision and name == "admitted.tsv" else b""))
    return folder


def test_only_accepted_links_and_chosen_properties(files: tuple[Path, Path]) -> None:
    """Nothing of a rejected pair, of a close one, of what is not linked, or of another property."""
    found = gather(*files, {FOUNDED, PEOPLE}, ABOUT)
    assert {(each.thing, each.source, each.link.rpartition("#")[2]) for each in found.values} == {(CSTO, "https://other.test/1", "exactMatch")}
    assert sorted((each.property, str(each.value)) for each in found.values) == [
        (FOUNDED, '"1992-05-15"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (PEOPLE, '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (PEOPLE, '"a\\tb\\"c\\nd"@en'),
    ]
    assert found.sha256 == sha256(files[0].read_bytes()).hexdigest()


def test_what_is_kept_is_what_was_read(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """The folder gives the same import back, tabs and quotes in values and titles too, and the same bytes."""
    found = gather(*files, {FOUNDED, PEOPLE}, ABOUT)
    (loaded,) = load_enrichments([_lay(tmp_path / "enrichment", files), tmp_path / "none"])
    assert (loaded.id, loaded.title, loaded.date, loaded.licence, loaded.sha256) == (ABOUT.id, ABOUT.title, ABOUT.date, "CC0", found.sha256)
    assert enrichment_files(loaded) == enrichment_files(found)
    assert {(each.property, each.value) for each in loaded.values} == {(each.property, each.value) for each in found.values}


def test_each_value_says_whence(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """One graph; the extract by its checksum; the link that the value came through; no node without an IRI."""
    (loaded,) = load_enrichments([_lay(tmp_path / "enrichment", files)])
    store = ox.Store()
    store.extend(enrichment_quads(loaded))
    assert {str(quad.graph_name) for quad in store} == {"<https://w3id.org/csto-graph/graph/enrichment/other-facts>"}
    assert not any(isinstance(term, ox.BlankNode) for quad in store for term in (quad.subject, quad.object))
    asked = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
      PREFIX dcterms: <http://purl.org/dc/terms/>
      SELECT ?thing ?value ?there ?checksum ?by WHERE { GRAPH ?g {
        ?thing ?property ?value . FILTER(?property IN (<https://other.test/founded>, <https://schema.org/population>))
        ?said rdf:subject ?thing ; rdf:predicate ?property ; rdf:object ?value ; prov:hadPrimarySource ?there ;
          prov:wasDerivedFrom ?extract , ?link . ?extract dcterms:identifier ?checksum .
        ?link rdf:subject ?thing ; rdf:predicate ?by ; rdf:object ?there } }"""
    solutions = store.query(asked)
    assert isinstance(solutions, ox.QuerySolutions)
    found = [(str(each["there"]), str(each["checksum"]), str(each["by"])) for each in solutions]
    whence = ("<https://other.test/1>", f'"sha256:{loaded.sha256}"', "<http://www.w3.org/2004/02/skos/core#exactMatch>")
    assert found == [whence] * 3


@pytest.mark.parametrize(
    ("properties", "said"),
    [({"https://other.test/nothing"}, "says nothing of the 2 linked things"), ({"https://other.test/part"}, "has no IRI")],
)
def test_what_gives_nothing_or_no_node_is_refused(files: tuple[Path, Path], properties: set[str], said: str) -> None:
    """Rather than an empty import, or one with a node that nobody can name."""
    with pytest.raises(RefusedData, match=said):
        gather(*files, properties, ABOUT)


def test_an_extract_that_is_none_is_refused(files: tuple[Path, Path]) -> None:
    """By the line of the syntax error, the byte that is not UTF-8, or its name."""
    extract, sssom = files
    for content, said in ((b"<x:a>\n<x:b> .", r"other\.ttl:2: is not Turtle"), (b'<x:a> <x:b> "\xe9" .', "byte 0xE9 at offset 13")):
        extract.write_bytes(content)
        with pytest.raises(RefusedData, match=said):
            gather(extract, sssom, {FOUNDED}, ABOUT)
    with pytest.raises(WrongCall, match="is no extract"):
        gather(extract.with_suffix(".csv"), sssom, {FOUNDED}, ABOUT)


def test_properties_are_written_whole_or_with_a_prefix() -> None:
    """A prefix of ours."""
    assert [whole_iri("schema:population"), whole_iri(FOUNDED)] == [PEOPLE, FOUNDED]
    for wrong in ("population", "nobody:population", "https://a b/"):
        with pytest.raises(WrongCall, match="is no property"):
            whole_iri(wrong)


def _decision(property_: str = FOUNDED, predicate: str = "foundedOn", sureness: str = "B", day: str = "2026-11-28") -> str:
    return f"{property_}\t{predicate}\t{sureness}\tA. Reviewer\t{day}\tits register"


def test_nothing_is_a_fact_without_a_decision(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """The table that an import begins with admits nothing."""
    (loaded,) = load_enrichments([_lay(tmp_path / "enrichment", files)])
    assert loaded.admissions == ()
    assert admitted([loaded], KNOWN, ONTOLOGY) == ()


def test_a_decision_makes_cited_facts(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Of that property alone, with the extract, its checksum and the decision behind them."""
    (loaded,) = load_enrichments([_lay(tmp_path / "enrichment", files, _decision())])
    (collection,) = admitted([loaded], KNOWN, ONTOLOGY)
    (fact,) = collection.facts
    assert (fact.predicate, getattr(fact.object, "value", None), fact.sureness) == ("foundedOn", "1992-05-15", "B")
    assert loaded.sha256 in (fact.citations[0].note or "")
    assert fact.note == "admitted by A. Reviewer on 2026-11-28: its register; said of <https://other.test/1>"


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (_decision(property_="https://other.test/x"), r"admitted\.tsv:4: no value has the property"),
        (_decision(predicate="memberOf"), r"admitted\.tsv:4: 'memberOf' takes no date"),
        (_decision(predicate="nothing"), r"admitted\.tsv:4: 'nothing' takes no date"),
        (_decision(sureness="D"), r"values\.tsv:2: sureness 'D' is unknown"),
        (_decision(day="yesterday"), r"admitted\.tsv:4: a decision has a predicate"),
        (_decision(property_=PEOPLE, predicate="foundedOn"), r"values\.tsv:\d: object .* is no date"),
        (_decision(predicate="terminatedOn"), r"values\.tsv:2: subject organisation/csto is a MilitaryAlliance"),
        (f"{_decision()}\n{_decision(predicate='dissolvedOn')}", r"admitted\.tsv:5: .* is admitted in .*:4 already"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_meant_is_refused_by_its_line(
    tmp_path: Path, files: tuple[Path, Path], decision: str, said: str
) -> None:
    """Of the decision, or of the value that does not fit it."""
    with pytest.raises(RefusedData, match=said):
        admitted(load_enrichments([_lay(tmp_path / "enrichment", files, decision)]), KNOWN, ONTOLOGY)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("enrichment.toml", "title = 1", "'title' is missing"),
        ("enrichment.toml", "title", "cannot be read as TOML"),
        ("values.tsv", "thing\tproperty\tvalue\tfrom\tlink\nstate/x\thttps://a.test/p\tx\thttps://a.test/1\thttps://a.test/l\n", "values.tsv:2"),
        ("values.tsv", "thing\n", "columns are not the expected ones"),
    ],
)
def test_files_that_were_damaged_are_refused(tmp_path: Path, files: tuple[Path, Path], name: str, content: str, said: str) -> None:
    """By the file, and by the line where there is one."""
    folder = _lay(tmp_path / "enrichment", files)
    (folder / "other-facts" / name).write_text(content, encoding="utf-8")
    with pytest.raises(CstoGraphError, match=said):
        load_enrichments([folder])


def test_an_id_that_is_twice_is_refused(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """In the package and in the home."""
    with pytest.raises(RefusedData, match="is no id, or one that another import has"):
        load_enrichments([_lay(tmp_path / "one", files), _lay(tmp_path / "two", files)])

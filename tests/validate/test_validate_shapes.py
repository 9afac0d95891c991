"""The SHACL report, and what is refused instead of passed over. What each shape finds is tested in `tests/shapes`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.namespaces import PREFIXES
from csto_graph.validate import validate_shapes

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
SHAPES = resources.root() / "ontology" / "shapes"
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <https://example.org/> .\n"
)


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(_HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def test_a_finding_is_named_as_shacl_names_it() -> None:
    """A result becomes a finding with shape, severity, focus node, path, value and message."""
    (finding,) = validate_shapes(_triples('ex:a a cst:State ; rdfs:label "A" .'), SHAPES, ONTOLOGY).findings
    assert finding.check == "https://w3id.org/csto-graph/shapes#thing-label-form"
    assert finding.severity == "Violation"
    assert finding.focus_node == "https://example.org/a"
    assert finding.result_path == "http://www.w3.org/2000/01/rdf-schema#label"
    assert finding.value == "A"
    assert finding.message.startswith("A label has a language tag")


def test_a_shape_of_a_class_reaches_its_subclasses() -> None:
    """The ontology is at hand: an intergovernmental organisation needs a label as every thing does."""
    report = validate_shapes(_triples("ex:o a cst:MilitaryAlliance ."), SHAPES, ONTOLOGY)
    assert [finding.focus_node for finding in report.findings] == ["https://example.org/o"]


def test_nothing_is_inferred_from_a_range() -> None:
    """An object without a type is a finding: a range does not make it one of the class."""
    turtle = 'ex:a a cst:State ; rdfs:label "A"@en ; cst:memberOf ex:o .'
    report = validate_shapes(_triples(turtle), SHAPES, ONTOLOGY)
    assert [finding.result_path for finding in report.findings] == ["https://w3id.org/csto-graph/ontology#memberOf"]


def test_no_data_conforms() -> None:
    """The ontology alone gives no finding: its terms are not things."""
    report = validate_shapes([], SHAPES, ONTOLOGY)
    assert report.findings == () and report.conforms and report.checked > 100


def test_literals_are_judged_as_they_were_written() -> None:
    """A number with a leading zero reaches the shapes unchanged, though rdflib would mend it."""
    turtle = 'ex:f a cst:ArmedForce ; rdfs:label "F"@en ; cst:personnelCount "020000"^^xsd:integer .'
    (finding,) = validate_shapes(_triples(turtle), SHAPES, ONTOLOGY).findings
    assert finding.value == "020000"


def test_a_date_that_is_none_logs_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """A date that no calendar has is a finding, and nothing is written beside it."""
    turtle = 'ex:t a cst:Treaty ; rdfs:label "T"@en ; cst:signedOn "1992-02-31"^^xsd:date .'
    (finding,) = validate_shapes(_triples(turtle), SHAPES, ONTOLOGY).findings
    assert finding.value == "1992-02-31" and not caplog.records


def test_the_report_does_not_depend_on_the_order_of_the_data() -> None:
    """Findings are sorted."""
    data = _triples('ex:b a cst:State . ex:a a cst:State . ex:c a cst:Treaty ; rdfs:label " C"@en .')
    report = validate_shapes(data, SHAPES, ONTOLOGY)
    assert report == validate_shapes(reversed(data), SHAPES, ONTOLOGY)
    assert len(report.findings) == 3 and not report.conforms


def test_a_shape_that_only_warns_does_not_refuse(tmp_path: Path) -> None:
    """A shape may be of another severity, and its results do not make the report fail."""
    shape = tmp_path / "state.ttl"
    shape.write_text(
        _HEAD + "ex:S a sh:NodeShape ; sh:targetClass cst:State ; sh:severity sh:Warning ; sh:property ex:P ."
        'ex:P a sh:PropertyShape ; sh:severity sh:Warning ; sh:path skos:notation ; sh:minCount 1 ; sh:message "no code"@en .',
        encoding="utf-8",
    )
    report = validate_shapes(_triples("ex:a a cst:State ."), shape, ONTOLOGY)
    assert [(f.check, f.severity, f.message) for f in report.findings] == [("https://example.org/P", "Warning", "no code")]
    assert report.conforms and report.checked == 2


REFUSED = [
    ("not Turtle", "ex:S a sh:NodeShape", r"broken\.ttl: is not Turtle"),
    (
        "not SHACL",
        f"{_HEAD} ex:S a sh:NodeShape ; sh:targetClass cst:State ; sh:property ex:P . ex:P sh:minCount 1 .",
        "SHACL|applied",
    ),
]


@pytest.mark.parametrize(("shape", "problem"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_shape_that_cannot_be_read_is_refused(shape: str, problem: str, tmp_path: Path) -> None:
    """A file of shapes that is not Turtle or not SHACL is refused, not passed over."""
    (tmp_path / "broken.ttl").write_text(shape, encoding="utf-8")
    with pytest.raises(RefusedData, match=problem):
        validate_shapes(_triples("ex:a a cst:State ."), tmp_path, ONTOLOGY)


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    """No shape at all is no passed check."""
    with pytest.raises(RefusedData, match="holds no shapes"):
        validate_shapes([], tmp_path, ONTOLOGY)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A path that is not there is refused by name."""
    with pytest.raises(RefusedData, match=r"absent\.ttl: cannot be read"):
        validate_shapes([], tmp_path / "absent.ttl", ONTOLOGY)


def _statements(count: int) -> Iterator[str]:
    yield 'ex:d a cst:Document ; rdfs:label "D"@en ; dcterms:title "D" .'
    yield 'ex:o a cst:Organisation ; rdfs:label "O"@en .'
    for n in range(count):
        yield f'ex:a{n} a cst:State ; rdfs:label "A{n}"@en ; cst:memberOf ex:o .'
        yield f'ex:g{n} a cst:Passage ; dcterms:isPartOf ex:d ; cst:start {n} ; cst:end {n + 1} ; cst:text "x" .'
        yield f"ex:e{n} a oa:SpecificResource ; oa:hasSource ex:d ; oa:hasSelector ex:p{n}, ex:q{n} ."
        yield f'ex:p{n} a oa:TextPositionSelector ; oa:start {n} ; oa:end {n + 1} . ex:q{n} a oa:TextQuoteSelector ; oa:exact "x" .'
        yield (
            f'ex:s{n} a cst:Statement, rdf:Statement ; rdfs:label "S"@en ; rdf:subject ex:a{n} ; rdf:predicate cst:memberOf ;'
            f" rdf:object ex:o ; cst:status cst:Asserted ; cst:rule lexicon:member ; cst:evidence ex:e{n} ; cst:statedIn ex:g{n} ."
        )
        yield (
            f'ex:m{n} a cst:Membership ; rdfs:label "M"@en ; cst:member ex:a{n} ; cst:organisation ex:o ;'
            f' cst:from "1994"^^xsd:gYear ; cst:fromEarliest "1994-01-01"^^xsd:date ; cst:fromLatest "1994-12-31"^^xsd:date .'
        )


@pytest.mark.slow
def test_the_time_grows_with_the_graph_and_not_with_its_square() -> None:
    """Five times the triples take less than twelve times the processor time."""
    small, large = (_seconds_of_processor(nodes) for nodes in (90, 450))
    assert large < 12 * small, (small, large)


def _seconds_of_processor(nodes: int) -> float:
    data = _triples("\n".join(_statements(nodes)))
    start = process_time()
    assert validate_shapes(data, SHAPES, ONTOLOGY).findings == ()
    return process_time() - start

"""Stored queries: what their header declares, and values that take the place of their defaults and can be nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.headers import header
from csto_graph.namespaces import PREFIXES
from csto_graph.sparql.stored import bound, parameters, require_classes, values_of
from csto_graph.sparql.tokens import tokens

STORED = """#+ summary: Who was a member on the day?
#+ parameters:
#+   day: xsd:date, the day
#+   organisation: cst:Organisation, the organisation
#+   office: xsd:string, a word
#+   most: xsd:integer, how many
# a comment with VALUES ?day { "1900-01-01"^^xsd:date }
SELECT ?day ?organisation ?office ?most WHERE {
  VALUES ?day { "2022-01-10"^^xsd:date }
  VALUES ?organisation { <https://w3id.org/csto-graph/id/organisation/csto> }
  VALUES ?office { "chair" }
  VALUES ?most { 5 }
  VALUES (?a ?b) { (1 2) }
  { SELECT ?day ?x WHERE { VALUES ?day { "2022-01-10"^^xsd:date } BIND ("VALUES ?day { 1 }" AS ?x) } }
}
"""


def _answer(query: str) -> dict[str, str]:
    solutions = ox.Store().query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = solutions
    return {variable.value: row[variable].value for variable in solutions.variables}  # type: ignore[union-attr]  # all are bound


def test_the_header_declares_parameters_and_the_rows_their_defaults() -> None:
    """Name, type, words, and the default as somebody would write it."""
    assert header(STORED, "summary") == "Who was a member on the day?"
    assert header(STORED, "description") == ""
    assert [(each.name, each.type, each.summary, each.default) for each in parameters(STORED, "q")] == [
        ("day", "xsd:date", "the day", "2022-01-10"),
        ("organisation", "cst:Organisation", "the organisation", "organisation/csto"),
        ("office", "xsd:string", "a word", "chair"),
        ("most", "xsd:integer", "how many", "5"),
    ]
    assert parameters("#+ summary: x\nASK {}", "q") == ()


@pytest.mark.parametrize(
    ("header_", "said"),
    [
        ("#+   day", "declares no parameter"),
        ("#+   day: date, the day", "declares no parameter"),
        ("#+   year: xsd:date, the year", r"no VALUES row for \?year"),
    ],
)
def test_a_header_that_cannot_be_meant_is_refused(header_: str, said: str) -> None:
    """The file is named."""
    with pytest.raises(RefusedData, match=said) as refused:
        parameters(f'#+ parameters:\n{header_}\nASK {{ VALUES ?day {{ "2022-01-10"^^xsd:date }} }}', "who.rq")
    assert refused.value.place == "who.rq"


def test_values_take_the_place_of_the_defaults_in_every_row() -> None:
    """Rows of that name alone: not comments, not strings, not rows of several variables."""
    values = {"day": "2012-07-01", "organisation": "organisation/cis", "office": "secretary", "most": "7"}
    query = bound(STORED, values)
    assert _answer(query) == values | {"organisation": "https://w3id.org/csto-graph/id/organisation/cis"}
    assert query.count("2012-07-01") == 2
    assert '"1900-01-01"' in query
    assert "VALUES ?day { 1 }" in query
    assert bound(STORED, {}) == STORED


@pytest.mark.parametrize("way", ["organisation/cis", "id:organisation/cis", "https://w3id.org/csto-graph/id/organisation/cis",
                                 "<https://w3id.org/csto-graph/id/organisation/cis>"])  # fmt: skip
def test_a_thing_may_be_written_in_four_ways(way: str) -> None:
    """By its path, with a prefix, as an IRI with or without brackets; the release is asked whether it is of the class."""
    iri = "https://w3id.org/csto-graph/id/organisation/cis"
    assert _answer(bound(STORED, {"organisation": way}))["organisation"] == iri
    asked: list[str] = []
    require_classes(STORED, {"organisation": way, "day": "2012-07-01"}, lambda query: asked.append(query) is None)
    assert asked == [f"ASK {{ <{iri}> a <https://w3id.org/csto-graph/ontology#Organisation> }}"]
    with pytest.raises(WrongCall, match=r"organisation: id:organisation/cis is no cst:Organisation of this release\. Name one"):
        require_classes(STORED, {"organisation": way}, lambda _: False)


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("day", "2012-07", "a day, such as"),
        ("day", "2012-02-30", "a day"),
        ("day", "20120701", "a day"),
        ("day", "2012-W26-7", "a day"),
        ("day", "٢٠١٢-٠٧-٠١", "a day"),
        ("day", '2012-07-01"^^xsd:date } }', "a day"),
        ("day", "", "a day"),
        ("most", "5.0", "a whole number"),
        ("most", "many", "a whole number"),
        ("organisation", "csto", "a thing of class cst:Organisation"),
        ("organisation", "organisation/x> } #", "a thing of class"),
        ("organisation", "https://example.org/a b", "a thing of class"),
        ("organisation", "https://example.org/\\u003E", "a thing of class"),
        ("organisation", "", "a thing of class"),
        ("office", "a\udc80", "words"),
        ("nobody", "x", "day, organisation, office, most"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_it_takes(name: str, value: str, takes: str) -> None:
    """Also a value that is a piece of a query."""
    with pytest.raises(WrongCall, match=takes):
        bound(STORED, {name: value})


@given(st.text())
def test_words_stay_words(value: str) -> None:
    """Whatever is given for a text is that text in the query, or it is refused; nothing else of the query changes."""
    try:
        query = bound(STORED, {"office": value})
    except WrongCall:
        assert "\x00" in value
        return
    assert _answer(query) == _answer(STORED) | {"office": value}
    assert len(list(tokens(query))) == len(list(tokens(STORED)))


@given(st.text(), st.sampled_from(["day", "organisation", "most"]))
def test_what_is_no_value_never_becomes_a_piece_of_the_query(value: str, name: str) -> None:
    """A bound query has the terminals of the stored one, save one term."""
    try:
        query = bound(STORED, {name: value})
    except WrongCall:
        return
    assert values_of(STORED, query) is not None


@pytest.mark.parametrize("value", ['a "b"', "two\nlines", "a\ttab", "C:\\new", "\\u0041", "\x01\x7f", "it's", "\u2028é"])
def test_words_come_back_as_they_were_given(value: str) -> None:
    """Whatever escapes they take in a query: the field on the page shows them, and asks with them again."""
    known = values_of(STORED, bound(STORED, {"office": value}))
    assert known is not None and known["office"] == value


def test_a_default_may_stand_in_any_marks() -> None:
    """As SPARQL allows them."""
    for written in ("'chair'", '"""chair"""', "'''chair'''"):
        assert [each.default for each in parameters(STORED.replace('"chair"', written), "q")][2] == "chair"


def test_a_bound_query_is_known_again() -> None:
    """With the values it was asked with; another query is not."""
    assert values_of(STORED, bound(STORED, {"day": "2012-07-01", "office": 'a "b"'})) == {
        "day": "2012-07-01", "organisation": "organisation/csto", "office": 'a "b"', "most": "5",
    }  # fmt: skip
    assert values_of(STORED, STORED.replace("\n", "\r\n")) == {each.name: each.default for each in parameters(STORED, "q")}
    assert values_of(STORED, STORED.replace("SELECT ?day ", "SELECT ")) is None
    assert values_of("ASK {}", "ASK  { }") == {}
    assert values_of("ASK {}", "ASK { ?s ?p ?o }") is None

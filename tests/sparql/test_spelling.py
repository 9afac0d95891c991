"""What somebody meant who misspelt it."""

from __future__ import annotations

import pytest

from csto_graph.namespaces import CST, PREFIXES
from csto_graph.sparql.diagnosis import syntax_error
from csto_graph.sparql.names import notes_on_terms
from csto_graph.sparql.prefixes import well_known
from csto_graph.sparql.tokens import tokens

TERMS = frozenset({"memberOf", "memberCount", "State", "MilitaryAlliance", "status"})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELCT * {}", "Did you mean SELECT?"),
        ("selct * {}", "Did you mean SELECT?"),
        ("SELECT * WHER { }", "Did you mean WHERE?"),
        ("ASK { ?s ?p ?o FILTR(?o > 1) }", "Did you mean FILTER?"),
        ("ASK { OPTINAL { ?s ?p ?o } }", "Did you mean OPTIONAL?"),
        ("SELECT ?s { ?s ?p ?o } ORDR BY ?s", "Did you mean ORDER?"),
        ("SELECT (GROUP_CONCT(?s) AS ?x) { ?s ?p ?o }", "Did you mean GROUP_CONCAT?"),
        ("ASK { FILTER(CONTAIN(?a, 'x')) }", "Did you mean CONTAINS?"),
        ("ASK { ?s dbo:x ?o }", "Begin the query with PREFIX dbo: <http://dbpedia.org/ontology/>."),
        ("ASK { ?s wdt:P31 ?o }", "PREFIX wdt: <http://www.wikidata.org/prop/direct/>."),
        ("ASK { ?s rfds:label ?o }", "Did you mean “rdfs:”? Else"),
        ("ASK { ?s DBO:x ?o }", "Did you mean “dbo:”, which is PREFIX dbo: <http://dbpedia.org/ontology/>?"),
        ("PREFIX mine: <x:> ASK { ?s mien:x ?o }", "Did you mean “mine:”?"),
    ],
)
def test_what_was_meant_is_offered(query: str, said: str) -> None:
    """A keyword or function that may stand there, the declaration to paste, the prefix that is declared."""
    error = syntax_error(query)
    assert error is not None and said in error.detail


@pytest.mark.parametrize("query", ["zzz", "ASK { zzz }", "SELECT * {} LIMIT x", "ASK { ?s qqq:x ?o }", "ASK {} ASK {}", "x" * 100_000, "SELECTS"])
def test_nothing_is_offered_where_nothing_is_alike(query: str) -> None:
    """A guess at random would mislead; of what follows a keyword nothing is said."""
    error = syntax_error(query)
    assert error is not None and ("Did you mean" not in error.detail or query == "SELECTS")


def notes(query: str, terms: frozenset[str] = TERMS) -> tuple[str, ...]:
    return notes_on_terms(list(tokens(query)), str(CST), terms)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s cst:memberOff ?o }", ["cst:memberOff is not a term of the ontology. Did you mean cst:memberOf?"]),
        ("ASK { ?s a cst:state }", ["cst:state is not a term of the ontology. Did you mean cst:State?"]),
        ("ASK { ?s <ontology#memberof> ?o }", ["cst:memberof is not a term of the ontology. Did you mean cst:memberOf?"]),
        (f"ASK {{ ?s <{CST}xyz> ?o, cst:xyz }}", ["cst:xyz is not a term of the ontology."]),
        (f"PREFIX c: <{CST}> ASK {{ ?s c:Sttate ?o }}", ["cst:Sttate is not a term of the ontology. Did you mean cst:State?"]),
        ("CONSTRUCT { ?s cst:mine ?o . { } } WHERE { ?s cst:memberOff ?o }", ["cst:memberOff is not a term of the ontology. Did you mean cst:memberOf?"]),
        ("CONSTRUCT WHERE { ?s cst:stattus ?o }", ["cst:stattus is not a term of the ontology. Did you mean cst:status?"]),
    ],
)
def test_a_term_that_is_none_is_noted(query: str, expected: list[str]) -> None:
    """However it is written, once, with the nearest one where there is one."""
    assert list(notes(query)) == expected


@pytest.mark.parametrize(
    "query",
    ["ASK { ?s cst:memberOf ?o }", "ASK { ?s rdfs:labell ?o }", "PREFIX cst: <x:> ASK { ?s cst:memberOff ?o }", "ASK { ?s ?p 'cst:memberOff' } # cst:memberOff",
     f"PREFIX cst: <{CST}> PREFIX x: <{CST}no> ASK {{}}", "CONSTRUCT { ?s cst:mine ?o } WHERE { ?s ?p ?o }"],
)  # fmt: skip
def test_nothing_else_is_noted(query: str) -> None:
    """Terms of the ontology, those of others, and names that a query makes."""
    assert notes(query) == ()


def test_without_an_ontology_nothing_is_noted() -> None:
    """A store that holds none says nothing about its terms."""
    assert notes("ASK { ?s cst:memberOff ?o }", frozenset()) == ()


def test_many_unknown_terms_are_few_notes() -> None:
    """Nobody reads a thousand of them, and no header holds them."""
    assert len(notes("ASK {" + "".join(f"?s cst:x{i} ?o." for i in range(200)) + "}")) == 5


def test_the_table_repeats_nothing_that_is_declared() -> None:
    """What is declared for everyone needs no declaration."""
    assert len(well_known()) > 60 and not well_known().keys() & PREFIXES.keys()
    assert all(namespace.startswith(("http://", "https://")) for namespace in well_known().values())

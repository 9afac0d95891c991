"""Each query of `queries/violations` finds what it is named for, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.namespaces import PREFIXES
from csto_graph.validate import violations

QUERIES = resources.root() / "queries" / "violations"
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    "@prefix ex: <https://w3id.org/csto-graph/id/example/> .\n"
    "@prefix source: <https://w3id.org/csto-graph/graph/source/> .\n"
    "@prefix evidence: <https://w3id.org/csto-graph/graph/evidence/> .\n"
    "@prefix curated: <https://w3id.org/csto-graph/graph/curated/> .\n"
    "@prefix statement: <https://w3id.org/csto-graph/id/statement/> .\n"
)


def _statement(status: str, name: str = "s", text: str = "on-ruritania") -> str:
    reified = f"rdf:subject ex:a ; rdf:predicate cst:memberOf ; rdf:object ex:o ; cst:status cst:{status}"
    return f"evidence:{text} {{ statement:{name} {reified} }}"


GONE = 'graph:reference { ex:a owl:deprecated true ; dcterms:isReplacedBy ex:b ; dcterms:date "2026-01-02"^^xsd:date . ex:b a cst:State }'
FACT = "ex:a cst:memberOf ex:o ."
ASIDE = "graph:disagreements { ex:d cst:setsAside statement:s }"
SITUATION = "ex:m a cst:Membership ."
GIVEN = "evidence:on-ruritania { ex:m prov:wasDerivedFrom statement:s }"
NODE = "source:on-ruritania { ex:m a cst:Membership ; cst:member ex:a ; cst:organisation ex:o }"
QUOTE = "ex:e oa:hasSource ex:d ; oa:hasSelector ex:p, ex:q . ex:p oa:start 3 ; oa:end 9 . ex:q oa:exact "
PASSAGE = 'ex:s cst:evidence ex:e ; cst:statedIn ex:g . ex:g dcterms:isPartOf ex:d ; cst:start 0 ; cst:end 12 ; cst:text "On Rudolf..." . '

_DAYS = " cst:fromEarliest {0}^^xsd:date ; cst:fromLatest {0}^^xsd:date ; cst:toEarliest {1}^^xsd:date"
_SINCE = _DAYS.format('"{0}"', '"{0}"')
_BETWEEN = _DAYS.format('"{0}"', '"{1}"') + ' ; cst:toLatest "{1}"^^xsd:date'
_YEARS = (
    ' cst:fromEarliest "1999-01-01"^^xsd:date ; cst:fromLatest "1999-12-31"^^xsd:date ; '
    'cst:toEarliest "1999-01-01"^^xsd:date ; cst:toLatest "1999-12-31"^^xsd:date'
)


def _one(name: str, bounds: str, graph: str = "source:on-ruritania") -> str:
    return f"{graph} {{ ex:{name} a cst:Membership ; cst:member ex:a ; cst:organisation ex:o ; {bounds} }}"


def _two(one: str, other: str, graph: str = "source:on-ruritania") -> str:
    """Two memberships of one actor in one organisation."""
    return f"{_one('m', one, graph)} {_one('n', other, graph)}"


def _linked(triples: str, target: str = "wikidata") -> str:
    return f"<https://w3id.org/csto-graph/graph/links/{target}> {{ {triples} }}"


# query, what it says of the case, data, local names of the focus nodes it must find
CASES: list[tuple[str, str, str, list[str]]] = [
    ("membership-ends-before-start", "years", 'ex:m cst:from "1999"^^xsd:gYear ; cst:to "1994"^^xsd:gYear .', ["m"]),
    ("membership-ends-before-start", "day and month", 'ex:m cst:from "1999-04-20"^^xsd:date ; cst:to "1999-03"^^xsd:gYearMonth .', ["m"]),
    ("membership-ends-before-start", "in order", 'ex:m cst:from "1994"^^xsd:gYear ; cst:to "1999-04-20"^^xsd:date .', []),
    ("membership-ends-before-start", "same year", 'ex:m cst:from "1999-04"^^xsd:gYearMonth ; cst:to "1999"^^xsd:gYear .', []),
    ("membership-ends-before-start", "open", 'ex:m cst:from "1999"^^xsd:gYear .', []),
    ("unsupported-triple", "nothing behind it", FACT, ["a"]),
    ("unsupported-triple", "its text's graph is not enough for a fact", f"{FACT} source:on-ruritania {{ {FACT} }}", ["a"]),
    ("unsupported-triple", "a plan behind it", f"{FACT} {_statement('Planned')}", ["a"]),
    ("unsupported-triple", "a link behind it", f"{FACT} <https://w3id.org/csto-graph/graph/links/wikidata> {{ {FACT} }}", ["a"]),
    ("unsupported-triple", "another object behind it", f"ex:a cst:memberOf ex:other . {_statement('Asserted')}", ["a"]),
    ("unsupported-triple", "a label of nobody", 'ex:a rdfs:label "A"@en .', ["a"]),
    ("unsupported-triple", "asserted", f"{FACT} {_statement('Asserted')}", []),
    ("unsupported-triple", "asserted and denied", f"{FACT} {_statement('Negated', 't')} {_statement('Asserted')}", []),
    ("unsupported-triple", "reference", f"{FACT} graph:reference {{ {FACT} }}", []),
    ("unsupported-triple", "inferred", f"{FACT} graph:inferred {{ {FACT} }}", []),
    ("unsupported-triple", "curated without a statement", f"{FACT} curated:charter {{ {FACT} }}", ["a"]),
    (
        "unsupported-triple",
        "a situation of its text",
        "ex:m a cst:Membership ; cst:member ex:a . source:on-ruritania { ex:m a cst:Membership ; cst:member ex:a }",
        [],
    ),
    ("set-aside-as-fact", "nobody else says it", f"{FACT} {_statement('Asserted')} {ASIDE}", ["a"]),
    ("set-aside-as-fact", "another is set aside too", f"{FACT} {_statement('Asserted')} {_statement('Asserted', 't')} {ASIDE} {ASIDE.replace('statement:s', 'statement:t')}", ["a"]),
    ("set-aside-as-fact", "only another plans it", f"{FACT} {_statement('Asserted')} {_statement('Planned', 't')} {ASIDE}", ["a"]),
    ("set-aside-as-fact", "another asserts it", f"{FACT} {_statement('Asserted')} {_statement('Asserted', 't')} {ASIDE}", []),
    ("set-aside-as-fact", "it follows from something else", f"{FACT} {_statement('Asserted')} {ASIDE} graph:inferred {{ {FACT} }}", []),
    ("set-aside-as-fact", "left out", f"{_statement('Asserted')} {ASIDE}", []),
    ("set-aside-as-fact", "followed", f"{FACT} {_statement('Asserted')} {ASIDE.replace('setsAside', 'follows')}", []),
    ("set-aside-as-fact", "a situation that nothing else gives", f"{SITUATION} {GIVEN} {_statement('Asserted')} {ASIDE}", ["m"]),
    ("set-aside-as-fact", "a situation left out", f"{GIVEN} {_statement('Asserted')} {ASIDE}", []),
    ("set-aside-as-fact", "a situation that another gives too", f"{SITUATION} {GIVEN} {GIVEN.replace('statement:s', 'statement:t')} {_statement('Asserted')} {ASIDE}", []),
    ("situation-without-statement", "nothing behind it", NODE, ["m"]),
    ("situation-without-statement", "a plan behind it", f"{NODE} {_statement('Planned')}", ["m"]),
    ("situation-without-statement", "another text's statement", f"{NODE} {_statement('Asserted', text='other')}", ["m"]),
    ("situation-without-statement", "another subject", f"{NODE} {_statement('Asserted')}".replace("cst:member ex:a", "cst:member ex:b"), ["m"]),
    ("situation-without-statement", "another predicate", f"{NODE} {_statement('Asserted')}".replace("cst:memberOf", "cst:chairedBy"), ["m"]),
    ("situation-without-statement", "asserted", f"{NODE} {_statement('Asserted')}", []),
    ("situation-without-statement", "an event that the text names", "source:on-ruritania { ex:i a cst:Intervention ; cst:reviewed false }", []),
    ("evidence-in-default-graph", "a statement", "ex:s a cst:Statement .", ["s"]),
    ("evidence-in-default-graph", "a claim", "ex:c a cst:Claim .", ["c"]),
    ("evidence-in-default-graph", "a claim as object", "ex:a cst:claims <https://w3id.org/csto-graph/id/claim/c> .", ["claim/c"]),
    ("evidence-in-default-graph", "a qualifier of a statement", "statement:s cst:place ex:a .", ["statement/s"]),
    ("evidence-in-default-graph", "in their graph", _statement("Asserted"), []),
    ("evidence-in-default-graph", "a fact", f'{FACT} ex:a rdfs:label "https://w3id.org/csto-graph/id/claim/c"@en .', []),
    *[("claim-as-fact", status, f"{FACT} {_statement(status)}", ["statement/s"]) for status in ("Attributed", "Negated", "Planned", "Hypothetical")],
    ("claim-as-fact", "asserted elsewhere", f"{FACT} {_statement('Planned')} {_statement('Asserted', 't', 'other')}", []),
    ("claim-as-fact", "reference", f"{FACT} {_statement('Negated')} graph:reference {{ {FACT} }}", []),
    ("claim-as-fact", "its own text's graph", f"{FACT} {_statement('Negated')} source:on-ruritania {{ {FACT} }}", ["statement/s"]),
    ("claim-as-fact", "no plain triple", _statement("Planned"), []),
    ("two-labels-in-one-language", "two", 'ex:a rdfs:label "A"@en, "B"@en .', ["a"]),
    ("two-labels-in-one-language", "a language by another case", 'ex:a rdfs:label "A"@en, "B"@EN .', ["a"]),
    ("two-labels-in-one-language", "two languages", 'ex:a rdfs:label "A"@en, "А"@ru .', []),
    ("two-labels-in-one-language", "an alternative", 'ex:a rdfs:label "A"@en ; skos:altLabel "B"@en .', []),
    ("quote-of-wrong-length", "too short", f'evidence:x {{ {QUOTE} "Rudol" }}', ["e"]),
    ("quote-of-wrong-length", "UTF-16 units", f'evidence:x {{ {QUOTE} "Rudo😀" }}', ["e"]),
    ("quote-of-wrong-length", "right", f'evidence:x {{ {QUOTE} "Rudolf" }}', []),
    ("quote-of-wrong-length", "code points", f'evidence:x {{ {QUOTE} "Rudol😀" }}', []),
    ("quote-differs-from-passage", "other words", f'evidence:x {{ {PASSAGE} {QUOTE} "Rupert" }}', ["e"]),
    ("quote-differs-from-passage", "corrected", f'evidence:x {{ {PASSAGE} {QUOTE} "RUDOLF" }}', ["e"]),
    ("quote-differs-from-passage", "the same", f'evidence:x {{ {PASSAGE} {QUOTE} "Rudolf" }}', []),
    ("thing-related-to-itself", "a member of itself", "ex:o cst:memberOf ex:o .", ["o"]),
    ("thing-related-to-itself", "both ways", "ex:a cst:borders ex:b . ex:b cst:borders ex:a .", []),
    ("withdrawn-thing-in-use", "described", f"{GONE} source:on-ruritania {{ ex:a a cst:State }}", ["a"]),
    ("withdrawn-thing-in-use", "pointed at", f"{GONE} source:on-ruritania {{ ex:b cst:memberOf ex:a }}", ["a"]),
    ("withdrawn-thing-in-use", "replaced by nothing known", "graph:reference { ex:a owl:deprecated true ; dcterms:isReplacedBy ex:c }", ["a"]),
    ("withdrawn-thing-in-use", "replaced", GONE, []),
    ("untyped-thing", "subject and object", FACT, ["a", "o"]),
    ("untyped-thing", "typed", f"{FACT} ex:a a cst:State . ex:o a cst:Organisation .", []),
    ("untyped-thing", "a literal", 'ex:a a cst:State ; rdfs:label "https://w3id.org/csto-graph/id/x" .', []),
    ("link-in-default-graph", "exactMatch", "ex:a skos:exactMatch wd:Q1 .", ["a"]),
    ("link-in-default-graph", "sameAs", "ex:a owl:sameAs wd:Q1 .", ["a"]),
    ("link-in-default-graph", "in its linkset", "<https://w3id.org/csto-graph/graph/links/wikidata> { ex:a skos:exactMatch wd:Q1 }", []),
    ("link-in-default-graph", "a page", "ex:a schema:sameAs <https://en.wikipedia.org/wiki/A> .", ["a"]),
    ("linked-twice", "to two items", _linked("ex:a skos:exactMatch wd:Q1 ; owl:sameAs wd:Q2"), ["a"]),
    ("linked-twice", "close to the second", _linked("ex:a skos:exactMatch wd:Q1 ; skos:closeMatch wd:Q2"), []),
    ("linked-twice", "two things", _linked("ex:a skos:exactMatch ex:item . ex:b skos:exactMatch ex:item"), ["item"]),
    ("linked-twice", "in two data sets", f"{_linked('ex:a skos:exactMatch wd:Q1')} {_linked('ex:a skos:exactMatch <http://dbpedia.org/resource/A>', 'dbpedia')}", []),
    ("linked-twice", "in a user's graph", "graph:notes { ex:a skos:exactMatch wd:Q1, wd:Q2 }", []),
    ("not-found-in-links", "absent", _linked("ex:a skos:exactMatch <https://w3id.org/sssom/NoTermFound>"), ["a"]),
    ("not-found-in-links", "found", _linked("ex:a skos:exactMatch wd:Q1"), []),
    ("identifier-of-no-scheme", "small letters", 'ex:a dcterms:identifier "ru"^^cst:iso3166Alpha2 .', ["a"]),
    ("identifier-of-no-scheme", "two digits", 'ex:a dcterms:identifier "51"^^cst:unM49 .', ["a"]),
    ("identifier-of-no-scheme", "no datatype", 'ex:a dcterms:identifier "4220" .', ["a"]),
    ("identifier-of-no-scheme", "unknown scheme", 'ex:a dcterms:identifier "42"^^cst:fips .', ["a"]),
    ("identifier-of-no-scheme", "an IRI", "ex:a dcterms:identifier wd:Q1 .", ["a"]),
    ("identifier-of-no-scheme", "spelled", 'ex:a dcterms:identifier "051"^^cst:unM49, "4.1442"^^cst:giblerNumber, "000000012158158X"^^cst:isni .', []),
    ("identifier-of-no-scheme", "of a statement", 'evidence:c { ex:s dcterms:identifier "T01" }', []),
    ("code-of-another-time", "of today", 'ex:a a cst:FormerState ; dcterms:identifier "SU"^^cst:iso3166Alpha2 .', ["a"]),
    ("code-of-another-time", "withdrawn", 'ex:a a cst:State ; dcterms:identifier "SU"^^cst:iso3166Alpha2Withdrawn .', ["a"]),
    ("code-of-another-time", "of its time", 'ex:a a cst:FormerState ; dcterms:identifier "SU"^^cst:iso3166Alpha2Withdrawn, "365"^^cst:cowNumber .', []),
    ("code-of-two-states", "one code", 'ex:a dcterms:identifier "RU"^^cst:iso3166Alpha2 . ex:b dcterms:identifier "RU"^^cst:iso3166Alpha2 .', ["a"]),
    ("code-of-two-states", "shared by design", 'ex:a dcterms:identifier "365"^^cst:cowNumber . ex:b dcterms:identifier "365"^^cst:cowNumber .', []),
    ("code-of-two-states", "two schemes", 'ex:a dcterms:identifier "365"^^cst:iso3166Numeric . ex:b dcterms:identifier "365"^^cst:unM49 .', []),
    ("memberships-touch-info", "on the same day", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _SINCE.format("1999-04-02")), ["m"]),
    ("memberships-touch-info", "on the next day", _two(_BETWEEN.format("1992-05-15", "1999-12-31"), _SINCE.format("2000-01-01")), ["m"]),
    ("memberships-touch-info", "cited facts", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _SINCE.format("1999-04-03"), "curated:c"), ["m"]),
    ("memberships-touch-info", "a day between", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _SINCE.format("1999-04-04")), []),
    ("memberships-touch-info", "of two sources", f"{_one('m', _BETWEEN.format('1992-05-15', '1999-04-02'))} {_one('n', _SINCE.format('1999-04-02'), 'curated:c')}", []),
    ("memberships-touch-info", "in two organisations", f"{_one('m', _BETWEEN.format('1992-05-15', '1999-04-02'))} {_one('n', _SINCE.format('1999-04-02')).replace('ex:o', 'ex:p')}", []),
    ("memberships-touch-info", "only the year is known", _two(_YEARS, _SINCE.format("2000-01-01")), []),
    ("memberships-overlap-warning", "starts without ends", _two(_SINCE.format("1992-05-15"), _SINCE.format("1993-05-15")), []),
    ("memberships-overlap-warning", "two ends", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _BETWEEN.format("1992-05-15", "1999-04-20")), ["m"]),
    ("memberships-overlap-warning", "two starts with one end", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _BETWEEN.format("1993-05-15", "1999-04-02")), ["m"]),
    ("memberships-overlap-warning", "variants of a dispute", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _BETWEEN.format("1992-05-15", "1999-04-20"), "curated:c"), []),
    ("memberships-overlap-warning", "one more precise than the other", _two(_BETWEEN.format("1999-04-02", "1999-04-20"), _YEARS), []),
    ("memberships-overlap-warning", "one after the other", _two(_BETWEEN.format("1992-05-15", "1999-04-02"), _BETWEEN.format("2006-08-16", "2012-06-28")), []),
]  # fmt: skip


def _store(trig: str) -> ox.Store:
    store = ox.Store()
    store.load(_HEAD + trig, format=ox.RdfFormat.TRIG)
    return store


def _iri(name: str) -> str:
    return f"https://w3id.org/csto-graph/id/{name if '/' in name else f'example/{name}'}"


def _stem(query: str) -> str:
    return query if query.endswith(("-info", "-warning")) else f"{query}-violation"


@pytest.mark.parametrize(
    ("query", "trig", "found"), [(q, t, f) for q, _, t, f in CASES], ids=[f"{q}: {c}" for q, c, _, _ in CASES]
)
def test_query(query: str, trig: str, found: list[str]) -> None:
    """A violation query finds its fault and lets pass what only looks like it."""
    report = violations(_store(trig), QUERIES)
    focus_nodes = [finding.focus_node for finding in report.findings if finding.check == _stem(query)]
    assert focus_nodes == [_iri(name) for name in found]


@pytest.mark.parametrize("path", sorted(QUERIES.iterdir()), ids=lambda path: path.stem)
def test_every_query_is_seen_to_find_and_to_let_pass(path: Path) -> None:
    """Every file has cases of both kinds: a check that cannot fail is none."""
    found = [bool(nodes) for query, _, _, nodes in CASES if _stem(query) == path.stem]
    assert True in found and False in found


def test_a_finding_says_what_to_do() -> None:
    """A finding is a violation named by its query, with the value and a message."""
    (finding,) = violations(
        _store("ex:o a cst:Organisation ; cst:memberOf ex:o . graph:reference { ex:o a cst:Organisation }"), QUERIES
    ).findings[:1]
    assert (finding.check, finding.severity) == ("thing-related-to-itself-violation", "Violation")
    assert finding.value == "https://w3id.org/csto-graph/ontology#memberOf"
    assert finding.message.startswith("It has <https://w3id.org/csto-graph/ontology#memberOf> to itself")


def test_an_empty_store_conforms() -> None:
    """All queries run, and find nothing in nothing."""
    report = violations(ox.Store(), QUERIES)
    assert report.conforms and report.checked == len(list(QUERIES.iterdir()))


REFUSED = [
    ("no summary", "SELECT ?focusNode ?message {}", "does not begin with"),
    ("not SPARQL", "#+ summary: x\nSELECT ?focusNode", r"is not SPARQL \(error at \d+:\d+\)"),
    ("no message", "#+ summary: x\nSELECT ?focusNode { ?focusNode ?p ?o }", "does not select"),
    ("unknown function", "#+ summary: x\nSELECT ?focusNode ?message { BIND(<x:f>(1) AS ?message) }", "cannot be run .*not supported"),
    ("not a SELECT", "#+ summary: x\nASK {}", "does not select"),
]


@pytest.mark.parametrize(("query", "problem"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_query_that_cannot_be_a_check_is_refused(query: str, problem: str, tmp_path: Path) -> None:
    """A query file that is not what it should be is refused by name, not passed over."""
    (tmp_path / "odd-violation.rq").write_text(query, encoding="utf-8")
    with pytest.raises(RefusedData, match=rf"odd-violation\.rq: {problem}"):
        violations(ox.Store(), tmp_path)


def test_a_query_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is named."""
    (tmp_path / "odd-violation.rq").write_bytes("#+ summary: é".encode("latin-1"))
    with pytest.raises(RefusedData, match=r"odd-violation\.rq: is not UTF-8 \(byte 13\)"):
        violations(ox.Store(), tmp_path)


def test_a_folder_without_queries_is_refused(tmp_path: Path) -> None:
    """No query at all is no passed check."""
    with pytest.raises(RefusedData, match="holds no violation query"):
        violations(ox.Store(), tmp_path)


def test_a_query_is_as_severe_as_its_name(tmp_path: Path) -> None:
    """What is only worth a look forbids no publication; a name without a severity is refused."""
    for severity in ("warning", "info"):
        (tmp_path / f"odd-{severity}.rq").write_text("#+ summary: x\nSELECT (<x:a> AS ?focusNode) ('odd' AS ?message) {}", encoding="utf-8")
    report = violations(ox.Store(), tmp_path)
    assert [finding.severity for finding in report.findings] == ["Info", "Warning"]
    assert report.conforms
    (tmp_path / "odd.rq").write_text("#+ summary: x\nSELECT (<x:a> AS ?focusNode) ('odd' AS ?message) {}", encoding="utf-8")
    with pytest.raises(RefusedData, match=r"odd\.rq: its name does not end with a severity"):
        violations(ox.Store(), tmp_path)

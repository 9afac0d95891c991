"""Each query of `queries/disagreements` finds what it is named for, whichever source says which, and nothing else."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.namespaces import PREFIXES
from csto_graph.validate.disagreements import disagreements, grades

QUERIES = resources.root() / "queries" / "disagreements"
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    "@prefix ex: <https://w3id.org/csto-graph/id/example/> .\n"
    "@prefix source: <https://w3id.org/csto-graph/graph/source/> .\n"
    "@prefix evidence: <https://w3id.org/csto-graph/graph/evidence/> .\n"
    "@prefix statement: <https://w3id.org/csto-graph/id/statement/> .\n"
)
_TIMES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def dated(value: str) -> str:
    """`1999` as a literal with the datatype of its precision."""
    return f'"{value}"^^xsd:{_TIMES[len(value)]}'


def said(name: str, what: str, graph: str = "text", status: str = "Asserted", **how: str) -> str:
    """A statement in TriG: `said("s", "ex:ruritania memberOf ex:league", from_="1999")`; a text's statement stands in a sentence."""
    subject, predicate, object_ = what.split(" ", 2)
    rest = {"status": f"cst:{status}", **{key.rstrip("_"): value for key, value in how.items()}}
    written = " ; ".join(f"cst:{key} {dated(value) if value[0] in '12' and key in _WHEN else value}" for key, value in rest.items())
    spelled = dated(object_) if object_[:1] in ("1", "2") and predicate.endswith("On") else object_
    end = f"rdf:object {spelled} ; " if object_ else ""
    return (
        f"evidence:{graph} {{ statement:{name} rdf:subject {subject} ; rdf:predicate cst:{predicate} ; {end}"
        f'rdfs:label "{name}"@en ; {written} }}\n'
    )


_WHEN = ("time", "from", "to", "validAt")


def found(query: str, data: str) -> set[frozenset[frozenset[str]]]:
    """The sides of what one query finds, as local names."""
    store = ox.Store()
    store.load(f"{_HEAD}{data}", format=ox.RdfFormat.TRIG)
    differ = [each for each in disagreements(store, QUERIES) if each.query == query]
    return {frozenset(frozenset(iri.rsplit("/", 1)[1] for iri in side) for side in each.sides) for each in differ}


def against(one: str, other: str) -> set[frozenset[frozenset[str]]]:
    """Statements by their names, against others."""
    return {frozenset((frozenset(one.split()), frozenset(other.split())))}


NONE: set[frozenset[frozenset[str]]] = set()
GROUP = "source:text { ex:five a cst:Group ; cst:number 5 }\n"
FIVE = GROUP + said("five", "ex:five partyTo ex:pact", statedIn="ex:sentence") + said("it", "ex:a partyTo ex:pact", statedIn="ex:sentence")
FORCE = said("inForce", "ex:pact enteredIntoForceOn 1994-04-20", "book")


def parties(count: int, **how: str) -> str:
    """So many parties of the pact, each from the day it is said to be one."""
    return "".join(said(f"p{n}", f"ex:p{n} partyTo ex:pact", "book", **how) for n in range(count))


UNNAMED = (
    "source:text { ex:elite cst:reviewed false }\n"
    + said("raised", "ex:league establishedForce ex:elite", time="2007")
    + said("strong", "ex:elite personnelCount 20000", time="2007")
)
NAMED = said("made", "ex:league establishedForce ex:guard", "book", time="2009-02-04") + said("size", "ex:guard personnelCount 20000", "book")
TOLD = (
    said("after", "ex:end after ex:fall")
    + said("ended", "ex:pact dissolvedOn ", tellsOf="ex:end")
    + said("fell", "ex:union dissolvedOn 1991", tellsOf="ex:fall")
)
SENT = (
    'evidence:text { ex:document a cst:Document ; dcterms:date "2022-01-10"^^xsd:date }\n'
    "graph:reference { ex:a a cst:State . ex:b a cst:State . ex:c a cst:State . ex:house a cst:Organisation }\n"
    + said("a", "ex:a deployed ex:guards", statedIn="ex:sentence", place="ex:here")
    + said("b", "ex:b agreedToSend ex:others", status="Planned", statedIn="ex:sentence")
    + said("alsoA", "ex:a deployed ex:brigade", "book", time="2022-01", place="ex:here")
)


# query, what it says of the case, data, what it finds
CASES: list[tuple[str, str, str, set[frozenset[frozenset[str]]]]] = [
    ("date-of-what-happens-once", "two days", said("s", "ex:p signedOn 1992-05-15") + said("t", "ex:p signedOn 1992-05-16"), against("s", "t")),
    ("date-of-what-happens-once", "year and day", said("s", "ex:p signedOn 1994") + said("t", "ex:p signedOn 1994-04-20"), NONE),
    ("date-of-what-happens-once", "of two treaties", said("s", "ex:p signedOn 1994") + said("t", "ex:q signedOn 1995"), NONE),
    ("date-of-what-happens-once", "what may be twice", said("s", "ex:p prolongedOn 1994") + said("t", "ex:p prolongedOn 1999"), NONE),
    ("date-of-what-happens-once", "a plan", said("s", "ex:p signedOn 1994") + said("t", "ex:p signedOn 1995", status="Planned"), NONE),
    (
        "date-of-what-happens-once",
        "who agrees stands on one side",
        said("s", "ex:p signedOn 1994") + said("t", "ex:p signedOn 1995") + said("u", "ex:p signedOn 1995", "book"),
        against("s", "t u"),
    ),
    ("time-of-one-act", "two years", said("s", "ex:a ratified ex:p", time="1994") + said("t", "ex:a ratified ex:p", time="1995-01"), against("s", "t")),
    ("time-of-one-act", "two actors", said("s", "ex:a ratified ex:p", time="1994") + said("t", "ex:b ratified ex:p", time="1995-01"), NONE),
    ("start-of-one-membership", "joined", said("s", "ex:a joined ex:l", time="1993-09-09") + said("t", "ex:a memberOf ex:l", from_="1993-12"), against("s", "t")),
    ("start-of-one-membership", "year and day", said("s", "ex:a joined ex:l", time="1993") + said("t", "ex:a memberOf ex:l", from_="1993-12-31"), NONE),
    ("start-of-one-membership", "one statement with two times", said("s", "ex:a joined ex:l", time="1939-09", from_="1935"), NONE),
    (
        "start-of-one-membership",
        "beside a statement with two times",
        said("r", "ex:a joined ex:l", time="1939-09", from_="1935") + said("s", "ex:a joined ex:l", time="1935") + said("t", "ex:a joined ex:l", time="1939-09"),
        against("s", "t"),
    ),
    (
        "start-of-one-membership",
        "left and came again",
        said("s", "ex:a memberOf ex:l", from_="1992", to="1999-04") + said("t", "ex:a joined ex:l", time="2006-08-16"),
        NONE,
    ),
    (
        "start-of-one-membership",
        "another says that it left",
        said("s", "ex:a joined ex:l", time="1992") + said("t", "ex:a joined ex:l", time="2006") + said("u", "ex:a withdrewFrom ex:l", "book", time="1999"),
        NONE,
    ),
    ("start-of-one-membership", "as another", said("s", "ex:a memberOf ex:l", from_="1993") + said("t", "ex:a memberOf ex:l", from_="1994", role='"observer"'), NONE),
    (
        "end-of-one-membership",
        "two days",
        said("s", "ex:a memberOf ex:l", from_="1992", to="1999-04-02") + said("t", "ex:a withdrewFrom ex:l", time="1999-04-20"),
        against("s", "t"),
    ),
    (
        "end-of-one-membership",
        "two memberships",
        said("s", "ex:a memberOf ex:l", from_="1992", to="1999") + said("t", "ex:a memberOf ex:l", from_="2006", to="2012"),
        NONE,
    ),
    ("start-of-one-tenure", "two days", said("s", "ex:l chairedBy ex:a", from_="2007-06") + said("t", "ex:l chairedBy ex:a", from_="2007-07-01"), against("s", "t")),
    (
        "start-of-one-tenure",
        "somebody came between",
        said("s", "ex:l chairedBy ex:a", from_="2007-06") + said("u", "ex:l chairedBy ex:b", from_="2008-09-05") + said("t", "ex:l chairedBy ex:a", from_="2012"),
        NONE,
    ),
    ("start-of-one-tenure", "it ended between", said("s", "ex:l ledBy ex:a", from_="2017", to="2017-04") + said("t", "ex:l ledBy ex:a", from_="2018-11"), NONE),
    ("end-of-one-tenure", "two days", said("s", "ex:l ledBy ex:a", to="2016-12-31") + said("t", "ex:l ledBy ex:a", to="2017-01"), against("s", "t")),
    (
        "end-of-one-tenure",
        "somebody left between",
        said("s", "ex:l chairedBy ex:a", to="2008") + said("u", "ex:l chairedBy ex:b", to="2012-12-19") + said("t", "ex:l chairedBy ex:a", to="2019"),
        NONE,
    ),
    ("count-at-a-time", "one year", said("s", "ex:f personnelCount 18000", time="2022-12") + said("t", "ex:f personnelCount 20000", validAt="2022"), against("s", "t")),
    ("count-at-a-time", "two years", said("s", "ex:f personnelCount 4000", time="2013") + said("t", "ex:f personnelCount 5000", time="2022"), NONE),
    ("count-at-a-time", "no time", said("s", "ex:f personnelCount 4000") + said("t", "ex:f personnelCount 5000", time="2022"), NONE),
    ("count-at-a-time", "the same", said("s", "ex:f personnelCount 4000", time="2022") + said("t", "ex:f personnelCount 4000", time="2022"), NONE),
    ("number-of-one-contribution", "two numbers", said("s", "ex:a deployed ex:f", number="150") + said("t", "ex:a deployed ex:f", number="200"), against("s", "t")),
    (
        "number-of-one-contribution",
        "the first hundred",
        said("s", "ex:a deployed ex:f", number="100", time="2022-01-06") + said("t", "ex:a deployed ex:f", number="200", time="2022-01"),
        NONE,
    ),
    ("count-against-list", "six of nine", FIVE + FORCE + parties(9, from_="1993"), against("five", " ".join(f"p{n}" for n in range(9)))),
    ("count-against-list", "on that day", FIVE + FORCE + parties(7, validAt="1994-04-20"), against("five", " ".join(f"p{n}" for n in range(7)))),
    ("count-against-list", "on another day", FIVE + FORCE + parties(7, validAt="1994-04-21"), NONE),
    ("count-against-list", "as many", FIVE + FORCE + parties(6, from_="1993"), NONE),
    ("count-against-list", "a list that may not be whole", FIVE + FORCE + parties(3, from_="1993"), NONE),
    ("count-against-list", "later", FIVE + FORCE + parties(9, from_="1994-05-01"), NONE),
    ("count-against-list", "perhaps later", FIVE + FORCE + parties(9, from_="1994"), NONE),
    ("count-against-list", "left before", FIVE + FORCE + parties(9, from_="1992", to="1994-01"), NONE),
    ("count-against-list", "not known in what year", FIVE + parties(9, from_="1993"), NONE),
    (
        "count-against-list",
        "members",
        said("n", "ex:l memberCount 1", validAt="2012-09-01") + said("s", "ex:a memberOf ex:l", "book", from_="1992") + said("t", "ex:b memberOf ex:l", "book", from_="1992"),
        against("n", "s t"),
    ),
    (
        "count-against-list",
        "a member on whom sources differ",
        said("n", "ex:l memberCount 1", validAt="2012-09-01")
        + said("s", "ex:a memberOf ex:l", "book", from_="1992")
        + said("t", "ex:b memberOf ex:l", "book", from_="2006", to="2012-12-19")
        + said("u", "ex:b memberOf ex:l", "book", from_="2006", to="2012-06-28"),
        NONE,
    ),
    ("membership-outside-its-time", "after the end", said("s", "ex:a memberOf ex:l", validAt="2022-01-10") + said("t", "ex:a memberOf ex:l", "book", from_="1993", to="1999"), against("s", "t")),
    ("membership-outside-its-time", "within", said("s", "ex:a memberOf ex:l", validAt="1999-01-10") + said("t", "ex:a memberOf ex:l", "book", from_="1993", to="1999"), NONE),
    (
        "membership-outside-its-time",
        "within the second",
        said("s", "ex:a memberOf ex:l", validAt="2007-01-10") + said("t", "ex:a memberOf ex:l", from_="1993", to="1999") + said("u", "ex:a memberOf ex:l", from_="2006"),
        NONE,
    ),
    (
        "membership-outside-its-time",
        "joined again, nobody says until when",
        said("s", "ex:a memberOf ex:l", validAt="2008-01-10") + said("t", "ex:a memberOf ex:l", "book", from_="1993", to="1999") + said("u", "ex:a joined ex:l", "book", time="2006-06"),
        NONE,
    ),
    (
        "membership-outside-its-time",
        "joined when the time began",
        said("s", "ex:a memberOf ex:l", validAt="2008-01-10") + said("t", "ex:a memberOf ex:l", "book", from_="1993", to="1999") + said("u", "ex:a joined ex:l", time="1993"),
        against("s", "t"),
    ),
    (
        "membership-outside-its-time",
        "joined again only later",
        said("s", "ex:a memberOf ex:l", validAt="2004-01-10") + said("t", "ex:a memberOf ex:l", "book", from_="1993", to="1999") + said("u", "ex:a joined ex:l", time="2006"),
        against("s", "t"),
    ),
    (
        "order-of-events",
        "the other way round",
        TOLD + said("x", "ex:pact dissolvedOn 1991-07-01", "book") + said("y", "ex:union dissolvedOn 1991-12-25", "book"),
        against("after", "x y"),
    ),
    ("order-of-events", "in order", TOLD + said("x", "ex:pact dissolvedOn 1992", "book") + said("y", "ex:union dissolvedOn 1991-12-25", "book"), NONE),
    ("order-of-events", "in one year", TOLD + said("x", "ex:pact dissolvedOn 1991-07-01", "book"), NONE),
    ("order-of-events", "of other things", TOLD + said("x", "ex:other dissolvedOn 1991-07-01", "book") + said("y", "ex:union dissolvedOn 1991-12-25", "book"), NONE),
    ("force-of-the-same-size", "another year", UNNAMED + NAMED, against("raised", "made")),
    ("force-of-the-same-size", "another size", UNNAMED + NAMED.replace("20000", "3600"), NONE),
    ("force-of-the-same-size", "another organisation", UNNAMED + NAMED.replace("ex:league", "ex:other"), NONE),
    ("force-of-the-same-size", "the same year by another", UNNAMED + NAMED + said("too", "ex:league establishedForce ex:guard", "book", time="2007-05"), NONE),
    ("force-of-the-same-size", "both named", UNNAMED.replace("cst:reviewed false", "a cst:ArmedForce") + NAMED, NONE),
    ("what-it-became", "two things", said("s", 'ex:l transformedInto "alliance"', time="2002") + said("t", 'ex:l transformedInto "regional body"', time="2002-05"), against("s", "t")),
    ("what-it-became", "more closely", said("s", 'ex:l transformedInto "Alliance"', time="2002") + said("t", 'ex:l transformedInto "military alliance"', time="2002"), NONE),
    ("what-it-became", "at two times", said("s", 'ex:l transformedInto "union"', time="1991") + said("t", 'ex:l transformedInto "alliance"', time="2002"), NONE),
    ("asserted-and-denied", "at one time", said("s", "ex:a signatoryOf ex:p", time="2009") + said("t", "ex:a signatoryOf ex:p", status="Negated", time="2009-06-14"), against("s", "t")),
    ("asserted-and-denied", "later", said("s", "ex:a signatoryOf ex:p", time="2009") + said("t", "ex:a signatoryOf ex:p", status="Negated", time="2007"), NONE),
    ("asserted-and-denied", "at no time", said("s", "ex:a memberOf ex:l") + said("t", "ex:a memberOf ex:l", status="Negated"), against("s", "t")),
    ("asserted-and-denied", "a span, and no time", said("s", "ex:a memberOf ex:l", "book", from_="1993", to="1999") + said("t", "ex:a memberOf ex:l", status="Negated"), NONE),
    ("asserted-and-denied", "one span", said("s", "ex:a memberOf ex:l", "book", from_="1993") + said("t", "ex:a memberOf ex:l", status="Negated", from_="1993"), against("s", "t")),
    ("asserted-and-denied", "of another place", said("s", "ex:a deployed ex:f", time="2010", place="ex:here") + said("t", "ex:a deployed ex:f", status="Negated", time="2010", place="ex:there"), NONE),
    ("asserted-and-denied", "of any place", said("s", "ex:a deployed ex:f", time="2010", place="ex:here") + said("t", "ex:a deployed ex:f", status="Negated", time="2010"), against("s", "t")),
    ("asserted-and-denied", "by somebody", said("s", "ex:a memberOf ex:l") + said("t", "ex:a memberOf ex:l", status="Negated", claimant="ex:b"), NONE),
    ("list-of-contributors", "one more", SENT + said("c", "ex:c agreedToSend ex:f", "book", time="2022-01-07", place="ex:here"), against("a b", "c")),
    ("list-of-contributors", "after the text", SENT + said("c", "ex:c agreedToSend ex:f", "book", time="2022-01-11", place="ex:here"), NONE),
    ("list-of-contributors", "perhaps after the text", SENT + said("c", "ex:c agreedToSend ex:f", "book", time="2022-01", place="ex:here"), NONE),
    ("list-of-contributors", "another year", SENT + said("c", "ex:c deployed ex:f", "book", time="1995-01-07", place="ex:here"), NONE),
    ("list-of-contributors", "another theatre", SENT + said("c", "ex:c deployed ex:f", "book", time="2022-01-07", place="ex:there"), NONE),
    ("list-of-contributors", "of another class", SENT + said("c", "ex:house agreedToSend ex:f", "book", time="2022-01-07", place="ex:here"), NONE),
    (
        "list-of-contributors",
        "of one class by inference",
        "graph:inferred { ex:house a cst:Actor . ex:a a cst:Actor }\n" + SENT + said("c", "ex:house agreedToSend ex:f", "book", time="2022-01-07", place="ex:here"),
        NONE,
    ),
    ("list-of-contributors", "listed", SENT + said("c", "ex:b agreedToSend ex:f", "book", time="2022-01-07", place="ex:here"), NONE),
    (
        "list-of-contributors",
        "two theatres",
        SENT + said("d", "ex:b deployed ex:f", statedIn="ex:s", place="ex:there") + said("c", "ex:c deployed ex:f", "book", time="2022-01-07", place="ex:here"),
        NONE,
    ),
]


@pytest.mark.parametrize(("query", "case", "data", "expected"), CASES, ids=[f"{query}: {case}" for query, case, _, _ in CASES])
def test_a_query_finds_what_differs(query: str, case: str, data: str, expected: set[frozenset[frozenset[str]]]) -> None:
    """It names the two sides, and is silent where both can be right."""
    assert found(query, data) == expected, case


def test_every_query_is_seen_to_find_something_and_nothing() -> None:
    """A query that finds nothing, or always something, is none."""
    names = {path.stem for path in QUERIES.glob("*.rq")}
    assert {query for query, _, _, expected in CASES if expected} == names
    assert {query for query, _, _, expected in CASES if not expected} == names


DATES = ["1993", "1993-04", "1993-12", "1993-12-31", "1994", "1994-01-03", "1994-04", "1994-04-20", "1999-04-02"]
ONCE = ["signedOn", "enteredIntoForceOn", "foundedOn", "dissolvedOn"]


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


@pytest.mark.parametrize("seed", range(25))
def test_dates_disagree_where_neither_begins_the_other(seed: int) -> None:
    """On random graphs exactly the pairs of dates that cannot be the same day are found; precision alone is no dispute."""
    chance = Random(seed)
    drawn = [(f"s{n}", chance.choice("pq"), chance.choice(ONCE), chance.choice(DATES)) for n in range(12)]
    data = "".join(said(name, f"ex:{thing} {predicate} {day}", chance.choice(["text", "book"])) for name, thing, predicate, day in drawn)
    pairs = {frozenset((one, other)) for sides in found("date-of-what-happens-once", data) for one in min(sides, key=sorted) for other in max(sides, key=sorted)}
    assert pairs == {
        frozenset((a, b))
        for a, thing, predicate, day in drawn
        for b, other_thing, other_predicate, other_day in drawn
        if (thing, predicate) == (other_thing, other_predicate) and not _agree(day, other_day)
    }


@pytest.mark.parametrize("seed", range(10))
def test_which_source_says_which_makes_no_difference(seed: int) -> None:
    """The same statements under exchanged names and graphs disagree on the same, and no statement disagrees with itself."""
    chance = Random(seed)
    kinds = [("a memberOf ex:l", "from_"), ("a memberOf ex:l", "to"), ("a joined ex:l", "time"), ("a withdrewFrom ex:l", "time")]
    drawn = [(chance.choice(kinds), chance.choice(DATES)) for _ in range(8)]
    queries = ("start-of-one-membership", "end-of-one-membership")

    def state(order: list[int]) -> set[frozenset[frozenset[tuple[str, str, str]]]]:
        names = {f"s{place}": (*drawn[n][0], drawn[n][1]) for place, n in enumerate(order)}
        data = "".join(said(name, f"ex:{what}", "text" if n % 2 else "book", **{how: day}) for n, (name, (what, how, day)) in enumerate(names.items()))
        sides = [each for query in queries for each in found(query, data)]
        assert all(len(each) == 2 and not frozenset.intersection(*each) for each in sides)
        return {frozenset(frozenset(names[name] for name in side) for side in each) for each in sides}

    assert state(list(range(8))) == state(chance.sample(range(8), 8))


@pytest.mark.parametrize(
    ("name", "query", "problem"),
    [
        ("no kind", "#+ summary: x\nSELECT ?one ?other ?message { ?one ?other ?message }", "kind"),
        ("no sides", "#+ summary: x\n#+ kind: y\nSELECT ?one { ?one ?p ?o }", "does not select"),
        ("not SPARQL", "#+ summary: x\n#+ kind: y\nSELEKT", "is not SPARQL"),
    ],
)
def test_a_query_that_cannot_be_used_is_refused(tmp_path: Path, name: str, query: str, problem: str) -> None:
    """It is named with what is wrong, rather than passed over."""
    (tmp_path / "q.rq").write_text(query)
    with pytest.raises(RefusedData, match=problem):
        disagreements(ox.Store(), tmp_path)


def test_a_folder_without_queries_is_refused(tmp_path: Path) -> None:
    """No disagreement because of no query would look like agreement."""
    with pytest.raises(RefusedData, match="no query"):
        disagreements(ox.Store(), tmp_path)


def test_an_iri_stays_the_same_and_is_of_the_sides_alone() -> None:
    """Two builds give one IRI, whatever else the graphs hold."""
    data = said("s", "ex:p signedOn 1992") + said("t", "ex:p signedOn 1993")
    stores = [ox.Store(), ox.Store()]
    stores[0].load(_HEAD + data, format=ox.RdfFormat.TRIG)
    stores[1].load(_HEAD + data + said("u", "ex:q signedOn 1993"), format=ox.RdfFormat.TRIG)
    assert disagreements(stores[0], QUERIES) == disagreements(stores[1], QUERIES)


def test_cited_facts_have_grades_and_texts_have_none() -> None:
    """The grade is that of the statement."""
    store = ox.Store()
    store.load(_HEAD + said("s", "ex:p signedOn 1992", sureness="cst:SurenessB") + said("t", "ex:p signedOn 1992"), format=ox.RdfFormat.TRIG)
    assert grades(store) == {"https://w3id.org/csto-graph/id/statement/s": "B"}

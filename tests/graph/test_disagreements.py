"""Disagreements as RDF, what they take out of the default graph, and the events that dated statements tell of."""

from __future__ import annotations

import pyoxigraph as ox

from csto_graph import graph
from csto_graph.graph.told import told_events
from csto_graph.model import Disagreement, Evidence, Extraction, Mention, Qualifiers, Statement, Status, Value, Verdict
from csto_graph.namespaces import CST, GRAPH, ID

LEAGUE = Mention(0, 0, "the League", "League", "Organisation", f"{ID}organisation/league")
FALL = Mention(4, 8, "fall", "fall of Ruritania", "Event", f"{ID}event/fall")
WAR = Mention(40, 43, "war", "war", "Event", f"{ID}event/war")
RURITANIA = Mention(12, 21, "Ruritania", "Ruritania", "FormerState", f"{ID}state/ruritania")


def _stated(name: str, subject: Mention, predicate: str, object_: Mention | Value | None, start: int = 0, end: int = 9, **how: str) -> Statement:
    evidence = Evidence("text", start, end, "x" * (end - start))
    return Statement(f"{ID}statement/{name}", Extraction(predicate, subject, object_, Status.ASSERTED, "r", evidence, Qualifiers(**how)))


JOINED = _stated("s", RURITANIA, "memberOf", LEAGUE, time="1994")


def _names(triples: frozenset[ox.Triple]) -> set[str]:
    return {triple.predicate.value.rpartition("#")[2] for triple in triples}


def test_what_is_set_aside_is_withheld_with_its_situation() -> None:
    """The plain triple goes, and so does the membership with its times."""
    withheld = graph.withheld([graph.given_by_text("text", [JOINED])], {JOINED.iri})
    assert {"memberOf", "member", "organisation", "time"} <= _names(withheld)
    assert graph.withheld([graph.given_by_text("text", [JOINED])], set()) == frozenset()


def test_what_another_statement_gives_too_stays() -> None:
    """The triple that a followed statement asserts stays, and the situation of the other source goes."""
    other = _stated("t", RURITANIA, "memberOf", LEAGUE, time="1999")
    withheld = graph.withheld([graph.given_by_text("text", [JOINED]), graph.given_by_text("book", [other])], {JOINED.iri})
    assert "memberOf" not in _names(withheld)
    assert "member" in _names(withheld)


def test_a_claim_gives_nothing_that_could_be_withheld() -> None:
    """Only what is asserted stands in the default graph."""
    claimed = Statement(JOINED.iri, Extraction("memberOf", RURITANIA, LEAGUE, Status.PLANNED, "r", JOINED.extraction.evidence))
    assert graph.given_by_text("text", [claimed]) == ("text", {})


def test_the_default_graph_is_laid_without_what_is_withheld() -> None:
    """What the reference data says stays whatever texts say; evidence, links and disagreements are not laid at all."""
    known, told = (ox.Triple(ox.NamedNode(f"{ID}x/{name}"), ox.NamedNode(f"{CST}p"), ox.Literal(name)) for name in ("known", "told"))
    kinds = ("reference", "source/text", "curated/book", "evidence/text", "links/wikidata", "disagreements")
    store = ox.Store()
    store.extend(ox.Quad(known.subject, known.predicate, ox.Literal(kind), ox.NamedNode(f"{GRAPH}{kind}")) for kind in kinds)
    store.extend(ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(f"{GRAPH}source/text")) for each in (known, told))
    store.add(ox.Quad(known.subject, known.predicate, known.object, ox.NamedNode(f"{GRAPH}reference")))
    graph.lay_default(store, {known, told})
    assert {quad.object.value for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())} == {"known", *kinds[:3]}


def test_a_disagreement_is_a_node_with_its_statements_and_the_reason() -> None:
    """Both sides under one property, and again under what is followed and what is set aside."""
    found = Disagreement(f"{ID}disagreement/d", "date", "query", ((f"{ID}s/a",), (f"{ID}s/b", f"{ID}s/c")), (f"{ID}s/e",), False, "1994 | 1995")
    quads = list(graph.disagreement_quads([Verdict(found, found.sides[0], found.sides[1], "A first")]))
    assert {quad.graph_name.value for quad in quads} == {f"{GRAPH}disagreements"}
    said = {(quad.predicate.value.removeprefix(CST), quad.object.value.removeprefix(f"{ID}s/")) for quad in quads}
    assert {("disagrees", "a"), ("disagrees", "b"), ("disagrees", "c"), ("restsOn", "e"), ("follows", "a"), ("setsAside", "b"), ("setsAside", "c")} <= said
    assert {("kind", "date"), ("query", "query"), ("because", "A first")} <= said


def _told(dating: Statement, *events: Mention) -> set[tuple[str, str]]:
    after = _stated("after", events[0], "after", events[1])
    return {(triple.subject.value.rsplit("/", 1)[1], triple.object.value.rsplit("/", 1)[1]) for triple in told_events([dating, after])}


def test_a_date_tells_of_the_event_that_its_words_name() -> None:
    """ "The fall of Ruritania in 1918" dates the event that "after the fall of Ruritania" speaks of, and not the war."""
    assert _told(_stated("s", RURITANIA, "dissolvedOn", Value("1918", "xsd:gYear"), 4, 29), FALL, WAR) == {("s", "fall")}


def test_other_words_tell_of_no_event() -> None:
    """Nor does the same event of another thing, nor a statement that dates nothing."""
    assert _told(_stated("s", RURITANIA, "dissolvedOn", None, 60, 80), FALL, WAR) == set()
    assert _told(_stated("s", LEAGUE, "dissolvedOn", None, 4, 29), FALL, WAR) == set()
    assert _told(_stated("s", RURITANIA, "memberOf", LEAGUE, 4, 29), FALL, WAR) == set()

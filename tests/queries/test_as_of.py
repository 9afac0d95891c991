"""Questions about a day on made-up facts: what they answer is what counting out every possible span gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from csto_graph import resources
from csto_graph.cited import Citation, CitedFact, Collection, Sureness
from csto_graph.graph import collection_quads
from csto_graph.graph.bounds import earliest, latest
from csto_graph.model import Mention, Qualifiers, Status, Thing, Value
from csto_graph.namespaces import ID
from csto_graph.sparql.stored import bound

QUERIES = resources.root() / "queries" / "competency"
FIRST, LAST = date(1998, 12, 28), date(2001, 1, 4)  # the calendar of the made-up world; nothing is stated at its edges
ATLAS = Citation("atlas", "An atlas")
THINGS = {
    path: Thing(f"{ID}{path}", path, type_)
    for path, type_ in {
        "state/ruritania": "State", "state/grustark": "State", "organisation/csto": "Organisation", "person/rudolf": "Person",
        "person/flavia": "Person", "force/guard": "ArmedForce", "treaty/collective-security-treaty": "Treaty",
        "event/landing": "Intervention",
    }.items()
}  # fmt: skip


def _mention(path: str) -> Mention:
    thing = THINGS[path]
    return Mention(0, 0, thing.label, thing.label, thing.type, thing.iri)


def _store(*said: tuple[str, str, str | Value, Qualifiers]) -> ox.Store:
    """A store with the graphs of a collection that says so, and its default graph."""
    facts = tuple(
        CitedFact(f"{n:03}", predicate, _mention(subject), object_ if isinstance(object_, Value) else _mention(object_),
                  Status.ASSERTED, Sureness.A, (ATLAS,), when)
        for n, (subject, predicate, object_, when) in enumerate(said)
    )  # fmt: skip
    store = ox.Store()
    store.extend(collection_quads(Collection("notes", "Notes", None, None, None, (ATLAS,), tuple(THINGS.values()), facts)))
    store.extend([ox.Quad(*quad.triple, ox.DefaultGraph()) for quad in store if "/evidence/" not in str(quad.graph_name)])
    return store


def _asked(store: ox.Store, name: str, day: str, *columns: str, **values: str) -> list[tuple[str, ...]]:
    solutions = store.query(bound((QUERIES / f"{name}.rq").read_text(encoding="utf-8"), {"day": day, **values}))
    assert isinstance(solutions, ox.QuerySolutions)
    rows = [tuple("" if (term := row[column]) is None else term.value for column in columns) for row in solutions]
    return sorted(tuple(cell.removeprefix(str(ID)) for cell in row) for row in rows)


# -- memberships and suspensions, counted out

_STATED = st.dates(date(1999, 1, 1), date(2000, 12, 31)).flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", str(day)]))
_MAYBE = st.none() | _STATED
_TIMES = st.builds(lambda from_, to, at: Qualifiers(from_=from_, to=to, valid_at=at), _MAYBE, _MAYBE, _MAYBE)


@dataclass(frozen=True)
class Account:
    """One membership or suspension as it is stated, with every span of days that it can mean."""

    spans: frozenset[tuple[date, date]]

    def says(self, day: date) -> str:
        covered = [begins <= day <= ends for begins, ends in self.spans]
        return "holds" if all(covered) else "may hold" if any(covered) else "does not hold"

    def is_of_one_spell_with(self, other: Account) -> bool:
        """Whatever the days are, the two have one in common."""
        return all(b <= e and c <= d for (b, d), (c, e) in product(self.spans, other.spans))


def _account(when: Qualifiers, day: date, others: Iterable[Qualifiers], *, suspension: bool) -> Account:
    """Only at the edges of what is stated, and beside the day, can a span begin or end that makes a difference."""
    stated = [value for each in (when, *others) for value in (each.from_, each.to, each.valid_at) if value]
    edges = {date.fromisoformat(edge(value)) for value in stated for edge in (earliest, latest)} | {day}
    days = {each + timedelta(days=n) for each in edges for n in (-1, 0, 1)} | {FIRST, LAST}
    begins = {each for each in days if when.from_ is None or earliest(when.from_) <= str(each) <= latest(when.from_)}
    ends = {each for each in days if when.to is None or earliest(when.to) <= str(each) <= latest(when.to)}
    if suspension and when.to is None:
        ends = {LAST}
    at = when.valid_at
    spans = ((b, e) for b, e in product(begins, ends) if b <= e and (at is None or (str(b) <= latest(at) and earliest(at) <= str(e))))
    return Account(frozenset(spans))


def _verdict(accounts: list[Account], day: date) -> str:
    found = set()
    for account in accounts:
        holds = account.says(day)
        contrary = [each for each in accounts if each.is_of_one_spell_with(account) and each.says(day) == "does not hold"]
        if holds == "holds":
            found.add("disputed" if contrary else "certain")
        elif holds == "may hold" and not contrary:
            found.add("possible")
    return next((each for each in ("disputed", "certain", "possible") if each in found), "none")


@settings(max_examples=150, deadline=None)
@given(
    members=st.lists(_TIMES, min_size=1, max_size=3),
    pauses=st.lists(_TIMES, max_size=2),
    day=st.dates(date(1998, 12, 30), date(2001, 1, 2)),
)
def test_a_verdict_is_what_counting_out_every_possible_span_gives(members: list[Qualifiers], pauses: list[Qualifiers], day: date) -> None:
    """Memberships and suspensions of one actor, as imprecise and as contrary as they come."""
    kept = {kind: [each for each in said if each.from_ or each.to or each.valid_at] for kind, said in (("m", members), ("s", pauses))}
    accounts = {kind: [_account(each, day, said, suspension=kind == "s") for each in said] for kind, said in kept.items()}
    assume(all(account.spans for said in accounts.values() for account in said))
    membership, suspension = (_verdict(accounts[kind], day) for kind in ("m", "s"))
    verdict = "suspended" if suspension == "certain" else membership
    for predicate, pact, name, column in (
        ("memberOf", "organisation/csto", "members-on-a-date", "membership"),
        ("partyTo", "treaty/collective-security-treaty", "parties-on-a-date", "participation"),
    ):
        said = [("state/ruritania", predicate, pact, each) for each in members]
        said += [("state/ruritania", "suspendedFrom", pact, each) for each in pauses]
        expected = [] if membership == "none" else [(verdict, membership, suspension)]
        assert _asked(_store(*said), name, str(day), "verdict", column, "suspension") == expected


# -- offices, of which one holds each at a time

CHAIRS = [
    ("person/rudolf", Qualifiers(from_="1999-01-01", to="1999-06-30")),
    ("person/flavia", Qualifiers(from_="1999-06-30")),
    ("state/grustark", Qualifiers(to="2000-12-19")),
]
OFFICES = [
    ("before whoever was first", "1998-06-01", []),
    ("from day to day", "1999-03-01", [("person/rudolf", "certain")]),
    ("a handover: the one goes, the other comes", "1999-06-30", [("person/flavia", "certain"), ("person/rudolf", "certain")]),
    ("the one's end and the other's start are not known", "2000-03-01", [("person/flavia", "possible"), ("state/grustark", "possible")]),
    ("a day on which another is known to hold it", "2000-12-19", [("state/grustark", "certain")]),
    ("who came later has ended what had no end", "2001-03-01", []),
]


@pytest.mark.parametrize(("day", "expected"), [case[1:] for case in OFFICES], ids=[case[0] for case in OFFICES])
def test_one_holds_the_chair_at_a_time(day: str, expected: list[tuple[str, str]]) -> None:
    """A tenure without an end may go on until another has come; one without a start cannot lie before another's."""
    store = _store(*(("organisation/csto", "chairedBy", holder, when) for holder, when in CHAIRS))
    assert _asked(store, "chair-on-a-date", day, "chair", "verdict") == expected


def test_two_in_one_chair_are_a_dispute() -> None:
    """Where neither comes nor goes on the day."""
    when = Qualifiers(from_="1999-01-01", to="2000-01-01")
    store = _store(*(("organisation/csto", "chairedBy", holder, when) for holder in ("person/rudolf", "person/flavia")))
    assert [row[1] for row in _asked(store, "chair-on-a-date", "1999-05-01", "chair", "verdict")] == ["disputed", "disputed"]
    assert [row[1] for row in _asked(store, "chair-on-a-date", "1999-01-01", "chair", "verdict")] == ["certain", "certain"]


def test_an_office_is_found_by_its_words() -> None:
    """An acting holder too; the chair, or another office, is not asked for."""
    roles = ("acting secretary general", "spokesman")
    said = [("organisation/csto", "ledBy", who, Qualifiers(from_="1999", to="2000", role=role))
            for who, role in zip(("person/rudolf", "person/flavia"), roles, strict=True)]  # fmt: skip
    store = _store(*said, ("organisation/csto", "chairedBy", "state/grustark", Qualifiers(from_="1999", to="2000", role="secretary general")))
    found = _asked(store, "secretary-general-on-a-date", "1999-12-31", "holder", "role", "verdict")
    assert found == [("person/rudolf", "acting secretary general", "certain")]
    assert _asked(store, "secretary-general-on-a-date", "1999-12-31", "holder", office="Spokes") == [("person/flavia",)]
    assert _asked(store, "secretary-general-on-a-date", "1999-06-01", "verdict") == [("possible",)]


# -- forces and interventions


def _people(number: int) -> Value:
    return Value(str(number), "xsd:integer")


SIZES = [
    ("force/guard", "personnelCount", _people(1500), Qualifiers(valid_at="1999")),
    ("force/guard", "personnelCount", _people(4000), Qualifiers(valid_at="2000")),
    ("force/guard", "personnelCount", _people(3000), Qualifiers(valid_at="2000-12")),
]
FORCES = [
    ("1998-12-31", []),
    ("1999-01-01", [("possible", "1500", "1500")]),
    ("2000-06-01", [("certain", "4000", "4000")]),
    ("2000-12-15", [("possible", "3000", "4000")]),
    ("2001-06-01", [("possible", "3000", "4000")]),
]


@pytest.mark.parametrize(("day", "expected"), FORCES)
def test_a_force_has_the_size_of_its_time(day: str, expected: list[tuple[str, ...]]) -> None:
    """What is given for a time that the day falls in, else what was last given; what differs, from the least to the most."""
    store = _store(("force/guard", "forceOf", "organisation/csto", Qualifiers()), *SIZES)
    assert _asked(store, "forces-on-a-date", day, "verdict", "least", "most") == expected


def test_a_force_exists_from_its_founding_and_until_its_end() -> None:
    """Two dates of its founding are a dispute between them; after its last mention it may exist, after its end it does not."""
    said = [("organisation/csto", "establishedForce", "force/guard", Qualifiers(time=day)) for day in ("1999-02-04", "1999-02-24")]
    store = _store(*said, ("force/guard", "dissolvedOn", Value("2000-05", "xsd:gYearMonth"), Qualifiers()))
    found = {day: _asked(store, "forces-on-a-date", day, "verdict", "least") for day in
             ("1999-02-03", "1999-02-10", "1999-02-24", "1999-02-25", "2000-05-31", "2000-06-01")}  # fmt: skip
    assert list(found.values()) == [[], [("disputed", "")], [("certain", "")], [("possible", "")], [("possible", "")], []]


def test_interventions_are_under_way_between_their_bounds() -> None:
    """Those that have a name, and those known by who intervened where; an undated one is not listed."""
    store = _store(
        ("event/landing", "tookPlaceIn", "state/grustark", Qualifiers(from_="1999-01-06", to="1999-01-19")),
        ("state/ruritania", "intervenedIn", "state/grustark", Qualifiers(time="1999-01")),
        ("organisation/csto", "intervenedIn", "state/grustark", Qualifiers()),
    )
    during = _asked(store, "interventions-on-a-date", "1999-01-10", "name", "place", "verdict")
    assert during == [("event/landing", "state/grustark", "certain"), ("state/ruritania in state/grustark", "state/grustark", "possible")]
    assert [row[0] for row in _asked(store, "interventions-on-a-date", "1999-01-20", "name")] == ["state/ruritania in state/grustark"]
    assert _asked(store, "interventions-on-a-date", "1999-02-01", "name") == []


def test_a_sequence_is_in_order_of_time() -> None:
    """What came to be, who came and went, each with the precision of its source."""
    store = _store(
        ("organisation/csto", "foundedOn", Value("1992", "xsd:gYear"), Qualifiers()),
        ("state/ruritania", "memberOf", "organisation/csto", Qualifiers(from_="1993-09", to="1999-04-02")),
        ("state/grustark", "suspendedFrom", "organisation/csto", Qualifiers(from_="1999-04-01")),
        ("organisation/csto", "chairedBy", "person/flavia", Qualifiers(from_="1993-09-24")),
        ("organisation/csto", "memberCount", Value("2", "xsd:integer"), Qualifiers(valid_at="1994")),
    )
    query = (QUERIES / "states-of-an-organisation.rq").read_text(encoding="utf-8")
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [tuple(row[name].value for name in ("date", "what", "who", "verdict", "saidBy")) for row in solutions] == [
        ("1992", "founded", "", "stated", "An atlas (A)"),
        ("1993-09", "joined", "state/ruritania", "stated", "An atlas (A)"),
        ("1993-09-24", "chair begins", "person/flavia", "stated", "An atlas (A)"),
        ("1994", "members counted", "2", "stated", "An atlas (A)"),
        ("1999-04-01", "suspended", "state/grustark", "stated", "An atlas (A)"),
        ("1999-04-02", "left", "state/ruritania", "stated", "An atlas (A)"),
    ]

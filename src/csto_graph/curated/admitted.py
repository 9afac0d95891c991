"""What a person admitted of an import, as cited facts: the same checks, the same evidence, the same place in disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from csto_graph.cited import Citation, CitedFact, Collection
from csto_graph.curated.facts import HEADER, Known, fact
from csto_graph.curated.ranges import load_ranges
from csto_graph.enrichment import Admission, Enrichment, Imported
from csto_graph.errors import RefusedData
from csto_graph.model import Thing
from csto_graph.namespaces import ID
from csto_graph.tsv import Row

_CITED = "extract"


def admitted(enrichments: Iterable[Enrichment], things: Iterable[Thing], ontology: Path) -> tuple[Collection, ...]:
    """A collection for each import of which something was admitted.

    Raises `RefusedData` naming the line of a decision that the ontology does not allow, or of a value that is none for it.
    """
    chosen = [each for each in enrichments if each.admissions]
    if not chosen:
        return ()
    known, ranges = {thing.iri: thing for thing in things}, load_ranges(ontology)
    cited = {each.id: {_CITED: _citation(each)} for each in chosen}
    return tuple(_collection(each, Known(each.id, known, cited[each.id], ranges)) for each in chosen)


def _collection(enrichment: Enrichment, known: Known) -> Collection:
    by_property = {each.property: each for each in enrichment.admissions}
    values = [(each, by_property[each.property]) for each in enrichment.values if each.property in by_property]
    return Collection(
        id=enrichment.id,
        title=enrichment.title,
        date=enrichment.date,
        licence=enrichment.licence or None,
        note=None,
        citations=tuple(known.citations.values()),
        things=(),
        facts=tuple(_facts(values, known)),
    )


def _facts(values: Iterable[tuple[Imported, Admission]], known: Known) -> Iterator[CitedFact]:
    for number, (value, admission) in enumerate(values, start=1):
        yield fact(Row(value.place, _cells(number, value, admission, known)), known)


def _cells(number: int, value: Imported, admission: Admission, known: Known) -> Mapping[str, str]:
    wanted = known.ranges.ranges.get(admission.predicate)
    if wanted is None or known.ranges.is_class(wanted) or wanted == "Claim":
        problem = f"{admission.predicate!r} takes no date, number or words"
        raise RefusedData(admission.place, problem, "Use a property of ontology/csto.ttl that does")
    if not isinstance(value.value, ox.Literal):
        raise RefusedData(value.place, f"{value.value} is no date, number or words", f"Take {value.property} out of admitted.tsv")
    note = f"admitted by {admission.author} on {admission.date}: {admission.because}; said of <{value.source}>"
    return dict.fromkeys(HEADER, "") | {
        "row": f"{number}",
        "subject": value.thing.removeprefix(str(ID)),
        "predicate": admission.predicate,
        "object": value.value.value,
        "sureness": admission.sureness,
        "citations": _CITED,
        "note": note,
    }


def _citation(enrichment: Enrichment) -> Citation:
    note = f"{enrichment.extract} of {enrichment.date}, SHA-256 {enrichment.sha256}"
    return Citation(_CITED, enrichment.title, note=note)
